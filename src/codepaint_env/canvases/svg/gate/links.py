"""References: what is a link to an element of the document, what is data, and what would lead outside."""

from __future__ import annotations

import re

from codepaint_env.canvases.svg.gate.refusal import Refused

_URL = re.compile(r"""url\s*\(\s*("[^"]*"?|'[^']*'?|[^)]*)""", re.IGNORECASE)
_IMAGES = re.compile(r"(?<![\w-])(?:-webkit-)?(?:image|image-set|src|cross-fade)\s*\(", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20]")
_LOCAL = re.compile(r"#[^\s\"'()<>\\]+\Z")
_PAINT = re.compile(
    r"""\s*+url\(\s*+["']?#([^\s"'()<>\\]++)["']?\s*+\)\s*+([\w#(),.%\s-]*+)\Z""", re.IGNORECASE
)


class Links:
    """Checks every reference of one document, and remembers data that was found instead of one.

    Attributes:
        embedded: Where data stands in place of a reference, such as `<image>`.
    """

    def __init__(self) -> None:
        self.embedded: dict[str, None] = {}

    def link(self, tag: str, value: str) -> str | None:
        """Returns the id that an `href` or `src` refers to; None if there is nothing to follow.

        Raises:
            Refused: It leads outside, or holds a script.
        """
        bare = _CONTROLS.sub("", value)
        if bare.lower().startswith(("javascript:", "vbscript:")):
            raise Refused("script", f"<{tag}> links to a script; pictures are drawn without scripts.")
        if tag == "a" or not bare:
            return None  # nothing is fetched for a hyperlink, and nothing is drawn
        if self._data(bare, f"<{tag}>"):
            return None
        if not bare.startswith("#"):
            raise Refused(
                "off_document", f"<{tag}> refers to {_shortened(bare)}; only #id in the document is followed."
            )
        return value.strip()[1:] if _LOCAL.match(value.strip()) else None

    def style(self, text: str) -> None:
        """Checks every `url(...)` of a style or an attribute.

        Raises:
            Refused: One leads outside, or holds a script.
        """
        if _IMAGES.search(text) and re.search(r"""["']""", text):
            raise Refused("off_document", "A style takes an image from elsewhere; paint it instead.")
        for match in _URL.finditer(text):
            bare = _CONTROLS.sub("", match[1].strip().strip("\"'"))
            if bare.lower().startswith("javascript:"):
                raise Refused("script", "A style links to a script; pictures are drawn without scripts.")
            if bare and not bare.startswith("#") and not self._data(bare, "a style"):
                raise Refused(
                    "off_document",
                    f"A style refers to {_shortened(bare)}; only url(#id) in the document is followed.",
                )

    def foreign(self, value: str) -> bool:
        """Returns whether a value holds a `url(...)` that is data, and is left out for that."""
        return any(not match[1].strip().strip("\"'").startswith("#") for match in _URL.finditer(value))

    def _data(self, bare: str, place: str) -> bool:
        if not bare.lower().startswith("data:"):
            return False
        self.embedded[place] = None
        return True


def paint(value: str) -> tuple[str, str] | None:
    """Returns the id of a `url(#id)` with what follows it; None if the value is no such reference."""
    match = _PAINT.match(value)
    return (match[1], match[2].strip()) if match else None


def _shortened(bare: str) -> str:
    return repr(bare if len(bare) <= 60 else bare[:57] + "...")
