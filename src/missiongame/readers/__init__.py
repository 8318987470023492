"""From a CSV file, a data frame or a git repository to the columns of a community.

`Community.read_csv`, `from_frame` and `from_git` build communities of them. What
cannot be read raises `missiongame.errors.ReadError`, which says where the trouble
is; nothing of a bad file is used.

The columns of a table, in any order; names in any case:

=============  ============================================  ==================
column         meaning                                       unit
=============  ============================================  ==================
contribution   contributions a period; needed                contributions
name           who; all different                            text
purpose        what a unit of mission is worth; may be < 0   money a period
enjoyment      pleasure apart from mission and others        money a period
social         what having all the others is worth; ≥ 0      money a period
any other      a column of numbers for your own payoffs      yours
=============  ============================================  ==================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.readers.columns import Columns as Columns
    from missiongame.readers.csv_file import csv_columns as csv_columns
    from missiongame.readers.frame import frame_columns as frame_columns
    from missiongame.readers.history import History as History
    from missiongame.readers.history import When as When
    from missiongame.readers.history import read_history as read_history

__getattr__, __dir__, __all__ = lazily(__name__)
