"""The hostile pages: what each tries, and what is to come of it, drawn and explored.

A page is a file in `tests/canvases/html/hostile`, or made here where no file could hold it. Its first comment says:

    tries: what the page tries, for people
    expects: ok honest; network         status and kind, `honest` where the picture is the one of `HONEST` to the byte;
                                        after `;` the kinds of findings that have to be there
    explored: ok 1                      what comes of it explored: status, kind, credited steps (`any` where either is
                                        right); pages without it are drawn only
    rounds: 3                           drawn so often in turn, so that one of the two workers meets it again

`{KIOSK}` is a page whose button works, `{DEAD}` the same without its script. `{URL}` stands for an address of the
canaries, `{TCP}` and `{UDP}` for their ports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from places import HOSTILE_PAGES

STYLE = (
    "<style>body{margin:0;font:18px/1.5 sans-serif;color:#222;background:#fbf6ec}main{max-width:560px;margin:80px auto}"
    "button{font:inherit;padding:10px 20px;color:#fff;background:#8d3b4c;border:0;border-radius:8px}</style>"
)
DEAD = (
    "<main><h1>Kiosk</h1><p>Open daily from eight to six.</p>"
    '<button id="add">Add an apple</button><p id="count">0 apples</p></main>'
)
KIOSK = (
    f'{DEAD}<script>{{ let apples = 0; document.getElementById("add").onclick = () => {{ apples += 1;'
    ' document.getElementById("count").textContent = `${apples} apples`; }; }</script>'
)
KINDS = frozenset(
    {"no_program", "too_large", "work_limit", "memory_limit", "crash", "never_finished", "blank"}
)
FINDINGS = frozenset({"network", "page_error", "console"})
_HEAD = re.compile(r"<!--\n((?:[a-z]+: .+\n)+)-->\n")


def whole(body: str) -> str:
    """Returns a document around a body."""
    body = body.replace("{KIOSK}", KIOSK).replace("{DEAD}", DEAD)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kiosk</title>'
        f"{STYLE}</head><body>{body}</body></html>"
    )


HONEST = whole("{KIOSK}")
SIBLING = whole(
    "<main><h1>Bakery</h1><button id='b'>Bake</button><p id='o'>cold</p><canvas id='c' width='300' height='90'></canvas></main>"
    "<script>const g = document.getElementById('c').getContext('2d'); for (let i = 0; i < 40; i++) {"
    " g.fillStyle = `hsl(${360 * Math.random()} 60% 50%)`; g.fillRect(7 * i, 90 * Math.random(), 9, 9); }"
    " document.getElementById('b').onclick = () => { document.getElementById('o').textContent = 'warm'; };</script>"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to come of a page that is drawn.

    Attributes:
        status: `ok` or `program_error`.
        kinds: Of which the kind is to be one; `{""}` for `ok`.
        honest: True if the picture has to be that of `HONEST`, to the byte.
        findings: Kinds of findings that have to be there.
    """

    status: str
    kinds: frozenset[str] = frozenset({""})
    honest: bool = False
    findings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Explored:
    """What is to come of a page that is explored.

    Attributes:
        status: `ok` or `program_error`.
        kinds: Of which the kind is to be one.
        credited: Steps that earn; None where either is right.
    """

    status: str
    kinds: frozenset[str]
    credited: int | None


@dataclass(frozen=True, slots=True)
class HostilePage:
    """One page of the corpus.

    Attributes:
        name: Says the trick.
        tries: The trick in words.
        text: The document, still with the marks of the canaries.
        expected: Of drawing it.
        explored: Of exploring it; None where it is not.
        rounds: How often it is drawn in turn.
    """

    name: str
    tries: str
    text: str
    expected: Expected
    explored: Explored | None = None
    rounds: int = 1

    def document(self, tcp: int, udp: int) -> str:
        """Returns the document with the canaries' addresses."""
        told = {"{URL}": f"http://127.0.0.1:{tcp}", "{TCP}": str(tcp), "{UDP}": str(udp)}
        return re.sub(r"\{(?:URL|TCP|UDP)\}", lambda found: told[found[0]], self.text)


def read_expected(words: str) -> Expected:
    """Returns what the words of `expects` mean; raises `ValueError` if they are none."""
    outcome, _, findings = words.partition(";")
    wanted = frozenset(findings.split())
    status, kinds, rest = _outcome(outcome.split())
    if rest in ([], ["honest"]) and wanted <= FINDINGS and not (rest and status != "ok"):
        return Expected(status, kinds, bool(rest), wanted)
    raise ValueError(
        f"{words!r} is no expectation: it is `ok`, `ok honest` or `program_error KIND`, then `; FINDING`"
    )


def read_explored(words: str) -> Explored:
    """Returns what the words of `explored` mean; raises `ValueError` if they are none."""
    status, kinds, rest = _outcome(words.split())
    if len(rest) == 1 and (rest[0] == "any" or rest[0].isdecimal()):
        return Explored(status, kinds, None if rest[0] == "any" else int(rest[0]))
    raise ValueError(f"{words!r} is no expectation: it is `ok N`, `ok any` or `program_error KIND N`")


def _outcome(words: list[str]) -> tuple[str, frozenset[str], list[str]]:
    match words:
        case ["ok", *rest]:
            return "ok", frozenset({""}), rest
        case ["program_error", kinds, *rest] if set(kinds.split("|")) <= KINDS:
            return "program_error", frozenset(kinds.split("|")), rest
    raise ValueError(f"{' '.join(words)!r} begins with no status and kind")


def read_page(name: str, text: str) -> HostilePage:
    """Returns a page with what its first comment says; raises `ValueError` if that is missing or unknown."""
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"{name} does not begin with a comment of lines such as `tries: …`")
    pairs = [line.split(": ", 1) for line in head[1].splitlines()]
    told = dict(pairs)
    if len(told) < len(pairs) or not {"tries", "expects"} <= told.keys() <= {
        "tries",
        "expects",
        "explored",
        "rounds",
    }:
        raise ValueError(f"{name} says {', '.join(key for key, _ in pairs)}")
    return HostilePage(
        name,
        told["tries"],
        whole(text[head.end() :]),
        read_expected(told["expects"]),
        read_explored(told["explored"]) if "explored" in told else None,
        int(told.get("rounds", "1")),
    )


def _made() -> list[HostilePage]:
    """Returns the pages that are no text files, or would not be left alone as such."""
    doctype = "<!doctype html>"
    made: dict[str, tuple[str, str]] = {
        "empty": ("", "program_error no_program"),
        "white_space": (" \n\t\r\n", "program_error no_program"),
        "prose": ("I'm sorry, but I can't help with that shop.", "ok"),
        "five_megabytes": (whole("{KIOSK}<!--" + "x" * 5_000_000 + "-->"), "program_error too_large"),
        "only_a_doctype": (doctype, "program_error blank"),
        "nothing_to_see": (whole("<script>document.body.replaceChildren();</script>"), "program_error blank"),
        "hidden_in_white": (whole("<style>*{color:#fff!important;background:#fff!important}</style>{KIOSK}"), "program_error blank"),
        "lone_surrogate": (whole("{KIOSK}") + "<!-- \ud800 -->", "program_error no_program"),
        "null_bytes": (whole("{KIOSK}").replace("<main>", "<main>\0"), "ok"),
        "byte_order_mark": ("\ufeff" + whole("{KIOSK}"), "ok honest"),
        "carriage_returns": (whole("{KIOSK}").replace("><", ">\r\n<", 2), "ok honest"),
        "unclosed": (whole("{KIOSK}").removesuffix("</body></html>") + "<div><script>let x = ", "ok"),
        "closing_tags": (whole('{KIOSK}<script>const tag = "</script><script>throw 1</script><!--";</script>'), "ok; page_error"),
        "another_address": (whole('<base href="http://127.0.0.1:{TCP}/">{KIOSK}<img src="x" alt="" hidden>'), "ok honest; network"),
        "another_charset": (whole('{KIOSK}').replace("utf-8", "utf-16"), "ok honest"),
        "quirks": (whole("{KIOSK}").removeprefix(doctype), "ok"),
    }  # fmt: skip
    return [
        HostilePage(f"made_{name}", name.replace("_", " "), text, read_expected(words))
        for name, (text, words) in made.items()
    ]


def read_corpus() -> list[HostilePage]:
    """Returns every page, those in files first."""
    files = sorted(HOSTILE_PAGES.glob("*.html"))
    return [*(read_page(path.stem, path.read_text(encoding="utf-8")) for path in files), *_made()]
