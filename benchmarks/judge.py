"""What the judge's client adds to the judge's own time, what a kept answer costs, and what an endpoint in trouble does.

    python benchmarks/judge.py                 1,000 calls, and 2,048 for each trouble: about five minutes
    python benchmarks/judge.py --quick         200 calls, and 256 with shorter times: under a minute
    python benchmarks/judge.py --json docs/judge.json --page docs/pairwise.md

A judge in a process of its own on loopback answers each call after 200 ms, and tells pictures apart by their pixels.
Calls are both orders of pairs of the 24 shipped paintings (512 px, PNG), 32 at once, after 50 that are not timed. No
question is asked twice, so that none is answered from the cache: that is asserted. Then a new client asks the same
questions one after the other, and makes no call: that is asserted too.

ideal_s             calls / 32 * 0.2 s
asked_s             what they took
ratio               of the two; at most 1.3
client_ms           processor time of this process for a call
cached_median_ms    one answer from the cache; below 1 ms
cached_mean_ms      the mean of them; below 1 ms

Then a judge with the default options asks a batch of 2,048 questions at an endpoint that is in trouble: from the start
(it gives reasons first, knows no schema, takes no temperature, chats), or after its preflight (it refuses the key, has
no credit, hangs, is gone). In the last row it dies in the second of four batches and is back for the fourth. With
--quick the time limit is 4 s in place of 60, and there are 2 retries in place of 5.

questions           of the batch
sent                requests, retries and those of the preflight among them; where the key is refused, at most 10 beyond
                    the 32 under way
answered            questions with an answer that can be read
lost_s              seconds beyond those in which a healthy endpoint gives as many answers; the least of three rounds
                    where it answers (one with --quick); at most 120 where it hangs
read                what the user reads
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import mean, median

import click
from judge_parts.trouble import Trouble, troubles

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import step
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.judge import Question
from rewards.judged.pairs.symmetric import SymmetricJudge
from rewards.judged.pictures import shown
from rewards.judged.rubric import load_rubric
from rewards.painted.lettering import Picture
from rewards.pictures import shipped

SERVER = Path(__file__).parents[1] / "tests/support/judge_server.py"
DELAY_S = 0.2
CONCURRENCY = 32
WARM_UP = 50
MOST_RATIO = 1.3
MOST_CACHED_MS = 1.0
MOST_SENT = CONCURRENCY + 1 + 10  # under way, preflight, and more
MOST_HUNG_S = 120.0
QUICK = {"timeout_s": 4.0, "retries": 2}


@contextmanager
def serving() -> Iterator[str]:
    """Runs the judge; gives its address."""
    command = (sys.executable, str(SERVER), "--delay", str(DELAY_S))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def questions(judge: SymmetricJudge, count: int) -> list[Question]:
    """Returns questions of which no two are the same."""
    pictures = [shown(Picture.of(image), kept=True) for image in shipped().values()]
    orders = [(a, b) for a in pictures for b in pictures if a is not b]
    rounds = -(-count // len(orders))
    return [judge.question(*order, f"study {number}") for number in range(rounds) for order in orders][:count]


def measure(address: str, folder: str, calls: int) -> dict[str, float]:
    """Returns the figures."""

    def client() -> OpenAIJudge:
        return OpenAIJudge(
            model="loopback", base_url=address, api_key_env=None, concurrency=CONCURRENCY, cache=folder
        )

    judge = client()
    asked = questions(SymmetricJudge(judge, load_rubric("pairwise"), mode="soft"), WARM_UP + calls)
    judge.ask(asked[:WARM_UP])
    timed = asked[WARM_UP:]
    processor_s, started = time.process_time(), time.perf_counter()
    replies = judge.ask(timed)
    asked_s, processor_s = time.perf_counter() - started, time.process_time() - processor_s
    assert judge.usage["calls"] == WARM_UP + calls
    assert all(
        reply is not None and question.readable(reply) for reply, question in zip(replies, timed, strict=True)
    )

    again, each_ms = client(), []
    again.ask(asked[:WARM_UP])
    for question, reply in zip(timed, replies, strict=True):
        started = time.perf_counter()
        kept = again.ask([question])
        each_ms.append(1000 * (time.perf_counter() - started))
        assert kept == [reply]
    assert again.usage["calls"] == 0
    ideal_s = calls / CONCURRENCY * DELAY_S
    return {
        "calls": calls,
        "ideal_s": ideal_s,
        "asked_s": asked_s,
        "ratio": asked_s / ideal_s,
        "client_ms": 1000 * processor_s / calls,
        "cached_median_ms": median(each_ms),
        "cached_mean_ms": mean(each_ms),
        "picture_kb": mean(len(image) for question in timed for image in question.images) / 1000,
    }


def show(name: str, trouble: Trouble) -> None:
    """Prints a row of the table of troubles."""
    numbers = f"{trouble.questions:>6}{trouble.sent:>6}{trouble.answered:>9}{trouble.lost_s:>8.1f}"
    click.echo(f"{name:<22}{numbers}  {trouble.read}")


def fill(page: str, found: Mapping[str, Trouble]) -> str:
    """Returns a page with the numbers of its table of troubles written anew."""
    for name, each in found.items():
        numbers = f"{each.sent:,} | {each.answered:,} | {each.lost_s:.1f} s"
        row = re.compile(rf"^(\| `{name}` \| [^|]+ \| )[^|]+ \| [^|]+ \| [^|]+( \| )", re.MULTILINE)
        page = row.sub(rf"\g<1>{numbers}\g<2>", page)
    return page


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--quick", is_flag=True, help="200 calls, and shorter times: checks that it works.")
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Where the figures go.")
@click.option("--page", type=click.Path(path_type=Path), help="Whose table of troubles is written anew.")
@tidy
def main(quick: bool, to_json: Path | None, page: Path | None) -> None:
    """Measures and prints."""
    load = os.getloadavg()[0]
    if load > 1:
        click.echo(f"The load average is {load:.1f}: others work here, figures wander.", err=True)
    with (
        step("Asking"),
        serving() as address,
        tempfile.TemporaryDirectory(prefix="codepaint-benchmark-") as folder,
    ):
        figures = measure(address, folder, 200 if quick else 1000)
    for name, value in figures.items():
        click.echo(f"{name:<24}{value:.3g}")
    good = figures["ratio"] <= MOST_RATIO
    good &= max(figures["cached_median_ms"], figures["cached_mean_ms"]) < MOST_CACHED_MS
    click.echo(f"\n{'trouble':<24}asked  sent answered  lost_s  read")
    found = {}
    for name, trouble in troubles(*((256, QUICK, 1) if quick else (2048, {}, 3))):
        show(name, trouble)
        found[name] = trouble
    good &= max(found["refused_key"].sent, found["spent_credit"].sent) <= MOST_SENT
    good &= found["hangs"].lost_s <= MOST_HUNG_S
    limits = f"ratio {MOST_RATIO}, cached {MOST_CACHED_MS} ms, refused {MOST_SENT}, hung {MOST_HUNG_S:g} s"
    click.echo("as promised" if good else f"not as promised: {limits}")
    if to_json is not None:
        told = figures | {"as_promised": good, "load_average": [load, os.getloadavg()[0]]}
        told["trouble"] = {name: asdict(trouble) for name, trouble in found.items()}
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if page is not None:
        page.write_text(fill(page.read_text(encoding="utf-8"), found), encoding="utf-8")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
