"""Making a pool: candidates are painted once, the best are kept by stated rules, and a pool is painted again alike."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import rewards
from chat_endpoint import completion, endpoint
from codepaint_env.policies.openai import OpenAIPolicy
from codepaint_env.pool.candidates import RECORDS, Candidate, CandidateFolder, from_sketches, from_studies
from codepaint_env.pool.colours import GREY, HUES, distance, leading_hue, palette, thumbnail
from codepaint_env.pool.gallery import gallery
from codepaint_env.pool.keeping import RATED, keep
from codepaint_env.pool.preferred import preferred
from codepaint_env.pool.ratings import RATINGS, Preference, Ratings
from codepaint_env.pool.research import find_photo, paint_tasks, research
from codepaint_env.pool.selection import LEAST, Rated, select
from codepaint_env.pool.stats import draw_stats, stats
from codepaint_env.pool.verify import spread, verify
from codepaint_env.tasks import load_tasks
from command_line import codepaint
from rewards import reward
from rewards.errors import MachineError, SpecError
from rewards.measuring.oklab import oklab
from rewards.pool import Pool, load_entries
from rewards.types import Rendering, Task

SKETCH = """// subject: {subject}
function setup() {{
  createCanvas(512, 512, WEBGL);
  background("ivory");
  brush.fill("{colour}", 220);
  brush.circle({x}, 0, 150);
}}
"""
OK = Rendering("ok", image=np.full((8, 8, 3), 200, np.uint8))
FAILED = Rendering("machine_error", "crash", "the browser is gone.")


def sketches(folder, *colours):
    folder.mkdir()
    for n, colour in enumerate(colours):
        (folder / f"{n:02d}_{colour}.js").write_text(
            SKETCH.format(subject=f"{colour} disc", colour=colour, x=-120 + 60 * n), encoding="utf-8"
        )
    return folder


class Scripted:
    """Answers with what it was given, in turn."""

    def __init__(self, *renderings):
        self.path, self.left, self.seen = "engine", list(renderings), []

    def render(self, jobs):
        self.seen += jobs
        return [self.left.pop(0) for _ in jobs]


def candidates(count, source="sketch:x.js"):
    return [Candidate(f"c-{n:02d}", "disc", "a disc", source, f"// {n}") for n in range(count)]


# Candidates


def test_candidates_are_painted_once_and_a_folder_that_was_cut_off_is_filled_on(tmp_path):
    folder = CandidateFolder(tmp_path / "c")
    each = candidates(20)
    with pytest.raises(MachineError, match="16 are drawn, then: the browser is gone"):
        folder.draw(each, Scripted(*[OK] * 16, *[FAILED] * 4))
    assert list(folder.read()) == [one.id for one in each[:16]]
    with (folder.folder / RECORDS).open("a") as records:
        records.write('{"id": "c-16", "sub')  # a kill in the middle of a line
    shown = []
    again = Scripted(*[OK] * 4)
    with pytest.warns(RuntimeWarning, match="half-written"):
        folder.draw(each, again, lambda done, total: shown.append((done, total)))
    assert [job.program for job in again.seen] == ["// 16", "// 17", "// 18", "// 19"]
    assert shown == [(16, 20), (20, 20)]
    assert len(folder.read()) == 20
    assert all(folder.picture_of(one).is_file() for one in folder.read().values())
    assert all(
        folder.program_of(one).read_text() == f"// {n}" for n, one in enumerate(folder.read().values())
    )


def test_subjects_keep_separators_that_are_no_line_breaks(tmp_path):
    folder, odd = CandidateFolder(tmp_path), "a disc\u2028of \x85 gold"
    folder.draw([Candidate("c-00", odd, odd, "sketch:x.js", "// 0")], Scripted(OK))
    assert folder.read()["c-00"].subject == odd
    told = json.loads((tmp_path / RECORDS).read_text())
    (tmp_path / RECORDS).write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    assert folder.read()["c-00"].subject == odd


def test_a_program_that_fails_is_written_down_and_a_machine_that_fails_is_not(tmp_path):
    folder = CandidateFolder(tmp_path)
    broken = Rendering("program_error", "syntax", "There is a bracket too few.")
    folder.draw(candidates(3), Scripted(OK, broken, FAILED))
    assert {id: one.problem for id, one in folder.read().items()} == {
        "c-00": "",
        "c-01": "syntax: There is a bracket too few.",
    }
    assert list(gallery(tmp_path)) == ["c-00"]


def test_another_program_under_a_name_that_is_taken_is_refused(tmp_path):
    folder = CandidateFolder(tmp_path)
    folder.draw(candidates(1), Scripted(OK))
    with pytest.raises(SpecError, match="holds another program under the name 'c-00'"):
        folder.draw([Candidate("c-00", "", "", "", "// other")], Scripted(OK))
    with pytest.raises(SpecError, match="Two candidates are called 'c-01'"):
        folder.missing(candidates(2)[1:] * 2)
    (tmp_path / RECORDS).write_text("{}\n")
    with pytest.raises(SpecError, match="line 1"):
        folder.read()


def test_sketches_are_named_by_their_files_and_tell_their_subjects(tmp_path):
    folder = sketches(tmp_path / "s", "teal", "gold")
    (folder / "Ä red_rose!.js").write_text("paint()", encoding="utf-8")
    found = {each.id: (each.subject, each.prompt) for each in from_sketches(folder)}
    assert found == {
        "00-teal": ("teal disc", "teal disc in watercolour"),
        "01-gold": ("gold disc", "gold disc in watercolour"),
        "red-rose": ("Ä red rose", "Ä red rose in watercolour"),
    }
    with pytest.raises(SpecError, match=r"There is no \.js file"):
        from_sketches(tmp_path)
    (folder / "bad.js").write_bytes(b"\xff\xfe")
    with pytest.raises(SpecError, match="is not UTF-8 text"):
        from_sketches(folder)


def test_studies_give_as_many_paintings_as_were_asked_for_each_about_as_many(tmp_path):
    found = from_studies(rewards.pool.pool_folder() / "studies", 100)
    sizes = Counter(each.source.partition("/")[0] for each in found)
    assert (len(found), len({each.id for each in found})) == (100, 100)
    assert len(sizes) >= 30
    assert set(sizes.values()) <= {3, 4}
    assert all("/" in each.source for each in found)


def test_a_large_job_says_at_once_how_large_it_is_and_how_it_is_made_smaller(tmp_path, monkeypatch):
    painted = []
    monkeypatch.setattr(
        CandidateFolder, "draw", lambda self, each, renderer, progress: painted.append(len(each))
    )
    done = codepaint("pool", "generate", tmp_path / "c")
    assert done.stderr == (
        "Painting 1736 candidates; --count paints fewer. After Ctrl-C, the same command continues where it stopped.\n"
    )
    assert codepaint("pool", "generate", tmp_path / "c", "--count", "3").stderr == ""
    assert painted == [1736, 3]


@pytest.mark.full
def test_generate_rate_keep_stats_and_verify_make_a_pool_that_a_reward_takes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    colours = ("crimson", "teal", "gold", "navy", "olive", "orchid")
    sketches(tmp_path / "s", *colours)
    done = codepaint("pool", "generate", "c", "--sketches", "s")
    assert (done.exit_code, done.stdout.split(", ")[0]) == (0, "c holds 6 candidates (6 from sketches)")
    assert codepaint("pool", "sheets", "c", "sheets").exit_code == 0
    told = json.loads((tmp_path / "sheets/sheets.jsonl").read_text())
    by_id = dict(zip(sorted(told["ids"]), (5, 4, 4, 3, 2, 1), strict=True))
    said = {"sheet": told["name"], "ratings": [by_id[id] for id in told["ids"]], "record": "Gold is best."}
    (tmp_path / "said.jsonl").write_text(json.dumps(said))
    words = ("pool", "rate", "c", "--rater", "ada", "--sheets", "sheets", "--said", "said.jsonl")
    assert codepaint(*words).stdout == "ada rated 6 paintings; 6 in all.\n"
    assert codepaint("pool", "raters", "c").stdout == "ada: 6 of 6 rated\n"
    done = codepaint("pool", "keep", "c", "mine")
    assert done.stdout == "mine took 3 love, 1 okay, 1 supplement of 6 rated candidates.\n"
    done = codepaint("pool", "stats", "mine", "-o", "mine.svg")
    assert "5 paintings kept of 6 rated: 3 love, 1 okay, 1 supplement" in done.stdout
    assert (tmp_path / "mine.svg").read_text().startswith("<svg")
    [looked] = map(json.loads, (tmp_path / "mine/looked.jsonl").read_text().splitlines())
    assert looked == {
        "rater": "ada",
        "sheet": told["name"],
        "sha256": told["sha256"],
        "record": "Gold is best.",
    }
    done = codepaint("pool", "verify", "mine", "--all")
    assert (done.exit_code, done.stdout) == (0, "5 of 5 are painted again to the same pixels.\n")
    drawn = Pool.load(tmp_path / "mine").draw(2, seed=0, task_id="t", group="g")
    assert [entry.tier for entry in drawn] == ["love", "okay"]
    for entry in load_entries(tmp_path / "mine"):
        assert (entry.rater, entry.generator) == ("ada", f"sketch:{entry.id.replace('-', '_')}.js")
        assert entry.read_image().shape == (512, 512, 3)
    program = tmp_path / "mine" / load_entries(tmp_path / "mine")[0].program
    program.write_text(program.read_text().replace("150", "90"))
    done = codepaint("pool", "verify", "mine", "--all")
    assert (done.exit_code, done.stdout) == (1, "4 of 5 are painted again to the same pixels.\n")
    assert "changed since the manifest was written" in done.stderr


# What is kept


def rated(id, rating, *, study="", source="", hue="red", look=None):
    if look is None:
        look = np.random.default_rng(abs(hash(id)) % 2**32).normal(size=768)
    look = look / np.linalg.norm(look)
    return Rated(id, source or f"study:{study}/{id}", study, hue, rating, look)


@st.composite
def choices(draw):
    count = draw(st.integers(1, 60))
    generator = np.random.default_rng(draw(st.integers(0, 99)))
    looks = generator.normal(size=(6, 768))
    return [
        Rated(
            f"c{n}",
            f"study:{n % 4}/{generator.integers(3)}",
            str(n % 4),
            generator.choice([*HUES, GREY]),
            float(generator.choice([1, 2, 2.5, 3, 3.5, 4, 4.5, 5])),
            (each := looks[generator.integers(6)] + generator.normal(size=768)) / np.linalg.norm(each),
        )
        for n in range(count)
    ]


SIZES = {"love": 6, "okay": 10, "supplement": 8}


@settings(deadline=None)
@given(choices())
def test_a_selection_keeps_to_its_rules(pool):
    found = select(pool, sizes=SIZES, share=0.25)
    by_id = {each.id: each for each in pool}
    assert found.tiers.keys() | found.left.keys() == by_id.keys()
    assert not found.tiers.keys() & found.left.keys()
    counts = Counter(found.tiers.values())
    for tier, size in SIZES.items():
        inside = [by_id[id] for id, its in found.tiers.items() if its == tier]
        assert counts[tier] <= size
        assert all(each.rating >= LEAST[tier] for each in inside)
        studies = Counter(each.study for each in inside)
        assert max(studies.values(), default=0) <= max(1, int(0.25 * len(inside)))
        if tier == "love":
            assert len({each.source for each in inside}) == len(inside)
    kept = [by_id[id] for id in found.tiers]
    assert all(distance(a.look, b.look) >= 0.1 for n, a in enumerate(kept) for b in kept[:n])
    assert select(reversed(pool), sizes=SIZES, share=0.25).tiers == found.tiers


def test_the_best_are_loved_the_next_okay_and_thin_colours_supplemented():
    pool = [rated(f"r{n}", 5 - n / 10, source=f"s{n}") for n in range(12)]
    pool += [rated(f"b{n}", 2.5, source=f"t{n}", hue="blue") for n in range(3)]
    found = select(pool, sizes={"love": 4, "okay": 4, "supplement": 4})
    assert [id for id, tier in found.tiers.items() if tier == "love"] == ["r0", "r1", "r2", "r3"]
    assert [id for id, tier in found.tiers.items() if tier == "okay"] == ["r4", "r5", "r6", "r7"]
    supplement = [id for id, tier in found.tiers.items() if tier == "supplement"]
    assert sorted(supplement)[:3] == ["b0", "b1", "b2"]
    assert supplement[3] == "r8"
    assert found.left["r11"] == "supplement is full"


def test_each_reason_to_leave_a_painting_is_told():
    look = np.ones(768)
    pool = [
        rated("a", 5, source="study:iris/close", study="iris", look=look),
        rated("b", 4.5, source="sketch:b", look=look),
        rated("c", 1.5, source="sketch:c"),
    ]
    left = select(pool, sizes={"love": 5, "okay": 5, "supplement": 5}).left
    assert left == {"b": "near-duplicate of a", "c": "rated 1.5"}
    twins = [rated(f"d{n}", 5, source="study:iris/close", study="iris") for n in range(2)]
    tiers = select(twins, sizes={"love": 99, "okay": 0, "supplement": 0}, share=0.5)
    assert list(tiers.left.values()) == ["supplement is full"]
    assert select(twins, [(rated("old", 4, source="study:iris/close", study="iris"), "love")]).tiers != {}


def test_keeping_again_chooses_anew_and_leaves_what_came_from_elsewhere(tmp_path):
    folder = CandidateFolder(tmp_path / "c")
    generator = np.random.default_rng(0)
    pictures = [
        Rendering(
            "ok", image=np.kron(generator.integers(0, 255, (4, 4, 3)), np.ones((32, 32, 1))).astype(np.uint8)
        )
        for _ in range(6)
    ]
    folder.draw(candidates(6), Scripted(*pictures))
    other = CandidateFolder(tmp_path / "o")
    each = Candidate("other", "x", "x", "sketch:o.js", "// o")
    noise = np.kron(generator.integers(0, 255, (4, 4, 3)), np.ones((32, 32, 1))).astype(np.uint8)
    other.draw([each], Scripted(Rendering("ok", image=noise)))
    keep(other, {"bo": {"other": 5}}, tmp_path / "p")
    keep(folder, {"ada": {f"c-{n:02d}": 5 for n in range(6)}}, tmp_path / "p")
    assert len(load_entries(tmp_path / "p")) == 7
    said = {"ada": {f"c-{n:02d}": n for n in range(1, 6)}, "bo": {"c-03": 4}}
    keep(folder, said, tmp_path / "p")
    kept = {entry.id: (entry.tier, entry.rating) for entry in load_entries(tmp_path / "p")}
    assert kept == {
        "other": ("love", 5),
        "c-05": ("love", 5),
        "c-04": ("love", 4),
        "c-03": ("okay", 3.5),
        "c-02": ("supplement", 2),
    }
    assert {path.stem for path in (tmp_path / "p/programs").iterdir()} == set(kept)
    listed = [json.loads(line) for line in (tmp_path / "p" / RATED).read_text().splitlines()]
    assert [(line["id"], line["ratings"], line["tier"]) for line in listed][:3] == [
        ("c-01", {"ada": 1}, None),
        ("c-02", {"ada": 2}, "supplement"),
        ("c-03", {"ada": 3, "bo": 4}, "okay"),
    ]
    assert listed[0]["left"] == "rated 1"
    others = stats(load_entries(tmp_path / "p"), tmp_path / "p").rated
    text = json.dumps(listed[0] | {"id": "c\u2028\x85d"}, ensure_ascii=False)
    with (tmp_path / "p" / RATED).open("a", encoding="utf-8") as rated_by_hand:
        rated_by_hand.write(f"{text}\n")
    assert stats(load_entries(tmp_path / "p"), tmp_path / "p").rated == others + 1
    with pytest.raises(SpecError, match="codepaint pool rate"):
        keep(folder, {}, tmp_path / "p")


# Colours


@pytest.mark.parametrize(
    ("colour", "hue"),
    [
        ((224, 60, 48), "red"),
        ((240, 150, 40), "orange"),
        ((235, 205, 40), "yellow"),
        ((70, 160, 60), "green"),
        ((40, 150, 140), "teal"),
        ((60, 90, 200), "blue"),
        ((140, 80, 190), "violet"),
        ((225, 90, 140), "rose"),
        ((120, 120, 122), GREY),
        ((250, 245, 233), GREY),
    ],
)
def test_the_leading_hue_of_a_patch_on_cream_paper_is_its_colour(colour, hue):
    image = np.full((256, 256, 3), (252, 246, 234), np.uint8)
    image[60:180, 60:180] = colour
    assert leading_hue(image) == hue
    assert HUES[round(30 * HUES.index(hue) / 30) % 12] == hue if hue != GREY else True


def test_oklab_gives_white_and_the_published_red():
    assert oklab(np.array([[[255, 255, 255]]], np.uint8))[0, 0] == pytest.approx([1, 0, 0], abs=1e-3)
    assert oklab(np.array([[[255, 0, 0]]], np.uint8))[0, 0] == pytest.approx([0.628, 0.225, 0.126], abs=1e-3)


def test_a_palette_names_the_colours_that_are_there_commonest_first():
    image = np.full((128, 128, 3), (252, 246, 234), np.uint8)
    image[:40, :60] = (200, 30, 40)
    image[100:120, 100:120] = (30, 60, 200)
    found = [tuple(int(name[n : n + 2], 16) for n in (1, 3, 5)) for name in palette(image)]
    assert 2 <= len(found) <= 5
    for wanted in ((252, 246, 234), (200, 30, 40), (30, 60, 200)):
        assert min(np.abs(np.subtract(wanted, each)).max() for each in found) < 16
    assert np.abs(np.subtract((252, 246, 234), found[0])).max() < 16


def test_thumbnails_are_alike_for_one_picture_in_another_size_and_apart_for_another():
    entries = [entry.read_image() for entry in load_entries()[:2]]
    small = np.asarray(Image.fromarray(entries[0]).resize((256, 256)))
    assert distance(thumbnail(entries[0]), thumbnail(small)) < 0.01
    assert distance(thumbnail(entries[0]), thumbnail(entries[1])) > 0.3


# Figures


def test_the_figures_of_the_pool_that_ships_are_those_of_its_manifest(tmp_path):
    entries = load_entries()
    chosen = [entry for entry in entries if entry.tier][::20]
    found = stats(chosen, tmp_path)
    assert sum(found.tiers.values()) == found.rated == len(chosen)
    assert sum(sum(sizes.values()) for sizes in found.hues.values()) == len(chosen)
    assert len(found.nearest) == len(chosen)
    drawn = draw_stats(found)
    assert f"{len(chosen)} paintings kept of {len(chosen)} rated" in drawn
    assert all(hue in drawn for hue in found.hues)
    assert stats([], tmp_path).nearest == []


def test_what_is_verified_is_spread_over_the_pool():
    assert spread(list(range(581)), 12) == list(range(0, 576, 48))
    assert spread([1, 2, 3], 12) == [1, 2, 3]


def test_verify_tells_other_pixels_changed_files_and_programs_that_fail(tmp_path, renderer):
    folder = CandidateFolder(tmp_path / "c")
    sketches(tmp_path / "s", "teal", "gold", "navy")
    folder.draw(from_sketches(tmp_path / "s"), renderer)
    keep(folder, {"ada": dict.fromkeys(folder.read(), 5)}, tmp_path / "p")
    entries = load_entries(tmp_path / "p")
    assert verify(entries, renderer) == {}
    assert set(verify(entries, Scripted(*[OK] * 3)).values()) == {"paints other pixels"}
    broken = Rendering("program_error", "syntax", "no.")
    assert set(verify(entries, Scripted(*[broken] * 3)).values()) == {"paints nothing: no."}
    with pytest.raises(MachineError, match="could not be painted: the browser is gone"):
        verify(entries, Scripted(*[FAILED] * 3))
    (tmp_path / "p" / entries[0].image).write_bytes(b"x")
    assert next(iter(verify(entries, Scripted(*[OK] * 3)).values())).startswith(entries[0].image)


# Preferences


def test_a_reward_that_counts_paint_agrees_with_who_prefers_larger_discs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "c"
    source = tmp_path / "s"
    source.mkdir()
    for n in range(4):
        text = SKETCH.format(subject="disc", colour="navy", x=0).replace("150", str(30 + 40 * n))
        (source / f"d{n}.js").write_text(text)
    assert codepaint("pool", "generate", "c", "--sketches", "s").exit_code == 0
    pairs = [(a, b) for a in range(4) for b in range(a)]
    compared = {
        "large": [Preference(f"d{a}", f"d{b}", "left") for a, b in pairs],
        "small": [Preference(f"d{a}", f"d{b}", "right") for a, b in pairs] + [Preference("d0", "d1", "even")],
    }
    found = preferred("coverage", gallery(folder), compared)
    assert (found["large"].pairs, found["large"].share) == (6, 1.0)
    assert (found["small"].pairs, found["small"].share) == (6, 0.0)
    assert found["large"].low == pytest.approx(0.61, abs=0.01)  # Wilson, 6 of 6
    groups = []

    @reward(needs={"image", "group"})
    def noted(sample):
        groups.append(sample.group)
        return 0.5

    preferred(noted, gallery(folder), compared)
    own = [group for group in groups if group != "preflight"]
    assert len(set(own)) == len(own) == 4  # of one prompt all of them, and none compared with the others
    ratings = Ratings(folder / RATINGS)
    for each in compared["large"]:
        ratings.prefer("ada", each)
    done = codepaint("pool", "raters", "c", "--reward", "coverage")
    assert "coverage agrees with ada on 100% of 6 pairs (95 % interval 61% to 100%" in done.stdout


# AutoResearch


def program(size):
    return "```js\n" + SKETCH.format(subject="disc", colour="teal", x=0).replace("150", str(size)) + "```"


def verdict(score, critique="Leave more paper white."):
    return completion(json.dumps({"score": score, "critique": critique}))


def shown(request):
    parts = [part for message in request["messages"] for part in message["content"] if isinstance(part, dict)]
    return [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]


def test_a_model_draws_is_criticised_draws_again_and_its_best_round_is_kept(tmp_path, account, renderer):
    answers = [
        completion(program(60)),
        verdict(4),
        completion(program(150)),
        completion("I cannot say."),
        verdict(9),
    ]
    answers += [completion("```js\nfunction setup( {\n```")]
    photo = tmp_path / "disc.jpg"
    Image.fromarray(np.full((900, 1200, 3), 120, np.uint8)).save(photo)
    with endpoint(*((200, answer) for answer in answers)) as (url, asked):
        account(url)
        model = OpenAIPolicy("m")
        task = Task("disc", "a teal disc in watercolour")
        best, rendering = research(task, model, model, renderer, tmp_path / "run", rounds=3, photo=photo)
    assert "circle(0, 0, 150)" in best.program
    assert (best.source, best.note) == ("model:openai:m", "round 2 of 3, 9 of 10 by openai:m")
    assert rendering.ok
    assert len(asked) == 6
    draws = [request for request in asked if "teach watercolour" not in json.dumps(request["messages"][0])]
    assert [len(shown(request)) for request in draws] == [1, 2, 3]  # the photograph, and its paintings so far
    assert "Leave more paper white." in json.dumps(draws[1]["messages"][-1])
    assert [len(shown(request)) for request in asked if request not in draws] == [2, 2, 2]
    assert sorted(path.name for path in (tmp_path / "run/round-2").iterdir()) == [
        *("completion.md", "picture.png", "program.js", "round.json"),
    ]
    told = json.loads((tmp_path / "run/round-3/round.json").read_text())
    assert (told["score"], told["painted"]) == (0, False)
    assert told["critique"].startswith("It painted nothing (syntax)")


def test_a_research_that_was_cut_off_pays_for_no_round_twice(tmp_path, account, renderer):
    task = Task("disc", "a teal disc")
    with endpoint((200, completion(program(60))), (200, verdict(4)), (500, {"error": "down"})) as (url, _):
        account(url)
        model = OpenAIPolicy("m", retries=0)
        with pytest.raises(MachineError, match="round 2 of 'disc'"):
            research(task, model, model, renderer, tmp_path / "run", rounds=2)
    with endpoint((200, completion(program(150))), (500, {"error": "down"})) as (url, asked):
        account(url)
        model = OpenAIPolicy("m", retries=0)
        with pytest.raises(MachineError, match="a critique of 'disc'"):
            research(task, model, model, renderer, tmp_path / "run", rounds=2)
    with endpoint((200, verdict(3))) as (url, asked):
        account(url)
        model = OpenAIPolicy("m", retries=0)
        best, _ = research(task, model, model, renderer, tmp_path / "run", rounds=2)
    assert len(asked) == 1  # the second painting was paid for already
    assert "circle(0, 0, 60)" in best.program


def test_one_task_that_fails_costs_the_others_nothing_and_what_is_done_is_not_asked_again(tmp_path, renderer):
    class Model:
        name = "fake"

        def __init__(self):
            self.asked = []

        def complete(self, messages, about):
            self.asked.append(about)
            if "p-bad" in about:
                raise MachineError("no answer.")
            return '{"score": 5, "critique": "Fine."}' if "critique" in about else program(100)

    folder = CandidateFolder(tmp_path)
    tasks = [Task(id, f"a disc, {id}") for id in ("p-a", "p-bad", "p-b")]
    options = {"rounds": 1, "photos": None, "jobs": 2}
    with pytest.raises(MachineError, match="no answer"):
        paint_tasks(folder, tasks, Model(), Model(), renderer, lambda *_: None, **options)
    assert sorted(folder.read()) == ["p-a", "p-b"]
    model = Model()
    with pytest.raises(MachineError):
        paint_tasks(folder, tasks, model, model, renderer, lambda *_: None, **options)
    assert model.asked == ["round 1 of 'p-bad'"]


def test_a_photograph_is_found_by_id_or_prompt(tmp_path):
    for name in ("a-red-rose.JPG", "p-1.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    assert find_photo(tmp_path, Task("x", "A red rose")).name == "a-red-rose.JPG"
    assert find_photo(tmp_path, Task("p-1", "anything")).name == "p-1.png"
    assert find_photo(tmp_path, Task("notes", "y")) is None
    assert find_photo(None, Task("x", "a red rose")) is None


def test_generate_with_a_model_speaks_to_a_real_server(tmp_path, account, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tasks.txt").write_text("a teal disc\n")
    with endpoint((200, completion(program(140))), (200, verdict(7))) as (url, asked):
        account(url)
        words = ("pool", "generate", "c", "--model", "m", "--tasks", "tasks.txt", "--rounds", "1")
        done = codepaint(*words)
    assert (done.exit_code, len(asked)) == (0, 2), done.stderr
    assert done.stdout == "c holds 1 candidates (1 by a model), 0 of them without a picture.\n"
    [work] = gallery(tmp_path / "c").values()
    assert work.id == load_tasks(["a teal disc"], "p5brush")[0].id
    shutil.rmtree(tmp_path / "c" / "runs")


def test_a_pool_of_nothing_is_refused_by_every_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (("rate", "c"), ("sheets", "c", "s"), ("keep", "c", "p"), ("verify", "c"), ("stats", "c")):
        done = codepaint("pool", *words)
        assert done.exit_code == 2, words
        assert done.stderr.startswith("codepaint: "), words
        assert len(done.stderr.splitlines()) == 1, words
        assert not Path(tmp_path / "p").exists()
