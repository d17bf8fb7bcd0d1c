"""Letters of a page come from the pinned fonts, in the weight that was asked for, and emoji in colour."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from PIL import Image

from codepaint_env.canvases.html import fonts
from codepaint_env.canvases.html.virtual_page import VirtualPage
from rewards import loop_thread

FAMILIES = {
    "sans-serif": "Inter",
    "system-ui": "Inter",
    "-apple-system, BlinkMacSystemFont": "Inter",
    "Arial": "Inter",
    "serif": "Source Serif 4",
    "Georgia": "Source Serif 4",
    "No Such Font": "Source Serif 4",  # as every browser's default is a serif
    "monospace": "Source Code Pro",
    "'Courier New'": "Source Code Pro",
    "cursive": "Caveat",
    "fantasy": "Anton",
}
SCRIPTS = {
    "Zażółć": "Inter",
    "Русский": "Inter",
    "Ελληνικά": "Inter",
    "עברית": "DejaVu Sans",
    "日本語": "Zen Kaku Gothic New",
    "这们": "ZCOOL XiaoWei",
    "한국어": "NanumGothic",
    "♔☰": "DejaVu Sans",
    "😀🛒🚀": "Noto Color Emoji",
}
WEIGHTS = (200, 300, 400, 500, 600, 700, 800, 900)
ROW_PX = 44


class Sheet:
    """A page of rows, each of one style and one text."""

    def __init__(self, pipe, rows):
        body = "".join(
            f'<p style="font-family: {family}; font-weight: {weight}">{text}</p>'
            for family, weight, text in rows
        )
        style = f"body{{margin:0}}p{{margin:0;height:{ROW_PX}px;font-size:32px;line-height:{ROW_PX}px}}"
        document = f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{style}</style>{body}'
        self.families, png = loop_thread.run(self._look(pipe, document))
        self.picture = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)

    async def _look(self, pipe, document):
        page = VirtualPage(pipe)
        await page.open(document, 0, settle_ms=0)
        send = page.session.send
        await send("DOM.enable", {})
        await send("CSS.enable", {})
        root = (await send("DOM.getDocument", {}))["root"]["nodeId"]
        rows = (await send("DOM.querySelectorAll", {"nodeId": root, "selector": "p"}))["nodeIds"]
        used = [(await send("CSS.getPlatformFontsForNode", {"nodeId": row}))["fonts"] for row in rows]
        png = await page.screenshot()
        await page.close()
        return [{font["familyName"] for font in each} for each in used], png

    def row(self, index):
        return self.picture[index * ROW_PX : (index + 1) * ROW_PX]


@pytest.fixture(scope="module")
def families(pipe):
    return Sheet(pipe, [(family, 400, "Hamburgefons") for family in FAMILIES])


def test_every_generic_family_and_the_usual_system_fonts_have_a_pinned_one(families):
    assert families.families == [{family} for family in FAMILIES.values()]


def test_the_families_look_different(families):
    rows = {family: families.row(index) for index, family in enumerate(FAMILIES.values())}
    kinds = list(rows)
    assert all(np.any(rows[one] != rows[other]) for one in kinds for other in kinds if one < other)


def test_each_weight_is_darker_than_the_one_before(pipe):
    sheet = Sheet(pipe, [("sans-serif", weight, "Hamburgefons") for weight in WEIGHTS])
    ink = [(255 - sheet.row(index)).sum() for index in range(len(WEIGHTS))]
    assert all(more > 1.05 * less for less, more in itertools.pairwise(ink))


@pytest.fixture(scope="module")
def scripts(pipe):
    return Sheet(pipe, [("sans-serif", 400, text) for text in [*SCRIPTS, "ไ", "\U0001347f"]])


def test_every_script_of_the_docs_has_a_font(scripts):
    assert scripts.families[: len(SCRIPTS)] == [{family} for family in SCRIPTS.values()]


def test_emoji_are_in_colour(scripts):
    emoji = scripts.row(list(SCRIPTS).index("😀🛒🚀"))
    saturation = emoji.max(axis=2) - emoji.min(axis=2)
    assert (saturation > 80).sum() > 300
    letters = scripts.row(0)
    assert (letters.max(axis=2) - letters.min(axis=2)).max() == 0  # grey edges, the same on every screen


def test_no_script_is_drawn_as_boxes(scripts):
    box = scripts.row(len(SCRIPTS))  # Thai, which no pinned font has
    left = next(column for column in range(box.shape[1]) if (box[:, column] < 128).any())
    tofu = box[:, left : left + 12]
    for index in range(len(SCRIPTS)):
        row = scripts.row(index)
        found = next(column for column in range(row.shape[1]) if (row[:, column] < 200).any())
        assert np.any(row[:, found : found + 12] != tofu)


def test_the_rules_name_every_family_once():
    names = [name for names in fonts.FAMILIES.values() for name in names.split(", ")]
    assert len(names) == len(set(names))
    assert len(fonts.fingerprint()) == 16
