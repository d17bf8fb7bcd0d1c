"""What is no task or no completion ends a training of TRL in one sentence that names its own setting."""

import pytest

from rewards import SpecError
from trl_contract import Shares, made


@pytest.mark.parametrize(
    "prompt", [None, 3, [], "", " ", ["a"], [{"role": "user"}], {"role": "user", "content": "a poppy"}]
)
def test_a_prompt_that_is_no_task_is_refused(prompt):
    _, trainer = made()
    with pytest.raises(SpecError, match=r"(?s)is (no task|neither a text).*train_dataset=dataset"):
        trainer.rewards(["aaa"], prompts=[prompt], lesson=["first"])


@pytest.mark.parametrize(
    "completion", [3, b"a", ["a"], [3], {"role": "assistant"}, [{"role": "assistant", "content": 3}]]
)
def test_a_completion_of_another_shape_is_refused(completion):
    _, trainer = made()
    with pytest.raises(
        SpecError, match=r"TRL gave a completion of another shape: .* neither a text nor a list"
    ):
        trainer.rewards([completion])


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"task_id": []}, "The column 'task_id' is .* beside 1 prompts"),
        ({"task_id": "poppy"}, "The column 'task_id' is 'poppy' beside 1 prompts"),
        ({"features": [3]}, "is told of a task, which cannot be"),
        ({"reference": [3]}, "is told of a task, which cannot be"),
        ({"steps": ["many"]}, "is told of a task, which cannot be"),
    ],
)
def test_a_column_that_says_nothing_of_a_task_is_refused(columns, why):
    _, trainer = made()
    with pytest.raises(SpecError, match=rf"(?s){why}.*train_dataset=dataset"):
        trainer.rewards(["aaa"], **columns)


def test_more_completions_than_prompts_are_refused():
    _, trainer = made()
    with pytest.raises(SpecError, match="TRL gave 1 prompts and 2 completions"):
        trainer.rewards(["aaa", "bb"], prompts=["a poppy"], task_id=["poppy"])


def test_a_number_names_a_task_as_well():
    shares = Shares()
    _, trainer = made(shares)
    trainer.rewards(["aaa"], task_id=[0])
    assert shares.seen[0][0].task.id == "0"
