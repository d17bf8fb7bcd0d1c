"""Paint, not paste: a picture that a program brings along as data is found in its text."""

import base64
import random

import pytest

from places import ROOT
from rewards.painted.pasted import BASE64_CHARS, NUMBERS, embedded

HONEST = [
    path
    for pattern in (
        "tests/canvases/p5brush/programs/**/*.js",
        "benchmarks/programs/**/*.js",
        "reference_pool/programs/[0-9]*.js",
    )
    for path in sorted(ROOT.glob(pattern))
]


def base64_of(count):
    return base64.b64encode(random.Random(1).randbytes(count)).decode()[:count]


def numbers(count):
    return [random.Random(1).randrange(256) for _ in range(count)]


def rows_of(values, length, form="[{}]"):
    rows = [values[start : start + length] for start in range(0, len(values), length)]
    return ",\n  ".join(form.format(", ".join(map(str, row))) for row in rows)


WHOLE, PIXELS = base64_of(BASE64_CHARS), numbers(NUMBERS)
LINES = [WHOLE[start : start + 76] for start in range(0, len(WHOLE), 76)]


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (f'loadImage("data:image/png;base64,{base64_of(300)}")', "a data: URL of an image"),
        (f'loadImage("DATA:image/webp;base64,{base64_of(300)}")', "a data: URL of an image"),
        ("loadImage('data:image/svg+xml;utf8,<svg><text>10/10</text></svg>')", "a data: URL of an image"),
        (f'const bytes = atob("{WHOLE}");', f"a base64 run of {BASE64_CHARS} characters"),
        ("const bytes = " + " +\n  ".join(f'"{line}"' for line in LINES), "a base64 run of"),
        ("const bytes = [" + ",\n".join(f"'{line}'" for line in LINES) + "].join('')", "a base64 run of"),
        (f"const pixels = {PIXELS};", f"literals of {NUMBERS} numbers"),
        (f"const pixels = [\n  {rows_of(PIXELS, 60)}\n];", f"literals of {NUMBERS} numbers"),
        (f"const pixels = new Uint8Array({PIXELS});", f"literals of {NUMBERS} numbers"),
        (f"pixels.set([{', '.join(map(hex, PIXELS))}]);", f"literals of {NUMBERS} numbers"),
        (f"const pixels = {[-value / 8 for value in PIXELS]};", f"literals of {NUMBERS} numbers"),
        (f"const pixels = {[f'#{value:06x}' for value in PIXELS]};", f"literals of {NUMBERS} numbers"),
        (rows_of(PIXELS, 500, "const row = [{}];"), f"literals of {NUMBERS} numbers"),
    ],
    ids=lambda value: value[:24],
)
def test_a_picture_brought_along_as_data_is_found(program, told):
    [finding] = embedded(program)
    assert finding.kind == "embedded"
    assert finding.message.startswith("The program holds ")
    assert told in finding.message


@pytest.mark.parametrize(
    "program",
    [
        "",
        'brush.add("stamp", { image: { src: "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAAB" } })',
        "// data:image/png URLs are not used here\n",
        f'const bytes = "{WHOLE[:-100]}";',
        "//" + "-" * 5000,
        "/" * 5000,
        f"const pixels = {PIXELS[:-1]};",
        rows_of(PIXELS * 2, 90, "const row = [{}];"),
        "\n".join(f"brush.rect({x}, {x + 1}, {x + 2}, {x + 3});" for x in range(2000)),
        "const words = [" + ", ".join(f'"word{n}"' for n in range(2000)) + "];",
    ],
    ids=lambda value: value[:24],
)
def test_what_is_no_picture_is_not_taken_for_one(program):
    assert embedded(program) == ()


def test_of_the_honest_programs_none_brings_a_picture_along():
    assert len(HONEST) > 150
    assert [path.name for path in HONEST if embedded(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "unit",
    ["1", "1,", "a" * 39 + " ", "0x", "1e", "-", "[", "'#ab", "data:image/", '"' + "b" * 60 + '" + ', "1 \n"],
)
def test_no_program_takes_long_to_look_at(unit):
    from time import thread_time

    program = (unit * 100_000)[:100_000]
    started = thread_time()
    embedded(program)
    assert thread_time() - started < 1  # a search that is quadratic takes over 10 seconds
