"""The reference pool and the shipped pictures are whole, varied and drawn again; a broken manifest is refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import rewards
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.examine import CANARY
from codepaint_env.canvases.p5brush.js import script
from codepaint_env.cli.doctor.machine import surroundings
from codepaint_env.pool.colours import GREY, HUES, leading_hue
from codepaint_env.pool.gallery import study_of
from codepaint_env.pool.keeping import RATED
from codepaint_env.pool.sheets import LOOKED
from codepaint_env.render.backend import Job
from rewards import Rendering, Sample, Task, pool
from rewards.errors import MissingPart, SpecError
from rewards.judged import pictures as shown
from rewards.judged.pairs.pairwise import Pairwise
from rewards.pool import MANIFEST, Pool, load_entries, pool_folder
from rewards.testing.judges import FixedJudge

# What an entry must say of itself.
KEYS = {
    *("id", "subject", "prompt", "tier", "hue", "palette", "program", "image", "program_sha256"),
    *("render_seed", "path", "pixels_sha256", "file_sha256", "rating", "generator", "rater", "note"),
}
BRUSH_METHODS = {"fill", "fillBleed", "fillTexture", "beginShape", "vertex", "endShape", "set", "spline"}
ENTRIES = load_entries()
BY_ID = {entry.id: entry for entry in ENTRIES}
PICTURES = Path(rewards.__file__).parent / "pictures"
# The table in their README: id, tier, and whether there is a twin.
ROWS = re.findall(
    r"^\| ([a-z-]+) \| (love|okay|none) \| (twin)? ?\|$", (PICTURES / "README.md").read_text(), re.M
)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_every_line_of_the_manifest_has_the_keys_of_an_entry():
    lines = (pool_folder() / MANIFEST).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(ENTRIES)
    assert all(set(json.loads(line)) == KEYS for line in lines)


def test_the_pool_has_nearly_the_size_of_the_original_and_is_varied():
    tiers = Counter(entry.tier for entry in ENTRIES)
    assert [tiers[tier] for tier in ("love", "okay", "supplement")] == [109, 266, 198]
    for name in ("id", "program", "image", "program_sha256", "pixels_sha256"):
        assert len({getattr(entry, name) for entry in ENTRIES}) == len(ENTRIES), name
    kept = [entry for entry in ENTRIES if entry.tier]
    assert len({entry.subject for entry in kept}) >= 15
    assert len({entry.hue for entry in kept}) >= 10
    assert {entry.hue for entry in ENTRIES} <= {*HUES, GREY}


def test_the_tiers_follow_from_the_ratings():
    for entry in ENTRIES:
        assert 1 <= entry.rating <= 5, entry.id
        assert entry.rater, entry.id
        if entry.tier is not None:
            assert entry.rating >= {"love": 4, "okay": 2.5, "supplement": 2}[entry.tier], entry.id
    assert [entry.tier for entry in ENTRIES].count(None) >= 8


def test_no_study_gives_more_than_its_share_and_no_composition_is_loved_twice():
    for tier in ("love", "okay", "supplement"):
        inside = [entry for entry in ENTRIES if entry.tier == tier]
        studies = Counter(study_of(entry.generator) for entry in inside)
        del studies[""]
        assert max(studies.values()) <= 0.08 * len(inside), tier
    loved = [e.generator for e in ENTRIES if e.tier == "love" and study_of(e.generator)]
    assert len(set(loved)) == len(loved)


def test_every_rated_candidate_is_listed_with_its_ratings_and_why_it_was_left():
    listed = [json.loads(line) for line in (pool_folder() / RATED).read_text(encoding="utf-8").splitlines()]
    assert len(listed) >= 1664
    assert all(each["ratings"] and set(each["ratings"].values()) <= set(range(1, 6)) for each in listed)
    assert all((each["tier"] is None) == bool(each["left"]) for each in listed)
    kept = {each["id"]: each["program_sha256"] for each in listed if each["tier"]}
    assert kept.items() <= {entry.id: entry.program_sha256 for entry in ENTRIES}.items()
    looked = [json.loads(line) for line in (pool_folder() / LOOKED).read_text(encoding="utf-8").splitlines()]
    assert all(re.fullmatch("[0-9a-f]{64}", each["sha256"]) and len(each["record"]) > 60 for each in looked)


def test_what_was_not_kept_is_never_drawn_as_a_reference():
    pool = Pool.load()
    drawn = {entry for n in range(200) for entry in pool.draw(4, seed=0, task_id=f"task-{n}", group="g")}
    assert {entry.tier for entry in drawn} == {"love", "okay"}
    assert len(drawn) > 200


def test_the_pool_is_small_and_holds_nothing_else():
    files = {path for path in pool_folder().rglob("*") if path.is_file()}
    named = {pool_folder() / name for entry in ENTRIES for name in (entry.program, entry.image)}
    assert named <= files
    studies = {path for name in ("studies", "nothing") for path in (pool_folder() / name).glob("*.js")}
    extra = files - named - studies
    assert {path.name for path in extra} <= {"README.md", MANIFEST, RATED, LOOKED, "aliases.json"}
    assert sum(path.stat().st_size for path in files) < 40_000_000


def test_loading_the_pool_opens_no_picture(monkeypatch):
    def fails(*_):
        raise AssertionError("a picture was opened")

    monkeypatch.setattr(Image, "open", fails)
    assert len(Pool.load().entries) == len(ENTRIES)


def test_an_entry_is_what_its_hashes_say():
    for entry in ENTRIES:
        assert sha256((entry.folder / entry.program).read_bytes()) == entry.program_sha256, entry.id
        assert sha256((entry.folder / entry.image).read_bytes()) == entry.file_sha256, entry.id
        assert entry.read_size() == (512, 512), entry.id


def test_an_entry_is_well_described():
    for entry in ENTRIES:
        assert re.fullmatch(r"[a-z0-9_-]+", entry.id)
        assert entry.subject.strip(), entry.id
        assert entry.prompt.strip(), entry.id
        assert 2 <= len(entry.palette) <= 8, entry.id
        assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in entry.palette), entry.id
        assert entry.path in ("engine", "page"), entry.id
        assert 0 <= entry.render_seed < 2**32, entry.id


def test_the_hue_of_an_entry_is_what_its_picture_has():
    for entry in ENTRIES[::25]:
        assert entry.hue == leading_hue(entry.read_image()), entry.id


def test_a_program_is_accepted_as_it_is_and_those_by_hand_use_eight_methods():
    for entry in [*ENTRIES[:36], *ENTRIES[36::40]]:
        program = entry.read_program()
        found = P5Brush().extract(program)
        assert (found.findings, found.refusal) == ((), None), entry.id
        if not study_of(entry.generator):
            assert set(re.findall(r"brush\.(\w+)", program)) <= BRUSH_METHODS, entry.id
            assert not re.search(r"brush\s*\[|=\s*brush\b", program), entry.id


@pytest.mark.full
def test_entries_are_drawn_again_to_the_byte(renderer):
    chosen = ENTRIES[:: len(ENTRIES) // 6][:6]
    jobs = [Job(entry.read_program(), entry.render_seed) for entry in chosen]
    canary, *renderings = renderer.render([Job(script("canary.js"), 1), *jobs])
    assert [(each.status, each.message) for each in renderings] == [("ok", "")] * 6
    same_machine = sha256(canary.image.tobytes()).startswith(CANARY)
    for entry, rendering in zip(chosen, renderings, strict=True):
        if same_machine:
            assert sha256(rendering.image.tobytes()) == entry.pixels_sha256, entry.id
        # The file is a lossy WebP, which alone moves a pixel by one to two levels.
        difference = np.abs(rendering.image.astype(int) - entry.read_image()).mean()
        assert difference < 3, (entry.id, difference)


def reseeded(program: str) -> str:
    return re.sub(r"(randomSeed|noiseSeed)\((\d+)\)", lambda call: f"{call[1]}({int(call[2]) + 1})", program)


def level_difference(image, file: Path) -> float:
    with Image.open(file) as picture:
        return np.abs(np.asarray(picture.convert("RGB"), int) - image).mean()


def test_the_shipped_pictures_are_24_in_three_tiers_with_8_twins():
    named = [f"{id}.webp" for id, _, _ in ROWS] + [f"{id}.twin.webp" for id, _, twin in ROWS if twin]
    assert (len(ROWS), len(named)) == (24, 32)
    there = {path.name for path in PICTURES.iterdir() if path.is_file()}
    assert there == {*named, "README.md", "__init__.py"}
    tiers = [tier for _, tier, _ in ROWS]
    assert [tiers.count(tier) for tier in ("love", "okay", "none")] == [8, 8, 8]
    assert {tier for _, tier, twin in ROWS if twin} == {"love", "okay", "none"}


def test_the_shipped_pictures_are_of_one_size_all_different_and_under_a_megabyte():
    files = sorted(PICTURES.glob("*.webp"))
    assert sum(path.stat().st_size for path in files) < 1_000_000
    pixels = set()
    for path in files:
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("WEBP", (512, 512)), path.name
            pixels.add(picture.convert("RGB").tobytes())
    assert len(pixels) == len(files)


def test_the_shipped_pictures_that_were_kept_are_those_of_the_pool():
    assert {id for id, tier, _ in ROWS if tier != "none"} == {id for id, _, _ in ROWS if BY_ID[id].tier}


def test_shipped_pictures_are_drawn_again_and_twins_with_other_seeds(renderer):
    chosen = [BY_ID[id] for id in ("apple-and-pear", "lavender-stripes", "poppy-field")]
    programs = [entry.read_program() for entry in chosen]
    jobs = [Job(program, entry.render_seed) for entry, program in zip(chosen, programs, strict=True)]
    again = [
        Job(reseeded(program), entry.render_seed) for entry, program in zip(chosen, programs, strict=True)
    ]
    drawn = renderer.render([*jobs, *again])
    for entry, one, other in zip(chosen, drawn[:3], drawn[3:], strict=True):
        picture, twin = PICTURES / f"{entry.id}.webp", PICTURES / f"{entry.id}.twin.webp"
        # The loss of WebP against the least difference between a picture and its twin.
        assert level_difference(one.image, picture) < 3 < level_difference(one.image, twin), entry.id
        assert level_difference(other.image, twin) < 3 < level_difference(other.image, picture), entry.id


def broken(tmp_path, change):
    told = [json.loads(line) for line in (pool_folder() / MANIFEST).read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(entry) for entry in told[:3]]
    lines[1] = change(told[1])
    (tmp_path / MANIFEST).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda entry: json.dumps(entry)[:-1], r"line 2 is not JSON: Expecting ',' delimiter at column \d+"),
        (lambda entry: "[]", "line 2 is no JSON object; an entry has id, subject"),
        (lambda entry: "3", "line 2 is no JSON object"),
        (lambda entry: json.dumps({"id": "x"}), "line 2 has no 'subject'; an entry has id, subject"),
        (lambda entry: json.dumps(entry | {"stars": 5}), "line 2 has the key 'stars'; an entry has"),
        (
            lambda entry: json.dumps(entry | {"palette": "#fff"}),
            "line 2 has the palette '#fff'; it is a list",
        ),
    ],
)
def test_a_line_that_is_no_entry_is_named_by_its_number(tmp_path, change, told):
    with pytest.raises(SpecError, match=told):
        load_entries(broken(tmp_path, change))


def test_an_entry_keeps_separators_that_are_no_line_breaks(tmp_path):
    odd = "a poppy,\u2028then\x85 a field"
    folder = broken(tmp_path, lambda entry: json.dumps(entry | {"id": odd}, ensure_ascii=False))
    assert [entry.id for entry in load_entries(folder)] == [ENTRIES[0].id, odd, ENTRIES[2].id]


def test_blank_lines_are_passed_over(tmp_path):
    assert [entry.id for entry in load_entries(broken(tmp_path, lambda entry: ""))] == [
        ENTRIES[0].id,
        ENTRIES[2].id,
    ]


def test_a_folder_without_a_manifest_is_a_missing_part_whose_way_out_fits(tmp_path, monkeypatch):
    missing = r"There is no reference pool in .*manifest\.jsonl is missing\. "
    with pytest.raises(MissingPart, match=f"{missing}Name a folder that `codepaint pool keep` made"):
        load_entries(tmp_path)
    monkeypatch.setattr(pool, "pool_folder", lambda: tmp_path)
    with pytest.raises(MissingPart, match=f"{missing}Install codepaint-env anew"):
        load_entries()


@pytest.mark.full
def test_the_last_picture_that_was_kept_with_losses_is_a_copy_in_both_forms(renderer):
    pool = Pool.load()
    [entry] = pool.draw(1, seed=0, task_id="t", group="g")
    [drawn] = renderer.render([Job(entry.read_program(), entry.render_seed)])
    recorded = replace(drawn, evidence=drawn.evidence | {"text"})
    kept = Rendering("ok", image=entry.read_image(), evidence=frozenset({"image", "text"}))
    judge = FixedJudge("1")
    scores = Pairwise(k=1, judge=judge, mode="hard")(
        [Sample(Task("t", "a poppy"), "", "", each, "g") for each in (recorded, kept)]
    )
    assert [(score.value, score.components["copied_reference"]) for score in scores] == [(0.5, 1.0)] * 2
    assert judge.calls == 0
    # Through the same small loss, the drawing has the very bytes of its reference; without, it moves every pixel.
    lossless, lossy = shown.Picture.of(drawn.image), shown.Picture.of(kept.image)
    assert shown.shown(lossless) == shown.shown(lossy, kept=True)
    assert shown.shown(lossless) != shown.shown(lossless, kept=True)
    assert 0.5 < np.abs(drawn.image.astype(int) - kept.image).mean() < 3


def test_doctor_counts_the_paintings_that_the_datasheet_counts():
    [line] = [each for each in surroundings() if each.name == "reference pool"]
    kept = re.search(r"^(\d+) paintings with the programs", (pool_folder() / "README.md").read_text(), re.M)[
        1
    ]
    assert line.text.startswith(f"{kept} paintings, and 12 that were rated and not kept")
