"""Which checkpoint of a transformers trainer to go on from: the last that was written to its end."""

from __future__ import annotations

import json
import logging
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

_log = logging.getLogger("codepaint")

_NAME = re.compile(r"checkpoint-(\d+)")
_STATE = "trainer_state.json"  # is written last


def last_whole_checkpoint(folder: str | Path) -> str | None:
    """Returns the path of the last whole checkpoint, for `trainer.train(resume_from_checkpoint=...)`; None without one.

    `resume_from_checkpoint=True` takes the highest number, and fails if the process was killed while it wrote that
    checkpoint. None begins anew, which is right if no step was saved. So a script can always pass this path.

    Args:
        folder: The trainer's `output_dir`, which need not exist.
    """
    found = [(int(name[1]), path) for path in Path(folder).glob("*") if (name := _NAME.fullmatch(path.name))]
    for step, path in sorted(found, reverse=True):
        if _is_whole(path, step):
            return str(path)
        _log.warning("%s was not written to its end and is passed over.", path)
    return None


def _is_whole(path: Path, step: int) -> bool:
    """Tells whether the state of a step is there, and tensors, and all of these to their last byte."""
    try:
        state = json.loads((path / _STATE).read_text(encoding="utf-8"))
        tensors = [(file, _CHECKS[file.suffix]) for file in path.rglob("*") if file.suffix in _CHECKS]
        return state["global_step"] == step and bool(tensors) and all(good(file) for file, good in tensors)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _is_whole_safetensors(file: Path) -> bool:
    """The length of the header, 8 bytes, little end first; the header, JSON; the tensors, to the last one's end."""
    with file.open("rb") as source:
        length = int.from_bytes(source.read(8), "little")
        size = file.stat().st_size - 8 - length
        header = json.loads(source.read(length)) if size >= 0 else {}
    ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    return bool(ends) and max(ends) == size


# What torch.save writes is a zip archive, whose table of contents comes last.
_CHECKS: dict[str, Callable[[Path], bool]] = {
    ".safetensors": _is_whole_safetensors,
    ".pt": zipfile.is_zipfile,
    ".pth": zipfile.is_zipfile,
}
