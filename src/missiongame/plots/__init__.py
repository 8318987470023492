"""Pictures of the library's answers; each loads Matplotlib when it is drawn.

Every function returns a `matplotlib.figure.Figure`, and `save` writes one to a
file, its kind by the name's end. No window is opened and no global state of
Matplotlib is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily, need

if TYPE_CHECKING:
    from missiongame.plots.defection_grid import DefectionMap as DefectionMap
    from missiongame.plots.defection_grid import defection_map as defection_map
    from missiongame.plots.files import check_file as check_file
    from missiongame.plots.files import save as save
    from missiongame.plots.picture_of_price import price_picture as price_picture
    from missiongame.plots.picture_of_raid import raid_picture as raid_picture
    from missiongame.plots.price import draw_price as draw_price
    from missiongame.plots.raid import cells as cells
    from missiongame.plots.raid import draw_defection as draw_defection
    from missiongame.plots.raid import panels_of as panels_of
    from missiongame.plots.raid import side as side

need("matplotlib", extra="plot", work="a picture")

__getattr__, __dir__, __all__ = lazily(__name__)
