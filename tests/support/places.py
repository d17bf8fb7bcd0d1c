"""Where things lie in the checkout, for tests that read or run them."""

from __future__ import annotations

from pathlib import Path

SUPPORT = Path(__file__).resolve().parent
ROOT = SUPPORT.parents[1]
PROGRAMS = ROOT / "tests/canvases/p5brush/programs"
HOSTILE = ROOT / "tests/canvases/p5brush/hostile"
HOSTILE_SVGS = ROOT / "tests/canvases/svg/hostile"
HOSTILE_PAGES = ROOT / "tests/canvases/html/hostile"
PAGES = ROOT / "tests/pages"
BENCHMARKS = ROOT / "benchmarks"
