"""The markup of a document as HTMLHint reads it: without the code in it, and with the work that reading it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EDGE = re.compile(r"<!--|-->|<(?P<end>/)?(?P<name>script|style)\b", re.IGNORECASE)
# What HTMLHint takes for the beginning of a tag; `loose` attributes can be read in two ways each.
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+)"""
_PART = re.compile(
    rf"""<(?:/[^\s>]*+\s*+|![^>]*+|[\w:-]++(?>(?:\s++[^\s"'>/=\x00-\x0f\x7f-\x9f]++(?>(?:\s*+=\s*+{_VALUE})?))*)\s*+/?+)"""
)
_ANGLE = re.compile("[<>]")
_LOOSE = re.compile(r"=\s+[^\s\"'>]")


def without_code(document: str) -> str:
    """Returns a document of the same length whose scripts and styles hold neither `<` nor `>`.

    HTMLHint looks for tags in them as well: `if (a<b && c = d) …` costs it a time that doubles with each `=`.
    """
    told, kept = [], 0
    for begin, end in _code(document):
        told += [document[kept:begin], _ANGLE.sub(" ", document[begin:end])]
        kept = end
    return "".join([*told, document[kept:]])


def scanned(document: str, most: int) -> int:
    """Returns about how many characters HTMLHint's parser looks at; counts no further than beyond `most`."""
    total = here = 0
    while total <= most and (here := document.find("<", here)) >= 0:
        part = _PART.match(document, here)
        end = part.end() if part else here + 1
        closed = document.startswith(">", end)
        loose = 0 if closed else len(_LOOSE.findall(document, here, end))
        total += (end - here) << min(loose, 40)
        if document.startswith("<!--", here):
            end = document.find("-->", here + 4)
            total += (len(document) if end < 0 else end) - here
            end, closed = (end + 2, True) if end >= 0 else (here, False)
        here = end + 1 if closed else here + 1
    return total


def _code(document: str) -> Iterator[tuple[int, int]]:
    """Yields where the text of each script and style begins and ends."""
    inside, begin = "", 0
    for edge in _EDGE.finditer(document):
        if edge.start() < begin:
            continue
        name = (edge["name"] or edge[0]).lower()
        if inside == "<!--":
            inside = "" if name == "-->" else inside
        elif inside:
            if edge["end"] and name == inside:
                yield begin, edge.start()
                inside = ""
        elif name == "<!--":
            inside = name
        elif edge["name"] and not edge["end"]:
            begin = document.find(">", edge.end()) + 1
            if begin == 0:
                return
            inside = name
    if inside in ("script", "style"):
        yield begin, len(document)
