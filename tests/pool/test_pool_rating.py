"""Rating: what is said is kept at once, several raters apart, and the page works in a real browser."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import asdict
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyarrow import parquet

from codepaint_env.pool.agreement import Agreement, agreement
from codepaint_env.pool.candidates import Candidate, CandidateFolder
from codepaint_env.pool.gallery import gallery
from codepaint_env.pool.rate_server import RateServer
from codepaint_env.pool.rating_session import RatingSession
from codepaint_env.pool.ratings import RATINGS, Preference, Ratings, Said
from codepaint_env.pool.sheets import (
    LOOKED,
    SHEETS,
    contact_sheet,
    draw_share,
    loved_sheet,
    note_looked,
    read_said,
    read_sheets,
    write_sheets,
)
from codepaint_env.web.background import background
from command_line import codepaint
from headless_chromium import chromium
from rewards.errors import SpecError
from rewards.json_lines import read_lines
from rewards.pool import load_entries
from rewards.types import Rendering

COLOURS = [(200, 40, 40), (40, 160, 60), (50, 80, 200), (230, 190, 40), (150, 60, 170)]


def picture(number):
    image = np.full((512, 512, 3), 250, np.uint8)
    image[100 + 5 * number : 300, 100:400] = COLOURS[number % len(COLOURS)]
    return image


@pytest.fixture(scope="module")
def thirty(tmp_path_factory):
    candidates = CandidateFolder(tmp_path_factory.mktemp("thirty"))
    for n in range(30):
        study = ("iris", "koi", "lake")[n % 3]
        each = Candidate(
            f"{study}-{n:03d}", study, f"a {study} no. {n}", f"study:{study}/c{n % 2}", f"// {n}"
        )
        candidates.keep(each, Rendering("ok", image=picture(n)), "engine")
    return candidates.folder


@pytest.fixture
def folder(tmp_path, thirty):
    return Path(shutil.copytree(thirty, tmp_path / "candidates"))


# What is kept


def test_ratings_and_preferences_are_kept_by_rater_and_the_last_word_counts(tmp_path):
    ratings = Ratings(tmp_path / RATINGS)
    ratings.rate("ada", "a", 3)
    ratings.rate("ada", "b", 5)
    ratings.rate("bo", "a", 1)
    ratings.rate("ada", "a", 4)
    ratings.prefer("bo", Preference("a", "b", "right"))
    again = Ratings(tmp_path / RATINGS)
    assert again.of("ada") == {"a": 4, "b": 5}
    assert again.of("bo") == {"a": 1}
    assert again.raters() == {"ada": 2, "bo": 1}
    assert (again.comparers(), again.preferences("bo")) == (["bo"], [Preference("a", "b", "right")])
    assert [again.undo("ada") for _ in range(4)] == ["a", "b", "a", None]
    assert again.of("bo") == {"a": 1}
    assert (again.undo("bo", what="preferences"), again.preferences("bo")) == ("a", [])


@pytest.mark.parametrize("rating", [0, 6, 2.5, "3", None, True])
def test_what_is_no_rating_is_refused(tmp_path, rating):
    with pytest.raises(SpecError, match="it is a whole number from 1 to 5"):
        Ratings(tmp_path / RATINGS).rate("ada", "a", rating)


def test_a_rater_without_a_name_and_a_choice_that_is_none_are_refused(tmp_path):
    ratings = Ratings(tmp_path / RATINGS)
    with pytest.raises(SpecError, match="The rater has no name"):
        ratings.rate(" ", "a", 3)
    with pytest.raises(SpecError, match="'left', 'right' or 'even'"):
        ratings.prefer("ada", Preference("a", "b", "both"))
    assert ratings.raters() == {}


def test_kappa_is_that_of_cohen():
    # 20 and 15 of 50 agreed on "yes" and "no", 5 and 10 not: the textbook's 0.4.
    first = {str(n): 1 if n < 25 else 2 for n in range(50)}
    second = {str(n): 1 if n < 20 or 25 <= n < 35 else 2 for n in range(50)}
    told = agreement(first, second)
    assert (told.both, told.same) == (50, 0.7)
    assert told.kappa == pytest.approx(0.4)
    assert told.weighted == pytest.approx(0.4)
    assert agreement(first, {"x": 1}) is None


def test_no_kappa_is_told_of_a_few_common_paintings_or_of_one_rating_for_all():
    one = agreement({"a": 3}, {"a": 3})
    assert one == Agreement(1, 1.0, None, None)
    assert one.in_words() == "1 in common, 100% the same; Cohen's kappa needs 10 in common"
    alike = agreement(*[{str(n): 4 for n in range(12)}] * 2)
    assert alike.in_words() == "12 in common, 100% the same; Cohen's kappa needs more than one rating"
    various = agreement(*[{str(n): 1 + n % 5 for n in range(10)}] * 2)
    assert "100% the same, Cohen's kappa 1.00, with squared weights 1.00" in various.in_words()


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=10, max_size=40))
def test_kappa_is_symmetric_at_most_1_and_1_only_for_equal_ratings(pairs):
    first, second = ({str(n): pair[side] for n, pair in enumerate(pairs)} for side in (0, 1))
    told, back = agreement(first, second), agreement(second, first)
    if told.kappa is None:
        assert len({*first.values(), *second.values()}) == 1
        return
    assert told.kappa == pytest.approx(back.kappa)
    assert told.kappa <= 1
    assert (told.kappa == 1) == (told.weighted == 1) == (first == second)


# Sheets


def test_sheets_show_every_painting_once_and_what_was_said_of_them_is_read(folder, tmp_path):
    works = gallery(folder)
    sheets = write_sheets(
        {id: work.picture for id, work in works.items()}, tmp_path / "sheets", per=12, seed=3
    )
    assert [len(sheet.ids) for sheet in sheets] == [12, 12, 6]
    assert sorted(id for sheet in sheets for id in sheet.ids) == sorted(works)
    assert read_sheets(tmp_path / "sheets") == {sheet.name: sheet for sheet in sheets}
    with Image.open(tmp_path / "sheets" / "sheet-001.png") as image:
        corner = np.asarray(image)[6 + 135, 6 + 125]  # in the middle of the first painting
    wanted = COLOURS[int(sheets[0].ids[0][-3:]) % len(COLOURS)]
    assert np.abs(corner.astype(int) - wanted).max() < 12
    said = tmp_path / "said.jsonl"
    lines = [{"sheet": s.name, "ratings": [1 + n % 5 for n in range(len(s.ids))]} for s in sheets]
    said.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    told = read_said(tmp_path / "sheets", said, works)
    assert len(told) == 30
    assert [told[id] for id in sheets[2].ids] == [1, 2, 3, 4, 5, 1]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"sheet": "sheet-009", "ratings": [1]}', "line 1 names no sheet"),
        ('{"sheet": "sheet-001", "ratings": [1, 2]}', "rates 2 paintings; sheet-001 has 30"),
        ('{{"sheet": "sheet-001", "ratings": [{}]}}'.format(", ".join(["7"] * 30)), "each rated 1 to 5"),
        ("[]", "line 1 names no sheet"),
        ("{", "line 1 is not JSON"),
    ],
)
def test_what_cannot_be_said_of_a_sheet_is_refused_with_its_line(folder, tmp_path, line, problem):
    works = gallery(folder)
    write_sheets({id: work.picture for id, work in works.items()}, tmp_path / "sheets")
    said = tmp_path / "said.jsonl"
    said.write_text(line, encoding="utf-8")
    with pytest.raises(SpecError, match=problem):
        read_said(tmp_path / "sheets", said, works)


def test_ids_and_records_keep_separators_that_are_no_line_breaks(tmp_path):
    odd = "iris\u2028\x85a"
    picture = tmp_path / "picture.png"
    Image.new("RGB", (8, 8)).save(picture)
    [sheet] = write_sheets({odd: picture}, tmp_path)
    for name in (SHEETS, "said.jsonl"):  # as other hands may write them
        told = asdict(sheet) if name == SHEETS else {"sheet": sheet.name, "ratings": [4], "record": odd}
        (tmp_path / name).write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_sheets(tmp_path)[sheet.name].ids == (odd,)
    assert read_said(tmp_path, tmp_path / "said.jsonl", {odd}) == {odd: 4}
    note = {"rater": "bo", "sheet": "x", "sha256": "", "record": odd}
    (tmp_path / LOOKED).write_text(json.dumps(note, ensure_ascii=False) + "\n", encoding="utf-8")
    for rater in ("ada", "ada"):
        note_looked(tmp_path, rater, tmp_path, tmp_path / "said.jsonl")
    looked = [line.value for line in read_lines(tmp_path / LOOKED)]
    assert [(each["rater"], each["record"]) for each in looked] == [("bo", odd), ("ada", odd)]


def test_a_contact_sheet_without_labels_leaves_no_room_for_them(folder):
    files = [work.picture for work in gallery(folder).values()][:4]
    assert contact_sheet(files, [""] * 4, columns=2, side_px=100).size == (218, 218)
    assert contact_sheet(files, list("abcd"), columns=2, side_px=100).size == (218, 246)


def test_a_share_of_the_paintings_is_drawn_by_a_seed_and_holds_at_least_one(folder):
    pictures = {work.id: work.picture for work in gallery(folder).values()}
    drawn = draw_share(pictures, 0.5, seed=3)
    assert len(drawn) == 15
    assert drawn.items() <= pictures.items()
    assert (
        drawn
        == draw_share(dict(reversed(pictures.items())), 0.5, seed=3)
        != draw_share(pictures, 0.5, seed=4)
    )
    assert len(draw_share(pictures, 0.001, seed=3)) == 1
    assert draw_share(pictures, 1.0, seed=3) == pictures


def test_the_sheet_of_a_pool_shows_its_loved_paintings_alone():
    entries = load_entries()
    loved = sum(entry.tier == "love" for entry in entries)
    assert 14 < loved < len(entries)
    assert loved_sheet(entries).size == (6 + 14 * 102, 6 + -(-loved // 14) * 102)


# The server


@contextmanager
def serving(folder, rater="ada", **where):
    server = RateServer(RatingSession(gallery(folder), Ratings(folder / RATINGS), rater), **where)
    with background(server):
        yield server


def ask(server, path, body=None, *, cookie=True, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    if cookie:
        headers["Cookie"] = f"{server.cookie}={server.token}"
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"http://{server.address}{path}", data, headers), timeout=10
        ) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_nobody_without_the_token_gets_in_and_no_other_site_writes(folder):
    rating = {"rater": "eve", "id": "iris-000", "rating": 1}
    with serving(folder) as server:
        assert server.address == f"127.0.0.1:{server.port}"
        for path in ("/", "/state", "/picture/iris-000", "/?token=guess"):
            assert ask(server, path, cookie=False)[0] == 403
        assert ask(server, "/rate", rating, cookie=False)[0] == 403
        assert ask(server, "/rate", rating, Origin="http://evil.test")[0] == 403
        assert ask(server, "/state", Host="evil.test")[0] == 403  # a name that was bound to 127.0.0.1
        assert server.session.ratings.raters() == {}
        assert ask(server, "/state")[0] == 200
        assert ask(server, "/rate", rating, Origin=f"http://{server.address}")[0] == 200
        assert server.session.ratings.of("eve") == {"iris-000": 1}


@pytest.mark.parametrize(
    "name", ["../ratings.sqlite", "..%2Fcandidates.jsonl", "%2Fetc%2Fpasswd", "iris-000.webp", "", "%00"]
)
def test_a_name_cannot_leave_the_folder(folder, name):
    with serving(folder) as server:
        status, content = ask(server, f"/picture/{name}")
        assert status == 404
        assert b"There is no painting" in content
        assert ask(server, "/picture/iris-000")[1][:4] == b"RIFF"


@pytest.mark.parametrize(
    ("path", "body", "status", "problem"),
    [
        ("/rate", {"rater": "ada", "id": "nothing", "rating": 3}, 400, "There is no painting 'nothing'"),
        ("/rate", {"rater": "ada", "id": "iris-000", "rating": 9}, 400, "from 1 to 5"),
        ("/rate", {"rater": "", "id": "iris-000", "rating": 3}, 400, "The rater has no name"),
        ("/rate", [1], 400, "no JSON object"),
        ("/prefer", {"rater": "ada", "left": "iris-000", "right": "koi-001", "choice": "x"}, 400, "'left'"),
        (
            "/rate",
            {"rater": "ada", "id": ["iris-000"], "rating": 3},
            400,
            "There is no painting ['iris-000']",
        ),
        ("/rate", {"rater": "ada", "id": "\ud800", "rating": 3}, 400, "There is no painting"),
        (
            "/rate",
            {"rater": "\ud800", "id": "iris-000", "rating": 3},
            400,
            "The name of a rater is no Unicode",
        ),
        (
            "/rate",
            {"rater": ["ada"], "id": "iris-000", "rating": 3},
            400,
            "The rater is ['ada']; it is a text",
        ),
        (
            "/rate",
            {"rater": "a" * 101, "id": "iris-000", "rating": 3},
            400,
            "101 characters; it may have 100",
        ),
        (
            "/rate",
            {"rater": "ada", "id": "iris-000", "rating": 3, "comment": "\udfff"},
            400,
            "The comment is no",
        ),
        ("/rate", {"rater": "ada", "id": "iris-000", "rating": 3, "comment": 7}, 400, "The comment is 7"),
        ("/rate", b"[" * 9_999, 400, "no JSON object"),
        ("/rate", b'{"id":' * 3_000, 400, "no JSON object"),
        ("/rate", b'{"rating": ' + b"9" * 9_000 + b"}", 400, "no JSON object"),
        ("/rate", b"\xff\xfe", 400, "no JSON object"),
        ("/undo", {"rater": "\ud800"}, 400, "The name of a rater is no Unicode"),
        ("/skip", {"rater": "ada", "id": {}}, 400, "There is no painting {}"),
        ("/skip", {"rater": "ada", "left": "iris-000", "right": None}, 400, "There is no painting None"),
        ("/rate", {"rater": "a" * 20_000}, 413, "larger than"),
        ("/elsewhere", {}, 404, "nothing here"),
    ],
)
def test_a_bad_request_is_answered_and_changes_nothing(folder, path, body, status, problem):
    with serving(folder) as server:
        got, content = ask(server, path, body)
        assert (got, problem in content.decode()) == (status, True)
        assert server.session.ratings.everybody() == []


def test_a_head_that_no_browser_sends_is_answered_and_nothing_is_printed(folder, capsys):
    heads = (
        "GET http://[ HTTP/1.1\r\n\r\n",
        "GET /%ff?token=%ed%a0%80 HTTP/1.1\r\nCookie: \xff=\xfe\r\n\r\n",
        "POST /rate HTTP/1.1\r\nCookie: {cookie}\r\nHost: {host}\r\nContent-Length: "
        + "9" * 5_000
        + "\r\n\r\n",
    )
    with serving(folder) as server:
        for head in heads:
            told = head.format(cookie=f"{server.cookie}={server.token}", host=server.address)
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
                line.sendall(told.encode("latin-1"))
                assert line.makefile("rb").readline().split()[1] in (b"400", b"403")
    assert capsys.readouterr() == ("", "")


def test_a_taken_port_and_a_foreign_host_are_refused_with_the_way_out(folder):
    with (
        serving(folder) as server,
        pytest.raises(SpecError, match="is taken by another program; choose another"),
    ):
        RateServer(server.session, port=server.port)
    for host in ("192.0.2.1", "no such host", "a" * 70):
        with pytest.raises(SpecError, match=f"'{host}' is no address of this machine"):
            RateServer(server.session, host=host)


def test_others_rate_at_another_address_of_this_machine_with_the_token_and_no_other_site_writes(folder):
    rating = {"rater": "eve", "id": "iris-000", "rating": 1}
    with serving(folder, host="0.0.0.0") as server:
        assert not server.is_local
        assert "0.0.0.0" not in server.url
        name = f"localhost:{server.port}"  # one of the names by which others may know it
        there = {"Host": name, "Origin": f"http://{name}"}
        assert ask(server, "/rate", rating, cookie=False, **there)[0] == 403
        assert ask(server, "/rate", rating, **there | {"Origin": "http://evil.test"})[0] == 403
        assert ask(server, "/rate", rating, **there)[0] == 200
        assert server.session.ratings.of("eve") == {"iris-000": 1}


def test_a_skip_and_a_comment_are_kept_and_exported(folder):
    with serving(folder) as server:
        said = {"rater": "ada", "id": "iris-000", "comment": ' =odd, "loose"\nlines '}
        assert ask(server, "/rate", said | {"rating": 4})[0] == 200
        ask(server, "/skip", {"rater": "ada", "id": "koi-001"})
        pair = {"rater": "bo", "left": "iris-000", "right": "koi-001", "comment": "close"}
        ask(server, "/prefer", pair | {"choice": "even"})
        status, standing = ask(server, "/skip", pair)
        assert status == 200
        assert json.loads(standing)["raters"] == [
            {"name": "ada", "rated": 1, "compared": 0},
            {"name": "bo", "rated": 0, "compared": 1},
        ]
        ratings = server.session.ratings
        assert ratings.said("ada") == {"iris-000": Said(4, '=odd, "loose"\nlines'), "koi-001": Said(None, "")}
        assert ratings.of("ada") == {"iris-000": 4}
        assert (ratings.pairs_shown("bo"), len(ratings.preferences("bo"))) == (2, 1)
        lines = ask(server, "/export?what=ratings&as=jsonl")[1].splitlines()
        assert [json.loads(line)["rating"] for line in lines] == [4, None]
        table = ask(server, "/export?what=ratings&as=csv")[1].decode()
        rows = list(csv.DictReader(io.StringIO(table, newline="")))
        assert [(row["id"], row["rating"], row["comment"]) for row in rows] == [
            ("iris-000", "4", '=odd, "loose"\nlines'),
            ("koi-001", "", ""),
        ]
        assert rows[0]["prompt"] == "a iris no. 0"
        assert ask(server, "/export?what=pairs&as=csv")[1] == (
            b"rater,left,right,choice,comment\nbo,iris-000,koi-001,even,close\n"
        )
        assert ask(server, "/export?as=xls")[0] == 400


def test_the_page_brings_its_icon_so_that_no_browser_asks_for_one(folder):
    with serving(folder) as server:
        page = unescape(ask(server, "/")[1].decode())
        assert re.search(r'<link rel="icon" href="data:image/png;base64,[\w+/=]+">', page)
        assert "img-src 'self' data:" in page
        assert ask(server, "/favicon.ico")[0] == 404


def test_ratings_are_exported_by_the_command_as_well(folder, tmp_path):
    Ratings(folder / RATINGS).rate("ada", "iris-000", 4, "warm")
    assert codepaint("pool", "export", folder, tmp_path / "out.csv").exit_code == 0
    expected = "rater,id,rating,comment,prompt\nada,iris-000,4,warm,a iris no. 0\n"
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == expected
    done = codepaint("pool", "export", folder, tmp_path / "out.xls")
    assert (done.exit_code, "ends in neither .csv nor .jsonl" in done.stderr) == (2, True)


def test_the_pool_that_ships_is_exported_whole_with_pictures_and_programs(tmp_path):
    out = tmp_path / "pool.parquet"
    done = codepaint("pool", "export", "--parquet", out)
    assert (done.exit_code, done.output.startswith("Wrote 585 paintings, ")) == (0, True)
    [*rows] = parquet.read_table(out).to_pylist()
    entries = load_entries()
    assert [row["id"] for row in rows] == [entry.id for entry in entries]
    assert [row["tier"] for row in rows] == [entry.tier for entry in entries]
    assert [tuple(row["palette"]) for row in rows] == [entry.palette for entry in entries]
    for row, entry in zip(rows[::100], entries[::100], strict=True):
        assert hashlib.sha256(row["program"].encode()).hexdigest() == entry.program_sha256
        np.testing.assert_array_equal(Image.open(io.BytesIO(row["picture"]["bytes"])), entry.read_image())
    features = json.loads(parquet.read_schema(out).metadata[b"huggingface"])["info"]["features"]
    assert features["picture"] == {"_type": "Image"}
    assert features["palette"] == [{"dtype": "string", "_type": "Value"}]
    assert features["rating"] == {"dtype": "float64", "_type": "Value"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Name FOLDER and OUT"),
        (["--parquet", "a.parquet", "--pairs"], "takes the place of OUT and of --pairs"),
    ],
)
def test_an_export_of_nothing_or_of_two_things_says_what_to_name(words, sentence):
    done = codepaint("pool", "export", *words)
    assert (done.exit_code, sentence in done.stderr) == (2, True)


def test_a_file_of_ratings_from_before_there_were_comments_is_read_and_goes_on(tmp_path):
    with sqlite3.connect(tmp_path / RATINGS) as base:
        base.execute("CREATE TABLE ratings (place INTEGER PRIMARY KEY, rater TEXT, id TEXT, rating INTEGER)")
        base.execute("INSERT INTO ratings (rater, id, rating) VALUES ('ada', 'a', 3)")
    ratings = Ratings(tmp_path / RATINGS)
    ratings.rate("ada", "b", 5, "bright")
    assert ratings.said("ada") == {"a": Said(3, ""), "b": Said(5, "bright")}


def test_filters_choose_by_study_and_colour_and_each_rater_has_an_order(folder):
    with serving(folder) as server:
        ids = [each["id"] for each in server.session.state({"rater": "ada"})["works"]]
        others = [each["id"] for each in server.session.state({"rater": "bo"})["works"]]
        assert sorted(ids) == sorted(others) == sorted(gallery(folder))
        assert ids != others
        some = [each["id"] for each in server.session.state({"study": "koi", "hue": "red"})["works"]]
        assert set(some) == {"koi-010", "koi-025"}
        assert server.session.state({})["studies"] == ["iris", "koi", "lake"]
        pair = server.session.pair({"rater": "ada", "study": "lake"})
        assert pair == server.session.pair({"rater": "ada", "study": "lake"})
        assert pair["left"]["id"] != pair["right"]["id"]
        assert pair["left"]["prompt"].startswith("a lake no.")
        with pytest.raises(SpecError, match="fewer than two"):
            server.session.pair({"study": "koi", "hue": "cyan"})


# A person


@contextmanager
def command(folder, *words):
    """`codepaint pool rate`, in a process of its own; yields it and the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "codepaint_env.cli", "pool", "rate", str(folder), "--no-open", *words],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        told = "".join(process.stdout.readline() for _ in range(2))
        yield process, re.search(r"http://\S+", told)[0]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def told(page, text):
    """Waits until the page tells this of its progress."""
    page.wait_for_selector(f"#told:text-is({text!r})", timeout=20_000)


def loaded(page, image):
    """Waits until a picture is there; the page's policy forbids what playwright's own waiting needs."""
    end = time.monotonic() + 20
    while not page.evaluate(f"document.getElementById('{image}').naturalWidth === 512"):
        assert time.monotonic() < end, image
        time.sleep(0.05)


@pytest.mark.full
def test_a_person_rates_twenty_is_cut_off_and_loses_nothing(folder, tmp_path, parts):
    with chromium(tmp_path) as browser:
        page = browser.new_page()
        trouble = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "console", lambda line: trouble.append(line.text) if "Content Security" in line.text else None
        )
        with command(folder, "--rater", "ada") as (process, url):
            page.goto(url)
            assert "token" not in page.url
            loaded(page, "picture")
            given_ = {}
            for n in range(20):
                shown = page.get_attribute("#rating", "data-id")
                given_[shown] = 1 + n % 5
                if n % 2:
                    page.keyboard.press(str(1 + n % 5))
                else:
                    page.click(f"[data-rating='{1 + n % 5}']")
                told(page, f"{n + 1} of 30 rated")
            process.send_signal(signal.SIGKILL)
            process.wait()
            shown = page.get_attribute("#rating", "data-id")
            page.keyboard.press("5")
            page.wait_for_selector("#trouble:not([hidden])")
            assert "Nothing was saved" in page.text_content("#trouble")
            assert page.get_attribute("#rating", "data-id") == shown
        assert Ratings(folder / RATINGS).of("ada") == given_
        with sqlite3.connect(folder / RATINGS) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)

        with command(folder, "--rater", "ada") as (process, url):
            page.goto(url)
            told(page, "20 of 30 rated")
            assert page.get_attribute("#rating", "data-id") == shown
            page.keyboard.press("u")
            told(page, "19 of 30 rated")
            assert page.get_attribute("#rating", "data-id") == list(given_)[-1]
            page.select_option("#study", "koi")
            page.wait_for_selector("#told:text('of 10 rated')")
            page.fill("#rater", "bo")
            page.keyboard.press("Tab")
            told(page, "0 of 10 rated")
            for n in range(10):
                shown = page.get_attribute("#rating", "data-id")
                page.keyboard.press(str(given_.get(shown, 3)))
                told(page, f"{n + 1} of 10 rated")
            common = len(given_.keys() & Ratings(folder / RATINGS).of("bo").keys()) - 1
            page.wait_for_selector(
                f"#raters >> text={common} in common, 100% the same; Cohen's kappa needs 10"
            )
            page.wait_for_selector("#done:not([hidden]) >> text=codepaint pool raters")

            page.click("#compare")
            loaded(page, "left")
            for n, key in enumerate(("ArrowLeft", "ArrowRight", "=")):
                assert "a koi no." in page.text_content("#left-prompt")
                page.keyboard.press(key)
                told(page, f"{n + 1} compared")
            page.keyboard.press("u")
            told(page, "2 compared")
            page.wait_for_selector("#raters >> text=10 rated, 2 compared")
        assert trouble == []
        assert [each.choice for each in Ratings(folder / RATINGS).preferences("bo")] == ["left", "right"]
        assert len(Ratings(folder / RATINGS).of("ada")) == 19


def test_a_person_skips_comments_and_goes_on_with_a_thumb(folder, tmp_path, parts):
    with chromium(tmp_path) as browser, serving(folder) as server:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(server.url)
        told(page, "0 of 30 rated")
        first = page.get_attribute("#rating", "data-id")
        page.keyboard.press("c")
        page.keyboard.type("12 soft edges, u")  # shortcuts elsewhere
        page.keyboard.press("Enter")
        page.keyboard.press("4")
        told(page, "1 of 30 rated")
        assert page.input_value("#comment") == ""
        second = page.get_attribute("#rating", "data-id")
        page.click("#skip")
        told(page, "1 of 30 rated, 1 skipped")
        page.keyboard.press("u")
        told(page, "1 of 30 rated")
        assert page.get_attribute("#rating", "data-id") == second
        page.keyboard.press("ArrowLeft")
        assert page.get_attribute("#rating", "data-id") == first
        assert page.input_value("#comment") == "12 soft edges, u"
        page.keyboard.press("s")  # a painting that has its rating keeps it
        assert page.get_attribute("#rating", "data-id") == second
        assert server.session.ratings.said("ada") == {first: Said(4, "12 soft edges, u")}
        with page.expect_download() as download:
            page.click("a >> text=ratings.csv")
        assert "12 soft edges, u" in download.value.path().read_text(encoding="utf-8")

        page.click("#two")
        loaded(page, "left")
        before = page.text_content("#left-prompt")
        page.keyboard.press("s")
        page.wait_for_selector(f"#left-prompt:not(:text-is({before!r}))")
        for each in page.query_selector_all("button, select, input"):
            box = each.bounding_box()
            assert box is None or box["height"] >= 44, each.get_attribute("id")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_folder_that_holds_nothing_to_rate_is_told_with_the_way_out(tmp_path):
    with pytest.raises(SpecError, match="codepaint pool generate"):
        gallery(tmp_path)
