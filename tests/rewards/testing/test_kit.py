"""The kit: what it draws, counts, shrinks, keeps and says, and that what ships passes it."""

import importlib.util
import json
import re
import subprocess
import sys
import threading
import urllib.request
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import rewards
from places import ROOT
from rewards import Score, SpecError, Traits
from rewards.judged.reply import Reply
from rewards.painted.blank import is_constant
from rewards.pictures import shipped, twins
from rewards.testing import Broken, check_reward, laws_for
from rewards.testing.cases import strategies
from rewards.testing.cases.described import Painted, Picture, described, from_json, to_json
from rewards.testing.cases.saved import load
from rewards.testing.law import Law, all_laws
from rewards.testing.mutants import plain as mutants
from rewards.testing.mutants.judged_toys import two_per_reference
from rewards.testing.mutants.toys import Encoded, Judged, Quarters
from rewards.testing.runner import replay, run
from rewards.testing.shipped_check import MIXES, shipped_specs
from rewards.testing.subject import subject_of

BAD = "rewards.testing.mutants.plain:Mutant6"


class Claims(mutants.Mutant6):
    traits = Traits(components=("distance",), disclaims={"05": "we like it so", "18": "a step"})


class WrongRule(Quarters):
    def rule(self, components):
        return components["distance"] + 0.01


class Money:
    """A judge that must not be asked."""

    version = "money"

    def ask(self, questions):
        raise AssertionError("the user's endpoint was called")


class Paid(Judged):
    def __init__(self, judge=None):
        super().__init__(Money() if judge is None else judge)


class Boundless(Quarters):
    traits = Traits(range=None, components=("distance",))

    def value(self, image):
        return 40 * super().value(image)


class Counting:
    """A judge that counts and always prefers the first."""

    version, asked = "counting", 0

    def ask(self, questions):
        type(self).asked += len(questions)
        return [Reply('{"winner": "1", "reason": ""}')] * len(questions)


def plain(samples):
    """A callable without a word about itself, and a blank sheet is worth something to it."""
    return [
        Score(None) if sample.rendering.status == "machine_error" else Score(0.3 * sample.rendering.ok)
        for sample in samples
    ]


# -- what ships ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", ["coverage", MIXES[0]])
def test_what_ships_keeps_every_law(spec):
    check_reward(spec, examples=8).raise_if_failed()  # `make check-rewards` takes 200


def test_a_judged_reward_that_ships_keeps_laws_of_judged_rewards():
    laws = {"03", "05", "10", "46", "50", "51"}  # `make check-rewards` takes all
    check_reward("pairwise", laws=laws, examples=8).raise_if_failed()


def test_every_name_that_ships_is_on_the_list_and_so_is_each_way_to_mix():
    assert set(rewards.available()) <= set(shipped_specs())
    assert {"weighted", "gate", "mapped", "base", "penalty"} <= {
        key for mix in MIXES for key in rewards.normal_form(mix)
    }


def test_a_reward_of_ones_own_passes_as_the_example_shows():
    path = ROOT / "examples" / "check_my_reward.py"
    spec = importlib.util.spec_from_file_location("check_my_reward", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    laws = set(laws_for(module.Redness)) - {"07-pickle"}  # this module is nowhere on the path
    check_reward(module.Redness, laws=laws, examples=8).raise_if_failed()


def test_the_kit_ships_24_paintings_and_twins_of_some():
    assert len(shipped()) == 24
    assert list(shipped()) == sorted(shipped())
    assert set(twins()) < set(shipped())
    assert {image.shape for image in [*shipped().values(), *twins().values()]} == {(512, 512, 3)}


# -- what is drawn ---------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None, database=None)
@given(st.lists(strategies.batches(), max_size=2), st.booleans(), strategies.odd_pictures())
def test_a_case_is_the_same_after_it_was_kept(batches, flag, picture):
    case = {"batches": batches, "flag": flag, "picture": picture, "none": None, "share": 0.1}
    assert from_json(json.loads(json.dumps(to_json(case)))) == case


@settings(max_examples=60, deadline=None, database=None)
@given(strategies.pictures() | strategies.odd_pictures())
def test_a_picture_is_what_its_description_says(picture):
    pixels = picture.pixels()
    assert pixels.shape == (picture.height, picture.width, 3)
    assert not pixels.flags.writeable
    if picture.kind in strategies.CONSTANT:
        assert is_constant(pixels)
    if picture.kind == "dark":
        assert pixels.max() <= 1


def test_what_is_no_description_cannot_be_kept():
    with pytest.raises(TypeError, match="draw a description"):
        to_json({"pixels": Picture("noise").pixels()})


def test_nearly_every_batch_for_the_law_on_company_has_hostile_neighbours():
    batches = []

    @settings(max_examples=200, deadline=None, database=None, derandomize=True)
    @given(strategies.company())
    def drawn(batch):
        batches.append(batch)

    drawn()
    hostile = [{"dark", "bright"} <= {one.picture.kind for one in batch if one.picture} for batch in batches]
    assert sum(hostile) > 0.7 * len(batches)


# -- what is found ---------------------------------------------------------------------------------------------


def test_a_failure_reads_as_the_specification_shows_it(tmp_path):
    report = check_reward(BAD, laws=["05"], save=tmp_path)
    [failed] = report.failed
    lines = str(report).splitlines()
    assert lines[0] == f'FAIL 05 batch-independence      {BAD}    claimed by default (scope="sample")'
    assert "alone and" in lines[1]
    assert "beside sample" in lines[1]
    assert lines[2].startswith("  shrunk to 2 samples: ")
    assert lines[3] == f"  saved   {failed.saved}/0.png 1.png case.json"
    assert lines[4] == f"  replay  codepaint check-reward {BAD} --case {failed.saved}"
    assert lines[5] == "  usual cause: a scale, mean or maximum taken over the batch"
    with pytest.raises(AssertionError, match="FAIL 05 batch-independence"):
        report.raise_if_failed()


def test_the_pictures_of_a_failure_are_kept_as_they_were(tmp_path):
    [failed] = check_reward(BAD, laws=["05"], save=tmp_path).failed
    for number, painted in enumerate(described(failed.case)):
        with Image.open(failed.saved / f"{number}.png") as picture:
            assert (painted.picture.pixels() == picture).all()


def test_a_case_is_shrunk_to_few_small_and_simple_pictures():
    [failed] = check_reward(BAD, laws=["05"]).failed
    samples = described(failed.case)
    assert len(samples) == 2
    assert {(sample.picture.height, sample.picture.width) for sample in samples} == {(8, 8)}
    assert {sample.status for sample in samples} == {"ok"}


class LikesNoise(Quarters):
    """Pays noise by its contrast, which breaks the law that bounds what noise earns; paintings may earn as much."""

    def value(self, image):
        return min(1.0, float(image.std()) / 64)


def test_a_case_never_shrinks_out_of_what_a_law_is_about():
    [failed] = check_reward(LikesNoise, laws=["15"]).failed
    assert failed.case["picture"].kind in strategies.NOISE
    assert "30% of the range" in failed.reason


def test_a_kept_case_fails_again_and_passes_once_the_reward_is_mended(tmp_path):
    [failed] = check_reward(BAD, laws=["05"], save=tmp_path).failed
    id, case = load(failed.saved)
    [law] = [law for law in all_laws() if law.id == id]
    assert replay(law, subject_of(mutants.Mutant6), case).reason == failed.reason
    assert replay(law, subject_of(Quarters), case).state == "passed"


def test_the_same_seed_gives_the_same_report_to_the_letter():
    first, second = (str(check_reward(BAD, laws=["02", "05", "18"], examples=50)) for _ in range(2))
    assert first == second


def test_the_laws_of_the_contract_take_no_disclaimer():
    report = check_reward(Claims, laws=["05", "18"], examples=50)
    assert [outcome.state for outcome in report.outcomes] == ["failed", "disclaimed"]
    assert report["18"].reason == "a step"


def test_a_plain_callable_runs_under_the_strict_defaults():
    report = check_reward(plain, laws=["01", "15", "16"], examples=30)
    assert [outcome.state for outcome in report.outcomes] == ["passed", "failed", "failed"]


def test_a_reward_that_raises_breaks_the_law_and_says_what_it_raised():
    def raises(samples):
        raise KeyError("poppy")

    report = check_reward(raises, laws=["02"], examples=10)
    assert "KeyError: 'poppy'" in report["01"].reason


class OfOneSample(Quarters):
    def __call__(self, sample):
        return float(sample.rendering.image.mean()) / 255


def test_a_function_of_one_sample_fails_once_and_for_the_true_cause():
    report = check_reward(OfOneSample)
    [failed] = report.outcomes
    assert failed.law.id == "01"
    assert "it scores one sample" in failed.reason
    assert "Put @rewards.reward on a function of one sample" in failed.reason
    assert "nothing else is checked" in str(report)


class Notebook(Quarters):
    __module__ = "__main__"


def test_what_is_defined_in_a_notebook_is_not_failed_for_it(monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "Notebook", Notebook, raising=False)
    report = check_reward(Notebook, laws=["07"])
    assert report["07"].state == "not claimed"
    assert "a notebook or a script" in str(report)


def test_laws_that_are_not_claimed_are_named():
    assert "--   not claimed: 20 identity, 21 symmetry" in str(check_reward(Quarters, laws=["20", "21"]))


class Locked(Quarters):
    """Keeps its picture in the instance, behind a lock that does not pickle."""

    def __init__(self):
        self.lock = threading.RLock()

    def __call__(self, samples):
        with self.lock:
            return super().__call__(samples)

    def value(self, image):
        self.image = image
        return super().value(self.image)

    def __deepcopy__(self, memo):
        return type(self)()


def test_a_call_that_waits_for_a_lock_is_no_fault():
    assert check_reward(Locked, laws=["11"])["11"].state == "passed"


def test_a_picture_that_another_call_exchanges_between_two_lines_is_found_with_the_line():
    reason = check_reward(mutants.Mutant48, laws=["11"])["11"].reason
    assert re.search(r"in two threads, cut before line \d+ of _shelved$", reason)


def test_a_reward_without_a_range_is_asked_for_an_order_alone():
    check_reward(Boundless, laws=["02", "14", "15", "16"], examples=25).raise_if_failed()
    assert check_reward(Boundless, laws=["18"])["18"].state == "not claimed"


class Peeks(Quarters):
    """Adds something that it reads where its needs do not allow it."""

    def __init__(self, read):
        super().__init__()
        self.read = read

    def __call__(self, samples):
        scores = super().__call__(samples)
        told = [self.read(sample) for sample in samples]
        return [
            score if score.value is None else replace(score, value=score.value * (0.5 if each else 1.0))
            for score, each in zip(scores, told, strict=True)
        ]


@pytest.mark.parametrize(
    ("read", "field"),
    [
        (lambda sample: sample.task.features, "prompt"),
        (lambda sample: sample.task.letters, "prompt"),
        (lambda sample: sample.rendering.pictures.get("step-1-after"), "interactions"),
        (lambda sample: any(each.credited for each in sample.rendering.interactions or ()), "interactions"),
    ],
)
def test_evidence_that_is_read_without_a_need_is_found(read, field):
    report = check_reward(Peeks(read), laws=["12"], examples=20)
    assert f"with another {field}, which is not in needs" in report["12"].reason


def test_a_value_that_does_not_follow_from_its_components_is_found():
    assert not check_reward(WrongRule, laws=["13"], examples=20).ok
    assert check_reward("0.5*coverage + 0.5*renders", laws=["13"], examples=40)["13"].state == "passed"


def _law(check):
    draws = {"number": st.integers(0, 999)}
    return Law("99", "rare", check, "nothing", draws=lambda subject: draws)


def test_a_law_whose_precondition_is_rarely_met_is_weak():
    outcome = run(_law(lambda subject, number: number % 100 == 7), None, examples=200)
    assert outcome.state == "weak"
    assert outcome.met < 20 < outcome.examples


def test_a_broken_law_is_broken_however_rarely_it_is_met_and_shrinks():
    def check(subject, number):
        if number > 500:
            raise Broken(f"{number} is above 500")
        return False

    outcome = run(_law(check), None, examples=200)
    assert (outcome.state, outcome.case, outcome.reason) == ("failed", {"number": 501}, "501 is above 500")


def test_encoders_get_25_examples():
    assert check_reward(Encoded, laws=["02"])["02"].examples == 25
    assert check_reward(Quarters, laws=["02"])["02"].examples == 200


def test_the_ids_of_the_cases_for_pytest_are_taken_back():
    ids = laws_for(mutants.Mutant28)
    assert "05-batch-independence" in ids
    assert not any(id.startswith("20-") for id in ids)
    assert check_reward(mutants.Mutant28, laws=["16-alive"])["16"].state == "failed"


def test_a_law_that_is_not_there_is_named():
    with pytest.raises(SpecError, match="no law '77'"):
        check_reward(Quarters, laws=["77"])


# -- judges ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reward", [Paid, Paid(), f"0.5*{__name__}:Paid + 0.5*renders"])
def test_the_users_own_judge_is_not_asked(reward):
    report = check_reward(reward, laws=["02", "03", "04"], examples=25)
    report.raise_if_failed()
    assert report["03"].met > 0


def test_the_users_own_judge_is_asked_when_it_is_to_be():
    Counting.asked = 0
    check_reward(Judged(Counting()), laws=["02"], examples=10)
    assert Counting.asked == 0
    check_reward(Judged(Counting()), laws=["02"], examples=10, live=True)
    assert Counting.asked > 0


class Client(Quarters):
    """Asks an endpoint by a client of its own, and has no value where that fails."""

    endpoint = "http://127.0.0.1:9/"

    def score(self, sample):
        if not sample.rendering.ok:
            return super().score(sample)
        try:
            with urllib.request.urlopen(self.endpoint, timeout=5) as answer:
                return self.told(float(answer.read()))
        except OSError as error:
            return Score(None, reason=str(error))


def test_a_reward_that_would_call_another_machine_is_refused_before_it_does():
    with pytest.raises(SpecError, match=r"calls 127.0.0.1:9 .* about 6,000 times.* live=True"):
        check_reward(Client)


class Declares(Quarters):
    traits = Traits(components=("distance",), max_calls=two_per_reference)


def test_a_reward_that_declares_calls_which_nobody_can_script_is_refused():
    with pytest.raises(SpecError, match="declares calls of a judge"):
        check_reward(Declares)


class Answers(BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self):
        type(self).asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"0.4")

    def log_message(self, *_):
        pass


def test_a_live_check_lets_a_reward_call_its_own_endpoint(monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(Client, "endpoint", f"http://127.0.0.1:{server.server_port}/")
        report = check_reward(Client, laws=["02"], examples=3, live=True)
        server.shutdown()
    report.raise_if_failed()
    assert Answers.asked > 0


# -- what is loaded and read -----------------------------------------------------------------------------------


def test_importing_the_kit_and_its_pictures_does_not_import_hypothesis():
    code = (
        "import rewards.testing, rewards.pictures, sys; rewards.pictures.shipped();"
        "print('hypothesis' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_sample_reads_as_a_person_would_tell_it():
    told = str(Painted("machine_error", Picture("dark", 0, 8, 8)))
    assert told == "machine_error (dark 8x8 (levels 0..1))"
