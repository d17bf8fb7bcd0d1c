"""Whether a program has one hash: in three V8 versions, in any order, on any number of workers, under load.

python benchmarks/identity.py            100 programs in mini-racer, Node and Chromium; 1,000 renders, two restarts
python benchmarks/identity.py --quick    6 programs and 24 renders, under a minute
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import isolates, parts
from codepaint_env.canvases.p5brush.limits import EngineLimits
from codepaint_env.canvases.p5brush.verdict import SIZE_PX
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.backend import Job
from codepaint_env.render.browser.npm import find_node
from codepaint_env.render.paper import fit, on_white
from codepaint_env.render.renderer import Renderer

ROOT = Path(__file__).resolve().parents[1]
SEED = 11
BATCH = 8
BUSY = 8
RESTARTS = 10

Hashes = dict[str, str]


def programs(count: int | None) -> dict[str, str]:
    """Returns programs by name: every call, surfaces, the pool, the benchmarks', outside ones, 100 in all.

    Of a count, so many light ones, spread over those of every call, the light benchmarks' and outside ones.
    """
    patterns = [
        "tests/canvases/p5brush/programs/calls/*.js",
        "tests/canvases/p5brush/programs/surfaces/*.js",
        "reference_pool/programs/[0-9]*.js",  # those that are no instance of a study
        "benchmarks/programs/**/*.js",
        "tests/canvases/p5brush/programs/outside/*.js",
    ]
    if count is not None:
        patterns = [patterns[0], "benchmarks/programs/light/*.js", patterns[-1]]
    found = {
        f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8")
        for pattern in patterns
        for path in sorted(ROOT.glob(pattern))
    }
    drawable = {name: text for name, text in found.items() if not text.startswith(("// fault:", "// page:"))}
    names = list(drawable)
    step = 1 if count is None else max(1, len(names) // count)
    return {name: drawable[name] for name in names[::step][: count or 100]}


def by_engine(texts: dict[str, str], workers: int, order: int) -> Hashes:
    """Draws programs in a random order in a fresh pool of worker processes."""
    names = list(texts)
    random.Random(order).shuffle(names)
    renderer = Renderer(P5Brush(), path="engine", workers=workers, cache=0)
    found: Hashes = {}
    try:
        with bar(f"mini-racer, {workers} workers") as show:
            for start in range(0, len(names), BATCH):
                show(start, len(names))
                some = names[start : start + BATCH]
                for name, rendering in zip(
                    some, renderer.render([Job(texts[n], SEED) for n in some]), strict=True
                ):
                    found[name] = _hash(rendering.image)
    finally:
        renderer.close()
    return found


def _hash(image: object) -> str:
    return "" if image is None else hashlib.sha256(image.tobytes()).hexdigest()[:16]  # type: ignore[attr-defined]


def _hash_rgba(pixels: bytes, width: int, height: int) -> str:
    import numpy as np

    if not width:
        return ""
    rgba = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
    return _hash(fit(on_white(rgba), (SIZE_PX, SIZE_PX))[0])


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keeps every core busy with loops of others."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for loop in running:
            loop.kill()
            loop.wait()


def harness() -> str:
    """Returns the steps of `isolates.py` as JavaScript: a function of `newRealm`."""
    limits = EngineLimits()
    bounds = {
        "calls": limits.calls,
        "timers": limits.timers,
        "min": limits.canvas_min_px,
        "max": limits.canvas_max_px,
        "frames": 1,
        "floats": isolates.FLOATS,
        "bytes": limits.engine_memory_mb * 2**20,
        "characters": isolates.CHARACTERS,
        "work": limits.work,
        "raster_work": isolates.WORK,
        "reads": isolates.READS,
    }
    scripts = {
        **{mode: parts.boot(mode, {"$options": None}) for mode in ("record", "inline")},
        "painter": parts.boot("painter", isolates.painter_options()),
    }
    modules = {isolate: base64.b64encode(parts.module_of(isolate)).decode() for isolate in scripts}
    # A Worker is one realm for both isolates: neither leaves its name there.
    name = f"Object.defineProperty(globalThis, '{parts.FACE}', {{ value: call }}); "
    scripts = {isolate: script.replace(name, "") for isolate, script in scripts.items()}
    body = (Path(__file__).with_name("identity.js")).read_text(encoding="utf-8").rstrip()
    return (
        f"(newRealm) => ({body})({{ newRealm, modules: {json.dumps(modules)}, boots: {json.dumps(scripts)}, "
        f"brush: {json.dumps(parts.library())}, limits: {json.dumps(bounds)} }})"
    )


NODE = """
const vm = require('node:vm');
const { readFileSync } = require('node:fs');
const { makeHarness, texts, seed } = JSON.parse(readFileSync(0, 'utf8'));
const newRealm = () => {
  const context = vm.createContext({});
  const run = (code) => vm.runInContext(code, context, { filename: 'sketch.js' });
  const home = run('globalThis');
  return { run, put: (name, value) => { home[name] = value; } };
};
(async () => {
  const { draw } = (0, eval)(makeHarness)(newRealm);
  for (const [name, text] of Object.entries(texts)) {
    const { width, height, pixels } = await draw(text, seed);
    const told = { name, width, height, pixels: Buffer.from(pixels).toString('base64') };
    process.stdout.write(JSON.stringify(told) + '\\n');
  }
})();
"""


def by_node(texts: dict[str, str]) -> tuple[str, Hashes]:
    """Draws programs in Node; returns its V8's version and the hashes."""
    node = find_node("node")
    if node is None:
        raise click.ClickException(
            "node was not found; it is one of the three V8 versions that are compared."
        )
    version = subprocess.run([*node, "-p", "process.versions.v8"], capture_output=True, text=True, check=True)
    asked = {
        "makeHarness": harness(),
        "texts": texts,
        "seed": SEED,
    }
    done = subprocess.run(
        [*node, "-e", NODE], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    found: Hashes = {}
    for line in done.stdout.splitlines():
        told = json.loads(line)
        found[told["name"]] = _hash_rgba(base64.b64decode(told["pixels"]), told["width"], told["height"])
    return version.stdout.strip(), found


WORKER = """
self.onmessage = async ({ data }) => {
  const { makeHarness, text, seed, mode } = data;
  const post = self.postMessage.bind(self);
  const newRealm = () => ({ run: (code) => (0, eval)(code), put: (name, value) => { self[name] = value; } });
  try {
    const { attempt } = (0, eval)(makeHarness)(newRealm);
    post(await attempt(mode, text, seed));
  } catch (error) {
    post({ error: error.stack });
  }
};
"""

PAGE = """
(parts) => {
  const attempt = (text, seed, mode) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer for 60 s')), 60000);
    const worker = new Worker(URL.createObjectURL(new Blob([parts.worker])));
    const end = (settle, value) => {
      clearTimeout(timer);
      worker.terminate();
      settle(value);
    };
    worker.onmessage = ({ data }) => (data?.error ? end(reject, new Error(data.error)) : end(resolve, data));
    worker.onerror = (event) => end(reject, new Error(event.message));
    worker.postMessage({ makeHarness: parts.makeHarness, text, seed, mode });
  });
  window.draw = async ([text, seed]) => {
    const drawn = (await attempt(text, seed, 'record')) ?? (await attempt(text, seed, 'inline'));
    let bytes = '';
    for (let i = 0; i < drawn.pixels.length; i += 32768) {
      bytes += String.fromCharCode(...drawn.pixels.subarray(i, i + 32768));
    }
    return { ...drawn, pixels: btoa(bytes) };
  };
}
"""


async def _by_chromium(texts: dict[str, str]) -> tuple[str, Hashes]:
    from playwright.async_api import async_playwright

    from codepaint_env.render.browser.chromium import find_chromium
    from codepaint_env.render.browser.launch import start

    found: Hashes = {}
    async with async_playwright() as playwright:
        browser = await start(playwright, find_chromium())
        page = await browser.browser.new_page()
        await page.goto("about:blank")
        await page.evaluate(PAGE, {"makeHarness": harness(), "worker": WORKER})
        with bar("Chromium") as show:
            for index, (name, text) in enumerate(texts.items()):
                show(index, len(texts))
                told = await page.evaluate("draw", [text, SEED])
                found[name] = _hash_rgba(base64.b64decode(told["pixels"]), told["width"], told["height"])
        version = browser.version
        browser.kill()
    return version, found


def differing(first: Hashes, other: Hashes) -> list[str]:
    """Returns the programs whose hashes differ."""
    return [name for name in first if first[name] != other.get(name)]


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option(
    "--quick", is_flag=True, help="6 programs and 24 renders: one and two workers, Node and Chromium."
)
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Write the figures to a file.")
def main(quick: bool, to_json: Path | None) -> None:
    """Draws everything everywhere and prints where hashes differ."""
    texts = programs(6 if quick else None)
    console = Console()
    first = by_engine(texts, 1, 0)
    blank = [name for name, value in first.items() if not value]
    rows: list[tuple[str, int, Sequence[str]]] = [("mini-racer, one worker", len(first), blank)]
    node_version, in_node = by_node(texts)
    rows.append((f"Node, V8 {node_version}", len(in_node), differing(first, in_node)))
    chromium_version, in_chromium = asyncio.run(_by_chromium(texts))
    rows.append((f"Chromium {chromium_version}", len(in_chromium), differing(first, in_chromium)))
    workers = 2 if quick else 4
    rows.append(
        (f"{workers} workers, another order", len(first), differing(first, by_engine(texts, workers, 1)))
    )
    if not quick:
        with busy(BUSY):
            under_load = by_engine(texts, 2, 2)
        rows.append((f"2 workers under {BUSY} busy loops", len(first), differing(first, under_load)))
        changed: set[str] = set()
        for restart in range(RESTARTS):
            changed |= set(differing(first, by_engine(texts, 1 + restart % 3, 10 + restart)))
        rows.append((f"{RESTARTS} restarts in random order", RESTARTS * len(first), sorted(changed)))
    shown = Table("where", "renders", "hashes that differ", title="One hash a program")
    for where, renders, names in rows:
        shown.add_row(where, str(renders), ", ".join(names) or "none")
    console.print(shown)
    renders = sum(row[1] for row in rows)
    same = not any(names for _, _, names in rows)
    console.print(f"programs {len(texts)}  renders {renders}  identical {same}")
    if to_json is not None:
        told = {
            "programs": len(texts),
            "renders": renders,
            "identical": same,
            "rows": [
                {"where": where, "renders": count, "differ": list(names)} for where, count, names in rows
            ],
        }
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if not same:
        sys.exit(1)


if __name__ == "__main__":
    main()
