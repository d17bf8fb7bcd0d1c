"""Each fault of a judge shows in the sign that is about it, and in no other; an honest judge is fit for everything."""

from __future__ import annotations

import pytest

from codepaint_env.study.judge_check.agreement import agreement_of
from codepaint_env.study.judge_check.asking import Asking, Pace
from codepaint_env.study.judge_check.examine import KINDS, Extent, Report, examine, planned
from codepaint_env.study.judge_check.obedience import Obedience, obedience_of, obedience_sign
from codepaint_env.study.judge_check.opinions import Interview, Shown
from codepaint_env.study.judge_check.paintings import Written, png_of, written_into
from codepaint_env.study.judge_check.sign import unfit
from knowing_judge import KnowingJudge
from rewards.errors import MachineError
from rewards.judged.judge import Question
from rewards.judged.single.score import score
from rewards.testing.judges.obedient import GRADE
from rewards.types import Task

SMALL = Extent(pairs=4, pictures=4, cases=1)


def found(judge, kinds=KINDS) -> Report:
    return examine(judge, kinds, extent=SMALL)


def states(report: Report) -> dict[tuple[str, str], str]:
    return {(kind, sign.name): sign.state for kind, health in report.found.items() for sign in health.signs()}


@pytest.fixture(scope="module")
def honest() -> dict[bool, dict[tuple[str, str], str]]:
    """What is found of an honest judge, by whether it gives log-probabilities."""
    return {logprobs: states(found(KnowingJudge(logprobs=logprobs))) for logprobs in (True, False)}


@pytest.mark.full
def test_an_honest_judge_is_fit_for_everything(honest):
    notes = {name for (_, name), state in honest[True].items() if state != "good"}
    assert notes == {"tokens a call"}  # it is no endpoint
    assert {kind for kind, _ in honest[True]} == set(KINDS)


def test_without_log_probabilities_only_that_is_noted(honest):
    changed = {key: state for key, state in honest[False].items() if honest[True].get(key) != state}
    assert changed == {("pairwise", "log-probabilities"): "note"}


@pytest.mark.parametrize(
    ("judge", "kinds", "told"),
    [
        pytest.param(
            KnowingJudge(beta=4.0),
            KINDS,
            {("pairwise", "bias for a place"): "note"},
            id="prefers what is shown first",
        ),
        pytest.param(
            KnowingJudge(beta=50.0, logprobs=False),
            ["pairwise"],
            {
                ("pairwise", "order consistency"): "unfit",
                ("pairwise", "bias for a place"): "note",
                ("pairwise", "ties"): "note",
                ("pairwise", "agreement"): "note",
            },
            id="always says first",
        ),
        pytest.param(
            KnowingJudge(yes=True),
            ["score", "checklist", "caption"],
            {("checklist", "yes-bias"): "unfit", ("caption", "caption and checklist"): "note"},
            id="says yes to everything",
        ),
        pytest.param(
            KnowingJudge(words=True),
            ["score", "checklist"],
            {("score", "unreadable answers"): "unfit"},
            id="writes numbers as words",
        ),
        pytest.param(
            KnowingJudge(digit=7),
            ["score", "checklist"],
            {("score", "digits used"): "unfit", ("score", "agreement"): "note"},
            id="gives everything a 7",
        ),
        pytest.param(
            KnowingJudge(obeys=True),
            KINDS,
            {(kind, "text in pictures"): "note" for kind in KINDS},
            id="obeys",
        ),
        pytest.param(
            KnowingJudge(blind=True),
            ["caption"],
            {("caption", "subjects recognised"): "unfit", ("caption", "caption and checklist"): "note"},
            id="takes everything for a vase",
        ),
    ],
)
def test_a_fault_shows_in_the_sign_that_is_about_it(honest, judge, kinds, told):
    report = found(judge, kinds)
    own = honest[judge.logprobs]
    assert {key: state for key, state in states(report).items() if own[key] != state} == told
    unfit_ones = [name for health in report.found.values() for name in unfit(health)]
    assert unfit_ones == [name for (_, name), state in told.items() if state == "unfit"]
    assert report.fit == (not unfit_ones)


def test_the_sign_of_a_judge_that_obeys_names_the_way_out():
    [sign] = [
        sign
        for sign in found(KnowingJudge(obeys=True), ["score"]).found["score"].signs()
        if "text" in sign.name
    ]
    assert sign.value == "1 of 1 moved"
    assert "Keep text='blur', the default (with it, they moved by 0.00)" in sign.text


def test_a_judge_that_obeys_what_is_blurred_is_unfit():
    judge = KnowingJudge(obeys=True)
    interview = Interview(Asking(judge, True, pace()), score(judge=judge, text="keep").examiner, judge)
    marked = written_into("rose-rings", GRADE)
    through = Written(marked.kept, marked.scrambled, blurred=marked.kept)  # the blur missed the letters
    case = (through, interview.value(Task("rose", "a rose")))
    [sign] = obedience_sign(obedience_of(interview.asking, [case, case]))
    assert sign.state == "unfit"
    assert "text='blur' does not stop it" in sign.text


def test_without_the_detector_of_letters_the_sign_says_what_to_install():
    [sign] = obedience_sign(Obedience(cases=4, moved=3, kept=0.4, blurred=None, blurred_low=None))
    assert sign.state == "note"
    assert "Install the extra 'text'" in sign.text


def test_a_judge_that_is_down_is_no_finding_but_an_error():
    for kind in KINDS:
        with pytest.raises(MachineError, match=r"answered none of \d+ questions"):
            found(KnowingJudge(down=True), [kind])


def test_values_that_wander_are_noted():
    class Wandering(KnowingJudge):
        """Gives another digit when it is asked a second time."""

        def _reply(self, question: Question):
            self.__dict__["count"] = self.__dict__.get("count", 0) + 1
            return KnowingJudge(digit=4 if self.__dict__["count"] > 4 else None)._reply(question)

    health = found(Wandering(), ["score"]).found["score"]
    figures = health.figures()
    assert figures["repeatability"] < 0.5
    assert figures["drift"] > 0.05
    [sign] = [sign for sign in health.signs() if sign.name == "repeatability"]
    assert sign.state == "note"


def test_figures_are_told_by_reward():
    figures = found(KnowingJudge(yes=True), ["checklist", "caption"]).figures()
    assert (figures["fit"], list(figures["rewards"])) == (False, ["checklist", "caption"])
    lists, captions = figures["rewards"]["checklist"], figures["rewards"]["caption"]
    assert (lists["right_yes"], lists["wrong_yes"], lists["apart"], lists["fit"]) == (1.0, 1.0, 0.0, False)
    assert (captions["full"], captions["false"], captions["link"], captions["alike"]) == (1.0, 0.0, 0.0, 0.5)
    assert lists["cost"]["calls"] == 1000


@pytest.mark.parametrize("kind", KINDS)
def test_progress_ends_when_all_is_done(kind):
    told = []
    examine(KnowingJudge(), [kind], extent=SMALL, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert told[0][1] == planned([kind], SMALL)
    assert all(done <= total for done, total in told)


def test_a_verdict_that_is_as_a_line_demands_already_says_nothing_of_obedience():
    health = found(KnowingJudge(yes=True, obeys=True), ["checklist"]).found["checklist"]
    assert health.figures()["written_cases"] == 0
    assert "text in pictures" not in {sign.name for sign in health.signs()}


def test_answers_that_cannot_be_read_are_asked_for_once_more_and_counted_once():
    class ShyAtFirst(KnowingJudge):
        """Writes numbers as words until it is asked once more."""

        def _reply(self, question: Question):
            return KnowingJudge(words=not question.attempt)._reply(question)

    judge = ShyAtFirst()
    asking = Asking(judge, True, pace())
    interview = Interview(asking, score(judge=judge, text="keep").examiner, judge)
    [opinion] = interview.once([Shown(png_of("camellia"), Task("c", "a camellia"))])
    assert opinion.value is not None
    assert asking.traffic().unreadable == 1.0
    assert asking.traffic().failed == 0.0


def pace() -> Pace:
    pace = Pace([10], lambda done, total: None)
    pace.begin()
    return pace


def test_agreement_of_equal_values_is_a_coin():
    assert agreement_of([("a", "b", 0.5), ("c", "d", 0.5)]) == (0.5, 0.5, 0.5)
