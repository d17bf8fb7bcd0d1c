"""The evaluations of a climb, a line each, so that one that was killed goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codepaint_env.study.climb.search import DIGITS, Value
from rewards.errors import SpecError
from rewards.json_lines import LineWriter, read_lines

EVALUATIONS = "evaluations.jsonl"
SETUP = "setup.json"

Key = tuple[str, str, int]  # reward, start, number


class EvaluationLog:
    """What was evaluated so far, in a folder.

    Args:
        folder: Of the climb; made if it is missing.
        setup: What decides the programs and values: starts, seed, limits. It must be that of the folder.
        rewards: Version of each reward by its label.

    Raises:
        SpecError: The folder holds another climb, or something else.
    """

    def __init__(self, folder: Path, setup: Mapping[str, Any], rewards: Mapping[str, str]) -> None:
        self._path = folder / EVALUATIONS
        self._found: dict[Key, tuple[str, Value]] = {}
        _check(folder, setup, rewards)
        if self._path.is_file():
            for line in read_lines(self._path):
                try:
                    told = line.value
                    key = (told["reward"], told["start"], told["number"])
                    self._found[key] = (told["program"], Value(told["value"], told["ok"]))
                except (KeyError, TypeError) as error:
                    raise SpecError(f"{line.where} is no evaluation ({error!r}). Remove the line.") from None

    def find(self, reward: str, start: str, programs: Mapping[int, str]) -> list[Value] | None:
        """Returns the values of a generation if all of them are known.

        Raises:
            SpecError: They are those of other programs.
        """
        found = []
        for number, program in programs.items():
            if (known := self._found.get((reward, start, number))) is None:
                return None
            if known[0] != sha256(program):
                raise SpecError(
                    f"{self._path}: evaluation {number} of {reward!r} from {start!r} used another program than this "
                    "release makes. Take a new folder."
                )
            found.append(known[1])
        return found

    def add(self, reward: str, start: str, programs: Mapping[int, str], values: Sequence[Value]) -> None:
        """Writes a generation down."""
        with LineWriter(self._path) as lines:
            for (number, program), value in zip(programs.items(), values, strict=True):
                lines.append(
                    {
                        "reward": reward,
                        "start": start,
                        "number": number,
                        "value": round(value.value, DIGITS),
                        "ok": value.ok,
                        "program": sha256(program),
                    }
                )


def sha256(program: str) -> str:
    """Returns the hash of a program's text."""
    return hashlib.sha256(program.encode("utf-8", "surrogatepass")).hexdigest()


def _check(folder: Path, setup: Mapping[str, Any], rewards: Mapping[str, str]) -> None:
    path = folder / SETUP
    held: dict[str, Any] = {"setup": dict(setup), "rewards": {}}
    if path.is_file():
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            before, known = held["setup"], held["rewards"]
        except (ValueError, KeyError, TypeError) as error:
            raise SpecError(f"{path} cannot be read: {error!r}. Take a new folder.") from None
        for key in before.keys() | setup.keys():
            if before.get(key) != setup.get(key):
                raise SpecError(
                    f"{str(folder)!r} holds another climb: its {key} is {_told(before.get(key))}, not "
                    f"{_told(setup.get(key))}. Take a new folder, or the same options."
                )
        for label, version in rewards.items():
            if known.get(label, version) != version:
                raise SpecError(
                    f"{str(folder)!r} holds climbs of another reward that is called {label!r} (version "
                    f"{known[label]}, not {version}). Take a new folder."
                )
    elif folder.is_dir() and any(folder.iterdir()):
        raise SpecError(f"{str(folder)!r} holds something else than a climb; take a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    held["rewards"] |= dict(rewards)
    path.write_text(json.dumps(held, indent=1), encoding="utf-8")


def _told(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
