"""A pool of SVG drawings: made by the commands, verified on its own canvas, and met by rewards on that canvas only."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import gymnasium as gym
import numpy as np
import pytest

import codepaint_env  # noqa: F401 (registers the ids)
import rewards
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.evaluate import Evaluator
from codepaint_env.pool.gallery import gallery
from codepaint_env.pool.keeping import write_manifest
from codepaint_env.pool.preferred import preferred
from codepaint_env.pool.ratings import RATINGS, Preference, Ratings
from codepaint_env.trainers.trl import reward_funcs
from command_line import codepaint, refused
from rewards import Task
from rewards.errors import SpecError
from rewards.features.encoders import Features
from rewards.features.similarity import Similarity
from rewards.judged.pairs.pairwise import Pairwise
from rewards.pool import MANIFEST, load_entries
from rewards.testing.judges import ScriptedJudge
from sketches import GOOD

OWN = "riders-"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with candidates made of a few drawings, all loved or okay, and the pool that was kept of them."""
    home = tmp_path_factory.mktemp("svg")
    source = home / "drawings"
    source.mkdir()
    for path in sorted(SVG().drawings.glob(f"{OWN}*.svg"))[:5]:
        shutil.copy(path, source)
    done = codepaint("pool", "generate", home / "candidates", "--sketches", source, "--canvas", "svg")
    assert done.exit_code == 0, done.output
    ratings = Ratings(home / "candidates" / RATINGS)
    for place, id in enumerate(gallery(home / "candidates")):
        ratings.rate("ada", id, 5 if place < 3 else 3)
    done = codepaint("pool", "keep", home / "candidates", home / "pool", "--supplement", 0)
    assert done.exit_code == 0, done.output
    return home


def judging(**options):
    return Pairwise(k=2, text="keep", judge=ScriptedJudge(), **options)


class Means:
    """The mean colour of a picture."""

    version = "means"

    def encode(self, images, /):
        return Features(np.stack([image.mean(axis=(0, 1)) for image in images]).astype(np.float32))


def likeness(**options):
    return Similarity(Means(), references="pool", k=2, **options)


MIXES = {
    "plain": lambda reward: reward,
    "weighted": lambda reward: rewards.Weighted([(0.5, rewards.make("coverage")), (0.5, reward)]),
    "gated": lambda reward: rewards.Gated(reward, gate=rewards.make("renders")),
    "mapped": lambda reward: rewards.Mapped(reward, "log_tamed"),
    "bonus": lambda reward: rewards.BaseAndBonus(rewards.make("coverage"), reward),
}


def test_keep_writes_the_canvas_where_it_is_not_the_default_and_the_programs_with_its_suffix(made):
    lines = [json.loads(line) for line in (made / "pool" / MANIFEST).read_text().splitlines()]
    assert len(lines) >= 4
    assert {line["canvas"] for line in lines} == {"svg"}
    assert {line["path"] for line in lines} == {"resvg"}
    assert all(line["program"] == f"programs/{line['id']}.svg" for line in lines)
    assert all((made / "pool" / line["program"]).is_file() for line in lines)
    for entry in load_entries(made / "pool"):
        assert entry.canvas == "svg"


def test_keep_writes_no_canvas_where_it_is_the_default(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "petal.js").write_text(GOOD)
    assert codepaint("pool", "generate", tmp_path / "c", "--sketches", tmp_path / "s").exit_code == 0
    Ratings(tmp_path / "c" / RATINGS).rate("ada", "petal", 5)
    assert codepaint("pool", "keep", tmp_path / "c", tmp_path / "p").exit_code == 0
    [line] = (tmp_path / "p" / MANIFEST).read_text().splitlines()
    assert "canvas" not in json.loads(line)
    assert load_entries(tmp_path / "p")[0].program == "programs/petal.js"


@pytest.mark.full
def test_verify_paints_each_entry_on_its_own_canvas(made, tmp_path):
    pool = tmp_path / "mixed"
    shutil.copytree(made / "pool", pool)
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "petal.js").write_text(GOOD)
    assert codepaint("pool", "generate", tmp_path / "c", "--sketches", tmp_path / "s").exit_code == 0
    Ratings(tmp_path / "c" / RATINGS).rate("ada", "petal", 5)
    assert codepaint("pool", "keep", tmp_path / "c", pool).exit_code == 0
    entries = load_entries(pool)
    assert {entry.canvas for entry in entries} == {"p5brush", "svg"}
    done = codepaint("pool", "verify", pool, "--all")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{len(entries)} of {len(entries)} are painted again to the same pixels.\n"
    victim = next(entry for entry in entries if entry.canvas == "svg")
    lines = [json.loads(line) for line in (pool / MANIFEST).read_text().splitlines()]
    for line in lines:
        line["pixels_sha256"] = "0" * 64 if line["id"] == victim.id else line["pixels_sha256"]
    (pool / MANIFEST).write_text("\n".join(map(json.dumps, lines)))
    done = codepaint("pool", "verify", pool, "--all")
    assert done.exit_code == 1
    assert f"{victim.id}: paints other pixels" in done.stderr


def test_renew_writes_the_pictures_colours_and_hashes_of_what_paints_other_pixels_and_nothing_else(
    made, tmp_path
):
    pool = tmp_path / "pool"
    shutil.copytree(made / "pool", pool)
    before = load_entries(pool)
    victim = before[1]
    as_it_was = [
        replace(entry, pixels_sha256="0" * 64, hue="grey") if entry is victim else entry for entry in before
    ]
    write_manifest(pool, as_it_was)
    (pool / victim.image).write_bytes(b"another picture")
    done = codepaint("pool", "renew", pool)
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines()[-1] == f"{victim.id}: painted anew"
    assert done.stdout == f"1 of {len(before)} paintings changed.\n"
    assert load_entries(pool) == before
    assert (pool / victim.image).read_bytes() == (made / "pool" / victim.image).read_bytes()


def test_studies_are_refused_for_a_canvas_that_they_do_not_paint_on(tmp_path):
    line = refused("pool", "generate", tmp_path / "c", "--canvas", "svg")
    assert line == "Studies paint on the canvas 'p5brush'; for 'svg' give --sketches or --model."


@pytest.mark.parametrize("reward", [judging, likeness])
@pytest.mark.parametrize("mix", MIXES)
def test_a_reward_that_meets_the_shipped_pool_is_refused_on_svg_when_the_environment_is_made(reward, mix):
    told = "compares with paintings of 'p5brush', and the canvas is 'svg'. Give it a pool of your own"
    for make in (
        lambda judge: gym.make("codepaint/SVG-v0", reward=judge),
        lambda judge: gym.make_vec("codepaint/SVG-v0", num_envs=2, reward=judge),
        lambda judge: reward_funcs(judge, canvas="svg"),
    ):
        with pytest.raises(SpecError, match=told):
            make(MIXES[mix](reward()))


@pytest.mark.parametrize("reward", [judging, likeness])
@pytest.mark.parametrize("mix", MIXES)
def test_a_reward_that_meets_a_pool_of_svg_drawings_is_taken_on_svg_and_refused_elsewhere(made, reward, mix):
    judge = MIXES[mix](reward(pool=made / "pool"))
    env = gym.make("codepaint/SVG-v0", reward=judge, renderer={"workers": 1})
    env.close()
    with pytest.raises(SpecError, match="compares with paintings of 'svg', and the canvas is 'p5brush'"):
        gym.make("codepaint/P5Brush-v0", reward=judge)


def test_a_drawing_is_compared_with_the_drawings_of_its_own_canvas(made):
    from codepaint_env.render.renderer import Renderer

    renderer = Renderer(SVG(), workers=1)
    try:
        evaluator = Evaluator(SVG(), judging(pool=made / "pool"), renderer)
        program = next(SVG().drawings.glob("objects-teapot.svg")).read_text()
        [told] = evaluator.evaluate([program], [Task("teapot", "a teapot", "svg")])
    finally:
        renderer.close()
    assert 0 <= told.score.value <= 1
    assert set(told.score.references) <= {entry.id for entry in load_entries(made / "pool")}
    assert len(told.score.references) == 2


def test_preferences_are_counted_on_the_canvas_of_the_paintings(made):
    works = gallery(made / "pool")
    one, other, *_ = works
    found = preferred("renders", works, {"ada": [Preference(one, other, "left")]})
    assert (found["ada"].pairs, found["ada"].share) == (1, 0.5)  # both paint
