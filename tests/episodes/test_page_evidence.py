"""Rewards of pages where they are used: what is recorded, who is asked, and what a next turn is told, by counters."""

import pytest

import rewards
from codepaint_env import canvases
from codepaint_env.episodes.turns import UNCHANGED
from codepaint_env.evaluate import Evaluator
from codepaint_env.gym.env import PaintEnv
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.trl import reward_funcs
from made_pages import Pages
from rewards import SpecError, Task
from rewards.preflight import NoSpread
from rewards.testing.judges import ScriptedJudge
from trl_contract import Trainer

TASK = Task("shop", "a shop", canvas="html")
DEAR = ("layout", "interactions")
PREFLIGHT = 2  # questions before the first score: a little page, and a made-up step


@pytest.fixture
def evaluated():
    """Evaluates programs by a reward; returns the values and what was recorded."""
    opened = []

    def evaluate(reward, *programs):
        canvas = Pages()
        renderer = Renderer(canvas, disk_cache=False)
        opened.append(renderer)
        evaluator = Evaluator(canvas, rewards.make(reward), renderer)
        told = evaluator.evaluate(programs, [TASK] * len(programs))
        return told, canvas.recorded

    yield evaluate
    for renderer in opened:
        renderer.close()


def test_the_canvas_default_pays_what_works_and_runs_offline(evaluated):
    told, _ = evaluated(Pages.default_reward, "trace:+++", "trace:+-", "trace:+++ lint", "crash", "down")
    assert [each.score.value for each in told] == [1.0, pytest.approx(0.05 + 0.95 / 3), 0.0, 0.0, None]


@pytest.mark.parametrize("reward", [Pages.default_reward, "agentic(by='audit')"])
def test_a_page_that_fails_the_gate_is_neither_measured_nor_tried(evaluated, reward):
    told, recorded = evaluated(reward, "trace:+++ lint", "trace:+ lint look:3", "crash")
    assert [each.score.value for each in told] == [0.0, 0.0, 0.0]
    assert [recorded[stage] for stage in ("image", *DEAR)] == [3, 0, 0]
    told, recorded = evaluated(reward, "trace:+++", "trace:+ lint")
    assert recorded["interactions"] == 1


def test_a_page_that_fails_the_gate_is_shown_to_no_judge(evaluated):
    judge = ScriptedJudge()
    reward = rewards.make("agentic", judge=judge, veto=True)
    asked = PREFLIGHT
    evaluated(reward, "trace:+++ lint", "crash", "down")
    assert judge.calls == asked
    asked += PREFLIGHT + 1 + 3
    evaluated(reward, "trace:+++ look:4", "trace:+++ lint")
    assert judge.calls == asked


def test_beside_the_gate_or_without_one_everything_is_recorded(evaluated):
    for reward in ("0.5*execution + 0.5*interactive", "agentic(by='audit', threshold=None)"):
        _, recorded = evaluated(reward, "trace:+++ lint")
        assert recorded["interactions"] == 1


def test_strict_stops_at_an_uncaught_error_and_faithful_does_not(evaluated):
    gates = "gated(interactive, gate=execution)", "gated(interactive, gate=execution(mode='strict'))"
    counts = [evaluated(gate, "trace:+++ page_error")[1]["interactions"] for gate in gates]
    assert counts == [1, 0]


@pytest.mark.parametrize("reward", ["execution", "interactive", "static(by='audit')", "agentic(by='audit')"])
@pytest.mark.parametrize("canvas", ["p5brush", "svg"])
def test_another_canvas_is_refused_with_the_way_out(reward, canvas):
    place = canvases.get(canvas)
    with pytest.raises(
        SpecError, match=f"judges what is recorded of a web page.*canvas is '{canvas}'. Play a web"
    ):
        Evaluator(place, rewards.make(reward), Renderer(place))


@pytest.fixture
def canvas(monkeypatch):
    """The made-up pages under the name `html`, for whatever looks a canvas up."""
    made = Pages()
    monkeypatch.setattr(canvases, "get", lambda name: made)
    return made


@pytest.fixture
def play(canvas):
    """Plays one episode of several turns; returns what came of each."""
    made = []

    def episode(*programs, **options):
        env = PaintEnv(
            canvas="html",
            tasks=["a shop"],
            max_turns=len(programs),
            renderer={"disk_cache": False},
            **options,
        )
        made.append(env)
        env.reset(seed=0)
        return [env.step(program) for program in programs]

    yield episode
    for env in made:
        env.close()


def test_a_gate_that_fails_stops_the_recording_in_the_environment_too(canvas, play):
    [failed, passed] = play("trace:+++ lint", "trace:+++")
    assert canvas.recorded["interactions"] == 1
    assert failed[4]["render/interactions"] == ()
    assert [step["credited"] for step in passed[4]["render/interactions"]] == [True] * 3
    assert passed[1] == 1.0


def test_the_next_turn_is_told_what_failed_and_no_score(play):
    unclean, dead, mended = play("trace:+ lint", "trace:+-?", "trace:+++")
    assert "The markup has an error: lint at line 12" in unclean[0]["feedback"]
    assert "'Game' (#control-2) did nothing" in dead[0]["feedback"]
    assert (
        "'Add to cart' (#control-3) could not be tried or judged: it is covered by #banner"
        in dead[0]["feedback"]
    )
    assert mended[0]["feedback"] == "ok"
    assert not any("0.3" in step[0]["feedback"] or "0.6" in step[0]["feedback"] for step in (unclean, dead))


def test_a_button_that_works_now_is_a_gain_though_the_page_looks_as_it_did(play):
    dead, mended, again = play("trace:--", "trace:+-", "trace:+-", reward_mode="delta")
    assert [step[1] for step in (dead, mended, again)] == [
        pytest.approx(0.05),
        pytest.approx(0.95 / 3),
        0.0,
    ]
    assert UNCHANGED not in mended[0]["feedback"]
    assert UNCHANGED in again[0]["feedback"]


def test_a_reward_that_looks_at_pictures_alone_still_sees_no_change(play):
    _, mended = play("trace:--", "trace:++", reward="coverage", reward_mode="delta")
    assert (mended[1], UNCHANGED in mended[0]["feedback"]) == (0.0, True)


def test_trl_is_paid_for_traces_and_a_broken_machine_is_left_out(canvas):
    functions = reward_funcs(
        "gated(interactive, gate=execution)", canvas="html", renderer={"disk_cache": False}, probe=False
    )
    completions = ["trace:+++", "trace:+-", "trace:+++ lint", "down", "trace:+"]
    trainer = Trainer(functions)
    [values] = trainer.rewards(
        completions,
        prompts=["a shop"] * 5,
        task_id=["shop"] * 4 + ["one step"],
        steps=[None] * 4 + [1],
        interactions=[["add to cart"]] * 5,
    )
    assert values == [1.0, pytest.approx(0.05 + 0.95 / 3), 0.0, None, 1.0]
    assert canvas.recorded["interactions"] == 3


def test_trl_gets_each_member_of_a_linear_mix_as_a_function(canvas):
    functions = reward_funcs(
        "0.5*execution + 0.5*interactive", canvas="html", renderer={"disk_cache": False}, probe=False
    )
    assert [function.__name__ for function in functions] == ["execution", "interactive"]
    columns = Trainer(functions).rewards(["trace:+++", "trace:--- lint"], task_id=["a", "a"])
    assert columns == [[0.5, 0.0], [0.5, 0.0]]


def test_a_training_on_pages_that_all_earn_the_same_ends_with_the_reason(canvas):
    functions = reward_funcs("interactive", canvas="html", renderer={"disk_cache": False})
    trainer = Trainer(functions)
    batch = [f"trace:-- look:{look}" for look in range(32)]
    trainer.rewards(batch)
    trainer.rewards(batch)
    with pytest.raises(NoSpread, match="tells hardly anything apart"):
        trainer.rewards(batch)
