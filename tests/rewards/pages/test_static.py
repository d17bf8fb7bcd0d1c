"""`static` by a judge on loopback and by findings: grades are checked, never mended, and no failure becomes a score."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import pickle
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

import rewards
from judge_questions import judge_at
from judge_server import JudgeServer
from rewards import MissingPart, SpecError
from rewards.critique import critique, leak
from rewards.errors import MachineError
from rewards.judged.reply import Reply
from rewards.judged.sheet import load_sheet
from rewards.pages.audited import WORTH
from rewards.pages.graded import RUBRIC, GradedPage
from rewards.pages.static import static
from rewards.testing import check_reward
from rewards.types import Finding, Rendering, Sample, Task

SHEET = load_sheet(RUBRIC)
GOOD = {"alignment": 32, "aesthetics": 24, "structure": 21, "feedback": "Line the cards up with the heading."}


def png(red: int, size: tuple[int, int] = (320, 180)) -> bytes:
    image = np.full((size[1], size[0], 3), (red, 90, 60), np.uint8)
    image[: size[1] // 3] = 250
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()


def page(red: int = 200, *, status="ok", prompt="a bakery", pictures=None, found=()) -> Sample:
    image = np.asarray(Image.open(io.BytesIO(png(red))))
    rendering = Rendering(
        status,
        message="" if status == "ok" else "it did not work",
        image=image,
        findings=tuple(found),
        evidence=frozenset({"source", "lint", "image", "layout"}),
        identity=f"{red}-{status}",
        pictures={"viewport": png(red)} if pictures is None else pictures,
    )
    return Sample(Task("t", prompt, canvas="html"), "", f"<p>{red}</p>", rendering, "g")


@pytest.fixture
def server() -> Iterator[JudgeServer]:
    with JudgeServer() as running:
        yield running


@pytest.fixture
def graded(server):
    return static(judge=judge_at(server, retries=0))


def shown(body: bytes) -> list[bytes]:
    """The pictures of a request."""
    parts = json.loads(body)["messages"][-1]["content"]
    urls = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
    return [base64.b64decode(url.partition(",")[2]) for url in urls]


def test_static_is_refused_without_a_judge_and_names_the_way_out():
    with pytest.raises(SpecError, match=r"'static' has no judge.*by='audit'"):
        rewards.make("static")


def test_static_by_audit_takes_no_judge():
    with pytest.raises(SpecError, match="takes no 'judge'"):
        static(by="audit", judge={"model": "m"})


def test_another_way_of_judging_is_refused():
    with pytest.raises(SpecError, match="by='eye'"):
        static(by="eye")  # type: ignore[arg-type]


def test_a_judge_whose_key_is_not_set_is_refused_when_made(monkeypatch):
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    with pytest.raises(MissingPart, match="NO_SUCH_KEY"):
        static(judge={"model": "m", "api_key_env": "NO_SUCH_KEY"})


def test_the_value_is_the_sum_of_the_parts_and_each_part_is_a_component(graded, server):
    server.content = json.dumps(GOOD)
    [score] = graded([page()])
    assert score.value == pytest.approx(0.77)
    assert score.components == {"alignment": 0.8, "aesthetics": 0.8, "structure": 0.7}


@pytest.mark.parametrize(
    "total", [{"total": 99}, {"total_score": 12}, {"total": "all of them"}, {"total": None}]
)
def test_a_total_of_the_models_own_is_passed_over(graded, server, total):
    server.content = json.dumps(GOOD | total)
    [score] = graded([page()])
    assert score.value == pytest.approx(0.77)


UNREADABLE = {
    "alignment above 40": json.dumps(GOOD | {"alignment": 41}),
    "aesthetics above 30": json.dumps(GOOD | {"aesthetics": 30.5}),
    "structure above 30": json.dumps(GOOD | {"structure": 40}),
    "below 0": json.dumps(GOOD | {"structure": -1}),
    "a numeral in text": json.dumps(GOOD | {"alignment": "32"}),
    "a boolean": json.dumps(GOOD | {"alignment": True}),
    "null": json.dumps(GOOD | {"alignment": None}),
    "no number": json.dumps(GOOD).replace("32", "NaN"),
    "endless": json.dumps(GOOD).replace("32", "Infinity"),
    "a list": json.dumps(GOOD | {"alignment": [32]}),
    "a part is missing": json.dumps({name: told for name, told in GOOD.items() if name != "structure"}),
    "no feedback": json.dumps({name: told for name, told in GOOD.items() if name != "feedback"}),
    "feedback is no text": json.dumps(GOOD | {"feedback": 7}),
    "another key": json.dumps(GOOD | {"creativity": 10}),
    "a key twice": json.dumps(GOOD)[:-1] + ', "structure": 1}',
    "text around it": f"Here you are: {json.dumps(GOOD)}",
    "two answers": json.dumps(GOOD) * 2,
    "prose": "A lovely page, 77 of 100.",
    "empty": "",
    "cut off": json.dumps(GOOD)[:-3],
    "a refusal": "I'm sorry, but I can't grade this page.",
    "only a number": "77",
}


@pytest.mark.parametrize("answer", UNREADABLE.values(), ids=UNREADABLE)
def test_an_answer_that_cannot_be_read_is_asked_for_once_more_and_is_then_no_score(graded, server, answer):
    server.content = answer
    [score] = graded([page()])
    assert score.value is None
    assert "could not be read, twice" in score.reason
    assert server.calls == 2


def test_a_second_answer_that_can_be_read_counts(graded, server):
    server.contents = [json.dumps(GOOD | {"alignment": 99}), json.dumps(GOOD)]
    [score] = graded([page()])
    assert score.value == pytest.approx(0.77)
    assert graded.judge.usage["unreadable"] == 1


@pytest.mark.parametrize("answer", [f"```json\n{json.dumps(GOOD)}\n```", f"Hm. </think>{json.dumps(GOOD)}"])
def test_a_code_fence_and_thoughts_are_passed_over(graded, server, answer):
    server.content = answer
    assert graded([page()])[0].value == pytest.approx(0.77)


@pytest.mark.parametrize("status", [500, 429, 403])
def test_a_call_that_fails_is_no_score(graded, server, status):
    server.content = json.dumps(GOOD)
    assert graded([page(120)])[0].value == pytest.approx(0.77)
    server.status = status
    [score] = graded([page(121)])
    assert score.value is None
    assert str(status) in score.reason


def test_an_answer_that_was_cut_off_by_the_endpoint_is_asked_for_once_more(server):
    server.faults, server.troubles = 1.0, ("truncated",)  # never twice in a row
    graded = static(judge=judge_at(server, retries=0))
    assert graded([page()])[0].value is not None
    assert (server.calls, graded.judge.usage["unreadable"]) == (2, 1)


def test_programs_that_failed_and_blank_pages_cost_no_call(graded, server):
    blank = np.full((20, 30, 3), 255, np.uint8)
    empty = page()
    empty = Sample(empty.task, "", "", Rendering("ok", image=blank, evidence=frozenset({"image"})), "g")
    failed, broken = page(status="program_error"), page(status="machine_error")
    assert [score.value for score in graded([empty, failed, broken])] == [0.0, 0.0, None]
    assert server.calls == 0


def test_equal_pages_are_asked_about_once_and_kept_answers_cost_nothing(server, tmp_path):
    reward = static(judge=judge_at(server, cache=str(tmp_path)))
    same = [page(150), page(150), page(90)]
    first = reward(same)
    again = static(judge=judge_at(server, cache=str(tmp_path)))(same)
    assert [one.value for one in first] == [one.value for one in again]
    assert first[0].value == first[1].value
    assert server.calls == 2


def test_the_judge_sees_the_viewport_and_the_whole_page_and_no_line_of_the_program(graded, server):
    viewport, full = png(200), png(180, (320, 5000))
    graded([page(pictures={"viewport": viewport, "full": full, "step-1-before": png(9)})])
    [body] = server.requests
    first, second = (Image.open(io.BytesIO(each)) for each in shown(body))
    assert first.size == (320, 180)
    assert second.size == (131, 2048)  # as large as models look at
    assert b"<p>200</p>" not in body
    assert b"a bakery" in body


def test_a_page_of_one_screen_is_shown_once(graded, server):
    graded([page(pictures={"viewport": png(200), "full": png(200)})])
    assert len(shown(server.requests[0])) == 1


def test_a_picture_that_cannot_be_read_is_no_score(graded, server):
    [score] = graded([page(pictures={"viewport": b"no picture"})])
    assert score.value is None
    assert server.calls == 0


def test_it_answers_in_a_loop_as_it_does_without(graded):
    samples = [page(red) for red in (40, 200)]
    assert [s.value for s in asyncio.run(graded.ascore(samples))] == [s.value for s in graded(samples)]


def test_the_critique_is_what_the_judge_said_without_its_grades(graded, server):
    said = (
        "Line the cards up with the heading. I gave 32/40 for alignment. Structure deserves 21. "
        "The total is 77 %. Make the 8 px footer larger. It would score 0.77."
    )
    server.content = json.dumps(GOOD | {"feedback": said})
    sample = page()
    [score] = graded([sample])
    told = critique(graded, sample)
    assert told == "Line the cards up with the heading. Make the 8 px footer larger."
    assert not leak(told, score)
    assert critique(graded, page(7)) == ""


def test_a_sheet_with_other_parts_is_refused(server, tmp_path):
    own = tmp_path / "own.md"
    own.write_text('+++\nrelease = 1\ntitle = "t"\n[parts]\nalignment = 100\n+++\nYou grade.\n---\n{prompt}')
    with pytest.raises(SpecError, match="needs alignment, aesthetics, structure"):
        static(judge=judge_at(server), rubric=own)


def test_the_version_follows_the_words_of_the_sheet_and_the_model(server, tmp_path):
    own = tmp_path / "own.md"
    own.write_text(RUBRIC.read_text().replace("senior web designer", "web designer"))
    ours = static(judge=judge_at(server))
    assert static(judge=judge_at(server), rubric=own).version != ours.version
    assert static(judge=judge_at(server, model="other")).version != ours.version
    assert static(judge=judge_at(server)).version == ours.version


def test_it_pickles_without_what_was_said(graded, server):
    server.content = json.dumps(GOOD)
    sample = page()
    graded([sample])
    copy = pickle.loads(pickle.dumps(graded))
    assert copy.version == graded.version
    assert critique(copy, sample) == ""


def test_preflight_raises_what_a_judge_cannot_do(server):
    server.content = "No JSON from me."
    with pytest.raises(MachineError, match="no grade"):
        static(judge=judge_at(server, retries=0)).preflight()


def test_the_sheet_has_the_three_parts_of_the_paper():
    assert dict(SHEET.parts) == {"alignment": 40, "aesthetics": 30, "structure": 30}
    assert SHEET.read(Reply(json.dumps(GOOD))) is not None


def audited(*found: Finding) -> float:
    [score] = static(by="audit")([page(found=found)])
    assert score.value is not None
    return score.value


def test_by_audit_no_finding_is_no_damage_and_every_kind_costs():
    assert audited() == 1.0
    for kind in WORTH:
        assert audited(Finding(kind, "m", 0.5)) < 1.0
        assert audited(Finding(kind, "m", 1.0)) == pytest.approx(1 - WORTH[kind])


def test_by_audit_more_findings_never_raise_the_value_and_their_order_is_nothing():
    found = [Finding(kind, "m", 0.1 * k) for k, kind in enumerate(sorted(WORTH), 1) for _ in range(2)]
    values = [audited(*found[:k]) for k in range(len(found) + 1)]
    assert values == sorted(values, reverse=True)
    assert audited(*found[::-1]) == audited(*found)


def test_by_audit_other_findings_are_no_damage():
    assert audited(Finding("lint", "doctype"), Finding("console", "x")) == 1.0


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 17.0, -3.0])
def test_by_audit_a_value_out_of_scale_stays_in_range(value):
    assert 0.0 <= audited(Finding("overlap", "m", value)) <= 1.0


def test_by_audit_a_page_that_was_not_audited_has_no_value():
    sample = page()
    bare = Rendering("ok", image=sample.rendering.image, evidence=frozenset({"image"}))
    [score] = static(by="audit")([Sample(sample.task, "", "", bare, "g")])
    assert score.value is None


def test_by_audit_the_critique_names_the_worst_faults_first():
    sample = page(
        found=(
            Finding("axe", "Name the button.", 0.05),
            Finding("overlap", "Two texts overlap.", 0.9),
            Finding("overlap", "Two texts overlap.", 0.8),
            Finding("contrast", "Darken the text.", 0.4),
        )
    )
    assert critique(static(by="audit"), sample) == "Two texts overlap.\nDarken the text."


@pytest.mark.full
@pytest.mark.parametrize("spec", ["static", "static(by='audit')"])
def test_it_keeps_every_law(spec):
    report = check_reward(spec)
    assert report.ok, str(report)


def test_what_is_registered_makes_both():
    assert rewards.make("static(by='audit')").needs == {"image", "layout"}
    made = rewards.make(
        "static", judge={"model": "m", "api_key_env": None, "base_url": "http://127.0.0.1:9/v1"}
    )
    assert isinstance(made, GradedPage)
    assert made.needs == {"image", "prompt"}
