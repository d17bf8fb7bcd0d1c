"""The hostile documents: each comes to what is expected, is cheap, and neither fetches nor reads anything.

`hostile/expected.json` says for each file what comes of it without letters: the outcome, the kinds of what was
noticed, and whether the picture is blank. `{PORT}` stands for the port of a listener that nobody may reach.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from codepaint_env.canvases.svg.draw import draw
from codepaint_env.canvases.svg.gate.gate import gate
from codepaint_env.canvases.svg.limits import SvgLimits

FOLDER = Path(__file__).parent / "hostile"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
LIMITS = SvgLimits()
CPU_S = 2.0  # far above what any of them takes

DOT = '<circle cx="50" cy="50" r="40" fill="#c03344"/>'


def framed(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{body}</svg>'


# What no file should hold.
MADE = {
    "groups_20000": (framed("<g>" * 20_000 + "</g>" * 20_000), "too_deep"),
    "elements_20000_flat": (framed("<g/>" * 20_001), "work_limit"),
    "large_circles": (framed('<circle cx="50" cy="50" r="90" fill="#c033" />' * 1_600), "work_limit"),
    "letters_90000": (framed(f"<text>{'a' * 90_000}</text>"), "work_limit"),
    "path_of_2_megabytes": (framed(f'<path d="M0 0{"l1 1-1-1" * 250_000}"/>'), "too_large"),
    "path_that_crosses_itself": (framed(f'<path d="M0 0{"L7 99 93 1 50 99 2 1" * 9_000}"/>'), "work_limit"),
    "one_path_1000_times": (
        framed(f'<path id="p" d="M0 0{"l9 90 9-90" * 5_000}"/>' + '<use href="#p"/>' * 1_000),
        "work_limit",
    ),
    "markers_on_90000_points": (
        framed(f'<marker id="m">{DOT}</marker><path marker-mid="url(#m)" d="M0 0{"h1" * 90_000}"/>'),
        "work_limit",
    ),
    "null_bytes": ("\0" + framed(DOT), "syntax"),
    "half_a_letter": (framed("<text>\ud800</text>"), "no_program"),
    "links_within_links": (
        framed(
            '<clipPath id="c">' * 50
            + '<rect clip-path="url(#d)"/>' * 5_000
            + "</clipPath>" * 50
            + f'<clipPath id="d">{"<rect/>" * 5_000}</clipPath>'
        ),
        "work_limit",
    ),
}


@pytest.fixture(scope="module")
def listener():
    """A port that is listened to; what connects to it is found afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_document_comes_to_what_is_expected(name, listener):
    text = (
        (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("{PORT}", str(listener.getsockname()[1]))
    )
    begin = time.process_time()
    drawn = draw(text, LIMITS, letters=False, fonts=FOLDER)
    assert time.process_time() - begin < CPU_S
    found = {"outcome": drawn.outcome}
    if drawn.findings:
        found["findings"] = [finding.kind for finding in drawn.findings]
    if drawn.rgb is not None and (drawn.rgb == drawn.rgb[0, 0]).all():
        found["blank"] = True
    assert found == EXPECTED[name], drawn.message
    assert (drawn.outcome == "done") == (not drawn.message)


@pytest.mark.parametrize("name", MADE)
def test_a_document_too_large_for_a_file_comes_to_what_is_expected(name):
    text, kind = MADE[name]
    limits = SvgLimits(chars=1_000_000) if kind != "too_large" else LIMITS
    begin = time.process_time()
    gated = gate(text, limits, letters=True)
    assert time.process_time() - begin < 2 * CPU_S
    assert gated.refusal is not None
    assert gated.refusal[0] == kind


def test_the_corpus_is_large_and_every_file_is_expected():
    assert {path.stem for path in FOLDER.glob("*.svg")} == EXPECTED.keys()
    assert len(EXPECTED) >= 100


@pytest.mark.parametrize("name", EXPECTED)
def test_what_passes_refers_only_to_its_own_elements(name):
    svg = gate((FOLDER / f"{name}.svg").read_text(encoding="utf-8"), LIMITS, letters=True).svg
    assert all(link.startswith("#") for link in re.findall(r"""href=["']([^"']*)""", svg))
    assert all(link.startswith("#") for link in re.findall(r"url\(([^)]*)", svg, re.IGNORECASE))
    assert not re.search(r"<(?!/?(svg|g|a|defs|symbol|use|switch|[a-z]+Gradient|stop|pattern|mask|clipPath|marker|filter|fe[A-Z]"
                         r"|rect|circle|ellipse|line|poly|path|text|tspan))", svg)  # fmt: skip


@pytest.mark.full
def test_no_file_but_those_of_the_program_itself_is_opened(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text(framed(DOT))
    program = f"""
import json, pathlib, sys
sys.path[:] = {sys.path!r}
from codepaint_env.canvases.svg.draw import draw
from codepaint_env.canvases.svg.limits import SvgLimits
folder = pathlib.Path({str(FOLDER)!r})
texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.svg"))]
texts += [text.replace("/etc/hostname", {str(secret)!r}) for text in texts]
draw({framed(DOT)!r}, SvgLimits(), letters=False, fonts=folder)  # loads what is loaded late
opened = []
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event in ("open", "socket.connect") else None)
for text in texts:
    draw(text, SvgLimits(), letters=False, fonts=folder)
print(json.dumps(opened))
"""
    trace = tmp_path / "trace"
    # Python's own hooks see what Python opens; the kernel sees what resvg opens, where strace is to be had.
    strace = (
        ["strace", "-f", "-e", "trace=openat,connect", "-o", str(trace)] if shutil.which("strace") else []
    )
    ran = subprocess.run(
        [*strace, sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
    if strace:
        assert "connect(" not in trace.read_text()
        assert str(secret) not in trace.read_text()
