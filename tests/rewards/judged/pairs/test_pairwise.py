"""`pairwise` by the protocol: shared references, both orders, ties, abstention, and nothing shown but pictures."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import io
import json
import logging
import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from rewards import Finding, Rendering, Sample, Task, make
from rewards import preflight as checks
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.judged import answer_mode
from rewards.judged import pictures as shown
from rewards.judged.pairs.pairwise import Pairwise, two_per_reference
from rewards.judged.reply import Reply, Token
from rewards.painted import lettering
from rewards.pool import load_entries
from rewards.preflight import NoSpread, shipped_samples
from rewards.testing.judges import FixedJudge, ScriptedJudge, always_first, always_second, always_tie

COLOURS = {"x": "#ff0000", "y": "#00ff00", "z": "#0000ff", "r1": "#ffff00", "r2": "#00ffff", "r3": "#ff00ff"}
NAMES = {"r1": "love", "r2": "okay", "r3": "love"}


@pytest.fixture(autouse=True)
def _undecided(monkeypatch):
    monkeypatch.setattr(answer_mode, "_decided", {})
    monkeypatch.setattr(checks, "_passed", set(), raising=False)


def painted(name, size=(32, 32)):
    """Returns a picture by which a judge knows its name."""
    picture = Image.new("RGB", size, COLOURS[name])
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="black")
    return np.asarray(picture)


def named(png):
    """Returns the name of the picture in a PNG file."""
    with Image.open(io.BytesIO(png)) as picture:
        middle = np.asarray(picture.getpixel((16, 16)))
    return min(
        COLOURS,
        key=lambda name: np.abs(np.array(Image.new("RGB", (1, 1), COLOURS[name]))[0, 0] - middle).sum(),
    )


def sample(name, group="g", task="t", **rendering):
    told = {"status": "ok", "image": painted(name), "evidence": frozenset({"image", "text"})} | rendering
    return Sample(Task(task, "a red flower"), "completion", "program", Rendering(**told), group)


@pytest.fixture
def pool(tmp_path):
    """A pool of three pictures of 32 pixels: two that are loved and one that is okay."""
    lines = []
    for name, tier in NAMES.items():
        Image.fromarray(painted(name)).save(tmp_path / f"{name}.webp", lossless=True)
        told = asdict(load_entries()[0]) | {"id": name, "tier": tier, "image": f"{name}.webp"}
        told["pixels_sha256"] = hashlib.sha256(painted(name).tobytes()).hexdigest()
        lines.append(json.dumps({key: value for key, value in told.items() if key != "folder"}))
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(tmp_path)


class Says:
    """Answers with P(the first is better) from a table of pairs by name; 0.5 for all others."""

    def __init__(self, table=None, *, logprobs=True, lost=()):
        self.table, self.logprobs, self.lost, self.asked = table or {}, logprobs, lost, []

    @property
    def version(self):
        return json.dumps([sorted(map(str, self.table.items())), self.logprobs])

    def preflight(self, *, logprobs):
        return logprobs and self.logprobs

    def ask(self, questions):
        self.asked += questions
        return [self.reply(question) for question in questions]

    def reply(self, question):
        pair = tuple(map(named, question.images))
        if pair in self.lost:
            return None
        p = self.table.get(pair, 0.5)
        said = "1" if p > 0.5 else "2" if p < 0.5 else question.schema["properties"]["winner"]["enum"][-1]
        tokens = ['{"winner": "', said, '", "reason": ""}']
        chances = {"1": math.log(p), "2": math.log(1 - p)}
        told = tuple(Token(text, chances if n == 1 else {text: 0.0}) for n, text in enumerate(tokens))
        return Reply("".join(tokens), told if question.logprobs and self.logprobs else None)


# s(x, r1), s(r1, x), s(x, r2), s(r2, x) of an example worked by hand.
EXAMPLE = {("x", "r1"): 0.9, ("r1", "x"): 0.65, ("x", "r2"): 0.55, ("r2", "x"): 0.6}
ONE = {"seed": 3}  # r1 and r2 are drawn with it


def reward(pool, judge=None, **parameters):
    return Pairwise(**{"pool": pool, "judge": judge or Says(EXAMPLE), **ONE, **parameters})


def values(scores):
    return [score.value for score in scores]


def test_the_worked_example_comes_out_to_its_digits(pool):
    [score] = reward(pool, mode="soft")([sample("x")])
    assert score.references == ("r1", "r2")
    assert score.value == pytest.approx(0.594, abs=5e-4)
    assert score.components["wins"] == score.components["ties"] == 0.5
    [alone] = reward(pool, mode="soft", k=1)([sample("x")])
    assert (alone.references, round(alone.value, 3)) == (("r1",), 0.688)
    assert round(alone.components["bias"], 2) == 1.41
    assert alone.reason == "beats r1 (0.69)"
    assert values(reward(pool, mode="hard")([sample("x")])) == [0.5]
    assert (EXAMPLE["x", "r1"] + EXAMPLE["x", "r2"]) / 2 == pytest.approx(
        0.725
    )  # what one fixed order would have paid


def test_only_the_tie_band_made_the_second_comparison_a_half(pool):
    [score] = reward(pool, mode="soft", tie_band=0.0)([sample("x")])
    assert score.value == pytest.approx((0.6876 + 0.4744) / 2, abs=2e-4)
    assert score.components["ties"] == 0


@pytest.mark.parametrize("judge", [always_first(), always_second(), always_tie()])
@pytest.mark.parametrize("mode", ["soft", "hard"])
def test_a_judge_that_sees_nothing_gives_every_sample_one_half(pool, judge, mode):
    scores = reward(pool, judge, mode=mode)([sample("x"), sample("y"), sample("z")])
    assert values(scores) == pytest.approx([0.5] * 3, abs=1e-9)
    assert np.ptp(values(scores)) == 0


@pytest.mark.parametrize("beta", [0.7, -2.0])
def test_a_better_picture_is_paid_more_and_a_constant_bias_cancels(pool, beta):
    batch = [sample("x", image=painted("x") // 2), sample("x")]
    fair, biased = (
        reward(pool, ScriptedJudge(kappa=6, beta=each), mode="soft", tie_band=0.0)(batch)
        for each in (0, beta)
    )
    assert fair[0].value > fair[1].value + 0.05
    assert values(biased) == pytest.approx(values(fair))
    assert [score.components["bias"] for score in biased] == pytest.approx([beta] * 2)


def test_a_group_meets_the_same_references_and_another_group_others(pool):
    made = reward(pool, k=1)
    groups = [f"g{n}" for n in range(12)]
    batch = [sample(name, group) for group in groups for name in "xyz"]
    met = {(each.group, score.references) for each, score in zip(batch, made(batch), strict=True)}
    assert len(met) == len(groups)
    assert {references for _, references in met} == {("r1",), ("r3",)}
    assert {(each.group, made([each])[0].references) for each in reversed(batch)} == met


def test_all_questions_are_asked_at_once_and_there_are_two_a_reference(pool):
    batches = []
    judge = Says()
    judge.ask = lambda questions: batches.append(len(questions)) or Says().ask(questions)
    reward(pool, judge, mode="hard")([sample(name) for name in "xyz"])
    assert batches == [two_per_reference(3, 2)] == [12]
    assert reward(pool).traits.max_calls(8, 2) == 32


def test_what_painted_nothing_scores_the_floor_without_a_call(pool):
    judge = Says()
    flat = np.full((32, 32, 3), 200, np.uint8)
    flat[3, 3] += 2
    failed = [
        sample("x", status="program_error", message="It threw."),
        sample("x", status="program_error", image=None),
        sample("x", image=None),
        sample("x", image=flat),
    ]
    scores = reward(pool, judge)(failed)
    assert (values(scores), judge.asked) == ([0.0] * 4, [])
    assert [set(score.components.values()) for score in scores] == [{0.0}] * 4
    assert scores[0].reason == "It threw."
    assert {score.references for score in scores} == {("r1", "r2")}


def test_a_machine_error_has_no_value_and_is_not_asked_about(pool):
    judge = Says()
    [score] = reward(pool, judge)([sample("x", status="machine_error", message="The browser died.")])
    assert (score.value, score.reason, judge.asked) == (None, "The browser died.", [])


def test_a_copy_of_a_reference_ties_with_it_without_a_call(pool):
    judge = Says(logprobs=False)
    copy, other = reward(pool, judge, k=1)([sample("r1"), sample("x")])
    assert (copy.value, copy.components["copied_reference"]) == (0.5, 1.0)
    assert copy.reason == "ties with r1 (the same picture)"
    assert other.components["copied_reference"] == 0.0
    assert len(judge.asked) == 2
    [half] = reward(pool, judge, k=2)([sample("r1")])
    assert (half.components["copied_reference"], len(judge.asked)) == (1.0, 4)


def test_a_lost_comparison_takes_the_value_of_its_sample_alone(pool, caplog):
    batch = [sample(name) for name in "xyz"]
    clean = reward(pool, Says(EXAMPLE), mode="soft")(batch)
    with caplog.at_level(logging.INFO):
        lost = reward(pool, Says(EXAMPLE, lost=[("r2", "x")]), mode="soft")(batch)
    assert lost[0].value is None
    assert lost[0].components == {}
    assert lost[0].reason == "no verdict in 1 of 2 comparisons: a call of the judge failed"
    assert [asdict(score) for score in lost[1:]] == [asdict(score) for score in clean[1:]]
    assert "1 of 3 samples of group 'g' have no score" in caplog.text


def test_an_answer_that_cannot_be_read_is_asked_for_once_more_and_never_counts(pool):
    judge = ScriptedJudge(garbage=1.0, record=True)
    [score] = reward(pool, judge, mode="hard")([sample("x")])
    assert (score.value, judge.calls) == (None, 8)
    assert "could not be read, twice" in score.reason


def test_order_batch_threads_and_awaiting_change_nothing(pool):
    made = reward(pool, ScriptedJudge(kappa=6, beta=1.0))
    batch = [sample(name, group) for group in ("g", "h") for name in ("x", "y", "z", "r1")]
    batch.insert(2, sample("x", status="machine_error"))
    expected = [asdict(score) for score in made(batch)]
    assert [asdict(score) for score in reversed(made(batch[::-1]))] == expected
    assert [asdict(score) for each in batch for score in made([each])] == expected
    assert [asdict(score) for score in asyncio.run(made.ascore(batch))] == expected
    with ThreadPoolExecutor(8) as threads:
        assert [[asdict(s) for s in told] for told in threads.map(made, [batch] * 8)] == [expected] * 8
    assert made([]) == []


def test_every_score_with_a_value_has_the_components_that_the_traits_name(pool):
    for text in ("blur", "keep"):
        made = reward(pool, text=text)
        scores = made([sample("x"), sample("r1"), sample("x", status="program_error")])
        assert {tuple(score.components) for score in scores} == {made.traits.components}
        assert ("text_area" in made.traits.components) == ("text" in made.needs) == (text == "blur")


def test_nothing_but_pictures_prompt_and_rubric_is_in_a_question(pool):
    mark = "Zq7-mark-of-16-c"
    told = sample("x", group=mark, task=mark, status="ok", message=mark, kind=mark, identity=mark)
    told = replace(told, completion=mark, program=f"// {mark}")
    judge = Says()
    reward(pool, judge)([told])
    assert len(judge.asked) == 4
    for question in judge.asked:
        text = repr([question.system, question.text, question.rubric, question.schema])
        assert mark not in text
        assert "a red flower" in question.text
        assert "r1" not in text
        assert pool not in text
        assert not any(mark.encode() in image for image in question.images)


def test_what_is_shown_is_a_square_png_of_pixels_alone_and_always_the_same_bytes(pool):
    judge = Says()
    wide = sample("x", image=painted("x", (64, 20)))
    reward(pool, judge)([sample("x"), wide])
    chunks = set()
    for png in {png for question in judge.asked for png in question.images}:
        with Image.open(io.BytesIO(png)) as picture:
            assert (picture.format, picture.mode, picture.size, picture.info) == ("PNG", "RGB", (32, 32), {})
        chunks |= {png[12:16], png[-8:-4]}
    assert chunks == {b"IHDR", b"IEND"}
    image = painted("y", (30, 50))
    arrays = [image, np.asfortranarray(image), np.repeat(image, 2, axis=0)[::2]]
    assert len({shown.shown(shown.Picture.of(each), size_px=40) for each in arrays}) == 1


def test_a_picture_of_another_shape_keeps_its_proportions():
    png = shown.shown(shown.Picture.of(painted("x", (200, 100))), size_px=100)
    with Image.open(io.BytesIO(png)) as picture:
        told = np.asarray(picture)
    assert told[:20].min() > 240  # paper above
    assert told[50, 60, 0] > 200 > 60 > told[50, 60, 1]  # the picture itself
    tiny = shown.shown(shown.Picture.of(np.zeros((1, 900, 3), np.uint8)), size_px=100)
    with Image.open(io.BytesIO(tiny)) as picture:
        assert picture.size == (100, 100)


def test_recorded_letters_are_blurred_in_their_own_picture_alone_and_measured(pool):
    boxes = [(8, 8, 24, 24), (20, 20, 99, 99), (40, 0, 50, 9), (9, 9, 9, 20)]
    found = tuple(Finding("text", "Letters.", 0.9, box) for box in [*boxes, None])
    judge, clean = Says(), Says()
    [score] = reward(pool, judge, k=1)([sample("x", findings=found)])
    reward(pool, clean, k=1)([sample("x")])
    assert score.components["text_area"] == (16 * 16 + 12 * 12 - 4 * 4) / 32**2
    (own, reference), (plain, unchanged) = judge.asked[0].images, clean.asked[0].images
    assert reference == unchanged
    assert own != plain
    kept = Says()
    reward(pool, kept, k=1, text="keep")([sample("x", findings=found)])
    assert kept.asked[0].images == (plain, reference)


def test_a_blur_takes_what_is_written_and_leaves_the_colours(pool):
    rng = np.random.default_rng(0)
    image = np.full((64, 64, 3), (200, 160, 120), np.uint8)
    image[24:40, 10:54] -= rng.integers(0, 2, (16, 44, 1), np.uint8) * 100
    with Image.open(
        io.BytesIO(shown.shown(shown.Picture.of(image), ((10, 24, 54, 40),), size_px=64))
    ) as picture:
        blurred = np.asarray(picture).astype(int)
    inside, before = blurred[26:38, 12:52], image[26:38, 12:52]
    assert np.abs(blurred[:6] - image[:6]).max() <= 6
    assert inside.std(axis=(0, 1)).max() < before.std(axis=(0, 1)).min() / 4
    assert np.abs(inside.mean(axis=(0, 1)) - before.mean(axis=(0, 1))).max() < 30


def test_auto_is_soft_where_log_probabilities_come_and_hard_where_not(pool, caplog):
    for logprobs, mode in ((True, "soft"), (False, "hard")):
        judge = Says(EXAMPLE, logprobs=logprobs)
        made = reward(pool, judge)
        with caplog.at_level(logging.INFO):
            [score] = made([sample("x")])
        assert [question.logprobs for question in judge.asked] == [logprobs] * 4
        assert score.value == values(reward(pool, judge, mode=mode)([sample("x")]))[0]
        assert f"mode 'auto' is '{mode}'" in caplog.text
        assert made.decided == mode


def test_auto_keeps_its_version_whatever_it_becomes(pool):
    made = [
        reward(pool, Says(EXAMPLE, logprobs=logprobs), mode=mode)
        for logprobs in (True, False)
        for mode in ("auto", "soft", "hard")
    ]
    before = [each.version for each in made]
    assert len(set(before)) == 6
    for each in (made[0], made[3]):
        each([sample("x")])
    assert [each.version for each in made] == before
    assert [each.decided for each in made] == ["soft", "soft", "hard", "hard", "soft", "hard"]


def test_a_judge_of_ones_own_may_change_its_mind_so_it_is_not_claimed_to_be_deterministic(pool):
    assert not reward(pool).traits.deterministic


def test_auto_is_hard_for_scores_and_for_a_judge_that_cannot_tell(pool):
    silent = FixedJudge("1")
    for parameters in ({"rubric": "scores"}, {}):
        made = reward(pool, silent, **parameters)
        made([sample("x")])
        assert (made.decided == "hard") == bool(parameters)
    mute = Says()
    mute.preflight = None
    made = reward(pool, mute)
    made([sample("x")])
    assert made.decided == "hard"


def test_what_auto_became_stays_for_the_process_and_for_copies(pool, monkeypatch):
    class Fickle(Says):
        version = "fickle"
        comes = iter([True, False, False])

        def preflight(self, *, logprobs):
            return next(self.comes)

    first, second = reward(pool, Fickle()), reward(pool, Fickle())
    for made in (first, second):
        made([sample("x")])
        assert made.decided == "soft"
    monkeypatch.setattr(answer_mode, "_decided", {})  # as in a worker
    copy = pickle.loads(pickle.dumps(reward(pool, ScriptedJudge())))
    assert copy.decided is None
    made = reward(pool, ScriptedJudge())
    made([sample("x")])
    monkeypatch.setattr(answer_mode, "_decided", {})
    assert pickle.loads(pickle.dumps(made)).decided == "soft"


def test_a_judge_that_is_down_at_the_first_score_leaves_it_undecided_and_no_value(pool):
    judge = Says(EXAMPLE)
    made = reward(pool, judge)

    def down(*, logprobs):
        raise MachineError("No answer comes.")

    judge.preflight = down
    painting, failed, copy = made([sample("x"), sample("x", status="program_error"), sample("r1")])
    assert (painting.value, failed.value, copy.value, made.decided) == (None, 0.0, None, None)
    assert "no verdict in 1 of 2 comparisons" in copy.reason
    assert "No answer comes." in painting.reason
    assert values(asyncio.run(made.ascore([sample("x")]))) == [None]
    del judge.preflight
    assert values(made([sample("x")])) == [pytest.approx(0.594, abs=5e-4)]


def test_a_pickled_reward_is_small_and_scores_alike(pool):
    made = reward(pool, ScriptedJudge(kappa=6))
    batch = [sample(name) for name in "xyz"]
    expected = [asdict(score) for score in made(batch)]
    told = pickle.dumps(made)
    assert len(told) < 64_000
    copy = pickle.loads(told)
    assert copy.version == made.version
    assert [asdict(score) for score in copy(batch)] == expected
    assert len(pickle.dumps(Pairwise(judge=ScriptedJudge(), text="keep"))) < 64_000


def test_a_copy_refuses_a_pool_that_changed_under_way(pool, tmp_path):
    told = pickle.dumps(reward(pool, ScriptedJudge()))
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(manifest.read_text().replace("okay", "love").replace("love", "okay", 1))
    with pytest.raises(SpecError, match=r"The pool was \w+ when this reward was pickled and is"):
        pickle.loads(told)


def test_the_version_changes_with_all_that_could_change_a_score(pool, tmp_path):
    mine = tmp_path / "mine.md"
    mine.write_text(
        '+++\nrelease = 1\ntitle = "Mine"\nanswer = "winner"\n+++\nYou judge.\n\n---\n{prompt}?\n'
    )
    changes = [
        *({"k": 1}, {"mode": "hard"}, {"mode": "soft"}, {"tie_band": 0.1}, {"seed": 4}, {"text": "keep"}),
        *({"rubric": "scores"}, {"rubric": str(mine)}, {"judge": Says()}, {"pool": None}),
    ]
    versions = [reward(**{"pool": pool} | change).version for change in ({}, *changes)]
    assert len(set(versions)) == len(versions)
    assert reward(pool).version == versions[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"k": 0}, "k is 0"),
        ({"k": 4}, "to draw 2 'love' and 2 'okay'; there are: 2 love, 1 okay"),
        ({"mode": "warm"}, "mode is 'warm'; it is 'auto', 'soft' or 'hard'"),
        ({"tie_band": 0.5}, "tie_band is 0.5"),
        ({"text": "hide"}, "text is 'hide'; it is 'blur', or 'keep'"),
        ({"seed": "1"}, "seed is '1'; it is a whole number"),
        ({"rubric": "pairwize"}, "There is no rubric 'pairwize'; there are pairwise, scores"),
        ({"rubric": "scores", "mode": "soft"}, "which have no soft mode"),
        ({"judge": 3}, "judge is 3; it is a mapping of options"),
        ({"judge": {"model": "m", "base_urll": "x"}}, "judge has no option 'base_urll'; it has model, name"),
        ({"judge": {"base_url": "x"}}, "judge names no model"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_when_the_reward_is_made(pool, change, told):
    with pytest.raises(SpecError, match=told):
        reward(pool, **change)


def test_a_missing_judge_pool_or_key_is_told_with_the_way_out(pool, tmp_path, monkeypatch):
    with pytest.raises(SpecError, match=r"has no judge; name one: judge=\{'model'"):
        Pairwise(pool=pool)
    with pytest.raises(MissingPart, match="There is no reference pool"):
        reward(str(tmp_path / "nowhere"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(MissingPart, match="OPENAI_API_KEY"):
        reward(pool, {"model": "m"})


def test_options_make_a_judge_whose_usage_can_be_read(pool):
    made = reward(
        pool, {"model": "m", "base_url": "http://127.0.0.1:9/v1", "api_key_env": None, "cache": False}
    )
    assert made.judge.usage["calls"] == 0
    assert pickle.loads(pickle.dumps(made)).version == made.version


def test_without_the_detector_the_way_out_is_told_and_letters_can_be_kept(pool, monkeypatch):
    lettering.detector_of.cache_clear()
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if "onnx" in name else find(name))
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[text\]'.*text='keep'"):
        reward(pool)
    assert values(reward(pool, text="keep")([sample("x")])) == [pytest.approx(0.594, abs=5e-4)]


def test_preflight_is_quiet_and_cheap_when_all_is_well(pool):
    judge = ScriptedJudge(kappa=5.0)  # the four that ship are weaker than the pool
    reward(None, judge, text="keep").preflight()
    assert judge.calls <= two_per_reference(4, 2) == 16
    judge = Says(EXAMPLE)
    reward(pool, judge).preflight([sample("x"), sample("y")])
    assert len(judge.asked) == 8


def test_the_probe_of_preflight_is_asked_once_a_process_for_equal_rewards():
    judges = [ScriptedJudge(kappa=5.0) for _ in range(4)]
    for judge in judges[:3]:  # as three environments of a vector do
        reward(None, judge, text="keep").preflight()
    assert [judge.calls for judge in judges] == [16, 0, 0, 0]
    reward(None, judges[3], text="keep", k=1).preflight()
    assert judges[3].calls == 8
    reward(None, judges[3], text="keep").preflight(shipped_samples(3))  # of the policy's own
    assert judges[3].calls == 8 + 12


def test_a_probe_that_showed_no_spread_is_asked_again():
    for judge in (always_first(), always_first()):
        with pytest.raises(NoSpread):
            reward(None, judge, text="keep").preflight()
        assert judge.calls == 16


def test_preflight_refuses_soft_without_log_probabilities(pool):
    judge = Says(EXAMPLE, logprobs=False)
    with pytest.raises(SpecError, match=r"no log-probabilities, which mode='soft' reads; take mode='hard'"):
        reward(pool, judge, mode="soft").preflight()
    assert judge.asked == []


@pytest.mark.parametrize("judge", [always_first(), ScriptedJudge(lost=1.0)])
def test_preflight_refuses_a_judge_that_tells_nothing_apart(pool, judge):
    expected = NoSpread if isinstance(judge, FixedJudge) else MachineError
    with pytest.raises(expected, match=r"tells hardly anything apart|gave none of 2 probes a value"):
        reward(pool, judge).preflight([sample("x"), sample("y")])


def test_preflight_tells_a_flat_start_and_the_ways_out(pool):
    lost = {
        pair: p for r in ("r1", "r2") for name in "xyz" for pair, p in (((name, r), 0.03), ((r, name), 0.97))
    }
    lost |= {("x", "r1"): 0.01, ("r1", "x"): 0.99}
    with pytest.raises(NoSpread, match=r"sees 2\.\d% wins: .* Ways out: mix it with a dense reward"):
        reward(pool, Says(lost)).preflight([sample(name) for name in "xyz"])


def test_preflight_names_a_picture_of_the_pool_that_is_missing(pool, tmp_path):
    made = reward(pool)
    (tmp_path / "r3.webp").unlink()
    with pytest.raises(MissingPart, match=r"The pool's r3\.webp cannot be read"):
        made.preflight()


def test_a_reference_that_is_lost_under_way_takes_no_value_of_other_groups(pool, tmp_path):
    made = reward(pool, k=1)
    by_reference = {}
    for group in map(str, range(9)):
        [entry] = made.pool.draw(1, seed=made.seed, task_id="t", group=group)
        by_reference.setdefault(entry.id, group)
    (tmp_path / "r3.webp").write_bytes(b"no picture")
    lost, fine = made([sample("x", by_reference["r3"]), sample("x", by_reference["r1"])])
    assert (lost.value, fine.value is None) == (None, False)
    assert lost.reason.startswith("The pool's r3.webp cannot be read")


def test_a_prompt_with_half_a_character_can_be_sent(pool):
    judge = Says()
    task = Task("t", "a red \ud83d flower")
    reward(pool, judge)([replace(sample("x"), task=task)])
    assert all("a red ? flower" in question.text for question in judge.asked)


def test_it_can_be_made_by_a_spec(pool):
    made = make("rewards.judged.pairs.pairwise:Pairwise", pool=pool, judge=Says(), k=1)
    assert (made.name, made.k, made.traits.kind) == ("pairwise", 1, "pairwise")
