"""Builds raster.wasm from raster.c with the spectral tables of p5.brush's own shader, from maths.c, and from
the C twins of p5.brush's hot paths.

    python -m codepaint_env.canvases.p5brush.engine.build [--check] [--brush FILE]

Needs `ziglang` from PyPI in the version named below, a compiler that makes the same bytes on every machine, and
p5.brush.js: by default the one that `codepaint setup` fetched. `--check` writes nothing and fails where the bytes
differ from the file in the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from codepaint_env.canvases.p5brush.engine import maths
from codepaint_env.canvases.p5brush.engine.pigment import GROUPS, Rows, merge_bands, read_tables

HERE = Path(__file__).parent
TARGET = HERE / "raster.wasm"
PARTS = HERE / "parts.py"  # holds its hash
SOURCES = ("raster.c", "maths.c", "desk.c", "bleeding.c", "washes.c", "strokes.c")
HEADERS = ("desk.h", "washes.h")
ZIG = "0.17.1"
FLAGS = [
    *["-target", "wasm32-wasi", "-mcpu=generic+simd128", "-mexec-model=reactor", "-std=c11", "-O3", "-s"],
    *["-ffp-contract=off", "-fno-math-errno", "-fwrapv", "-fno-sanitize=all", "-fno-ident"],
    *["-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wno-sign-conversion"],
    *["-Wno-implicit-int-float-conversion", "-Wno-enum-float-conversion"],
]


def write_header(tables: dict[str, Rows]) -> str:
    """Returns the text of spectral.h."""
    lines = [f"enum {{ BANDS = {len(GROUPS)} }};"]
    for name, rows in tables.items():
        values = ["{" + ", ".join(f"{value:.9e}f" for value in row) + "}" for row in rows]
        shape, body = (
            ("[7][BANDS]", "{" + ", ".join(values) + "}") if len(rows) > 1 else ("[BANDS]", values[0])
        )
        lines.append(f"static const float {name}{shape} __attribute__((aligned(16))) = {body};")
    return "\n".join(lines) + "\n"


def build(brush: Path) -> bytes:
    """Returns the bytes of raster.wasm."""
    zig = [sys.executable, "-m", "ziglang"]
    version = subprocess.run([*zig, "version"], capture_output=True, text=True, check=False)
    if version.stdout.strip() != ZIG:
        raise SystemExit(f"Needs ziglang {ZIG}: pip install ziglang=={ZIG}")
    header = write_header(merge_bands(*read_tables(brush.read_text(encoding="utf-8"))))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "spectral.h").write_text(header, encoding="utf-8")
        (work / "maths.h").write_text(maths.write_header(), encoding="utf-8")
        for name in (*SOURCES, *HEADERS):
            (work / name).write_bytes((HERE / name).read_bytes())
        environment = {**os.environ, "ZIG_LOCAL_CACHE_DIR": str(work / "cache")}
        subprocess.run(
            [*zig, "cc", *FLAGS, *SOURCES, "-o", "raster.wasm"], cwd=work, env=environment, check=True
        )
        return (work / "raster.wasm").read_bytes()


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds or checks; returns the exit status."""
    parser = argparse.ArgumentParser(description="Builds raster.wasm.")
    parser.add_argument("--brush", type=Path, help="p5.brush.js (default: the one of `codepaint setup`)")
    parser.add_argument("--check", action="store_true", help="only compare with the file in the repository")
    options = parser.parse_args(arguments)
    brush: Path | None = options.brush
    if brush is None:
        from codepaint_env.render.browser import assets

        brush = assets.find().brush
    made = build(brush)
    if not options.check:
        TARGET.write_bytes(made)
        text = PARTS.read_text(encoding="utf-8")
        digest = hashlib.sha256(made).hexdigest()
        PARTS.write_text(re.sub(r'(RASTER_SHA256 = )"\w+"', rf'\1"{digest}"', text), encoding="utf-8")
        print(f"Wrote {TARGET.name}, {len(made)} bytes.")
        return 0
    if TARGET.is_file() and TARGET.read_bytes() == made:
        print(f"{TARGET.name} is what its sources make.")
        return 0
    sys.exit(f"{TARGET.name} is out of date: run `python -m codepaint_env.canvases.p5brush.engine.build`.")


if __name__ == "__main__":
    sys.exit(main())
