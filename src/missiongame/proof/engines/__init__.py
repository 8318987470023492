"""The engines: z3 decides, cvc5 confirms. One SMT-LIB text for both."""

from missiongame.proof.engines.process import Engine, Reply, cvc5, z3

__all__ = ["Engine", "Reply", "cvc5", "z3"]
