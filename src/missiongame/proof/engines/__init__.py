"""The engines: z3 decides, cvc5 confirms. One SMT-LIB text for both."""

from missiongame.proof.engines.process import Answer, Engine, cvc5, z3

__all__ = ["Answer", "Engine", "cvc5", "z3"]
