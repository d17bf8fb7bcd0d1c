"""The p5.brush canvas: a sketch is found in a completion, and what a page made of it becomes a rendering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from codepaint_env.canvases.p5brush.engine.pigment import mend_shaders
from rewards.errors import SpecError
from rewards.painted.blank import is_constant
from rewards.painted.pasted import embedded
from rewards.types import Finding, Rendering

if TYPE_CHECKING:
    from codepaint_env.render.drawn import Drawn
    from codepaint_env.render.limits import Limits

SIZE_PX = 512
MAX_CHARS = 100_000

_FENCE = re.compile(r"^[ \t]*(?P<mark>`{3,}|~{3,})(?P<told>[^\n`]*)$", re.MULTILINE)
_THOUGHT = re.compile(r"\A\s*<think>.*?(</think>|\Z)", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_STAGES = frozenset({"source", "image"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a completion.

    Attributes:
        program: The code to run; `""` where there is none.
        findings: What was noticed while looking for it.
        refusal: Kind and message of a program error that needs no run; None if the program can be run.
    """

    program: str
    findings: tuple[Finding, ...] = ()
    refusal: tuple[str, str] | None = None


class P5Brush:
    """p5.js 2.x sketches that paint with p5.brush 2.x on a WEBGL canvas.

    Args:
        frames: How often `draw` runs before the picture is taken.
    """

    name = "p5brush"
    stages = _STAGES
    on_request = frozenset({"text"})

    def __init__(self, *, frames: int = 1) -> None:
        self.frames = frames

    @property
    def options(self) -> dict[str, int]:
        """What changes the picture, for the identity of a rendering."""
        return {"frames": self.frames, "size_px": SIZE_PX}

    @property
    def system_prompt(self) -> str:
        """What a policy is told about the canvas: how to paint and with which methods."""
        return _script("system_prompt.md")

    @property
    def canary(self) -> str:
        """A program whose picture shows whether two machines draw alike."""
        return _script("canary.js")

    @property
    def harness(self) -> str:
        """JavaScript that starts the sketch and tells when its picture is finished."""
        return _script("harness.js")

    @property
    def read_pixels(self) -> str:
        """JavaScript that reads the finished picture."""
        return _script("read_pixels.js")

    @cached_property
    def library(self) -> str:
        """p5.js."""
        from codepaint_env.render.browser import assets

        return assets.find().p5.read_text(encoding="utf-8")

    @cached_property
    def addon(self) -> str:
        """p5.brush with its blend shader made repeatable, in a function: its bundle declares `t` and `e` for all."""
        from codepaint_env.canvases.p5brush.engine import parts

        return f"(() => {{{repeatable(parts.brush())}\n}})()"

    def extract(self, completion: str) -> Extraction:
        """Finds the program: the last fenced block, or all of a completion that has none.

        A fence that is never closed, the commonest damage under a token limit, yields its body and the
        finding `truncated`. A leading `<think>` block is passed over.
        """
        if len(completion) > MAX_CHARS:
            return Extraction(
                "", refusal=("too_large", f"{len(completion)} characters; {MAX_CHARS} are read.")
            )
        text = _THOUGHT.sub("", completion.removeprefix("\ufeff"))
        body, closed = _last_block(text)
        findings = () if closed else (Finding("truncated", "The last code block is not closed."),)
        program = body.strip("\n").rstrip().removeprefix("\ufeff")
        return Extraction(program, findings + embedded(program), refuse(program))

    def record(self, result: Drawn, limits: Limits) -> Rendering:
        """Turns what a page did into evidence: status, kind, picture and findings."""
        image: NDArray[np.uint8] | None = None
        findings = [Finding("console", line) for line in result.console]
        if result.rgba is not None:
            image, note = fit(result.rgba)
            findings += note
        kind, message = _verdict(result, image, limits)
        return Rendering(
            status="program_error" if kind else "ok",
            kind=kind,
            message=message,
            image=image,
            findings=tuple(findings),
            evidence=_STAGES,
        )

    def recorders(self, stages: frozenset[str]) -> dict[str, str]:
        """Returns a hash of what records each of these stages of `on_request`, for the identity of a rendering.

        Raises:
            SpecError: A stage is not one of them.
            MissingPart: The extra `text` is not installed.
        """
        from rewards.painted import letters as text_areas

        unknown = sorted(stages - self.on_request)
        if unknown:
            told = ", ".join(map(repr, sorted(self.on_request)))
            raise SpecError(
                f"The stage {unknown[0]!r} cannot be asked for; {self.name} records {told} on request."
            )
        return {stage: text_areas.fingerprint() for stage in sorted(stages)}

    def extend(self, rendering: Rendering, stages: frozenset[str]) -> Rendering:
        """Records stages of `on_request` too; looks long at the picture, so not on an event loop.

        Raises:
            MissingPart: The extra `text` is not installed.
            MachineError: The detector failed.
        """
        from rewards.painted.letters import text_areas

        areas = [] if rendering.image is None else text_areas(rendering.image)
        found = tuple(
            Finding("text", f"Letters, read as {area.text!r}.", area.score, area.box) for area in areas
        )
        return replace(rendering, findings=rendering.findings + found, evidence=rendering.evidence | stages)

    def sample(self, rng: np.random.Generator) -> str:
        """Writes a small valid sketch: a loose flower in random colours."""
        return _sample(rng)


def refuse(program: str) -> tuple[str, str] | None:
    """Returns kind and message of a program that cannot be run at all, or None."""
    if len(program) > MAX_CHARS:
        return "too_large", f"{len(program)} characters; {MAX_CHARS} are read."
    if not program.strip():
        return "no_program", "The completion holds no code."
    if _SURROGATE.search(program):
        return "no_program", "The code holds lone surrogates and is not valid text."
    return None


def fit(rgba: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], list[Finding]]:
    """Lays a picture on white paper and fits it to 512 x 512.

    Args:
        rgba: `(height, width, 4)` uint8 with premultiplied alpha.

    Returns:
        `(512, 512, 3)` uint8 and, if the size was another, the finding `rescaled`.
    """
    from PIL import Image

    height, width = rgba.shape[:2]
    rgb = np.empty((height, width, 3), np.uint8)
    for channel in range(3):  # ten times as fast as all at once
        rgb[..., channel] = rgba[..., channel]
    if rgba[..., 3].min() < 255:
        rgb += np.minimum(255 - rgba[..., 3:], 255 - rgb)
    if (width, height) == (SIZE_PX, SIZE_PX):
        return rgb, []
    scale = SIZE_PX / max(width, height)
    fitted = max(1, round(width * scale)), max(1, round(height * scale))
    small = Image.fromarray(rgb).resize(fitted, Image.Resampling.BOX)
    paper = Image.new("RGB", (SIZE_PX, SIZE_PX), "white")
    paper.paste(small, ((SIZE_PX - fitted[0]) // 2, (SIZE_PX - fitted[1]) // 2))
    note = Finding(
        "rescaled", f"The canvas was {width} x {height} and is shown at {fitted[0]} x {fitted[1]}."
    )
    return np.asarray(paper).copy(), [note]


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


def _last_block(text: str) -> tuple[str, bool]:
    """Returns the body of the last fenced block and whether it is closed; all of a text without one.

    A fence with a language inside an open block begins that block anew: a model started again, or put its
    code into a block of prose.
    """
    body, closed, start, mark = text, True, None, ""
    for fence in _FENCE.finditer(text):
        found, told = fence["mark"], fence["told"].strip()
        if start is None:
            start, mark = fence.end() + 1, found
        elif found[0] == mark[0] and len(found) >= len(mark):
            if told:
                start, mark = fence.end() + 1, found
            else:
                body, start = text[start : fence.start()], None
    if start is not None:
        closed = False
        if text[start:].strip() or body is text:  # else the text broke off before the block had begun
            body = text[start:]
    return body, closed


def _verdict(result: Drawn, image: NDArray[np.uint8] | None, limits: Limits) -> tuple[str, str]:
    """Returns the kind of program error with one sentence on it; two empty strings when the picture is good."""
    sides = f"{limits.canvas_min_px} to {limits.canvas_max_px} pixels"
    stops = {
        "work_limit": f"The program used more than {limits.page_cpu_s:g} CPU seconds.",
        "graphics_limit": f"Drawing the picture took more than {limits.page_graphics_s:g} CPU seconds.",
        "memory_limit": f"The program used more than {limits.page_memory_mb} MB.",
        "crash": "The program crashed the process that ran it; most often it asked for too much memory at once.",
        "never_finished": "The program waits for something that never comes.",
        "timers": f"The picture was not finished after {limits.timers} timers.",
        "no_setup": "p5 does not start: there is no function setup() and no function draw().",
        "too_large": f"The canvas is too large; sides of {sides} are drawn.",
        "too_small": f"The canvas is too small; sides of {sides} are drawn.",
    }
    if result.outcome in stops:
        kinds = {"timers": "never_finished", "graphics_limit": "work_limit"}
        return kinds.get(result.outcome, result.outcome), result.message or stops[result.outcome]
    needs_webgl = "p5.brush paints on createCanvas(width, height, WEBGL) only"
    if result.outcome == "error":
        if result.missing and result.in_library:
            return "no_canvas", f"{needs_webgl}: {result.message}"
        return "runtime", result.message
    if result.outcome != "done":
        return result.outcome, result.message
    if result.missing == "size":
        return "too_large", f"The canvas is {result.size[0]} x {result.size[1]}; sides of {sides} are drawn."
    if result.missing == "context":
        return "runtime", "The program lost its WebGL context."
    if image is None:
        return "no_canvas", f"There is no canvas to look at: {needs_webgl}."
    if is_constant(image):
        return "blank", "The picture is one flat colour."
    return "", ""


def _sample(rng: np.random.Generator) -> str:
    def colour(low: int, high: int) -> str:
        return "#" + "".join(f"{value:02x}" for value in rng.integers(low, high, 3))

    petals = int(rng.integers(4, 9))
    length, width = int(rng.integers(90, 190)), int(rng.integers(30, 80))
    return f"""function setup() {{
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("{colour(236, 256)}");
  for (let i = 0; i < {petals}; i++) {{
    push();
    rotate({360 / petals:.1f} * i + {int(rng.integers(0, 90))});
    brush.fill("{colour(60, 230)}", {int(rng.integers(150, 230))});
    brush.fillBleed({rng.uniform(0.08, 0.3):.2f});
    brush.fillTexture(0.45, 0.6);
    brush.beginShape(0.7);
    brush.vertex(0, 0);
    brush.vertex({-width}, {-length * 0.5:.0f});
    brush.vertex({-width * 0.5:.0f}, {-length});
    brush.vertex({width * 0.5:.0f}, {-length});
    brush.vertex({width}, {-length * 0.5:.0f});
    brush.endShape();
    pop();
  }}
}}

function draw() {{
  noLoop();
}}
"""


@cache
def _script(name: str) -> str:
    return (files(__package__) / "js" / name).read_text(encoding="utf-8")
