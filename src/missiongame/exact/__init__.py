"""Numbers at their exact value: rationals, whole columns, float columns with error bounds, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.exact.elimination import solve_square as solve_square
    from missiongame.exact.float_columns import SLACK as SLACK
    from missiongame.exact.float_columns import TINY as TINY
    from missiongame.exact.float_columns import UNIT as UNIT
    from missiongame.exact.float_columns import Exactly as Exactly
    from missiongame.exact.float_columns import Floats as Floats
    from missiongame.exact.float_columns import Mask as Mask
    from missiongame.exact.float_columns import Rows as Rows
    from missiongame.exact.float_columns import group as group
    from missiongame.exact.numbers import Column as Column
    from missiongame.exact.numbers import Number as Number
    from missiongame.exact.numbers import column as column
    from missiongame.exact.numbers import fraction as fraction
    from missiongame.exact.numbers import fractions_of as fractions_of
    from missiongame.exact.numbers import head_count as head_count
    from missiongame.exact.numbers import is_exact as is_exact
    from missiongame.exact.numbers import nearest as nearest
    from missiongame.exact.numbers import number as number
    from missiongame.exact.numbers import simplest as simplest
    from missiongame.exact.numbers import wanted_share as wanted_share
    from missiongame.exact.sums import CHUNK as CHUNK
    from missiongame.exact.sums import bracket as bracket
    from missiongame.exact.sums import chunks as chunks
    from missiongame.exact.sums import exact_total as exact_total
    from missiongame.exact.whole_numbers import Whole as Whole
    from missiongame.exact.whole_numbers import as_objects as as_objects
    from missiongame.exact.whole_numbers import compact as compact
    from missiongame.exact.whole_numbers import floats as floats
    from missiongame.exact.whole_numbers import quotient as quotient
    from missiongame.exact.whole_numbers import whole as whole

_HOME = {
    "CHUNK": "sums",
    "Column": "numbers",
    "Exactly": "float_columns",
    "Floats": "float_columns",
    "Mask": "float_columns",
    "Number": "numbers",
    "Rows": "float_columns",
    "SLACK": "float_columns",
    "TINY": "float_columns",
    "UNIT": "float_columns",
    "Whole": "whole_numbers",
    "as_objects": "whole_numbers",
    "bracket": "sums",
    "chunks": "sums",
    "column": "numbers",
    "compact": "whole_numbers",
    "exact_total": "sums",
    "floats": "whole_numbers",
    "fraction": "numbers",
    "fractions_of": "numbers",
    "group": "float_columns",
    "head_count": "numbers",
    "is_exact": "numbers",
    "nearest": "numbers",
    "number": "numbers",
    "quotient": "whole_numbers",
    "simplest": "numbers",
    "solve_square": "elimination",
    "wanted_share": "numbers",
    "whole": "whole_numbers",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - computed from the one table above

__getattr__, __dir__ = lazily(__name__, _HOME)
