"""What rewards tell a painter, and that it gives nothing of the score away (law 46)."""

import numpy as np
import pytest

import rewards
from rewards import Rendering, Sample, Score, Task, Traits
from rewards.critique import critique, leak


def sample(image):
    rendering = Rendering("ok", image=image) if image is not None else Rendering("program_error", "runtime")
    return Sample(Task("t", "a poppy"), "", "", rendering, "t")


def sheet(share, level):
    """A white sheet of which a share, from the left, is of one level."""
    image = np.full((512, 512, 3), 255, np.uint8)
    image[64 : 64 + int(384 * min(1.0, share * 512 / 384)), 64:448] = level
    return image


class Says:
    """Tells every painter the same."""

    name, needs, version, traits = "says", frozenset({"image"}), "1", Traits()

    def __init__(self, text):
        self.text = text

    def __call__(self, samples, /):
        return [Score(0.5) for _ in samples]

    def critique(self, sample):
        return self.text


PICTURE = sample(sheet(0.3, 60))


def test_a_reward_that_says_nothing_is_silent():
    assert critique(rewards.make("renders"), PICTURE) == ""


def test_a_composite_passes_on_its_members_words_in_order_and_each_once():
    inner = rewards.Weighted([(1, Says("Second. ")), (0, Says("Weighs nothing.")), (2, Says("Third."))])
    mix = rewards.Gated(rewards.Weighted([(1, inner), (1, Says("Third."))]), gate=Says("First."))
    assert critique(mix, PICTURE) == "First.\nSecond.\nThird."


def test_a_third_partys_callable_keeps_its_critique_when_it_is_completed():
    class Bare:
        def __call__(self, samples):
            return [Score(0.5) for _ in samples]

        def critique(self, sample):
            return "Mind the edge."

    assert critique(rewards.make(Bare()), PICTURE) == "Mind the edge."


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (sheet(0.02, 60), "bare, or of one colour: paint larger"),
        (sheet(0.4, 240), "pale: use stronger"),
        (
            np.random.default_rng(0).integers(90, 170, (32, 32, 3), np.uint8).repeat(16, 0).repeat(16, 1),
            "Hardly any",
        ),
        (sheet(0.4, 60), ""),
        (np.full((512, 512, 3), 9, np.uint8), ""),
        (None, ""),
    ],
    ids=["little", "pale", "flooded", "well", "constant", "failed"],
)
def test_coverage_says_what_keeps_its_score_down(image, words):
    told = critique(rewards.make("coverage"), sample(image))
    assert words in told
    assert bool(words) == bool(told)


@pytest.mark.parametrize("seed", range(40))
def test_what_coverage_says_never_gives_its_score_away(seed):
    rng = np.random.default_rng(seed)
    picture, reward = sample(sheet(rng.random(), int(rng.integers(0, 250)))), rewards.make("coverage")
    [score] = reward([picture])
    told = critique(reward, picture)
    assert leak(told, score) == ""
    assert not any(letter.isdigit() for letter in told)


SCORE = Score(0.5943, {"dino": 0.25}, references=("love-003", "p7"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You earn 0.594.", "a score (0.594)"),
        ("You earn 0.59430.", "a score (0.59430)"),
        ("That is 59.4% of all.", "a score (59.4%)"),
        ("That is 59.4 % of all.", "a score (59.4 %)"),
        ("dino 0.250", "a score (0.250)"),
        ("Compare with p7!", "the reference 'p7'"),
        ("love-003 is better", "the reference 'love-003'"),
        ("below the love tier", "a tier ('love tier')"),
        ("Tier: okay", "a tier ('Tier: okay')"),
    ],
)
def test_a_text_that_gives_something_away_is_found(text, found):
    assert leak(text, SCORE) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The petals look okay; I would love more contrast.",
        "Use an opacity of 0.6, a bleed of 0.25 and 30% more paper.",
        "A three-tier fountain on p70.",
        "rect(0.594e3) 10.594 0.612",
        "Release 1.0.594",
    ],
)
def test_plain_words_give_nothing_away(text):
    assert leak(text, SCORE) == ""


def test_a_score_without_a_value_has_only_references_to_give_away():
    assert leak("0.594", Score(None, references=("p7",))) == ""
