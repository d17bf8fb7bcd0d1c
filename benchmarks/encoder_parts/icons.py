"""The same subjects in three styles: emoji from three icon sets of npm, drawn on white paper."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from codepaint_env.cli.progress_bar import step
from codepaint_env.render.browser.npm import check_integrity, download, find_node
from rewards.errors import MissingPart

SIDE_PX = 224
SETS = {  # version and npm's hash of the archive
    "openmoji": (
        "1.2.29",
        "sha512-vXdhkqcXVSO6suy+m9LbcUM3OdVyuNOtpV8/als/WqfkQIRxevL5Geb/g+6GH/Qwnq1OqksEmaDGTCmZ5nFKJQ==",
    ),
    "twemoji": (
        "1.2.5",
        "sha512-uKpuIEV0v6K5BW3Mjdyl+XKFVAbbcPxAgifKvEMtZoUZB5+YiY5zaMm2uNNCxyXzAWU9yNLlj41WU6/mvgALsw==",
    ),
    "noto": (
        "1.2.9",
        "sha512-DQiuXENbun41ch+XPSV55H9FaWKpHTyz46YIKtSaKYD4fIDDzL1tR6H4np/T38jfrTAeI3rcKF0mqHYeZVAuaw==",
    ),
}
# Hundreds of icons differ in nothing but skin, and flags, signs and hands have no subject to recognise.
_LEFT_OUT = re.compile(
    "skin|flag|button|keycap|clock|person|man|woman|men|women|people|family|couple|kiss|arrow|hand|letter|sign|"
    "square|circle|medal"
)


def draw_icons(subjects: int) -> tuple[list[str], dict[str, list[NDArray[np.uint8]]]]:
    """Draws some subjects in all styles; which they are is decided by the hash of their names.

    Returns:
        Their names in the order of the hashes, and for each set the pictures in the same order, `(224, 224, 3)` uint8.
    """
    names, sets = read_icons(subjects)
    return names, {name: [_drawn(each) for each in documents] for name, documents in sets.items()}


def read_icons(subjects: int) -> tuple[list[str], dict[str, list[str]]]:
    """Returns the names of some subjects, and their SVG documents in each set, in the same order."""
    folder = _fetched()
    sets = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in SETS}
    shared = set.intersection(*(set(each["icons"]) for each in sets.values()))
    ranked = sorted(
        (name for name in shared if not _LEFT_OUT.search(name)),
        key=lambda name: hashlib.sha256(name.encode()).digest(),
    )
    names = ranked[:subjects]
    return names, {name: [_document(each, icon) for icon in names] for name, each in sets.items()}


def _document(icons: dict[str, Any], name: str) -> str:
    icon = icons["icons"][name]
    width, height = (icon.get(side, icons[side]) for side in ("width", "height"))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}" width="{SIDE_PX}" height="{SIDE_PX}">{icon["body"]}</svg>'
    )


def _drawn(svg: str) -> NDArray[np.uint8]:
    import skia

    drawing = skia.SVGDOM.MakeFromStream(skia.MemoryStream.MakeCopy(svg.encode()))
    drawing.setContainerSize(skia.Size(SIDE_PX, SIDE_PX))
    surface = skia.Surface(SIDE_PX, SIDE_PX)
    surface.getCanvas().clear(skia.ColorWHITE)
    drawing.render(surface.getCanvas())
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    return np.ascontiguousarray(pixels[..., :3])


def _fetched() -> Path:
    """Returns the folder of the three sets in the user's cache; npm is asked for what is not there."""
    told = hashlib.sha256(repr(SETS).encode()).hexdigest()[:12]
    folder = platformdirs.user_cache_path("codepaint") / f"benchmark-icons-{told}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (version, integrity) in SETS.items():
        file = folder / f"{name}.json"
        if file.exists():
            continue
        npm = find_node("npm")
        if npm is None:
            raise MissingPart("npm was not found; install Node.js or `pip install 'codepaint-env[node]'`.")
        spec = f"@iconify-json/{name}@{version}"
        with tempfile.TemporaryDirectory() as scratch, step(f"Fetching {spec} from npm"):
            archive = download(npm, spec, Path(scratch))
            check_integrity(archive, spec, integrity)
            with tarfile.open(archive) as held:
                member = held.extractfile("package/icons.json")
                assert member is not None, "an archive with this hash holds it"
                part = file.with_suffix(".part")
                part.write_bytes(member.read())
                part.replace(file)
    return folder
