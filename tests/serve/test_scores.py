"""What a server's reward says over HTTP is what it says in a process."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from codepaint_env.trainers.shared.rows import rows
from rewards.errors import SpecError
from serving import ask, scores_served
from trl_contract import MIX, Easel, Ranks, Shares

TASK = {"prompt": "a poppy", "id": "poppy"}


@pytest.fixture(scope="module")
def server():
    with scores_served(MIX, Easel()) as running:
        yield running


def test_scores_come_in_order_with_their_components(server):
    told = ask(server, "/v1/score", {"completions": ["a" * 25, "", "break"], "tasks": [TASK] * 3})
    good, empty, broken = told.json["scores"]
    assert good["value"] > empty["value"] == 0.0
    assert set(good["components"]) >= {"renders", "coverage"}
    assert (good["status"], len(good["pixels_sha256"])) == ("ok", 64)
    assert (empty["status"], empty["kind"]) == ("program_error", "no_program")
    assert (broken["value"], broken["status"]) == (None, "machine_error")
    assert "the worker died" in broken["reason"]


def test_it_says_which_reward_scores(server):
    assert ask(server, "/v1/about").json["reward"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"completions": ["a"], "tasks": []}, "differ in length"),
        ({"completions": ["a"], "tasks": [TASK], "groups": ["a", "b"]}, "differ in length"),
        ({"completions": "a", "tasks": [TASK]}, "completions: Expected `array`"),
        ({"completions": ["a"], "tasks": [TASK], "reward": "dino"}, "unknown field `reward`"),
        ({"completions": ["a"], "tasks": [TASK | {"reference": "/etc/passwd"}]}, "unknown field `reference`"),
        ({"completions": ["a"], "tasks": [{"prompt": "\ud800"}]}, "the task has the prompt"),
        ({"completions": ["a"], "tasks": [TASK | {"steps": 0}]}, "steps"),
    ],
)
def test_what_cannot_be_scored_is_refused_by_its_field(server, body, problem):
    answer = ask(server, "/v1/score", body)
    assert (answer.status, problem in answer.error) == (422, True), answer.error


def test_a_reward_that_raises_ends_no_server(server):
    answer = ask(server, "/v1/score", {"completions": ["explode"], "tasks": [TASK]})
    assert (answer.status, answer.error) == (500, "OSError: no more processes")
    assert ask(server, "/v1/score", {"completions": ["a"], "tasks": [TASK]}).status == 200


def test_a_reward_that_compares_a_group_scores_whole_groups_and_not_for_openrlhf():
    ranks = Ranks()
    with scores_served(ranks, Easel()) as server:
        body = {"completions": ["aa", "aaa", "a"], "tasks": [TASK] * 3, "groups": ["x", "x", "y"]}
        assert len(ask(server, "/v1/score", body).json["scores"]) == 3
        assert [sample.group for sample in ranks.seen[-1]] == ["x", "x", "y"]
        answer = ask(server, "/get_reward", {"query": ["a"], "prompts": ["a"], "labels": ["a"]})
        assert (answer.status, "compares the samples of a group" in answer.error) == (422, True)


def test_the_tasks_fields_reach_the_reward():
    shares = Shares()
    with scores_served(shares, Easel()) as server:
        task = TASK | {"features": ["red"], "subject": "poppy", "letters": True}
        ask(server, "/v1/score", {"completions": ["aaa"], "tasks": [task]})
        [sample] = shares.seen[-1]
        found = sample.task
        assert (found.id, found.features, found.subject, found.letters) == ("poppy", ("red",), "poppy", True)
        assert sample.group == "poppy"


def test_a_reward_that_does_not_go_with_the_canvas_is_refused_before_the_server_runs():
    with pytest.raises(SpecError, match="canvas"), scores_served("execution", Easel(), canvas="svg"):
        pass


def test_a_label_names_no_file_but_in_the_folder_of_references(tmp_path):
    folder = tmp_path / "references"
    folder.mkdir()
    for place in (folder, tmp_path):
        Image.new("RGB", (8, 8), "red").save(place / "rose.png")
    secret = tmp_path / "rose.png"

    def asked(server, reference):
        label = {**json.loads(rows(["a rose"], "openrlhf")[0]["label"]), "reference": str(reference)}
        body = {"query": ["a" * 25], "prompts": ["a"], "labels": [json.dumps(label)]}
        return ask(server, "/get_reward", body)

    with scores_served(MIX, Easel()) as server:
        refused = asked(server, folder / "rose.png")
        assert (refused.status, "--references FOLDER" in refused.error) == (422, True)
    with scores_served(MIX, Easel(), references=folder) as server:
        assert asked(server, folder / "rose.png").status == 200
        for place in (secret, folder / "../rose.png", folder.parent):
            assert asked(server, place).status == 422
        (folder / "link.png").symlink_to(secret)
        assert asked(server, folder / "link.png").status == 422
        odd = {"query": ["a"], "prompts": ["a"], "labels": ["[" * 100_000]}
        assert ask(server, "/get_reward", odd).status == 422
