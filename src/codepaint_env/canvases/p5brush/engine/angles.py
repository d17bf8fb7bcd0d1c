"""p5.brush's table of sines, mended: an angle a hair below 0 lay beyond its end.

-1e-14 degrees + 360 is 360, for which the table had no entry. So the last bit of a program's sine could make `endShape`
throw, cut a regular polygon short, or hide a stroke. All other lookups give what they gave.
"""

from __future__ import annotations

TABLES = "F=new Float32Array(C),L=new Float32Array(C);for(let t=0;t<C;t++)"
MENDED = "F=new Float32Array(C+1),L=new Float32Array(C+1);for(let t=0;t<=C;t++)"


def mend_angles(brush: str) -> str:
    """Returns p5.brush with an entry for 360 degrees.

    Raises:
        ValueError: This is not the release that is mended here.
    """
    if brush.count(TABLES) != 1:
        raise ValueError(
            f"p5.brush is not the release that is mended here: {TABLES!r} x {brush.count(TABLES)}."
        )
    return brush.replace(TABLES, MENDED)
