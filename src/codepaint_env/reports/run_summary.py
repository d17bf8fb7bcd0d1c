"""What a page says of what ran: the set-up as a list, the reward as a person writes it, and its range."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from codepaint_env.runs.run import RunMeta
from rewards.spec import expression


def reward_of(meta: RunMeta) -> str:
    """Writes the reward of a run as a person would; a live one, which has no spec, by its name."""
    spec = meta.reward["spec"]
    return str(meta.reward["name"]) if spec is None else expression(spec) or str(meta.reward["name"])


def what_ran(meta: RunMeta) -> str:
    """Returns all that is known of a run as terms and descriptions, escaped."""
    reward = meta.reward
    bounds = "unbounded" if reward["range"] is None else "{:g} to {:g}".format(*reward["range"])
    renderer = {"gl": "WebGL", "pinned": "pinned browser"}
    told = [
        ("environment", meta.env),
        ("policy", meta.policy),
        ("prompts", meta.tasks),
        ("reward", reward_of(meta)),
        ("reward version", f"{reward['version']}, range {bounds}"),
        *((renderer.get(key, key), _said(value)) for key, value in meta.renderer.items()),
        ("codepaint", meta.version),
        ("seed", str(meta.seed)),
        ("begun", meta.created),
    ]
    return "\n".join(f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in told)


def span(meta: RunMeta, values: Sequence[float]) -> tuple[float, float]:
    """Returns lowest and highest value to draw: the reward's range, or what was scored; never the same twice."""
    bounds = meta.reward["range"]
    if bounds is None:
        bounds = min(values, default=0.0), max(values, default=0.0)
    lowest, highest = map(float, bounds)
    return (lowest, highest) if highest > lowest else (lowest, lowest + 1.0)


def _said(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value
