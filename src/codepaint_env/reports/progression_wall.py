"""The wall of a progression: each fixed prompt with what was painted for it at every checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.episode_card import chip, escaped, message, picture, program_block, score_list

SPARK = (100.0, 20.0)  # the small curve of a prompt's scores, in units of its own


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """One prompt through the training.

    Attributes:
        prompt: What was asked.
        states: What came of it at each checkpoint; None where a run that was cut off has no record.
    """

    prompt: str
    states: tuple[Evaluated | None, ...]


def wall(works: Sequence[Work], steps: Sequence[int], span: tuple[float, float]) -> str:
    """Returns a list item for each prompt; `span` is the lowest and highest score of the meters."""
    return "\n".join(_work(index, work, steps, span) for index, work in enumerate(works))


def _work(index: int, work: Work, steps: Sequence[int], span: tuple[float, float]) -> str:
    marks = [f'class="{_classes(stop, len(steps))}" data-stop="{stop}"' for stop in range(len(steps))]
    pictures = [f"<div {mark}>{_sheet(state)}</div>" for mark, state in zip(marks, work.states, strict=True)]
    told = [
        f"<div {mark}>{_told(index, step, state, span)}</div>"
        for mark, step, state in zip(marks, steps, work.states, strict=True)
    ]
    return (
        f'<li class="card"><article>\n<div class="states pictures">{"".join(pictures)}</div>\n'
        f'<p class="prompt" dir="auto">{escaped(work.prompt)}</p>\n{_spark(work, steps, span)}'
        f'<div class="states told">{"".join(told)}</div>\n</article></li>'
    )


def _classes(stop: int, count: int) -> str:
    """Returns which states are seen: `first` and `last` side by side, `now` alone; a script moves `now`."""
    last = stop == count - 1
    return " ".join(["state", *(["first"] if stop == 0 else []), *(["last", "now"] if last else [])])


def _sheet(state: Evaluated | None) -> str:
    if state is not None and state.sample.rendering.image is not None:
        return f'<div class="sheet">{picture(state.sample)}</div>'
    return f'<div class="sheet"><p class="nothing">{"no record" if state is None else "no picture"}</p></div>'


def _told(index: int, step: int, state: Evaluated | None, span: tuple[float, float]) -> str:
    line = (
        f'<p class="line"><span class="number">step {step}</span>{"" if state is None else chip(state)}</p>'
    )
    if state is None:
        return f'{line}<p class="message">The training was cut off before this was recorded.</p>'
    return line + score_list(state, *span) + message(state) + program_block(index, state)


def _spark(work: Work, steps: Sequence[int], span: tuple[float, float]) -> str:
    """Draws how the score of a prompt went, a dot a checkpoint; nothing where there is but one."""
    if len(steps) < 2:
        return ""
    lowest, highest = span
    wide, high = SPARK
    dots = []
    for stop, state in enumerate(work.states):
        if state is not None and state.score.value is not None:
            share = min(1.0, max(0.0, (state.score.value - lowest) / (highest - lowest)))
            x = wide * (steps[stop] - steps[0]) / (steps[-1] - steps[0])
            dots.append((stop, f"{x:.1f} {high * (1 - share):.1f}"))
    path = "L".join(place for _, place in dots)
    marks = "".join(
        f'<path class="dot{" now" if stop == len(steps) - 1 else ""}" data-stop="{stop}" d="M{place}h0"/>'
        for stop, place in dots
    )
    return (
        f'<svg class="spark" viewBox="0 0 {wide:g} {high:g}" preserveAspectRatio="none" aria-hidden="true">'
        f'<line class="ground" x1="0" x2="{wide:g}" y1="{high:g}" y2="{high:g}"/>'
        f'{f"""<path class="way" d="M{path}"/>""" if dots else ""}{marks}</svg>\n'
    )
