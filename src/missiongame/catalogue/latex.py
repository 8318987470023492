"""A theorem as LaTeX: its setting, its named assumptions, its claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from missiongame.catalogue.theorem import Theorem


def typeset(theorem: Theorem) -> str:
    r"""Return an ``align*`` block: one line a premise, then the claim's parts.

    Examples
    --------
    >>> from missiongame.catalogue import theorems
    >>> print(typeset(theorems["temptation"]))
    \begin{align*}
    ...
    \end{align*}
    """
    lines = [_line("Let", name, part) for name, part in theorem.setting.items()]
    lines += [_line("Assume", name, part) for name, part in theorem.assumptions.items()]
    lines += [_line("Then", name, part) for name, part in theorem.parts.items()]
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"


def _line(verb: str, name: str, part: Any) -> str:
    import sympy

    return rf"  &\text{{{verb} ({name}):}} && {sympy.latex(part)}"
