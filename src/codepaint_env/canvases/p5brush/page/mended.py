"""p5.brush with what makes the same sketch give other bytes mended."""

from __future__ import annotations

from codepaint_env.canvases.p5brush.engine.pigment import mend_shaders


def repeatable(brush: str) -> str:
    """Mends p5.brush so that the same sketch gives the same bytes, and leaves out circles that erase nothing.

    Raises:
        ValueError: This is not the release that is mended here.
    """
    circles = (
        "bt.ctx.lineWidth=0;for(let t=0;t<r;t++){",
        "bt.ctx.lineWidth=0;const $m=bt.ctx.getTransform(),$d=bt.mask.dirtyRect,"
        "$k=Math.max(Math.hypot($m.a,$m.b),Math.hypot($m.c,$m.d));for(let t=0;t<r;t++){",
        "bt.ctx.beginPath(),qr(e,r,o),t%5!=0&&bt.ctx.fill()}",
        "if(t%5==0||!$d)continue;const x=$m.a*e+$m.c*r+$m.e,y=$m.b*e+$m.d*r+$m.f,q=o/2*$k+1;"
        "if(x+q>$d.minX&&x-q<$d.maxX&&y+q>$d.minY&&y-q<$d.maxY){bt.ctx.beginPath(),qr(e,r,o),bt.ctx.fill()}}",
    )
    brush = mend_shaders(brush)
    for old, new in (circles[:2], circles[2:]):
        if brush.count(old) != 1:
            raise ValueError(
                f"p5.brush is not the release that is patched here: {old[:40]!r} x {brush.count(old)}."
            )
        brush = brush.replace(old, new)
    return brush
