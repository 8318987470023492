"""Where a community comes from: a CSV file, a data frame, a git repository.

Each reader returns a `missiongame.Community` or raises `missiongame.errors.ReadError`,
which says where in the file the trouble is; nothing of a bad file is used.

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

from missiongame.readers.frame import from_frame
from missiongame.readers.git import from_git
from missiongame.readers.history import History, read_history
from missiongame.readers.table import read_csv

__all__ = ["History", "from_frame", "from_git", "read_csv", "read_history"]
