"""`perceptual` and `dino` as rewards: the kit's laws, twins, ladders, noise."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import rewards
from rewards.features.similarity import dino, perceptual
from rewards.measuring.damages import DAMAGES, MILD, STRONG
from rewards.pictures import shipped, twins
from rewards.testing import check_reward
from rewards.testing.cases.described import Picture

PICTURES = shipped()


def failures(reward, laws=None) -> list[str]:
    """Returns what the kit says of the laws that a reward broke."""
    return [f"{each.law.id}: {each.reason}" for each in check_reward(reward, laws=laws).failed]


def test_perceptual_keeps_every_law_of_the_kit():
    assert failures("perceptual") == []


# All laws take four minutes with either; these are those in which a mode or a network could differ.
def test_perceptual_by_patches_keeps_the_laws_on_pictures():
    assert failures({"name": "perceptual", "mode": "patch"}, laws=["02", "05", "15", "20", "21", "22"]) == []


def test_dino_keeps_the_laws_on_batches_and_processes(trunk):
    assert failures({"name": "dino", "model": str(trunk)}, laws=["01", "05", "07", "17", "20", "48"]) == []


def test_a_twin_is_nearer_to_its_own_painting_than_to_any_other():
    reward = perceptual()
    for name, twin in twins().items():
        values = reward.compare(list(PICTURES.values()), [twin])
        assert list(PICTURES)[int(values.argmax())] == name
        assert values.max() > 0.85


@pytest.mark.parametrize("mode", ["pooled", "patch"])
def test_the_declared_ladders_are_kept_by_23_of_24_pictures(mode):
    reward = perceptual(mode=mode)
    images = list(PICTURES.values())
    for name in reward.traits.monotone:
        damage = DAMAGES[name]
        steps = [
            reward.compare([image, damage(image, MILD), damage(image, STRONG)], [image]) for image in images
        ]
        assert sum(clean > mild > strong for clean, mild, strong in steps) >= 23, name


@pytest.mark.parametrize("mode", ["pooled", "patch"])
def test_noise_earns_what_the_traits_and_their_text_say(mode):
    reward = perceptual(mode=mode)
    noise = [Picture(kind, 0, *size).pixels() for kind in ("noise", "gauss") for size in ((8, 8), (256, 256))]
    most = {name: reward.compare(noise, [image]).max() for name, image in PICTURES.items()}
    nearly_empty = most.pop("snowdrop-corner")
    assert max(most.values()) < {"pooled": 0.65, "patch": 0.8}[mode]
    assert np.median(list(most.values())) < reward.traits.noise_floor
    assert 0.7 < nearly_empty < 0.9


@pytest.mark.parametrize("mode", ["pooled", "patch"])
def test_one_level_of_dither_changes_next_to_nothing(mode):
    reward = perceptual(mode=mode)
    rng = np.random.default_rng(0)
    for image in PICTURES.values():
        dithered = np.clip(image + rng.integers(0, 2, image.shape), 0, 255).astype(np.uint8)
        assert reward.compare([dithered], [image])[0] > 0.995


def test_unlike_paintings_sit_near_a_half_and_the_same_one_at_1():
    reward = perceptual()
    table = np.array([reward.compare(list(PICTURES.values()), [image]) for image in PICTURES.values()])
    others = table[~np.eye(len(table), dtype=bool)]
    assert table.diagonal() == pytest.approx(np.ones(len(table)), abs=1e-6)
    assert np.median(others) == pytest.approx(0.5, abs=0.06)
    assert others.max() < 0.9


def test_both_are_found_by_name_and_pickle_without_their_weights(trunk):
    for reward in (rewards.make("perceptual", mode="patch"), rewards.make("dino", model=str(trunk))):
        images = list(PICTURES.values())[:3]
        values = reward.compare(images, images[:1])
        packed = pickle.dumps(reward)
        assert len(packed) < 4096
        assert np.array_equal(pickle.loads(packed).compare(images, images[:1]), values)


def test_a_hub_model_that_is_not_there_is_told_by_preflight(monkeypatch, tmp_path):
    import huggingface_hub

    def no_network(*args, **kwargs):
        raise OSError("no network")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", no_network)
    with pytest.raises(rewards.MissingPart, match=r"could not be fetched: no network\. Run `hf download"):
        dino(model="facebook/dinov2-small").preflight()
