"""A training that draws by a server loses no step and changes no score when the server dies under it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.render.shared_renderer import shared_renderer
from codepaint_env.serve.service import Bounds
from codepaint_env.trainers.trl import reward_funcs
from live_processes import until
from serving import pull_the_plug, serving
from trl_contract import MIX, Trainer

BATCHES = [
    [
        f'<svg xmlns="http://www.w3.org/2000/svg"><rect width="{9 * number}" height="{20 + batch}" fill="red"/></svg>'
        for number in range(24)
    ]
    for batch in range(3)
]


def steps(trainer, during=lambda step: None):
    """Plays one step after the other, as a trainer does; returns the rewards of each."""
    return [(during(step), trainer.rewards(batch))[1] for step, batch in enumerate(BATCHES)]


def trainer(**options):
    drawing = {"cache": 0, "disk_cache": False, **options}
    return Trainer(reward_funcs(MIX, canvas="svg", renderer=drawing, probe=False)), drawing


@pytest.fixture(scope="module")
def local():
    return steps(trainer()[0])


def test_a_server_killed_in_a_step_and_started_again_changes_no_score_of_any_step(local):
    with ThreadPoolExecutor(1) as pool:
        with serving(SVG(), Bounds(grace_s=0), workers=1) as first:
            there, drawing = trainer(backend="remote", url=first.url, patience_s=30)
            renderer = shared_renderer(SVG(), drawing)
            training = pool.submit(steps, there)
            until(lambda: renderer.counters()["cache_misses"] > 30, "the second step began")
            pull_the_plug(first)
        assert not training.done()
        with serving(SVG(), workers=1, port=first.port):
            assert training.result(120) == local
    assert renderer.counters()["retried"] > 0
    renderer.close()


def test_where_the_server_is_gone_for_good_samples_have_no_score_and_none_has_another(local):
    with serving(SVG(), Bounds(grace_s=0), workers=1) as server:
        there, drawing = trainer(backend="remote", url=server.url, patience_s=0.3)
        assert there.rewards(BATCHES[0]) == local[0]
    second = there.rewards(BATCHES[1])
    assert {score for column in second for score in column} == {None}
    shared_renderer(SVG(), drawing).close()
