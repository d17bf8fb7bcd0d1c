"""How p5.brush mixes pigments: its spectral tables, for the engine's rasteriser and for the shader of the page path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from math import fsum

from codepaint_env.canvases.p5brush.js import script

# The first 5 and the last 11 of the shader's 38 bands are nearly equal: as one band each they move a mixed colour by
# less than 0.01 of 255.
GROUPS = (range(5), *(range(i, i + 1) for i in range(5, 27)), range(27, 38))
PIGMENTS = ("white", "cyan", "magenta", "yellow", "red", "green", "blue")
NUMBER = r"(-?[\d.]+)"
SHARES = r"\+".join(rf"{pigment[0]}\*{NUMBER}" for pigment in PIGMENTS)
REFLECTANCE = re.compile(rf"R\[\d+\]=max\(SPECTRAL_EPSILON,{SHARES}\)")
TO_XYZ = re.compile(rf"xyz\+=R\[\d+\]\*vec3\({NUMBER},{NUMBER},{NUMBER}\)")
TO_RGB = re.compile(rf"XYZ_RGB\[\d\]=vec3\({NUMBER},{NUMBER},{NUMBER}\)")
SHADERS = re.compile(
    r'"#version 300 es\\n[^"]*v\[gl_VertexID\][^"]*","#version 300 es\\n[^"]*spectral_mix[^"]*"'
)
SHADERS_SHA256 = "826e03b4fce7fbf346c149055ce179e127d77fe1e018c58f0e48890893e0600c"

Rows = list[list[float]]


def read_tables(brush: str) -> tuple[Rows, Rows, Rows]:
    """Returns reflectance (38 x 7), bands to XYZ (38 x 3) and XYZ to linear RGB (3 x 3) from p5.brush's source.

    Raises:
        ValueError: They are not where they are in 2.2.2.
    """
    found = [[[float(x) for x in row] for row in p.findall(brush)] for p in (REFLECTANCE, TO_XYZ, TO_RGB)]
    if [len(rows) for rows in found] != [38, 38, 3]:
        raise ValueError("This p5.brush.js has no spectral tables where that of 2.2.2 has them.")
    return found[0], found[1], found[2]


def merge_bands(reflectance: Rows, to_xyz: Rows, to_rgb: Rows) -> dict[str, Rows]:
    """Returns tables for fewer bands: reflectance by pigment, luminance and light per band."""
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


def mend_shaders(brush: str) -> str:
    """Puts blend shaders of ours into p5.brush, which give the same bytes each time, and sooner.

    The shader of 2.2.2 returns early and takes screen-space derivatives afterwards, which GLSL leaves undefined: on
    SwiftShader the same sketch gives another picture each time. Ours takes them first. It mixes 24 bands for 38, finds
    the pigment's once a draw and not once a pixel, and fetches texels where the original filters between equal ones.

    Raises:
        ValueError: This is not the release that is mended here.
    """
    found = SHADERS.findall(brush)
    if len(found) != 1 or hashlib.sha256(found[0].encode()).hexdigest() != SHADERS_SHA256:
        raise ValueError("p5.brush is not the release that is mended here: its blend shaders are others.")
    tables = _glsl(merge_bands(*read_tables(found[0])))
    vertex, fragment = (
        "\\n".join(["#version 300 es", "precision highp float;", *tables, *_lines("pigment"), *_lines(name)])
        for name in ("blend.vert", "blend.frag")
    )
    return brush.replace(found[0], f'"{vertex}","{fragment}"')


def _lines(name: str) -> list[str]:
    text = script(f"{name}.glsl")
    return text.replace("\\\n", "").splitlines()


def _glsl(tables: dict[str, Rows]) -> list[str]:
    """Returns the tables in GLSL: constants, and a macro that goes through them, four bands a vector."""
    luminances = [
        fsum(r * y for r, y in zip(row, tables["LUMINANCE"][0], strict=True)) for row in tables["REFLECTANCE"]
    ]
    lines = [f"const int VECTORS = {len(GROUPS) // 4};", f"const float LUMINANCE = {luminances[0]:.9e};"]
    for name, three in (("TWO", luminances[1:4]), ("ONE", luminances[4:])):
        lines.append(f"const vec3 LUMINANCE_{name} = vec3({', '.join(f'{x:.9e}' for x in three)});")
    rows = [*tables["REFLECTANCE"], *(tables[name][0] for name in ("TO_RED", "TO_GREEN", "TO_BLUE"))]
    calls = []
    for i in range(len(GROUPS) // 4):
        fours = (f"vec4({', '.join(f'{x:.9e}' for x in row[4 * i : 4 * i + 4])})" for row in rows)
        calls.append(f"DO({i}, {', '.join(fours)})")
    return [*lines, f"#define EACH_BAND(DO) {' '.join(calls)}"]
