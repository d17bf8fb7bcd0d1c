"""The hostile programs: what each tries, and what is to come of it on either path.

A program is a file in `tests/canvases/p5brush/hostile`, or made here where no file could hold it. Its first lines say what is expected:

    // engine: program_error work_limit      status and kind; `ok`, or `ok honest` where the picture has to be the
    // page: ok honest                       one that the same sketch paints without its trick
    // races                                 timers, promises, contexts or memory: to be run often
    // rounds: 3                             run so often in turn, so that one of the two workers meets it again

`{CANVAS}`, `{PETAL}` and `{LINGER}` stand for the parts below; `{TCP}` and `{UDP}` for the ports of the canaries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from places import HOSTILE

Way = Literal["engine", "page"]

PARTS = {
    "{CANVAS}": 'createCanvas(512, 512, WEBGL); background("#fbf6ec");',
    "{PETAL}": (
        'brush.fill("#c03344", 200); brush.fillBleed(0.15); brush.fillTexture(0.45, 0.6); brush.beginShape(0.6); '
        "brush.vertex(0, 0); brush.vertex(-70, -60); brush.vertex(-20, -150); brush.vertex(60, -90); brush.endShape();"
    ),
    # A third of a second in sixty tasks, so that what was sent is on its way before the page is closed.
    "{LINGER}": (
        "for (let i = 0; i < 60; i++) { await new Promise((done) => setTimeout(done, 1)); for (let k = 0; k < 3e6; k++); }"
    ),
}
# fmt: off
KINDS = frozenset({
    "work_limit", "memory_limit", "never_finished", "crash", "syntax", "runtime", "no_program", "no_setup", "no_canvas",
    "too_large", "too_small", "blank", "unsupported",
})
# fmt: on
_DIRECTIVE = re.compile(r"// (engine|page|races|rounds)(?:: (.+))?\n")


def filled(text: str) -> str:
    """Returns a program with its parts put in."""
    for mark, part in PARTS.items():
        text = text.replace(mark, part)
    return text


HONEST = filled("function setup() { {CANVAS} {PETAL} }")
SIBLING = filled(
    "function setup() { {CANVAS} rotate(1); {PETAL} brush.set('2B', '#223344', 2);"
    " brush.spline([[-200, 0, 1], [0, 90, 0.6], [200, 40, 0.3]], 0.5); } function draw() { noLoop(); }"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to come of a program on one path.

    Attributes:
        status: `ok` or `program_error`.
        kind: The kind of program error, `""` for `ok`.
        honest: True if the picture has to be that of `HONEST`, to the byte.
    """

    status: str
    kind: str = ""
    honest: bool = False


@dataclass(frozen=True, slots=True)
class Hostile:
    """One program of the corpus.

    Attributes:
        name: Says the trick.
        text: The code, still with the marks of the canaries' ports.
        expected: By path.
        races: True if timers, promises, contexts or memory decide.
        rounds: How often it is drawn in turn.
    """

    name: str
    text: str
    expected: dict[Way, Expected]
    races: bool = False
    rounds: int = 1

    def program(self, tcp: int, udp: int) -> str:
        """Returns the code with the canaries' ports."""
        return self.text.replace("{TCP}", str(tcp)).replace("{UDP}", str(udp))


def read_expected(words: str) -> Expected:
    """Returns what the words of a directive mean; raises `ValueError` if they are none."""
    match words.split():
        case ["ok"]:
            return Expected("ok")
        case ["ok", "honest"]:
            return Expected("ok", honest=True)
        case ["program_error", kind] if kind in KINDS:
            return Expected("program_error", kind)
    raise ValueError(f"{words!r} is no expectation: it is `ok`, `ok honest` or `program_error KIND`")


def read_program(name: str, text: str) -> Hostile:
    """Returns a program with its directives; raises `ValueError` if one is missing, unknown or there twice."""
    found: dict[str, str] = {}
    at = 0
    while line := _DIRECTIVE.match(text, at):
        if line[1] in found:
            raise ValueError(f"{name}: {line[1]} is said twice")
        found[line[1]] = line[2] or ""
        at = line.end()
    if not {"engine", "page"} <= found.keys():
        raise ValueError(f"{name} does not say what is expected on both paths")
    expected: dict[Way, Expected] = {way: read_expected(found[way]) for way in ("engine", "page")}
    return Hostile(name, filled(text), expected, "races" in found, int(found.get("rounds", "1")))


def _made() -> list[Hostile]:
    """Returns the programs that are no text files, or would not be left alone as such."""
    refusal = "I'm sorry, but I can't help with painting that. Could I suggest a landscape instead?"
    python = (
        "import turtle\n\nfor angle in range(0, 360, 45):\n    turtle.forward(100)\n    turtle.left(angle)\n"
    )
    typed = "const size: number = 512;\nfunction setup(): void { createCanvas(size, size, WEBGL); }\n"
    module = 'import p5 from "p5";\nexport function setup() { createCanvas(512, 512, WEBGL); }\n'
    page = f"<!doctype html><html><body><script>{HONEST}</script></body></html>"
    both: dict[str, tuple[str, str]] = {
        "syntax_unclosed": (HONEST[:-1], "program_error syntax"),
        "five_megabytes": (HONEST + "//" + "x" * 5_000_000, "program_error too_large"),
        "five_megabytes_in_one_text": (f'const data = "{"A" * 5_000_000}";\n{HONEST}', "program_error too_large"),
        "lone_surrogate": (f'{HONEST} const half = "\ud800";', "program_error no_program"),
        "lone_surrogate_escaped": (f'{HONEST} console.log("\\ud800", "\\udfff\\ud800");', "ok honest"),
        "null_bytes_in_text": (f'{HONEST} const zero = "a\0b"; console.log(zero);', "ok honest"),
        "null_bytes_in_code": (f"\0\0\0{HONEST}", "program_error syntax"),
        "closing_script_tag": (f'const tag = "</script><script>throw 1</script><!--"; {HONEST}', "ok honest"),
        "byte_order_mark": (f"\ufeff{HONEST}", "ok honest"),
        "carriage_returns": (HONEST.replace(" ", "\r\n", 3).replace("; ", ";\r"), "ok honest"),
        "line_separators": (f"const text = '\u2028\u2029';\u2028{HONEST}\u2029", "ok honest"),
        "es_module": (module, "program_error syntax"),
        "typescript": (typed, "program_error syntax"),
        "python": (python, "program_error syntax"),
        "refusal_prose": (refusal, "program_error syntax"),
        "html_document": (page, "program_error syntax"),
        "empty": ("", "program_error no_program"),
        "white_space": (" \n\t\u00a0\r\n", "program_error no_program"),
        "only_a_comment": ("// a peony in the rain", "program_error no_setup"),
        "nested_too_deep": ("[" * 45_000 + "]" * 45_000, "program_error syntax"),
        "a_sum_too_long": (f"const sum = {'+'.join('1' * 45_000)};\n{HONEST}", "ok honest"),
        "bidirectional_marks": (f"/* \u202e\u2066 */ {HONEST} // \u2069\u202c", "ok honest"),
        "native_syntax": (f"%DebugPrint(1); {HONEST}", "program_error syntax"),
        "another_source_url": (f"{HONEST}\n//# sourceURL=p5.js\nnull.x;", "program_error runtime"),
    }  # fmt: skip
    return [
        Hostile(f"made_{name}", text, {"engine": read_expected(words), "page": read_expected(words)})
        for name, (text, words) in both.items()
    ]


def read_corpus() -> list[Hostile]:
    """Returns every program, those in files first."""
    files = sorted(HOSTILE.glob("*.js"))
    return [*(read_program(path.stem, path.read_text(encoding="utf-8")) for path in files), *_made()]
