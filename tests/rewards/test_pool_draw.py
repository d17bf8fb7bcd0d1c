"""References are drawn by rank of hash: the same for a group everywhere, and hardly moved by a new entry."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import pickle
import subprocess
import sys
import tarfile
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewards.errors import MissingPart, SpecError
from rewards.pool import Pool, load_entries

FIRST = load_entries()[0]


def entry(name, tier, hue="red"):
    return replace(FIRST, id=name, tier=tier, hue=hue)


def rated(love=6, okay=6, supplement=2):
    sizes = {"love": love, "okay": okay, "supplement": supplement}
    return Pool([entry(f"{tier}-{n}", tier) for tier, size in sizes.items() for n in range(size)])


def ids(pool, k=2, *, seed=0, task="iris", group="g", **more):
    return [entry.id for entry in pool.draw(k, seed=seed, task_id=task, group=group, **more)]


def test_each_tier_is_ranked_by_sha256_of_key_and_id_and_the_first_are_taken():
    key = hashlib.sha256(b'[7,"a \\u2603","g\\"1"]').digest()
    ranks = {f"love-{n}": hashlib.sha256(key + f"love-{n}".encode()).digest() for n in range(6)}
    drawn = ids(rated(), 3, seed=7, task="a ☃", group='g"1')
    assert drawn[:2] == sorted(ranks, key=ranks.get)[:2]
    assert drawn[2].startswith("okay-")


@pytest.mark.parametrize(("k", "love", "okay"), [(1, 1, 0), (2, 1, 1), (3, 2, 1), (4, 2, 2), (7, 4, 3)])
def test_half_of_the_slots_rounded_up_are_love_and_the_others_okay(k, love, okay):
    tiers = Counter(entry.tier for entry in rated().draw(k, seed=0, task_id="t", group="g"))
    assert tiers == Counter({"love": love, "okay": okay})


def test_seed_task_and_group_change_the_draw_and_each_entry_is_drawn_about_as_often():
    pool = rated()
    drawn = [
        tuple(ids(pool, seed=s, task=f"t{t}", group=f"g{g}"))
        for s in range(8)
        for t in range(8)
        for g in range(8)
    ]
    for part in (slice(0, 8), slice(0, 64, 8), slice(0, 512, 64)):
        assert len(set(drawn[part])) > 4
    often = Counter(name for names in drawn for name in names)
    assert set(often) == {f"{tier}-{n}" for tier in ("love", "okay") for n in range(6)}
    assert 50 < min(often.values()) < max(often.values()) < 125  # of 85.3 expected, 8.4 standard deviation


def test_a_new_entry_changes_only_the_draws_that_it_wins():
    pool = rated()
    more = Pool([*pool.entries, entry("love-new", "love")])
    for group in map(str, range(200)):
        before, after = ids(pool, 4, group=group), ids(more, 4, group=group)
        if "love-new" not in after:
            assert before == after
        else:
            assert [name for name in after if name != "love-new"] == [
                name for name in before if name in after
            ]
    won = sum("love-new" in ids(more, 4, group=str(group)) for group in range(200))
    assert 30 < won < 90  # 2 of 7


def test_the_order_of_the_manifest_and_the_folder_do_not_matter(tmp_path):
    pool = rated()
    moved = Pool(replace(entry, folder=tmp_path) for entry in reversed(pool.entries))
    assert ids(pool, 5) == ids(moved, 5)


def test_two_processes_with_other_hash_seeds_draw_alike():
    code = (
        "from rewards.pool import Pool; import sys; p = Pool.load();"
        "print([[e.id for e in p.draw(4, seed=3, task_id='täsk', group=str(g))] for g in range(9)], p.version)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert told.pop().startswith("[['")


def test_supplement_is_drawn_with_a_hue_alone_and_after_the_tier_itself():
    blue = [entry("love-blue", "love", "blue"), *(entry(f"fill-{n}", "supplement", "blue") for n in range(3))]
    pool = Pool([*rated().entries, *blue])
    assert not any(name.startswith("fill") for g in range(50) for name in ids(pool, 12, group=str(g)))
    drawn = ids(pool, 4, hue="blue")
    assert drawn[0] == "love-blue"
    assert sorted(drawn[1:]) == ["fill-0", "fill-1", "fill-2"]
    assert ids(pool, 2, hue="blue", tier="supplement")[0].startswith("fill")
    with pytest.raises(SpecError, match="'supplement' with a hue"):
        ids(pool, 1, tier="supplement")


def test_one_tier_can_be_asked_for():
    assert all(name.startswith("okay") for name in ids(rated(), 5, tier="okay"))


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda pool: ids(pool, 3), "to draw 2 'love' and 1 'okay'; there are: 1 love, 2 okay, 3 supplement"),
        (
            lambda pool: ids(pool, 3, tier="okay"),
            "to draw 3 'okay'; .* Lower k, name another pool, or rate more",
        ),
        (lambda pool: ids(pool, 1, hue="teal"), "of the hue 'teal' to draw 1 'love'; there are: none"),
        (lambda pool: ids(pool, 0), "k is 0; draw a whole number"),
        (lambda pool: ids(pool, 1.0), "k is 1.0; draw a whole number"),
        (lambda pool: ids(pool, 1, tier="liked"), "tier is 'liked'; it is 'love', 'okay'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_counts_and_the_way_out(ask, told):
    with pytest.raises(SpecError, match=told):
        ask(rated(1, 2, 3))


def test_entries_without_a_tier_are_counted_and_never_drawn():
    pool = Pool([entry("a", None), entry("b", "love")])
    assert ids(pool, 1) == ["b"]
    with pytest.raises(SpecError, match="there are: 1 love, 1 unrated"):
        ids(pool, 2)


def test_two_entries_of_one_name_and_an_unknown_tier_are_refused():
    with pytest.raises(SpecError, match="2 entries of the pool are called 'a'"):
        Pool([entry("a", "love"), entry("a", "okay")])
    with pytest.raises(
        SpecError, match="'a' has the tier 'liked'; a tier is 'love', 'okay', 'supplement' or null"
    ):
        Pool([entry("a", "liked")])


def test_the_version_is_of_the_content_alone(tmp_path):
    pool = rated()
    assert Pool(replace(entry, folder=tmp_path) for entry in pool.entries).version == pool.version
    changed = [
        Pool([replace(pool.entries[0], **{name: "x"}), *pool.entries[1:]]).version
        for name in ("note", "file_sha256")
    ]
    assert len({pool.version, rated(7).version, *changed}) == 4


def test_the_pool_that_ships_serves_groups_of_references(tmp_path):
    pool = Pool.load()
    assert len(ids(pool, 8)) == len(set(ids(pool, 8))) == 8
    assert pool.side_px == 512
    assert pickle.loads(pickle.dumps(pool)).version == pool.version
    lines = [
        json.dumps({**json.loads(line), "note": ""})
        for line in (FIRST.folder / "manifest.jsonl").read_text().splitlines()
    ]
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert Pool.load(tmp_path).version != pool.version
    with pytest.raises(MissingPart, match="There is no reference pool"):
        Pool.load(tmp_path / "nowhere")


HUE = st.sampled_from([None, "red", "blue"])


@st.composite
def pools(draw):
    tiers = draw(st.lists(st.sampled_from(["love", "okay", "supplement", None]), min_size=1, max_size=24))
    return Pool(
        replace(
            entry(f"e{n}", tier, draw(st.sampled_from(["red", "blue"]))),
            subject=draw(st.sampled_from(["iris", "koi"])),
            rating=draw(st.sampled_from([1.0, 2.5, 4.0])),
        )
        for n, tier in enumerate(tiers)
    )


@given(pools(), st.integers(1, 6), st.integers(0, 9), st.sampled_from([None, "love", "okay"]), HUE)
def test_a_draw_is_pure_without_replacement_and_of_the_tier_and_hue_that_were_asked(pool, k, seed, tier, hue):
    asked = {"seed": seed, "task_id": "t", "group": "g", "tier": tier, "hue": hue}
    counts = Counter(each.tier or "unrated" for each in pool.entries if hue in (None, each.hue))
    slots = {"love": (k + 1) // 2, "okay": k // 2} if tier is None else {tier: k}
    short = sum(max(0, size - counts[name]) for name, size in slots.items())
    if short > (counts["supplement"] if hue else 0):
        with pytest.raises(SpecError) as refused:
            pool.draw(k, **asked)
        assert all(f"{size} {name}" in str(refused.value) for name, size in counts.items())
        return
    drawn = pool.draw(k, **asked)
    assert drawn == Pool(reversed(pool.entries)).draw(k, **asked)
    assert len({each.id for each in drawn}) == k
    assert {each.hue for each in drawn} <= ({"red", "blue"} if hue is None else {hue})
    allowed = {"love", "okay"} if tier is None else {tier}
    assert {each.tier for each in drawn} <= allowed | ({"supplement"} if hue else set())


@given(pools(), st.sampled_from(["red", "blue"]), st.sampled_from(["iris", "koi"]))
def test_a_filtered_pool_holds_what_was_asked_and_nothing_else(pool, hue, subject):
    wanted = [each for each in pool.entries if (each.hue, each.subject) == (hue, subject)]
    there = {each.hue for each in pool.entries}, {each.subject for each in pool.entries}
    if hue in there[0] and subject in there[1]:
        assert list(pool.where(hues=[hue], subjects=subject).entries) == wanted
    else:
        with pytest.raises(SpecError, match="No entry of the pool has the"):
            pool.where(hues=[hue], subjects=subject)


@given(pools(), st.integers(1, 5))
def test_a_ladder_rises_and_each_rung_can_be_drawn_from(pool, rungs):
    ranked = [each for each in pool.entries if each.tier != "supplement"]
    if len(ranked) < 2 * rungs:
        with pytest.raises(SpecError, match=f"of {len(ranked)} ranked entries"):
            pool.ladder(rungs)
        return
    ladder = pool.ladder(rungs)
    assert sorted(each.id for rung in ladder for each in rung.entries) == sorted(each.id for each in ranked)
    assert max(len(rung.entries) for rung in ladder) - min(len(rung.entries) for rung in ladder) <= 1
    for lower, higher in itertools.pairwise(ladder):
        assert max(e.rating for e in lower.entries) <= min(e.rating for e in higher.entries)
    for rung in ladder:
        better = [each.rating for each in rung.entries if each.tier == "love"]
        assert min(better) >= max(each.rating for each in rung.entries if each.tier == "okay")
        assert len(ids(rung, 2)) == 2


@given(pools(), st.floats(0.1, 0.9), st.integers(0, 3))
def test_what_is_held_out_is_never_drawn_and_a_new_entry_moves_one_at_most(pool, share, seed):
    seen, held = pool.split(share, seed=seed)
    assert sorted(e.id for e in (*seen.entries, *held.entries)) == sorted(e.id for e in pool.entries)
    for tier in {each.tier for each in pool.entries}:
        size = sum(each.tier == tier for each in pool.entries)
        assert sum(each.tier == tier for each in held.entries) == round(share * size)
    more = Pool([*pool.entries, entry("new", "love")]).split(share, seed=seed)[1]
    before, after = ({each.id for each in fold.entries} for fold in (held, more))
    assert len((before ^ after) - {"new"}) <= 1


def test_a_fold_must_be_a_share():
    with pytest.raises(SpecError, match=r"share is 1\.5; it lies between 0 and 1"):
        rated().split(1.5)


def test_programs_are_read_from_the_archive_where_a_wheel_packed_them(tmp_path):
    whole = next(entry for entry in load_entries() if entry.canvas == "p5brush")
    with tarfile.open(tmp_path / "programs.tar.xz", "w:xz") as archive:
        archive.add(whole.folder / whole.program, whole.program)
    packed = replace(whole, folder=tmp_path)
    assert packed.read_program() == whole.read_program()
    assert hashlib.sha256(packed.program_bytes()).hexdigest() == whole.program_sha256
    with pytest.raises(FileNotFoundError):
        replace(whole, folder=tmp_path / "none").read_program()
