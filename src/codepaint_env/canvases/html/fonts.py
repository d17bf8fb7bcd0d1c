"""Which pinned font stands for which family name of a page; none of the machine's fonts is ever seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

# Pinned family -> the generic names, and the names of fonts that come with some system, which it stands for. A family
# that is in neither list is not there, and the next name of the page's own list counts.
FAMILIES = {
    "Inter": (
        "sans-serif, sans, system-ui, ui-sans-serif, ui-rounded, -apple-system, BlinkMacSystemFont, Arial, Helvetica, "
        "Helvetica Neue, Segoe UI, Roboto, Verdana, Tahoma, Trebuchet MS, Calibri, Lucida Grande, Gill Sans, "
        "SF Pro Display, SF Pro Text, San Francisco, Ubuntu, Cantarell, Oxygen, Noto Sans, Liberation Sans"
    ),
    "Source Serif 4": (
        "serif, ui-serif, Times New Roman, Times, Georgia, Cambria, Palatino, Palatino Linotype, Book Antiqua, "
        "Garamond, Baskerville, Didot, Noto Serif, Liberation Serif"
    ),
    "Source Code Pro": (
        "monospace, ui-monospace, Courier New, Courier, Menlo, Monaco, Consolas, SF Mono, SFMono-Regular, "
        "Lucida Console, Cascadia Code, Liberation Mono, Noto Sans Mono, DejaVu Sans Mono"
    ),
    "Caveat": (
        "cursive, Comic Sans MS, Comic Sans, Script, Brush Script MT, Segoe Script, Snell Roundhand, "
        "Bradley Hand, Lucida Handwriting"
    ),
    "Anton": "fantasy, Impact, Haettenschweiler, Arial Narrow Bold",
    "Noto Color Emoji": "emoji, Apple Color Emoji, Segoe UI Emoji, Segoe UI Symbol, Twemoji Mozilla",
}
# Where a family lacks a letter, these are looked through in this order.
FALLBACK = (
    "Inter",
    "DejaVu Sans",  # symbols, Hebrew, Arabic, Georgian, Armenian
    "Zen Kaku Gothic New",  # Japanese
    "ZCOOL XiaoWei",  # Chinese, simplified
    "NanumGothic",  # Korean
    "Noto Color Emoji",
)


def rules() -> str:
    """Returns the rules for fontconfig, for `codepaint_env.render.browser.launch.font_configuration`."""
    return "".join(_rules())


def fingerprint() -> str:
    """Returns a short hash of the rules; the fonts themselves are pinned with the browser."""
    return hashlib.sha256(rules().encode()).hexdigest()[:16]


def _rules() -> Iterator[str]:
    for family, names in FAMILIES.items():
        for name in names.split(", "):
            yield (
                f'<match target="pattern"><test name="family"><string>{name}</string></test>'
                f'<edit name="family" mode="assign" binding="same"><string>{family}</string></edit></match>\n'
            )
    for family in FALLBACK:
        yield (
            '<match target="pattern"><edit name="family" mode="append_last" binding="weak">'
            f"<string>{family}</string></edit></match>\n"
        )
