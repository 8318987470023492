"""Pictures of the library's answers; each loads Matplotlib when it is drawn.

Every function returns a `matplotlib.figure.Figure`, and `save` writes one to a
file, its kind by the name's end. No window is opened and no global state of
Matplotlib is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily, need

if TYPE_CHECKING:
    from missiongame.plots.files import check_file as check_file
    from missiongame.plots.files import save as save
    from missiongame.plots.what_money_wins import assessment_picture as assessment_picture

need("matplotlib", extra="plot", work="a picture")

__getattr__, __dir__, __all__ = lazily(__name__)
