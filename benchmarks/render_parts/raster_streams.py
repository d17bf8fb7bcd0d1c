"""What programs send to the rasteriser, recorded from the engine as it draws them."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest import mock

from codepaint_env.canvases.p5brush.engine import isolates, parts
from codepaint_env.canvases.p5brush.engine.budget import Bounds
from codepaint_env.canvases.p5brush.limits import EngineLimits

# Put before the script of the drawing isolate: what it tells its rasteriser is copied.
_LISTEN = """{
  const Original = WebAssembly.Instance;
  let kept = [], sides = [0, 0];
  globalThis.$sides = () => JSON.stringify(sides);
  globalThis.$stream = () => {
    const whole = new Float32Array(kept.reduce((sum, each) => sum + each.length, 0));
    let at = 0;
    for (const each of kept) whole.set(each, at), at += each.length;
    return (globalThis.$last = whole.buffer); // so that it stays until it is read
  };
  WebAssembly.Instance = function (module) {
    const exports = new Original(module).exports;
    const begin = (width, height) => {
      kept = [];
      sides = [width, height];
      return exports.begin(width, height);
    };
    const run = (count) => {
      kept.push(new Float32Array(exports.memory.buffer, exports.buffer(count), count).slice());
      return exports.run(count);
    };
    return { exports: { ...exports, begin, run } };
  };
}
"""


def record_streams(texts: Mapping[str, str], folder: Path) -> list[str]:
    """Draws programs and writes the stream of each into a folder; returns the names of those that have one.

    A file holds width and height as int32, then the floats.
    """
    return asyncio.run(_record(texts.items(), folder))


async def _record(texts: Iterable[tuple[str, str]], folder: Path) -> list[str]:
    boot = parts.boot

    def listening(isolate: str, options: dict[str, object]) -> str:
        return (_LISTEN if isolate == "painter" else "") + boot(isolate, options)

    limits = asdict(EngineLimits())
    limits["memory_mb"] = 4 * limits.pop("engine_memory_mb")  # the copies count as well
    names = []
    with mock.patch.object(parts, "boot", listening):
        engine = isolates.Engine()
        for name, text in texts:
            drawn = await engine.draw(text, 0, 1, Bounds(**limits))
            painter = engine._painter
            if drawn.outcome != "done" or painter is None:
                continue
            floats: Any = painter.context.eval("$stream()")
            sides = json.loads(str(painter.context.eval("$sides()")))
            path = folder / f"{name}.stream"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(struct.pack("<2i", *sides) + bytes(floats))
            names.append(name)
            del floats
            engine._drop_painter()  # with its copies
    return names
