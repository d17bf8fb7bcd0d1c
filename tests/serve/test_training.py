"""A training that draws by a server loses no step and changes no score when something dies under it."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.serve.service import Bounds
from live_processes import VICTIMS, kill_in_the_middle
from serving import pull_the_plug, serving
from training_steps import BATCHES, in_its_second_step, local_steps, trainer


@pytest.fixture(scope="module")
def local():
    return local_steps()


def test_a_server_killed_in_a_step_and_started_again_changes_no_score_of_any_step(local):
    with ExitStack() as up:
        first = up.enter_context(serving(SVG(), Bounds(grace_s=0), workers=1))
        there, renderer = trainer(backend="remote", url=first.url, patience_s=30)
        with in_its_second_step(there, lambda: renderer.counters()["cache_misses"]) as training:
            pull_the_plug(first)
            up.close()
            assert not training.done()
            with serving(SVG(), workers=1, port=first.port):
                assert training.result(120) == local
    assert renderer.counters()["retried"] > 0
    renderer.release()


def test_a_worker_of_the_server_killed_in_a_step_changes_no_score_of_any_step(local):
    others = VICTIMS["engine worker"]()
    with serving(SVG(), workers=1) as server:
        there, renderer = trainer(backend="remote", url=server.url)
        with in_its_second_step(there, lambda: renderer.counters()["cache_misses"]) as training:
            kill_in_the_middle("engine worker", others)
            assert training.result(120) == local
        assert server._painting.counters()["retried"] > 0
    assert renderer.counters()["retried"] == 0
    renderer.release()


def test_where_the_server_is_gone_for_good_samples_have_no_score_and_none_has_another(local):
    with serving(SVG(), Bounds(grace_s=0), workers=1) as server:
        there, renderer = trainer(backend="remote", url=server.url, patience_s=0.3)
        assert there.rewards(BATCHES[0]) == local[0]
    second = there.rewards(BATCHES[1])
    assert {score for column in second for score in column} == {None}
    renderer.release()
