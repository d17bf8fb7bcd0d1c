"""What a server costs beside a fleet of one's own, what it does when too much is asked, and what a restart loses.

    python benchmarks/serve.py                 about ten minutes on two quiet cores
    python benchmarks/serve.py --quick         under a minute
    python benchmarks/serve.py --json docs/serve.json
    python benchmarks/serve.py --sizing        how many cores a training needs, from times that were measured before

Sketches that take about 100 ms, no two alike, caches off. Throughput: 32 clients in this process, each asking for one
picture after the other, draw by a fleet of their own and by `codepaint serve` with as many workers, in turns. Overload:
twice as many clients as the server has room for, who come again when they are told to. Restart: the server ends in the
middle of a batch and starts again on the same port.

picture_ms               of a picture on one of the fleet's workers
per_s, ratio             pictures a second by the fleet and by the server, medians over the turns; the server's share
p50_ms, p95_ms, p99_ms   until a picture of the server is there
client_core              cores that this process takes while the server draws: all 32 clients, with HTTP
overload_p99_ms          of pictures that were let in, from the last request until the picture; median over rounds
overload_bound_ms        1.3 x (queue / workers + 1) x the time of a picture in the same round
refused, lost            requests that were told to come again, and pictures that never came
restart_lost, restart_changed   pictures of the batch that have no rendering, or other bytes
server_mb                resident megabytes of the server's own process after each turn
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import os
import platform
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.cli.complaints import tidy
from codepaint_env.render.backend import Job
from codepaint_env.render.codec import to_json, unpack
from codepaint_env.render.confine.process_table import resident_mb
from codepaint_env.render.remote.connection import Busy, Connection
from codepaint_env.render.remote.wire import DrawRequest
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.workers import count_workers
from rewards.errors import CodepaintError

CLIENTS = 32
PETALS = 7  # about 100 ms; `picture_ms` tells
DOCS = Path(__file__).resolve().parents[1] / "docs"
SHARE = 0.2  # of a step that drawing may take
STEPS_S, SAMPLES = (30, 60, 120), (64, 512, 4_096)
LEAST_RATIO = 0.9
MOST_CLIENT_CORE = 0.05

_numbers = count()


def sketch() -> Job:
    """Returns a job that nobody has drawn before."""
    return Job(
        'function setup() { createCanvas(512, 512, WEBGL); background("#fbf6ec"); brush.fill("#c03344", 190); '
        f"brush.fillBleed(0.15); for (let i = 0; i < {PETALS}; i++) {{ rotate(1.57); brush.circle(0, -110, 60); }} }}"
        f" // {next(_numbers)}",
        1,
    )


@dataclass
class Turn:
    """What came of one turn.

    Attributes:
        seconds: It took so long.
        waits: Seconds until each picture was there.
        cpu_s: Of this process.
    """

    seconds: float
    waits: list[float]
    cpu_s: float


@contextmanager
def served(workers: int, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Runs `codepaint serve`; yields its process and its address."""
    words = ["serve", "--port", str(port), "--workers", str(workers)]
    server = subprocess.Popen(
        [sys.executable, "-m", "codepaint_env.cli", *words],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"CODEPAINT_CACHE": "off", "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        yield server, found[0]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def turn(renderers: Sequence[Renderer], seconds: float) -> Turn:
    """Lets each renderer draw one picture after the other for so long."""
    waits: list[float] = []
    until = time.perf_counter() + seconds

    async def client(renderer: Renderer) -> None:
        while time.perf_counter() < until:
            asked = time.perf_counter()
            [drawn] = await renderer.arender([sketch()])
            assert drawn.ok, drawn.message
            waits.append(time.perf_counter() - asked)

    async def all_of_them() -> None:
        await asyncio.gather(*map(client, renderers))

    cpu, began = time.process_time(), time.perf_counter()
    asyncio.run(all_of_them())
    return Turn(time.perf_counter() - began, waits, time.process_time() - cpu)


def remote(url: str, **options: object) -> Renderer:
    """Returns a renderer that draws at the server."""
    return Renderer(P5Brush(), backend="remote", cache=0, options={"url": url, **options})


@dataclass
class Overload:
    """What came of asking for too much.

    Attributes:
        waits: Seconds of those that were let in.
        refused: How often somebody was told to come again.
        lost: Pictures that never came.
        seconds: It took so long.
    """

    waits: list[float] = field(default_factory=list)
    refused: int = 0
    lost: int = 0
    seconds: float = 0.0

    def picture_ms(self, workers: int) -> float:
        """Returns the milliseconds that a picture took a worker."""
        return 1000 * workers * self.seconds / len(self.waits)


def overload(url: str, clients: int, seconds: float) -> Overload:
    """Lets so many clients ask without a pause, but for the one that they are told to make."""
    found = Overload()

    async def client(connection: Connection, until: float) -> None:
        while time.perf_counter() < until:
            body, turn, packed = to_json(DrawRequest.of("engine", sketch())), "", None
            while packed is None:
                asked = time.perf_counter()
                try:
                    packed, _ = await connection.draw(body, 120, turn)
                except Busy as busy:
                    found.refused, turn = found.refused + 1, busy.turn
                    await asyncio.sleep(busy.wait_s)
                except CodepaintError:
                    found.lost += 1
                    break
            else:
                found.waits.append(time.perf_counter() - asked)
                found.lost += not unpack(packed).ok

    async def all_of_them() -> None:
        connection = Connection(url, "")
        until = time.perf_counter() + seconds
        await asyncio.gather(*(client(connection, until) for _ in range(clients)))
        connection.close()

    began = time.perf_counter()
    asyncio.run(all_of_them())
    found.seconds = time.perf_counter() - began
    return found


def restart(workers: int, jobs: Sequence[Job], expected: Sequence[str]) -> dict[str, int]:
    """Ends a server in the middle of a batch, starts it again, and returns how many pictures are lost or changed."""
    found: list[str | None] = []
    with served(workers) as (server, url), closing(remote(url)) as renderer:
        renderer.render([sketch()])

        def draw() -> None:
            found.extend(digest(each.image) for each in renderer.render(jobs))

        batch = threading.Thread(target=draw)
        batch.start()
        time.sleep(len(jobs) * 0.1 / workers / 3)
        server.kill()
        server.wait()
        with served(workers, int(url.rpartition(":")[2])):
            batch.join()
    changed = sum(got is not None and got != wanted for got, wanted in zip(found, expected, strict=True))
    return {"restart_lost": found.count(None), "restart_changed": changed}


def digest(image: np.ndarray | None) -> str | None:
    """Returns the hash of a picture."""
    return None if image is None else hashlib.sha256(image.tobytes()).hexdigest()


def percentiles(waits: Sequence[float]) -> dict[str, float]:
    """Returns milliseconds below which so many of the waits lie."""
    return {f"p{each}_ms": 1000 * float(np.percentile(waits, each)) for each in (50, 95, 99)}


def sizing() -> str:
    """Returns a Markdown table: cores that draw the samples of a step in a fifth of its time, by kind of program."""
    cores, svg, pages = (
        json.loads((DOCS / name).read_text(encoding="utf-8"))
        for name in ("training/cores.json", "svg.json", "pages.json")
    )
    kinds = {
        "SVG icons": 1 / svg["renders_per_s"]["noto"]["1"],
        "SVG drawings": 1 / svg["renders_per_s"]["drawings"]["1"],
        "light sketches": cores["render, light"]["cpu_s"],
        "medium sketches": cores["render, medium"]["cpu_s"],
        "large paintings": cores["render, heavy_six"]["cpu_s"],
        "studies of the pool": cores["render, studies of the pool"]["cpu_s"],
        "web pages, clicked through": 1 / pages["pages_per_s_1"],
    }
    head = " | ".join(f"{count:,} samples" for count in SAMPLES)
    rows = [f"| kind of program | CPU seconds | {head} |", "|---|---|" + "---|" * len(SAMPLES)]
    for kind, seconds in kinds.items():
        needed = (
            " / ".join(f"{max(1, math.ceil(count * seconds / SHARE / step_s)):,}" for step_s in STEPS_S)
            for count in SAMPLES
        )
        rows.append(f"| {kind} | {seconds:.2f} | {' | '.join(needed)} |")
    return "\n".join(rows)


@click.command()
@click.option(
    "--sizing", "only_sizing", is_flag=True, help="Measure nothing; print how many cores are needed."
)
@click.option("--quick", is_flag=True, help="Shorter turns, and fewer.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Where the figures go.")
@tidy
def main(only_sizing: bool, quick: bool, target: Path | None) -> None:
    """Measures a server beside a fleet."""
    if only_sizing:
        click.echo(sizing())
        return
    workers = count_workers()
    turns, seconds = (2, 4.0) if quick else (15, 10.0)
    fleet, server_turns, memory = [], [], []
    own = Renderer(P5Brush(), backend="local", workers=workers, cache=0)
    with served(workers) as (server, url):
        clients = [remote(url) for _ in range(CLIENTS)]
        turn([own], 1.0)
        turn(clients, 1.0)  # all is warm
        for number in range(turns):
            for who in ("fleet", "server") if number % 2 else ("server", "fleet"):
                if who == "fleet":
                    fleet.append(turn([own] * CLIENTS, seconds))
                else:
                    server_turns.append(turn(clients, seconds))
                    memory.append(resident_mb(server.pid))
        for client in clients:
            client.close()
        room = 5 * workers
        rounds = [overload(url, 2 * room, 6.0 if quick else 15.0) for _ in range(1 if quick else 4)]
        memory.append(resident_mb(server.pid))
    jobs = [sketch() for _ in range(20 if quick else 200)]
    expected = [digest(each.image) or "" for each in own.render(jobs)]
    own.close()
    again = restart(workers, jobs, expected)
    rates = {
        name: median(len(each.waits) / each.seconds for each in found)
        for name, found in (("fleet", fleet), ("server", server_turns))
    }
    figures = {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "workers": workers,
        "clients": CLIENTS,
        "picture_ms": 1000 * workers / rates["fleet"],
        "per_s": rates,
        "ratio": median(
            (len(ours.waits) / ours.seconds) / (len(bare.waits) / bare.seconds)
            for ours, bare in zip(server_turns, fleet, strict=True)
        ),
        **percentiles([wait for each in server_turns for wait in each.waits]),
        "client_core": median(each.cpu_s / each.seconds for each in server_turns),
        "overload_p99_ms": median(percentiles(each.waits)["p99_ms"] for each in rounds),
        "overload_bound_ms": median(1.3 * (room / workers) * each.picture_ms(workers) for each in rounds),
        "overload_pictures": sum(len(each.waits) for each in rounds),
        "refused": sum(each.refused for each in rounds),
        "lost": sum(each.lost for each in rounds),
        "server_mb": memory,
        **again,
    }
    table = Table("", "figure", title=f"{workers} workers, {CLIENTS} clients")
    for name, value in figures.items():
        table.add_row(name, json.dumps(value) if not isinstance(value, float) else f"{value:.3g}")
    Console().print(table)
    if target is not None:
        target.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    broken = {
        "pictures were lost or changed": figures["lost"] + again["restart_lost"] + again["restart_changed"]
        > 0,
        "the server is too slow": not quick and figures["ratio"] < LEAST_RATIO,
        "the clients take too much": not quick and figures["client_core"] > MOST_CLIENT_CORE,
        "overload takes too long": not quick and figures["overload_p99_ms"] > figures["overload_bound_ms"],
    }
    if any(broken.values()):
        sys.exit("not as promised: " + ", ".join(each for each, true in broken.items() if true))


if __name__ == "__main__":
    main()
