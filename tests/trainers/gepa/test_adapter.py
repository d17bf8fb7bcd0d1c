"""GEPA's adapter against its recorded contract (gepa 0.1.4, `gepa.core.adapter`); test_real_gepa.py has the real one."""

import dataclasses
import sys
from types import ModuleType

import pytest

from codepaint_env.tasks import load_tasks
from codepaint_env.trainers.gepa import COMPONENT, Adapter, TooManyInvalid, rows
from rewards import Rendering, SpecError, Task
from rewards.errors import MachineError
from sketches import GOOD
from trl_contract import Easel, Shares

ROWS = rows(["a poppy", "an iris", "a rose"])
CANDIDATE = {COMPONENT: "Paint."}


@dataclasses.dataclass
class EvaluationBatch:
    """As in gepa 0.1.4."""

    outputs: list
    scores: list
    trajectories: list | None = None
    objective_scores: list | None = None
    num_metric_calls: int | None = None


@pytest.fixture(autouse=True)
def _gepa(monkeypatch):
    """A machine on which GEPA seems to be installed."""
    made = ModuleType("gepa.core.adapter")
    made.EvaluationBatch = EvaluationBatch
    for name, module in (
        ("gepa", ModuleType("gepa")),
        ("gepa.core", ModuleType("gepa.core")),
        (made.__name__, made),
    ):
        monkeypatch.setitem(sys.modules, name, module)


class Writer:
    """Writes what it was told to for each prompt, and notes what it was asked."""

    def __init__(self, **written):
        self.written, self.asked = written, []

    def __call__(self, messages):
        self.asked.append(messages)
        return self.written.get(messages[-1]["content"].split()[-1], "a" * 9)


def adapter(writer=None, **options):
    return Adapter(writer or Writer(), **{"reward": Shares(), "renderer": Easel()} | options)


def test_each_task_is_painted_under_the_candidates_system_prompt():
    writer = Writer(poppy="aaa", iris="aaaaa")
    told = adapter(writer).evaluate(ROWS, CANDIDATE)
    assert told.scores == pytest.approx([0.3, 0.5, 0.9])
    assert told.trajectories is None
    assert sorted(map(str, writer.asked)) == sorted(
        str([{"role": "system", "content": "Paint."}, {"role": "user", "content": row["prompt"]}])
        for row in ROWS
    )
    assert [output["completion"] for output in told.outputs] == ["aaa", "aaaaa", "a" * 9]


def test_a_candidate_without_words_is_no_system_message():
    writer = Writer()
    adapter(writer).evaluate(ROWS[:1], {COMPONENT: ""})
    assert writer.asked == [[{"role": "user", "content": "a poppy"}]]


def test_evolution_begins_with_the_canvass_own_system_prompt():
    [(name, text)] = adapter(canvas="svg", reward="renders").seed_candidate.items()
    assert name == "system_prompt"
    assert "SVG" in text


def test_the_reflecting_model_reads_task_completion_score_and_feedback(renderer):
    pale = GOOD.replace("#c03344", "#f4ecd8")
    broken = "function setup() {\n  oops();\n}"
    asked = adapter(Writer(poppy=pale, iris=broken, rose=GOOD), reward="coverage", renderer=renderer)
    told = asked.evaluate(ROWS, CANDIDATE, capture_traces=True)
    records = asked.make_reflective_dataset(CANDIDATE, told, [COMPONENT])[COMPONENT]
    assert [record["Inputs"] for record in records] == [{"prompt": row["prompt"]} for row in ROWS]
    assert [record["Generated Outputs"] for record in records] == [pale, broken, GOOD]
    assert "paint" in records[0]["Feedback"].lower()
    assert records[0]["Feedback"].startswith("ok\n")
    assert "oops is not defined (line 2)" in records[1]["Feedback"]
    assert records[1]["Score"] == "0.00\nshare: 0.00"
    assert [set(record) for record in records] == [{"Inputs", "Generated Outputs", "Score", "Feedback"}] * 3
    assert told.objective_scores[1] == {"painted": 0.0, "share": 0.0}
    assert told.objective_scores[2]["painted"] == 1.0


def test_a_painting_without_a_score_raises_so_that_the_iteration_is_skipped():
    asked = adapter(Writer(iris="break"))
    assert asked.evaluate(ROWS[:1], CANDIDATE).scores
    with pytest.raises(MachineError, match=r"1 of 3 paintings have no score, .* the worker died"):
        asked.evaluate(ROWS, CANDIDATE)
    assert not asked.ended()


def test_a_model_that_cannot_be_reached_skips_two_iterations_and_ends_with_the_third():
    def down(messages):
        raise ConnectionError("the endpoint is down")

    asked = adapter(Writer())
    asked.evaluate(ROWS, CANDIDATE)
    asked._writer = down
    for _ in range(2):
        with pytest.raises(MachineError, match=r"3 of 3 paintings have no score, .* the endpoint is down"):
            asked.evaluate(ROWS, CANDIDATE)
        assert not asked.ended()
    with pytest.raises(ConnectionError):
        asked.evaluate(ROWS, CANDIDATE)
    assert asked.ended(state=None)


def test_machines_that_take_every_score_end_it():
    asked = adapter(Writer(poppy="break", iris="break", rose="break"))
    for _ in range(2):
        with pytest.raises(MachineError, match="3 of 3"):
            asked.evaluate(ROWS, CANDIDATE)
    with pytest.raises(TooManyInvalid, match="taught nothing"):
        asked.evaluate(ROWS, CANDIDATE)
    assert asked.ended()


def test_tasks_come_as_rows_as_prompts_or_as_they_are(tmp_path):
    picture = tmp_path / "poppy.png"
    picture.touch()
    [row] = rows([{"id": "poppy", "prompt": "a poppy", "reference": str(picture)}])
    assert row == {"prompt": "a poppy", "task_id": "poppy", "reference": str(picture)}
    asked = adapter()
    told = asked.evaluate([row, "an iris", Task("mine", "a rose")], CANDIDATE, capture_traces=True)
    tasks = [each.sample.task for each in told.trajectories]
    assert [task.id for task in tasks] == ["poppy", load_tasks(["an iris"], "p5brush")[0].id, "mine"]
    assert tasks[0].reference == picture


WRONG = {
    "no task": (
        [{"question": "1 + 1"}],
        CANDIDATE,
        r"is no task; give gepa.optimize\(trainset=..., valset=...\)",
    ),
    "blank": ([" "], CANDIDATE, r"' ' is no task"),
    "number": ([7], CANDIDATE, r"7 is no task"),
    "canvas": (
        [Task("a", "a", "svg")],
        CANDIDATE,
        r"canvas 'svg' and the adapter paints 'p5brush'; give Adapter\(canvas",
    ),
    "component": (
        ROWS,
        {"instructions": ""},
        r"component 'instructions'; give gepa.optimize\(seed_candidate=\{'system_p",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_told_by_gepas_own_argument(case):
    batch, candidate, told = WRONG[case]
    asked = adapter()
    with pytest.raises(SpecError, match=told):
        asked.evaluate(batch, candidate)
    assert asked.ended()


def test_a_writer_that_returns_no_text_is_told_so():
    with pytest.raises(SpecError, match=r"writer of Adapter\(writer=...\) returned a dict"):
        adapter(lambda messages: {"text": "aaa"}).evaluate(ROWS, CANDIDATE)


def test_a_component_that_is_not_there_has_no_reflections():
    asked = adapter()
    told = asked.evaluate(ROWS, CANDIDATE, capture_traces=True)
    with pytest.raises(SpecError, match="component 'user_prompt'"):
        asked.make_reflective_dataset(CANDIDATE, told, ["user_prompt"])


def test_a_reward_of_whole_groups_is_refused():
    class Group(Shares):
        traits = dataclasses.replace(Shares.traits, scope="group")

    with pytest.raises(SpecError, match=r"compares the samples of a group, .* Adapter\(reward=...\)"):
        adapter(reward=Group())


def test_a_rendering_without_a_picture_shows_none():
    asked = adapter(images=True)
    told = asked.evaluate(ROWS[:1], CANDIDATE, capture_traces=True)
    told.trajectories[0] = dataclasses.replace(
        told.trajectories[0],
        sample=dataclasses.replace(
            told.trajectories[0].sample, rendering=Rendering("program_error", "syntax", "no")
        ),
    )
    [record] = asked.make_reflective_dataset(CANDIDATE, told, [COMPONENT])[COMPONENT]
    assert "Picture" not in record
    assert record["Feedback"] == "program_error syntax: no"
