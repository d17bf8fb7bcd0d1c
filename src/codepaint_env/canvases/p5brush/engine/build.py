"""Builds maths.wasm from maths.c, and raster.wasm from it, from raster.c with the spectral tables of p5.brush's own
shader, and from the C twins of p5.brush's hot paths.

    python -m codepaint_env.canvases.p5brush.engine.build [--check] [--brush FILE]

Needs `ziglang` from PyPI in the version named below, a compiler that makes the same bytes on every machine, and
p5.brush.js: by default the one that `codepaint setup` fetched. `--check` writes nothing and fails where the bytes
differ from the files in the repository.
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
PARTS = HERE / "parts.py"  # holds the hashes
SOURCES = ("raster.c", "maths.c", "desk.c", "bleeding.c", "washes.c", "strokes.c")
TARGETS = {"maths.wasm": ("maths.c",), "raster.wasm": SOURCES}
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


def build(brush: Path) -> dict[str, bytes]:
    """Returns the bytes of each target by its name."""
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
        made = {}
        for target, sources in TARGETS.items():
            subprocess.run(
                [*zig, "cc", *FLAGS, *sources, "-o", target], cwd=work, env=environment, check=True
            )
            made[target] = (work / target).read_bytes()
        return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds or checks; returns the exit status."""
    parser = argparse.ArgumentParser(description="Builds maths.wasm and raster.wasm.")
    parser.add_argument("--brush", type=Path, help="p5.brush.js (default: the one of `codepaint setup`)")
    parser.add_argument("--check", action="store_true", help="only compare with the files in the repository")
    options = parser.parse_args(arguments)
    brush: Path | None = options.brush
    if brush is None:
        from codepaint_env.render.browser import assets

        brush = assets.find().brush
    for name, made in build(brush).items():
        target = HERE / name
        if options.check:
            if not target.is_file() or target.read_bytes() != made:
                sys.exit(
                    f"{name} is out of date: run `python -m codepaint_env.canvases.p5brush.engine.build`."
                )
            print(f"{name} is what its sources make.")
            continue
        target.write_bytes(made)
        text = PARTS.read_text(encoding="utf-8")
        digest = hashlib.sha256(made).hexdigest()
        PARTS.write_text(re.sub(rf'("{name}": )"\w*"', rf'\1"{digest}"', text), encoding="utf-8")
        print(f"Wrote {name}, {len(made)} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
