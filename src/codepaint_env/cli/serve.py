"""`codepaint serve`: one server that draws and scores for many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codepaint_env.cli.complaints import complain, tidy
from codepaint_env.cli.options import FOLDER, canvas_option, read_spec, step_option
from rewards.errors import SpecError
from rewards.types import DEFAULT_CANVAS

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from codepaint_env.serve.painting import Painting


@click.command()
@canvas_option
@click.option(
    "--reward", "spec", metavar="SPEC", help="The reward that scores; without one the server only draws."
)
@step_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 for all addresses."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Programs that are drawn at once; default: one per core."
)
@click.option(
    "--queue",
    type=click.IntRange(min=0),
    help="Programs that may wait; default: four per worker. The server answers the rest with 429: try again later.",
)
@click.option(
    "--deadline-s",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    help="Seconds that a request may take.",
)
@click.option(
    "--max-body",
    type=click.FloatRange(min=0, min_open=True),
    default=16.0,
    show_default=True,
    help="Largest request, in megabytes.",
)
@click.option(
    "--grace-s",
    type=click.FloatRange(min=0),
    default=30.0,
    show_default=True,
    help="Seconds that the server waits, when it ends, for programs that are being drawn.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A limit or an option of the renderer, such as cpu_s=5. Repeat it for several. Clients must set the same.",
)
@click.option(
    "--on-machine-error",
    type=click.Choice(("raise", "filter", "floor")),
    default="raise",
    show_default=True,
    help="The answer to OpenRLHF if a machine failed: 503, NaN for --algo.dynamic_filtering_enable, or the lowest "
    "score.",
)
@click.option("--log-to", type=FOLDER, help="A folder for the curves of OpenRLHF's samples.")
@click.option(
    "--references", type=FOLDER, help="The folder of reference pictures that OpenRLHF's labels may name."
)
@click.option(
    "--openenv", "has_openenv", is_flag=True, help="Serve sessions of OpenEnv under /openenv as well."
)
@click.option("--tasks", help="Tasks of those sessions: a set or a file; default: the canvas's own set.")
@click.option(
    "--max-turns",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Completions in an episode of those sessions.",
)
@tidy
def serve(
    canvas: str | None,
    spec: str | None,
    step: int | None,
    host: str,
    port: int,
    workers: int | None,
    queue: int | None,
    deadline_s: float,
    max_body: float,
    grace_s: float,
    settings: Sequence[str],
    on_machine_error: str,
    log_to: Path | None,
    references: Path | None,
    has_openenv: bool,
    tasks: str | None,
    max_turns: int,
) -> None:
    """Draw and score over HTTP, until Ctrl-C or SIGTERM.

    One fleet of workers serves any number of trainers. Canvas and reward are fixed at the start; no request can change
    them.

    \b
        codepaint serve --canvas svg
        codepaint serve --reward "0.3*renders + 0.7*coverage" --host 0.0.0.0 --port 8000 --workers 16

    \b
    Then, elsewhere:
        export CODEPAINT_URL=http://HOST:8000                  every renderer draws there
        --reward.remote_url http://HOST:8000/get_reward        OpenRLHF is scored there

    If CODEPAINT_TOKEN is set, every request must bring that token. Programs are drawn behind the usual walls.
    """  # noqa: D301 (click reads \b)
    from codepaint_env import canvases
    from codepaint_env.serve.painting import Painting
    from codepaint_env.serve.scoring import Scoring
    from codepaint_env.serve.server import PaintServer
    from codepaint_env.serve.service import Bounds

    place = canvases.get(canvas or DEFAULT_CANVAS)
    painting = Painting(place, workers=workers, options=dict(map(_setting, settings)))
    scoring, openenv = None, None
    if spec is not None:
        scoring = Scoring(
            read_spec(spec, step),
            place,
            painting.renderer(painting.first_path),
            on_machine_error=on_machine_error,
            log_to=log_to,
            references=references,
        )
        scoring.prepare()
    if has_openenv:
        openenv = _openenv(painting, tasks, None if spec is None else read_spec(spec, step), max_turns)
    bounds = Bounds(queue, deadline_s, max_body, grace_s)
    server = PaintServer(painting, scoring, bounds, host=host, port=port, openenv=openenv)
    click.echo(f"listening at {server.url}")
    if server.is_open:
        complain(
            "anyone who can reach this address can have programs drawn; set CODEPAINT_TOKEN to demand a token."
        )
    server.run()
    click.echo("stopped")


def _openenv(painting: Painting, tasks: str | None, spec: object, max_turns: int) -> Starlette:
    from codepaint_env.render.backend import spec_of
    from codepaint_env.trainers.openenv import app

    renderer = painting.renderer(painting.first_path)
    made: Starlette = app(
        tasks, reward=spec, canvas=spec_of(painting.canvas), renderer=renderer, max_turns=max_turns
    )
    return made


def _setting(text: str) -> tuple[str, object]:
    name, equals, told = text.partition("=")
    if not (name and equals):
        raise SpecError(f"--set {text!r} is no NAME=VALUE, such as cpu_s=5.")
    try:
        return name, json.loads(told)
    except ValueError:
        return name, told
