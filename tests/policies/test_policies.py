"""Policies write completions: from the pool, from a folder, from a model behind a real endpoint."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from chat_endpoint import completion, endpoint
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.policies.choice import make_policy
from codepaint_env.policies.fences import fenced
from codepaint_env.policies.files import FolderPolicy
from codepaint_env.policies.openai import OpenAIPolicy
from codepaint_env.policies.pool import BROKEN_EVERY, DAMAGES, PoolPolicy
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.judged.client import failures
from rewards.pool import load_entries, pool_folder
from rewards.types import Task
from sketches import GOOD

ENTRY = {
    "tier": None,
    "hue": "red",
    "palette": ["#c03344", "#fbf6ec"],
    "image": "images/x.webp",
    "program_sha256": "",
    "render_seed": 1,
    "path": "page",
    "pixels_sha256": "",
    "file_sha256": "",
    "rating": None,
    "generator": "a test",
    "rater": None,
    "note": "",
}


def small_pool(folder: Path, *subjects: str) -> Path:
    """Writes a pool whose programs say in a comment what they paint."""
    (folder / "programs").mkdir(parents=True)
    lines = []
    for subject in subjects:
        (folder / f"programs/{subject}.js").write_text(f"// {subject}\n{GOOD}\n")
        entry = {
            "id": subject,
            "subject": subject,
            "prompt": f"a {subject}",
            "program": f"programs/{subject}.js",
        }
        lines.append(json.dumps(ENTRY | entry))
    (folder / "manifest.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def ask(policy, prompt: str = "a rose", episode: int = 0) -> str:
    return policy(Task("t", prompt), "Paint.", episode)


@pytest.fixture
def pool(tmp_path) -> PoolPolicy:
    return PoolPolicy(load_entries(small_pool(tmp_path / "pool", "red rose", "poppy", "blue iris")))


def test_a_pool_is_loaded_in_its_order_and_read_when_asked(tmp_path):
    entries = load_entries(small_pool(tmp_path / "pool", "rose", "iris"))
    assert [entry.id for entry in entries] == ["rose", "iris"]
    assert entries[1].palette == ("#c03344", "#fbf6ec")
    assert entries[1].read_program().startswith("// iris")


def test_a_missing_or_broken_pool_says_what_is_wrong(tmp_path):
    with pytest.raises(MissingPart, match=r"no reference pool in .*manifest\.jsonl is missing"):
        load_entries(tmp_path)
    for line, reason in (("{", "line 1 is not JSON"), ("{}", "has no 'id'"), (None, "has the key 'colour'")):
        entry = json.loads((small_pool(tmp_path / reason, "rose") / "manifest.jsonl").read_text())
        broken = json.dumps(entry | {"colour": "red"}) if line is None else line
        (tmp_path / reason / "manifest.jsonl").write_text(broken)
        with pytest.raises(SpecError, match=reason):
            load_entries(tmp_path / reason)


def test_the_shipped_pool_lies_in_the_checkout_or_the_package():
    assert pool_folder().name == "reference_pool"


@pytest.mark.parametrize(
    ("prompt", "painted"),
    [("three poppies in a field", "poppy"), ("purple irises", "iris"), ("wild roses, red", "rose")],
)
def test_the_pool_answers_with_the_subject_of_the_prompt(pool, prompt, painted):
    assert painted in ask(pool, prompt).splitlines()[1]


def test_the_pool_takes_turns_where_nothing_fits(pool):
    found = [ask(pool, "a blue bicycle", episode).splitlines()[1] for episode in range(4)]
    assert found == ["// red rose", "// poppy", "// blue iris", "// red rose"]


def test_every_fifth_answer_is_broken_in_another_way(pool):
    whole = fenced(f"// red rose\n{GOOD}", ".js")
    answers = [ask(pool, "rose", episode) for episode in range(BROKEN_EVERY * len(DAMAGES))]
    assert [answer == whole for answer in answers] == [True, True, True, True, False] * len(DAMAGES)
    assert len(set(answers)) == len(DAMAGES) + 1


def test_a_program_without_end_comes_once_a_run(pool):
    answers = [ask(pool, "rose", episode) for episode in range(500)]
    assert sum("while (true)" in answer for answer in answers) == 1
    assert sum(answer != answers[0] for answer in answers) == 100


def test_an_answer_depends_on_nothing_but_task_and_episode(pool):
    forwards = [ask(pool, "rose", episode) for episode in range(20)]
    assert [ask(pool, "rose", episode) for episode in reversed(range(20))] == forwards[::-1]


def test_a_folder_is_gone_through_in_order_over_and_over(tmp_path):
    for name in ("b.js", "a.js", "notes.txt"):
        (tmp_path / name).write_text(f"paint('{name}')", encoding="utf-8-sig")
    policy = make_policy(str(tmp_path), P5Brush())
    assert policy.name == str(tmp_path)
    found = [P5Brush().extract(ask(policy, episode=episode)).program for episode in range(3)]
    assert found == ["paint('a.js')", "paint('b.js')", "paint('a.js')"]


def test_a_folder_without_readable_sketches_is_refused(tmp_path):
    with pytest.raises(SpecError, match=r"no \.js file in"):
        make_policy(str(tmp_path), P5Brush())
    (tmp_path / "x.js").write_bytes(b"\xff\xff")
    with pytest.raises(SpecError, match=r"x\.js is not UTF-8"):
        FolderPolicy(tmp_path, P5Brush())


def test_a_program_with_fences_of_its_own_stays_whole():
    program = "const s = `\n```js\nnot this\n```\n`;"
    assert P5Brush().extract(fenced(program, ".js")).program == program


@pytest.mark.parametrize("spec", ["", "nobody", "gpt-4", "http://x"])
def test_an_unknown_policy_is_refused_with_all_forms(spec):
    with pytest.raises(
        SpecError, match="'pool', 'drawings', 'samples', a folder of programs, or 'openai:MODEL'"
    ):
        make_policy(spec, P5Brush())


def test_a_model_is_asked_with_system_prompt_and_prompt(account):
    with endpoint((200, completion("```js\npaint()\n```"))) as (url, asked):
        account(url)
        policy = make_policy("openai:org/model:free", P5Brush())
        assert ask(policy) == "```js\npaint()\n```"
    assert policy.name == "openai:org/model:free"
    [request] = asked
    assert (request["path"], request["key"]) == ("/v1/chat/completions", "Bearer sk-secret")
    assert request["model"] == "org/model:free"
    assert request["messages"] == [
        {"role": "system", "content": "Paint."},
        {"role": "user", "content": "a rose"},
    ]


def test_a_refusal_for_load_is_asked_again(account):
    busy = {"error": {"message": "slow down"}}
    with endpoint((429, busy), (503, busy), (200, completion("done"))) as (url, asked):
        account(url)
        assert ask(make_policy("openai:m", P5Brush())) == "done"
    assert len(asked) == 3


def test_an_endpoint_that_keeps_failing_is_a_machine_error_and_no_completion(account):
    with endpoint((500, {"error": {"message": "down; your key is sk-secret"}})) as (url, asked):
        account(url)
        with pytest.raises(
            MachineError, match=f"{url}/ gave no completion of 'm' for the task 't': .*500"
        ) as caught:
            ask(OpenAIPolicy("m", retries=2))
    assert len(asked) == 3
    assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize("answer", ["<html>log in</html>", {"choices": []}, {}])
def test_an_answer_that_is_no_completion_is_a_machine_error(account, answer):
    with endpoint((200, answer)) as (url, _):
        account(url)
        with pytest.raises(MachineError, match="not a chat completion"):
            ask(make_policy("openai:m", P5Brush()))


def test_an_endpoint_that_is_not_there_is_a_machine_error(account):
    account("http://127.0.0.1:9/v1")
    with pytest.raises(MachineError, match=r"no connection: .*See that the endpoint runs.*OPENAI_BASE_URL"):
        ask(OpenAIPolicy("m", retries=0))


def test_whoever_waits_for_an_endpoint_is_told_why_once(account, caplog, monkeypatch):
    monkeypatch.setattr(failures, "BACKOFF_S", 0.001)
    account("http://127.0.0.1:9/v1")
    policy = OpenAIPolicy("m", retries=3)
    for _ in range(2):
        with pytest.raises(MachineError):
            ask(policy)
    [told] = [record.getMessage() for record in caplog.records]
    assert "http://127.0.0.1:9/v1/ gave no answer (no connection: " in told
    assert "3 more times" in told


def test_a_key_that_is_refused_says_what_to_correct(account):
    with endpoint((401, {"error": {"message": "bad key"}})) as (url, asked):
        account(url)
        with pytest.raises(MachineError, match=r"401: bad key\. Correct the key in OPENAI_API_KEY"):
            ask(make_policy("openai:m", P5Brush()))
    assert len(asked) == 1


def test_a_short_key_does_not_spoil_the_words_of_a_message(account):
    with endpoint((404, {"error": {"message": "no model m for ok; look at the book"}})) as (url, _):
        account(url, key="ok")
        with pytest.raises(MachineError, match="no model m for …; look at the book"):
            ask(make_policy("openai:m", P5Brush()))


def test_an_empty_answer_is_the_model_s_own(account):
    with endpoint((200, completion(None))) as (url, _):
        account(url)
        assert ask(make_policy("openai:m", P5Brush())) == ""


def test_a_missing_key_package_or_model_is_named(account, monkeypatch):
    account("http://127.0.0.1:9/v1", key="")
    with pytest.raises(MissingPart, match="OPENAI_API_KEY"):
        make_policy("openai:m", P5Brush())
    with pytest.raises(SpecError, match="names no model"):
        make_policy("openai:", P5Brush())
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[judge\]'"):
        make_policy("openai:m", P5Brush())
