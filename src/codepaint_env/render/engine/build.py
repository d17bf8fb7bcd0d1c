"""Builds raster.wasm from raster.c with the spectral tables of p5.brush's own shader, and from maths.c.

    python -m codepaint_env.render.engine.build [--check] [--brush FILE]

Needs `ziglang` from PyPI in the version named below, a compiler that makes the same bytes on every machine, and
p5.brush.js: by default the one that `codepaint setup` fetched. `--check` writes nothing and fails where the bytes
differ from the file in the repository.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from math import fsum
from pathlib import Path

from codepaint_env.render.engine import maths

HERE = Path(__file__).parent
TARGET = HERE / "raster.wasm"
SOURCES = ("raster.c", "maths.c")
ZIG = "0.17.1"
FLAGS = [
    *["-target", "wasm32-wasi", "-mcpu=generic+simd128", "-mexec-model=reactor", "-std=c11", "-O3", "-s"],
    *["-ffp-contract=off", "-fno-math-errno", "-fwrapv", "-fno-sanitize=all", "-fno-ident"],
    *["-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wno-sign-conversion"],
    *["-Wno-implicit-int-float-conversion", "-Wno-enum-float-conversion"],
]
# The first 5 and the last 11 of the shader's 38 bands are nearly equal: as one band each they move a mixed colour by
# less than 0.01 of 255.
GROUPS = (range(5), *(range(i, i + 1) for i in range(5, 27)), range(27, 38))
PIGMENTS = "wcmyrgb"  # white and the secondary and primary colours, as the shader calls them
NUMBER = r"(-?[\d.]+)"
SHARES = r"\+".join(rf"{pigment}\*{NUMBER}" for pigment in PIGMENTS)
REFLECTANCE = re.compile(rf"R\[\d+\]=max\(SPECTRAL_EPSILON,{SHARES}\)")
TO_XYZ = re.compile(rf"xyz\+=R\[\d+\]\*vec3\({NUMBER},{NUMBER},{NUMBER}\)")
TO_RGB = re.compile(rf"XYZ_RGB\[\d\]=vec3\({NUMBER},{NUMBER},{NUMBER}\)")

Rows = list[list[float]]


def read_tables(brush: str) -> tuple[Rows, Rows, Rows]:
    """Returns reflectance (38 x 7), bands to XYZ (38 x 3) and XYZ to linear RGB (3 x 3) from p5.brush's source."""
    found = [[[float(x) for x in row] for row in p.findall(brush)] for p in (REFLECTANCE, TO_XYZ, TO_RGB)]
    if [len(rows) for rows in found] != [38, 38, 3]:
        raise SystemExit("This p5.brush.js has no spectral tables where that of 2.2.2 has them.")
    return found[0], found[1], found[2]


def merge_bands(reflectance: Rows, to_xyz: Rows, to_rgb: Rows) -> dict[str, Rows]:
    """Returns the C tables for fewer bands: reflectance by pigment, luminance and light per band."""
    light = [[fsum(m * x for m, x in zip(row, xyz, strict=True)) for row in to_rgb] for xyz in to_xyz]
    weights = [fsum(map(abs, rgb)) for rgb in light]

    def mean(pigment: int, group: Sequence[int]) -> float:
        return fsum(reflectance[i][pigment] * weights[i] for i in group) / fsum(weights[i] for i in group)

    return {
        "REFLECTANCE": [[mean(pigment, group) for group in GROUPS] for pigment in range(len(PIGMENTS))],
        "LUMINANCE": [[fsum(to_xyz[i][1] for i in group) for group in GROUPS]],
        **{
            name: [[fsum(light[i][channel] for i in group) for group in GROUPS]]
            for channel, name in enumerate(("TO_RED", "TO_GREEN", "TO_BLUE"))
        },
    }


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
        for name in SOURCES:
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
        print(f"Wrote {TARGET.name}, {len(made)} bytes.")
        return 0
    if TARGET.is_file() and TARGET.read_bytes() == made:
        print(f"{TARGET.name} is what its sources make.")
        return 0
    sys.exit(f"{TARGET.name} is out of date: run `python -m codepaint_env.render.engine.build`.")


if __name__ == "__main__":
    sys.exit(main())
