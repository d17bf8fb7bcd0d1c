"""What no measurement tells of a reward: on what it was not tried, and how to try it oneself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "remarks.json"
ALL = (
    "Real photographs, scans, and pictures by people: all pictures here were painted by programs.",
    "The ratings behind the agreement, where it was measured, come from one rater: a model, and no person.",
)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is known of a reward beside its figures.

    Attributes:
        not_on: On what it was not measured, one sentence each.
        own: Command that measures it with a model of one's own; `""` where there is none.
        probed_as: Spec by which it is asked about probes; `""` for the same as the card's.
        unreal: It is shown with a stand-in (`judge`, `scorer`), so that its taste is not measured; `""` if not.
        absent: What is said where it has no weights to be measured with; `""` for what its error says.
    """

    not_on: tuple[str, ...] = ()
    own: str = ""
    probed_as: str = ""
    unreal: str = ""
    absent: str = ""


def remarks_on(name: str) -> Remarks:
    """Returns the remarks on a shipped reward; on any other, what holds for all."""
    told = json.loads(FILE.read_text(encoding="utf-8")).get(name, {})
    return Remarks(
        (*told.get("not_on", ()), *ALL),
        told.get("own", ""),
        told.get("probed_as", ""),
        told.get("unreal", ""),
        told.get("absent", ""),
    )
