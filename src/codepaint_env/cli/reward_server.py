"""`codepaint reward-server`: scores for OpenRLHF over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, canvas_option, read_spec
from rewards.errors import SpecError
from rewards.types import DEFAULT_CANVAS


@click.command()
@click.argument("spec")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 for all addresses."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=5000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Programs that are painted at once; default: one a core."
)
@click.option(
    "--on-machine-error",
    type=click.Choice(("raise", "filter", "floor")),
    default="raise",
    show_default=True,
    help="What is answered where a machine failed: 503, NaN for --algo.dynamic_filtering_enable, or the lowest score.",
)
@click.option("--log-to", type=FOLDER, help="A folder for the curves.")
@canvas_option
@tidy
def reward_server(
    spec: str,
    host: str,
    port: int,
    workers: int | None,
    on_machine_error: str,
    log_to: Path | None,
    canvas: str | None,
) -> None:
    """Serve the reward SPEC to OpenRLHF, until Ctrl-C.

    Whoever can reach the address can have programs painted, sealed as always.

    \b
        codepaint reward-server "0.3*renders + 0.7*coverage"
        codepaint reward-server "0.3*renders + 0.7*coverage" --host 0.0.0.0 --port 5000 --canvas svg

    Then train with --reward.remote_url http://HOST:5000/get_reward --data.label_key label.
    """  # noqa: D301 (click reads \b)
    from codepaint_env.trainers.openrlhf import RewardServer, reward_func

    function = reward_func(
        read_spec(spec),
        canvas=canvas or DEFAULT_CANVAS,
        renderer={} if workers is None else {"workers": workers},
        on_machine_error=on_machine_error,
        log_to=log_to,
    )
    try:
        server = RewardServer(function, host, port)
    except OSError as error:
        raise SpecError(
            f"{host}:{port} cannot be listened on: {error.strerror}; choose another --port."
        ) from None
    with server:
        click.echo(f"listening at {server.url}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")
