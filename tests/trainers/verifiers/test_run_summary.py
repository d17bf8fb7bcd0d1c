"""What is read of a run of verifiers, from its records as version 0.4.0 writes them (`Episode.to_record`)."""

import json
import sys

import pytest

from codepaint_env.trainers.verifiers import summary, taskset
from rewards.errors import MissingPart


def trace(value, *, group="poppy", painted=1.0, ok=True, **components):
    told = {"value": value, "painted": painted, "components": components, "task": "poppy", "group": group}
    return {"id": "1", "ok": ok, "info": {"codepaint": told}, "rewards": {"painting": {"score": value}}}


BROKEN = {"id": "2", "ok": False, "info": {}, "rewards": {"painting": None}}


@pytest.fixture
def run(tmp_path):
    """The folder of a run of five episodes, one of them without any trace."""
    records = [trace(0.2, coverage=0.4), trace(0.6, coverage=0.8), trace(0.0, painted=0.0), BROKEN]
    episodes = [{"id": "e", "traces": [each]} for each in records] + [{"id": "e", "traces": []}]
    (tmp_path / "traces.jsonl").write_text("".join(json.dumps(each) + "\n" for each in episodes))
    return tmp_path


def test_a_run_is_summed_up_without_the_traces_of_broken_machines(run):
    found = summary(run)
    assert found == summary(run / "traces.jsonl")
    assert found["masked"] == pytest.approx(2 / 5)
    assert found["reward"] == pytest.approx(0.8 / 3)
    assert found["valid_rate"] == pytest.approx(2 / 3)
    assert found["quality_given_valid"] == pytest.approx(0.4)
    assert found["mean/coverage"] == pytest.approx(0.6), "of those that were asked"
    assert found["spread"] > 0


def test_a_failure_that_kept_its_record_counts_as_none(tmp_path):
    file = tmp_path / "traces.jsonl"
    file.write_text(json.dumps({"traces": [trace(0.5), trace(0.9, ok=False)]}))
    assert (summary(file)["reward"], summary(file)["masked"]) == (0.5, 0.5)


def test_without_verifiers_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "verifiers.v1", None)
    monkeypatch.delitem(sys.modules, "codepaint_env.trainers.verifiers.paint_tasks", raising=False)
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[verifiers\]'"):
        taskset("flowers")
