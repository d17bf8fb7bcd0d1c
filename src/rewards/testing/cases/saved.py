"""A case that broke a law, in a folder: a PNG for each picture, and `case.json`, from which it is replayed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from rewards.errors import SpecError
from rewards.testing.cases.described import Painted, described, from_json, to_json
from rewards.testing.law import Case, Law


def save(folder: Path, law: Law, case: Case, *, reward: str, reason: str) -> Path:
    """Keeps a case in a folder of its own, such as `check/05-7f3a`, which it returns."""
    told = to_json(case)
    digest = hashlib.sha256(json.dumps([law.id, told], sort_keys=True).encode()).hexdigest()
    target = folder / f"{law.id}-{digest[:4]}"
    target.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(described(case)):
        picture = part.picture if isinstance(part, Painted) else part
        if picture is not None:
            _write(target / f"{number}.png", picture.pixels())
    document = {"law": law.id, "name": law.name, "reward": reward, "reason": reason, "case": told}
    (target / "case.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return target


def load(folder: Path) -> tuple[str, Case]:
    """Returns the id of the law and the case that were saved in a folder.

    Raises:
        SpecError: There is no such case, or it cannot be understood.
    """
    path = folder / "case.json" if folder.is_dir() else folder
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return str(told["law"]), from_json(told["case"])
    except FileNotFoundError:
        raise SpecError(
            f"There is no {path}; name the folder that a failed check printed after 'saved'."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise SpecError(
            f"{path} is no case of a law ({error!r}); check the reward anew to make one."
        ) from None


def _write(path: Path, pixels: object) -> None:
    import numpy as np
    from PIL import Image

    image = np.asarray(pixels)
    if image.size:
        Image.fromarray(image).save(path)
