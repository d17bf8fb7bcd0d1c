"""An HTML file as its elements and texts, and samples that try to break one."""

from __future__ import annotations

from html.parser import HTMLParser

from rewards.types import Rendering

EVIL = '</script></pre></title><img src=x onerror="alert(1)"><script>alert(2)</script>\'"&'


GONE = Rendering("machine_error", "browser", "the browser went away")


SYNTAX = Rendering("program_error", "syntax", "SyntaxError: Unexpected token", evidence=frozenset({"source"}))


class Page(HTMLParser):
    """What a browser would make of the page: its elements and the text of each kind."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        self.elements.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.texts[self._inside][-1] += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            a for name, a in self.elements if name == tag and all(a.get(k) == v for k, v in wanted.items())
        ]
