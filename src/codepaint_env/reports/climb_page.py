"""The page of a climb: curves of each reward and of its gold, and the pictures at which the climbs end."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from markupsafe import Markup

from codepaint_env.reports.html_file import write_html
from rewards.errors import SpecError

PAGE = "climb.html"
SIDE_PX = 320  # of a picture on the page
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Plot:
    """The curves of one reward, from 0 to 1; the constants are the edges of the axes in units of the SVG.

    Attributes:
        points: Evaluations at which there is a value.
        own: Mean of the reward's own value over the starts, as a share of its range.
        gold: Mean of the gold that it did not see; empty where there is none.
        each_own: The same for each start by itself.
        each_gold: The same.
    """

    WIDTH: ClassVar[int] = 420
    HEIGHT: ClassVar[int] = 240
    LEFT: ClassVar[int] = 40
    RIGHT: ClassVar[int] = 408
    TOP: ClassVar[int] = 12
    BOTTOM: ClassVar[int] = 200

    points: Sequence[int]
    own: Sequence[float]
    gold: Sequence[float]
    each_own: Sequence[Sequence[float]]
    each_gold: Sequence[Sequence[float]]

    def x(self, place: int) -> str:
        """Returns where a value stands: the steps are equal, since each mark is about four times the last."""
        step = (self.RIGHT - self.LEFT) / max(1, len(self.points) - 1)
        return f"{self.LEFT + step * place:.1f}"

    def y(self, share: float) -> str:
        """Returns where a share stands."""
        return f"{self.BOTTOM - (self.BOTTOM - self.TOP) * min(max(share, 0.0), 1.0):.1f}"

    def path(self, values: Sequence[float]) -> str:
        """Returns the path of a curve."""
        return "M" + "L".join(f"{self.x(place)} {self.y(value)}" for place, value in enumerate(values))


def write_climb_page(folder: Path) -> Path:
    """Writes `climb.html` from the `climb.json` and the pictures of a folder, and returns its path.

    Raises:
        SpecError: There is no such file.
    """
    file = folder / "climb.json"
    if not file.is_file():
        raise SpecError(f"There is no {file}; `codepaint climb` writes it.")
    told = json.loads(file.read_text(encoding="utf-8"))
    pictures: dict[str, Markup] = {}
    for curve in told["curves"]:
        for point in (curve["points"][0], curve["points"][-1]):
            if point["picture"] and point["picture"] not in pictures:
                pictures[point["picture"]] = _address(folder / point["picture"])
    names = {start["name"]: start for start in told["starts"]}
    values = {
        "title": "Optimised against",
        "told": told,
        "golds": {gold["label"]: gold for gold in told["golds"]},
        "plots": {each["label"]: _plot(each, told["curves"]) for each in told["rewards"]},
        "walls": {
            each["label"]: [curve for curve in told["curves"] if curve["reward"] == each["label"]]
            for each in told["rewards"]
        },
        "starts": names,
        "pictures": pictures,
        "rated": any(each["rated"] for each in told["rewards"]),
    }
    return write_html(folder / PAGE, "climb", values)


def _plot(reward: Mapping[str, Any], curves: Sequence[Mapping[str, Any]]) -> Plot:
    its = [curve["points"] for curve in curves if curve["reward"] == reward["label"]]
    every = [point["own"] for points in its for point in points]
    low, high = reward["range"] or (min(every), max(every))
    span = (high - low) or 1.0
    gold = reward["unseen"]
    return Plot(
        reward["points"],
        [(value - low) / span for value in reward["own"]],
        reward["golds"][gold]["means"] if gold else [],
        [[(point["own"] - low) / span for point in points] for points in its],
        [[point["golds"][gold] for point in points] for points in its] if gold else [],
    )


def _address(file: Path) -> Markup:
    from PIL import Image

    with Image.open(file) as picture:
        shown = picture.convert("RGB").resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    shown.save(data, format="WEBP", quality=QUALITY)
    return Markup("data:image/webp;base64," + base64.b64encode(data.getvalue()).decode("ascii"))
