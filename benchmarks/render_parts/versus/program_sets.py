"""The programs that commits are compared on, by set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from render_parts.ways import Program
from rewards.errors import SpecError

ROOT = Path(__file__).resolve().parents[3]
BLOCKS = {"light": "light", "medium": "medium", "heavy": "heavy", "six": "heavy_six"}
STUDIES = 10
SLOW = (
    "55_flow_wheatfield",
    "60_flow_desert_dunes",
    "59_flow_zigzag_blanket",
    "07_classy_village",
    "01_studio_poppies",
)
SETS = (*BLOCKS, "studies", "slow")


def load_sets(names: Sequence[str]) -> dict[str, list[Program]]:
    """Returns the programs of each set.

    Args:
        names: `light`, `medium`, `heavy` and `six` lie in benchmarks/programs; `studies` are ten of the reference
            pool, spread evenly over its names; `slow` are the slowest of the tests' sketches by other hands.
    """
    unknown = [name for name in names if name not in SETS]
    if unknown or not names:
        raise SpecError(f"--sets is {','.join(names)!r}; there are {', '.join(SETS)}.")
    return {name: [_read(name, path) for path in _paths(name)] for name in names}


def _paths(name: str) -> list[Path]:
    if name in BLOCKS:
        return sorted((ROOT / "benchmarks/programs" / BLOCKS[name]).glob("*.js"))
    if name == "studies":
        found = sorted((ROOT / "reference_pool/programs").glob("*.js"))
        return [found[place * len(found) // STUDIES] for place in range(STUDIES)]
    return [ROOT / "tests/canvases/p5brush/programs/outside" / f"{each}.js" for each in SLOW]


def _read(name: str, path: Path) -> Program:
    return Program(name, path.stem, path, path.read_text(encoding="utf-8"))
