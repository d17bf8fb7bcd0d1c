"""What trainers that ask about one completion at a time share: verdicts, numbers for logs, and messages."""

import asyncio

import pytest

from codepaint_env.runs.curves import read_curves
from codepaint_env.trainers.shared.conversation import read_told_task
from codepaint_env.trainers.shared.sample_scorer import SampleScorer
from codepaint_env.trainers.shared.settings import Settings
from rewards import SpecError, Task
from rewards.errors import MissingPart
from trl_contract import MIX, Easel, Ranks, made

SETTINGS = Settings("toy", "toy.reward", "toy.train_files", "give it with toy.env.OPENAI_API_KEY")
POPPY = Task("poppy", "a poppy")


def scorer(spec=MIX, **options):
    return SampleScorer(spec, **({"canvas": "p5brush", "renderer": Easel(), "settings": SETTINGS} | options))


def test_one_completion_scores_as_in_a_batch_of_trl():
    _, trainer = made()
    whole = [sum(parts) for parts in zip(*trainer.rewards(["aaaa", ""]), strict=True)]
    alone = [scorer().score(text, POPPY, "poppy").value for text in ("aaaa", "")]
    awaited = asyncio.run(scorer().ascore("aaaa", POPPY, "poppy"))
    assert alone == whole
    assert awaited.value == whole[0]
    assert awaited.painted


@pytest.mark.parametrize(("text", "why"), [("break", "the worker died"), ("explode", "the reward raised")])
def test_a_machine_failure_has_no_value_and_the_same_components(text, why):
    judge = scorer()
    good, broken = (judge.score(each, POPPY, "poppy") for each in ("aaa", text))
    assert broken.value is None
    assert why in broken.reason
    assert broken.components.keys() == good.components.keys()


def test_numbers_for_logs_have_constant_keys_and_tell_painting_better_from_failing_less():
    judge = scorer()
    empty = judge.metrics()
    for text in ("a" * 9, "", "break"):
        judge.score(text, POPPY, "poppy")
    found = judge.metrics()
    assert found.keys() == empty.keys() >= {"mean/coverage", "spread/coverage", "spread", "valid_rate"}
    assert (found["valid_rate"], found["masked"]) == (0.5, 1 / 3)
    assert found["quality_given_valid"] == 2 * found["reward"] > 0


def test_each_200_samples_the_numbers_are_kept_in_a_file_of_the_process(tmp_path):
    judge = scorer(log_to=tmp_path / "logs")
    for _ in range(200):
        judge.score("", POPPY, "poppy")
    [file] = (tmp_path / "logs").iterdir()
    assert read_curves(file)[200]["valid_rate"] == 0.0


def test_a_reward_that_compares_a_group_is_refused_by_the_name_of_the_setting():
    with pytest.raises(SpecError, match=r"toy asks about one at a time: set toy\.reward"):
        scorer(Ranks())


def test_a_judge_without_a_key_is_refused_with_the_place_of_the_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(MissingPart, match=r"OPENAI_API_KEY.*; give it with toy\.env\.OPENAI_API_KEY\.$"):
        scorer({"name": "pairwise", "judge": {"model": "m"}})


def test_a_completion_that_is_no_text_is_refused():
    with pytest.raises(SpecError, match="toy gave a list for a completion"):
        scorer().score(["aaa"], POPPY, "poppy")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("poppy", "is no task"),
        (None, "is no task"),
        ({"index": 3}, r"says \['index'\] and no 'task'"),
        ({"task": " ", "task_id": "poppy"}, "the user says nothing"),
        ({"task": "a poppy", "features": 3}, "is told of a task, which cannot be"),
        ({"task": "a poppy", "canvas": "svg"}, "the canvas 'svg' and the reward paints 'p5brush'"),
    ],
)
def test_a_row_that_is_no_task_is_refused_with_the_setting_that_names_the_rows(told, why):
    with pytest.raises(SpecError, match=rf"(?s){why}.*toy\.train_files"):
        read_told_task(told, "p5brush", SETTINGS)


def test_the_group_of_a_row_is_what_it_says_or_the_task():
    assert read_told_task({"task": "a poppy", "task_id": "poppy"}, "p5brush", SETTINGS) == (POPPY, "poppy")
    assert read_told_task({"task": "a poppy", "group": "poppy@3"}, "p5brush", SETTINGS)[1] == "poppy@3"
