"""`codepaint doctor` looks at the servers that `CODEPAINT_URL` names."""

from __future__ import annotations

import re

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.cli.doctor import servers
from serving import serving


def test_without_the_variable_it_looks_at_none(monkeypatch):
    monkeypatch.delenv("CODEPAINT_URL", raising=False)
    assert list(servers.named()) == []


def test_it_draws_a_sample_at_each_and_says_which_does_not_answer(monkeypatch):
    monkeypatch.setattr(servers, "PATIENCE_S", 0.3)
    with serving(SVG(), workers=1) as server:
        monkeypatch.setenv("CODEPAINT_URL", f"{server.url},http://127.0.0.1:1")
        there, gone = servers.named()
    told = rf"{server.url}: codepaint \S+, svg, 1 programs at once; a sample took \d+ ms"
    assert there.state == "ok"
    assert re.fullmatch(told, there.text)
    assert gone.state == "missing"
    assert re.search(r"http://127.0.0.1:1: .*cannot be reached.*Start it with `codepaint serve`", gone.text)


def test_a_variable_that_holds_no_address_is_told(monkeypatch):
    monkeypatch.setenv("CODEPAINT_URL", "localhost")
    [line] = servers.named()
    assert "CODEPAINT_URL holds 'localhost'" in line.text
