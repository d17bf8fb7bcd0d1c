"""`renders` and `coverage`: what counts as painted, and how much of the sheet."""

import pickle
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from rewards import Rendering, Reward, Sample, SpecError, Task
from rewards.painted.blank import is_constant
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders
from rewards.pictures import shipped

seeds = st.integers(0, 2**32 - 1)
levels = st.integers(0, 255)


def sample(image=None, status="ok", message=""):
    return Sample(Task("t", "Paint."), "", "", Rendering(status, image=image, message=message), "g")


def value(image, **parameters):
    return Coverage(**parameters)([sample(image)])[0].value


def sheet(paper=250, height=512, width=512):
    return np.full((height, width, 3), paper, np.uint8)


def with_square(side, paint=20, paper=250):
    image = sheet(paper)
    image[64 : 64 + side, 64 : 64 + side] = paint
    return image


def painting(seed, size=512):
    """Discs of random place, size and colour on a random paper, as strong or as pale as the seed decides."""
    rng = np.random.default_rng(seed)
    paper = rng.integers(0, 256, 3)
    image = np.broadcast_to(paper, (size, size, 3)).astype(float)
    y, x = np.mgrid[:size, :size] / size
    for _ in range(rng.integers(1, 12)):
        inside = (y - rng.random()) ** 2 + (x - rng.random()) ** 2 < rng.uniform(0.02, 0.5) ** 2
        image[inside] += rng.normal(0, rng.choice([3, 15, 60, 200]), 3)
    image += rng.choice([0, 0, 1, 8]) * rng.standard_normal(image.shape)
    return image.clip(0, 255).round().astype(np.uint8)


@pytest.mark.parametrize("reward", [Renders(), Coverage()])
def test_a_machine_error_has_no_value_and_says_why(reward):
    [score] = reward([sample(sheet(), "machine_error", "the browser died")])
    assert (score.value, score.reason) == (None, "the browser died")


@pytest.mark.parametrize("reward", [Renders(), Coverage()])
def test_a_program_error_scores_0_even_where_it_left_a_picture(reward):
    [score] = reward([sample(with_square(200), "program_error", "x is not defined")])
    assert (score.value, score.reason) == (0.0, "x is not defined")


@pytest.mark.parametrize("reward", [Renders(), Coverage()])
def test_nothing_painted_scores_0(reward):
    assert [score.value for score in reward([sample(None), sample(sheet()), sample(sheet(0))])] == [0, 0, 0]


@pytest.mark.parametrize("reward", [Renders(), Coverage()])
def test_both_are_rewards_that_pickle(reward):
    assert isinstance(reward, Reward)
    copy = pickle.loads(pickle.dumps(reward))
    assert copy.version == reward.version
    assert copy([sample(painting(1))]) == reward([sample(painting(1))])


def test_renders_is_1_for_a_single_stroke():
    assert Renders()([sample(with_square(2))])[0].value == 1


def test_a_spread_of_2_levels_is_constant_and_of_3_is_not():
    image = sheet(100)
    image[0, 0, 1] = 102
    assert is_constant(image)
    image[-1, -1, 1] = 99
    assert not is_constant(image)


def test_channels_of_different_level_are_constant_each_for_itself():
    assert is_constant(np.broadcast_to(np.array([0, 128, 255], np.uint8), (5, 7, 3)))


def test_is_constant_takes_well_under_2_milliseconds_of_a_core():
    image = painting(0)
    times = []
    for _ in range(20):
        start = time.thread_time()
        is_constant(image)
        times.append(time.thread_time() - start)
    assert min(times) < 0.002


def test_strong_paint_rises_to_1_at_low_and_stays_there():
    shares = {side: (side // 16) ** 2 / 784 for side in (64, 96, 160, 320)}
    for side, share in shares.items():
        assert value(with_square(side)) == pytest.approx(min(1, share / 0.1), abs=1e-6)


def test_above_high_the_score_falls_with_the_paper_that_is_left():
    for side in (32, 96, 160):
        left = (side // 16) ** 2 / 784
        assert value(with_square(side, paint=250, paper=20), low=0.2, high=0.8) == pytest.approx(
            min(1, left / 0.2)
        )


def divided(at, upper, lower):
    """A sheet of two flat colours that meet at a share of its height."""
    image = np.full((512, 512, 3), upper, np.uint8)
    image[round(512 * at) :] = lower
    return image


@pytest.mark.parametrize(
    ("sky", "land"),
    [
        ((120, 170, 220), (16, 80, 110)),  # 104 levels apart in the channel that differs most
        ((250, 250, 250), (90, 140, 60)),
        ((30, 30, 60), (20, 200, 40)),
        ((0, 255, 0), (255, 0, 255)),
        ((0, 200, 90), (104, 200, 90)),
    ],
    ids=str,
)
def test_a_horizon_scores_well_wherever_it_lies(sky, land, tmp_path):
    """Without a jump from one place to the next; the pictures of a sweep that fails are saved."""
    pictures = {percent: divided(percent / 100, sky, land) for percent in range(20, 81, 2)}
    values = {percent: value(image) for percent, image in pictures.items()}
    jumps = [abs(values[percent + 2] - values[percent]) for percent in range(20, 79, 2)]
    if min(values.values()) < 0.6 or max(jumps) > 0.1:
        for percent, image in pictures.items():
            Image.fromarray(image).save(tmp_path / f"horizon-at-{percent}-scores-{values[percent]:.3f}.png")
        pytest.fail(f"scores {values}; the pictures lie in {tmp_path}")


def test_a_line_that_stands_scores_like_one_that_lies():
    image = divided(0.5, (120, 170, 220), (16, 80, 110))
    assert value(image.transpose(1, 0, 2)) == value(image) == 1


def test_a_frame_round_an_empty_sheet_earns_nothing():
    image = sheet()
    image[31:-31, 31:-31] = 0
    assert value(255 - image) == value(image) == 0


@pytest.mark.parametrize("at", range(200, 217, 2))
def test_a_dot_earns_under_a_tenth_wherever_it_lies(at):
    y, x = np.mgrid[:512, :512]
    assert (
        value(np.where((y - at) ** 2 + (x - at) ** 2 < 49, 0, 250)[..., None].repeat(3, 2).astype(np.uint8))
        < 0.1
    )


def test_the_cheapest_pictures_that_it_loves_are_one_square_and_a_field_of_spots():
    assert value(with_square(144)) == 1  # 144 px: a tenth of what is looked at
    spots = sheet()
    for number in range(79):
        y, x = 64 + 16 * (number // 20), 64 + 16 * (number % 20)
        spots[y : y + 11, x : x + 11] = 0
    assert (
        spots == 0
    ).mean() < 0.037  # of the sheet is ink, since a cell of which 11 x 11 px are black is dark
    assert value(spots) == 1


def test_any_flat_colour_beside_another_serves_as_paper_also_in_the_middle_of_the_levels():
    grey = with_square(200, paint=20, paper=128)
    grey[320:448, 320:448] = 240
    assert value(grey) == 1


def test_dark_grounds_serve_like_light_ones():
    assert value(with_square(96, paint=250, paper=20)) == pytest.approx(value(with_square(96)))


def test_pale_paint_earns_less_than_strong_paint():
    assert 0 < value(with_square(200, paint=220)) < value(with_square(200, paint=180)) < 1


def test_a_nearly_empty_sheet_earns_little():
    assert value(with_square(20)) < 0.1


def test_share_is_the_share_of_what_is_looked_at_that_is_not_of_the_commonest_colour():
    for image in (with_square(256), 255 - with_square(256)):
        assert Coverage()([sample(image)])[0].components == {"share": pytest.approx(256 / 784)}
    [most] = Coverage()([sample(with_square(384))])
    assert most.components == {"share": pytest.approx((784 - 576) / 784)}


def test_every_score_with_a_value_has_the_declared_components():
    batch = [sample(None), sample(with_square(9)), sample(None, "program_error")]
    assert all(tuple(s.components) == Coverage.traits.components for s in Coverage()(batch))


@pytest.mark.parametrize(
    "parameters", [{"low": 0}, {"high": 1}, {"low": 0.6, "high": 0.5}, {"low": float("nan")}, {"low": "0.1"}]
)
def test_a_band_that_is_none_is_refused_with_its_numbers(parameters):
    with pytest.raises(SpecError, match=r"low=.*high=.*take 0 < low <= high < 1"):
        Coverage(**parameters)


def test_the_version_follows_the_band():
    assert Coverage().version == Coverage(low=0.1, high=0.9).version != Coverage(low=0.2).version


@settings(max_examples=60, deadline=None)
@given(height=st.integers(1, 70), width=st.integers(1, 70), seed=seeds)
def test_pictures_of_any_size_score_within_the_range(height, width, seed):
    image = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    assert 0 <= value(image) <= 1


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 2048, 3), (2048, 1, 3), (2048, 2048, 3), (0, 0, 3)])
def test_extreme_sizes_never_raise(shape):
    image = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert 0 <= value(image) <= 1


@settings(max_examples=60, deadline=None)
@given(colour=st.tuples(levels, levels, levels), size=st.integers(1, 200), seed=seeds)
def test_law_15_constant_pictures_score_lowest_also_when_dithered_by_one_level(colour, size, seed):
    dither = np.random.default_rng(seed).integers(-1, 2, (size, size, 3))
    image = np.clip(np.array(colour) + dither, 0, 255).astype(np.uint8)
    assert value(image) <= 0.05


@settings(max_examples=25, deadline=None)
@given(mean=st.floats(0, 255), sigma=st.floats(0, 1000), grey=st.booleans(), seed=seeds)
def test_law_15_gaussian_noise_stays_below_the_noise_floor(mean, sigma, grey, seed):
    noise = np.random.default_rng(seed).normal(mean, sigma, (512, 512, 1 if grey else 3))
    image = np.broadcast_to(noise, (512, 512, 3)).clip(0, 255).astype(np.uint8)
    assert value(image) <= Coverage.traits.noise_floor


@settings(max_examples=25, deadline=None)
@given(low=levels, span=levels, grey=st.booleans(), size=st.sampled_from([32, 64, 200, 512]), seed=seeds)
def test_law_15_uniform_noise_stays_below_the_noise_floor(low, span, grey, size, seed):
    noise = np.random.default_rng(seed).integers(
        low, min(255, low + span) + 1, (size, size, 1 if grey else 3)
    )
    image = np.broadcast_to(noise, (size, size, 3)).astype(np.uint8)
    assert value(image) <= Coverage.traits.noise_floor


@settings(max_examples=20, deadline=None)
@given(seed=seeds, size=st.sampled_from([48, 100, 512]))
def test_law_17_memory_layout_changes_nothing(seed, size):
    image = painting(seed, size)
    doubled = np.repeat(image, 2, axis=0)
    read_only = image.copy()
    read_only.setflags(write=False)
    layouts = [np.asfortranarray(image), doubled[::2], image[::-1, ::-1].copy()[::-1, ::-1], read_only]
    expected = Coverage()([sample(image)])[0]
    assert all(Coverage()([sample(layout)])[0] == expected for layout in layouts)


def moved_by_one(image, how, seed):
    """Changes each pixel by at most one level: by chance, all alike, or figure against paper."""
    if how == "dither":
        step = np.random.default_rng(seed).integers(-1, 2, image.shape)
    elif how == "shift":
        step = np.random.default_rng(seed).choice([-1, 1], 3)
    else:
        step = np.where(image > np.median(image, axis=(0, 1)), 1, -1) * (1 if how == "stretch" else -1)
    return np.clip(image + step, 0, 255).astype(np.uint8)


@settings(max_examples=80, deadline=None)
@given(
    seed=seeds,
    size=st.sampled_from([48, 100, 512]),
    how=st.sampled_from(["dither", "shift", "stretch", "press"]),
)
def test_law_18_one_level_a_pixel_moves_the_score_by_at_most_2_percent(seed, size, how):
    image = painting(seed, size)
    assert abs(value(moved_by_one(image, how, seed)) - value(image)) <= 0.02 + 1e-9


@pytest.mark.parametrize("contrast", [1, 2, 3, 8, 16, 24, 60, 101, 130])
@pytest.mark.parametrize("side", [33, 170, 448])
def test_law_18_holds_for_the_worst_case_of_one_flat_figure(contrast, side):
    before = with_square(side, paint=250 - contrast)
    after = with_square(side, paint=249 - contrast, paper=251)
    assert abs(value(after) - value(before)) <= 0.02 + 1e-9


@pytest.mark.parametrize(
    "measure", [lambda image: image[..., 1], lambda image: image.min(-1), lambda image: image.max(-1)]
)
@pytest.mark.parametrize("way", [1, -1], ids=["apart", "together"])
def test_law_18_holds_for_paintings_whose_light_and_dark_halves_are_moved_against_each_other(measure, way):
    for image in list(shipped().values())[::4]:
        levels = measure(image)
        step = np.where(levels > np.median(levels), way, -way)[..., None]
        moved = (image.astype(int) + step).clip(0, 255).astype(np.uint8)
        assert abs(value(moved) - value(image)) <= 0.02 + 1e-9


def test_scoring_leaves_the_picture_as_it_was():
    image = painting(3)
    before = image.copy()
    Coverage()([sample(image)])
    assert np.array_equal(image, before)
