"""What npm would deliver: an archive, and a script in npm's place."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

NPM = """#!/bin/sh
for folder; do :; done
echo "$2" >> "{folder}/asked"
{action}
"""


def archive(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as file:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return path
