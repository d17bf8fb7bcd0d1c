"""What the engine is made of: its scripts, the rasteriser and p5.brush, and the one fingerprint of them all."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

from codepaint_env.canvases.p5brush.engine.angles import mend_angles
from codepaint_env.canvases.p5brush.engine.stack_depth import STACK_KB
from rewards.errors import MissingPart

SKETCH = (
    "math",
    "color",
    "spaces",
    "sketch",
    "vector",
    "numbers",
    "lettering",
    "page_stubs",
    "shapes",
    "buffers",
)
# Of each isolate the main function and what it is called with. A recorded program costs as little as can be before
# its first command, so its isolate holds nothing that only a program beside the library uses.
ISOLATES = {
    "painter": ("painter", ("math", "color", "spaces", "geometry", "tip", "cost", "replay", "compiled")),
    "record": ("program", (*SKETCH, "record")),
    "inline": ("program", (*SKETCH, "surfaces", "flat2d", "geometry", "tip", "cost")),
}
# Scripts that are evaluated when they are first called: many programs never do.
LATER = frozenset({"shapes", "spaces", "vector"})
# A fixed global name for our functions: what a program calls there it could do anyway, and it cannot be replaced.
FACE = "$codepaint"
# mini-racer's own default, --single-threaded, leaves out the optimising compilers' threads: three times slower.
V8_FLAGS: tuple[str, ...] = (f"--stack-size={STACK_KB}",)
BRUSH = "p5.brush/p5.brush.js"  # as assets.json calls it
MEND = "Install codepaint again: pip install --force-reinstall codepaint-env"
# Of what is compiled; written by build.py.
WASM_SHA256 = {
    "maths.wasm": "0832b57e0c8a0bf616a75ff1315041de772d3224580c4052d6ee9d4cb935d8cc",
    "raster.wasm": "7ab9aece5d6acda3c716616bcc431fd207e464fcd9da690ef22c7ee46ff59df6",
}


@cache
def script(name: str) -> str:
    """Returns one of the engine's JavaScript files: an expression, without its trailing newline."""
    return (files(__package__) / f"{name}.js").read_text(encoding="utf-8").rstrip()


@cache
def compiled(name: str) -> bytes:
    """Returns a file of `WASM_SHA256`; raises `MissingPart` if it is not what was compiled."""
    return _intact(name, WASM_SHA256[name])


def raster() -> bytes:
    """Returns the rasteriser, which holds the functions of maths.wasm too."""
    return compiled("raster.wasm")


def module_of(isolate: str) -> bytes:
    """Returns what an isolate gets of what is compiled: one that records needs no rasteriser."""
    return compiled("maths.wasm" if isolate == "record" else "raster.wasm")


def _intact(name: str, sha256: str) -> bytes:
    try:
        found = (files(__package__) / name).read_bytes()
    except OSError as error:
        raise MissingPart(f"{name} cannot be read ({error}). {MEND}") from error
    if hashlib.sha256(found).hexdigest() != sha256:
        raise MissingPart(f"{name} is damaged. {MEND}")
    return found


def is_carried() -> bool:
    """Tells whether p5.brush lies beside the engine, as in a wheel."""
    return (files(__package__) / "p5.brush.js").is_file()


@cache
def brush() -> str:
    """Returns p5.brush, the build that p5 pages load: the one that the wheel carries, or that of the set-up."""
    from codepaint_env.render.browser import assets

    if is_carried():
        return _intact("p5.brush.js", assets.read_lock()["files"][BRUSH]["sha256"]).decode()
    return assets.find().brush.read_text(encoding="utf-8")


@cache
def library() -> str:
    """Returns p5.brush as both paths run it: with its angles mended."""
    return mend_angles(brush())


def boot(isolate: str, options: dict[str, object]) -> str:
    """Returns the script that starts an isolate: it yields a function that takes a name and up to three values.

    It finds the bytes of `module_of(isolate)` in the global `$wasm`.

    Args:
        isolate: One of `ISOLATES`.
        options: Further keywords for its main function, JSON-able.
    """
    main, pieces = ISOLATES[isolate]
    fields = [f"{name}: {_piece(name)}" for name in pieces]
    fields += [f"{name}: {json.dumps(value)}" for name, value in options.items()]
    return (
        f"(() => {{ 'use strict'; const wasm = $wasm; delete globalThis.$wasm; const evaluate = globalThis.eval; "
        f"const later = (text) => {{ let made; return (given) => (made ??= evaluate(text))(given); }}; "
        f"const face = ({script(main)})({{ wasm, {', '.join(fields)} }}); "
        f"const call = (name, a, b, c) => face[name](a, b, c); "
        f"Object.defineProperty(globalThis, '{FACE}', {{ value: call }}); return call; }})()"
    )


def _piece(name: str) -> str:
    text = f"({script(name)})"
    return f"later({json.dumps(text)})" if name in LATER else text


@cache
def fingerprint() -> str:
    """Returns a hash of everything that decides a pixel."""
    names = {name for main, pieces in ISOLATES.values() for name in (main, *pieces)}
    parts = [script(name) for name in sorted(names)]
    digest = hashlib.sha256(json.dumps([*parts, library(), *V8_FLAGS]).encode())
    for name in WASM_SHA256:
        digest.update(compiled(name))
    return digest.hexdigest()[:16]
