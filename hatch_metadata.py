"""Tells the index of packages where the repository is: project links, and a README whose links are whole there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

REPOSITORY = "CODEPAINT_REPOSITORY"
"""The environment variable with the address, such as https://github.com/OWNER/codepaint; a release sets it."""
LINK = re.compile(r"(!?)(\[(?:[^\[\]]|\[[^\]]*\]\([^)]*\))*\])\(([^)\s]+)\)")


class Published(MetadataHookInterface):
    """Adds `urls` and the README; without the variable there are no urls, and links stay as they are."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Fills in what `pyproject.toml` calls dynamic."""
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        repository = os.environ.get(REPOSITORY, "").rstrip("/")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": absolute(readme, repository) if repository else readme,
        }
        metadata["urls"] = urls(repository) if repository else {}


def urls(repository: str) -> dict[str, str]:
    """Returns the links that the index shows beside the README."""
    return {
        "Repository": repository,
        "Documentation": f"{repository}/blob/HEAD/docs/index.md",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }


def absolute(text: str, repository: str) -> str:
    """Makes the relative links of a Markdown text absolute: pictures lead to bytes, the others to pages."""

    def whole(match: re.Match[str]) -> str:
        bang, label, target = match.groups()
        if "](" in label:  # a picture that is a link
            label = LINK.sub(whole, label[1:-1]).join("[]")
        if re.match(r"[a-z]+:|#", target):
            return f"{bang}{label}({target})"
        return f"{bang}{label}({repository}/{'raw' if bang else 'blob'}/HEAD/{target})"

    return LINK.sub(whole, text)
