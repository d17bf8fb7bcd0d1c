"""The pool's paintings with what can be made of their programs: twins by other random numbers, and fewer strokes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.evaluate import paint
from codepaint_env.render.renderer import Renderer
from rewards.errors import MachineError
from rewards.measuring.damages import DAMAGES, MILD, STRONG
from rewards.pool import Pool, PoolEntry

DROPPED = (0.25, 0.75)  # of the statements that paint, for the mild and the strong step
FEWEST = 4  # statements that paint, below which nothing is dropped

_SEED = re.compile(r"\b((?:randomSeed|noiseSeed|brush\.seed|brush\.noiseSeed)\()(\d+)\)")
_FUNCTION = re.compile(r"^function (\w+)\(", re.MULTILINE)
_BODY = re.compile(r"^function (?:setup|draw)\(\) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Painting:
    """A painting, `(height, width, 3)` uint8, with what was made of it.

    Attributes:
        id: In the pool.
        image: As the engine paints it.
        twin: The same program with other random numbers.
        ladders: By name, the mild and the strong damage.
    """

    id: str
    image: NDArray[np.uint8]
    twin: NDArray[np.uint8]
    ladders: dict[str, tuple[NDArray[np.uint8], NDArray[np.uint8]]]


def load_paintings(count: int | None) -> list[Painting]:
    """Renders so many paintings of the pool (None: all 36 by hand), their twins, and those with dropped statements."""
    entries = Pool.load().entries[:36][:count]
    programs = [entry.read_program() for entry in entries]
    fewer = [[dropped(program, share) for share in DROPPED] for program in programs]
    renderer = Renderer(P5Brush(), path="engine")
    try:
        images = _painted(renderer, entries, programs)
        twins = _painted(renderer, entries, [reseeded(program) for program in programs])
        whole = [number for number, steps in enumerate(fewer) if None not in steps]
        short = [
            _painted(renderer, [entries[n] for n in whole], [fewer[n][step] or "" for n in whole])
            for step in (0, 1)
        ]
    finally:
        renderer.close()
    paintings = []
    for number, entry in enumerate(entries):
        image = images[number]
        ladders = {name: (damage(image, MILD), damage(image, STRONG)) for name, damage in DAMAGES.items()}
        if number in whole:
            ladders["strokes"] = (short[0][whole.index(number)], short[1][whole.index(number)])
        paintings.append(Painting(entry.id, image, twins[number], ladders))
    return paintings


def reseeded(program: str) -> str:
    """Raises each seed that a program sets by 1; another render seed alone would change nothing."""
    return _SEED.sub(lambda found: f"{found[1]}{int(found[2]) + 1})", program)


def dropped(program: str, share: float) -> str | None:
    """Leaves a share of the statements out that paint: calls of the program's own functions in setup and draw.

    Which they are is decided by a hash of their place, so that a larger share leaves out more of the same.

    Returns:
        None where fewer than four statements paint.
    """
    own = [name for name in _FUNCTION.findall(program) if name not in ("setup", "draw")]
    if not own:
        return None
    call = re.compile(rf"^ *(?:for \(.*\) )?(?:{'|'.join(map(re.escape, own))})\(.*\);.*\n", re.MULTILINE)
    places = [
        (body.start(1) + found.start(), body.start(1) + found.end())
        for body in _BODY.finditer(program)
        for found in call.finditer(body[1])
    ]
    if len(places) < FEWEST:
        return None
    ranked = sorted(places, key=lambda place: hashlib.sha256(str(places.index(place)).encode()).digest())
    for start, end in sorted(ranked[: round(share * len(places))], reverse=True):
        program = program[:start] + program[end:]
    return program


def _painted(
    renderer: Renderer, entries: Sequence[PoolEntry], programs: Sequence[str]
) -> list[NDArray[np.uint8]]:
    done = paint(P5Brush(), renderer, programs, [entry.render_seed for entry in entries])
    images = []
    for entry, each in zip(entries, done, strict=True):
        if each.rendering.image is None:
            raise MachineError(f"{entry.id} was not painted: {each.rendering.message}")
        images.append(each.rendering.image)
    return images
