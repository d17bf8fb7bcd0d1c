"""The file of a study: which pictures, which rewards, and what is known of the pictures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from codepaint_env.study.ablation.study_tables import (
    SOURCES,
    TRUTHS,
    Budget,
    Known,
    Measured,
    Probes,
    Samples,
    Word,
)
from codepaint_env.study.ablation.toml_lines import Path as Place
from codepaint_env.study.ablation.toml_lines import line_at, lines_of
from rewards.errors import CodepaintError, MissingPart, SpecError
from rewards.lookup import guess

_LABEL = re.compile(r"[A-Za-z0-9][\w+-]{0,59}", re.ASCII)
_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<place>.*)`)?$", re.S)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_T = TypeVar("_T")


class _Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: Word
    samples: Annotated[tuple[Samples, ...], Meta(min_length=1)]
    rewards: Annotated[dict[str, Any], Meta(min_length=1)]
    truths: tuple[Known, ...] = ()
    noise: Annotated[int, Meta(ge=0, le=20)] = 0
    probes: Probes = Probes(use=False)
    climb: Word | None = None
    laws: Annotated[int, Meta(ge=0, le=1000)] = 0
    budget: Budget = Budget()


_SHAPES: dict[str, type[msgspec.Struct]] = {
    "samples": Samples,
    "truths": Known,
    "rewards": Measured,
    "probes": Probes,
    "budget": Budget,
}


@dataclass(frozen=True, slots=True, eq=False)
class StudyFile:
    """A study as it was written.

    Attributes:
        path: Of the file; what it names is relative to its folder.
        text: As it stands there.
        name: For people.
        samples: Where the pictures come from.
        rewards: By label.
        truths: What is known.
        probes: Which adversarial programs are scored too.
        climb: Folder of a climb against its rewards; None for none.
        laws: On how many cases each universal law is tried; 0 for none.
        budget: What it may cost.
        lines: Of its keys, for messages.
    """

    path: Path
    text: str
    name: str
    samples: tuple[Samples, ...]
    rewards: Mapping[str, Measured]
    truths: tuple[Known, ...]
    probes: Probes
    climb: str | None
    laws: int
    budget: Budget
    lines: dict[Place, int]

    def folder_of(self, told: str) -> Path:
        """Returns a path that the file names."""
        return self.path.parent / Path(told).expanduser()

    def where(self, *place: str | int) -> str:
        """Returns file and line of a key, as `study.toml:12`."""
        return f"{self.path.name}:{line_at(self.lines, place)}"

    @contextmanager
    def at(self, *place: str | int) -> Iterator[None]:
        """Names file and line of a key in what is raised."""
        with named(self.where(*place)):
            yield


@contextmanager
def named(where: str) -> Iterator[None]:
    """Names file and line in what is raised."""
    try:
        yield
    except CodepaintError as error:
        kind = MissingPart if isinstance(error, MissingPart) else SpecError
        raise kind(f"{where}: {error}") from error


def read_study_file(path: Path) -> StudyFile:
    """Reads the file of a study.

    Raises:
        SpecError: It is missing or has a mistake; the sentence begins with file and line.
    """
    if not path.is_file():
        raise SpecError(f"There is no file {str(path)!r}; name the TOML file of a study.")
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from None
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(_syntax(path, text, str(error))) from None
    lines = lines_of(text)

    def where(*place: str | int) -> str:
        return f"{path.name}:{line_at(lines, place)}"

    whole = _converted(told, _Whole, (), where)
    measured = {}
    for label, each in whole.rewards.items():
        if not isinstance(each, str | dict):
            raise SpecError(
                f"{where('rewards', label)}: The reward {label!r} is {each!r}; it is a text, or a table with 'spec'."
            )
        entry = {"spec": each} if isinstance(each, str) else each
        measured[label] = _converted(entry, Measured, ("rewards", label), where)
    measured = {
        label: msgspec.structs.replace(each, noise=whole.noise if each.noise is None else each.noise)
        for label, each in measured.items()
    }
    study = StudyFile(
        path,
        text,
        whole.name,
        whole.samples,
        measured,
        whole.truths,
        whole.probes,
        whole.climb,
        whole.laws,
        whole.budget,
        lines,
    )
    _check(study)
    return study


def _converted(told: Any, kind: type[_T], at: Place, where: Any) -> _T:
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        match = _PLACE.match(str(error))
        assert match is not None
        place: Place = (*at, *_steps(match["place"] or ""))
        what = match["what"]
        if unknown := _UNKNOWN.match(what):
            place = (*place, unknown[1])
            shape = _SHAPES.get(str(place[0])) if len(place) > 1 else _Whole
            keys = list(shape.__struct_fields__) if shape is not None else []
            raise SpecError(
                f"{where(*place)}: There is no key {unknown[1]!r} here.{guess(unknown[1], keys)} There are: "
                f"{', '.join(keys)}."
            ) from None
        key = next((step for step in reversed(place) if isinstance(step, str)), "")
        raise SpecError(f"{where(*place)}: {key!r}: {_plain(what, key)}.") from None


_WAYS_OUT = {
    "fold": "; it is 'held-out', or left out",
    "among": "; it is 'all', 'same kin' or 'other kin'",
    "samples": "; write [[samples]]",
    "truths": "; write [[truths]]",
}
_TYPES = {
    "`object`": "a table",
    "`array`": "a list",
    "`str`": "text",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
    "Expected": "expected",
    "Invalid enum value": "there is no",
    "a table of length >= 1": "at least one",
}


def _plain(what: str, key: str) -> str:
    """Says in TOML's words what msgspec says in JSON's, with the way out."""
    if missing := re.match(r"Object missing required field `(.*)`", what):
        return f"the key {missing[1]!r} is missing"
    for old, new in _TYPES.items():
        what = what.replace(old, new)
    return what + _WAYS_OUT.get(key, "")


def _steps(place: str) -> Iterator[str | int]:
    for name, number in re.findall(r"([A-Za-z_]\w*)|\[(\d+)\]", place):
        yield int(number) if number else name


def _syntax(path: Path, text: str, said: str) -> str:
    place = re.search(r" \(at line (\d+), column (\d+)\)| \(at end of document\)", said)
    line = int(place[1]) if place and place[1] else text.rstrip("\n").count("\n") + 1
    column = f" at column {place[2]}" if place and place[2] else ""
    return f"{path.name}:{line}: This is no TOML: {said.partition(' (at ')[0].lower()}{column}."


def _check(study: StudyFile) -> None:
    names: set[str] = set()
    for number, each in enumerate(study.samples):
        _one_of(study, ("samples", number), SOURCES, each)
        with study.at("samples", number, "name"):
            if not _LABEL.fullmatch(each.name):
                raise SpecError(f"The samples are called {each.name!r}; take letters, digits, '-' and '_'.")
            if each.name in names:
                raise SpecError(f"Two samples are called {each.name!r}; rename one.")
        names.add(each.name)
        idle = {
            "fold": each.fold is not None and each.pool is None,
            "count": each.count is not None and each.pool is None and each.policy is None,
            "tasks": each.tasks is not None and each.policy is None,
        }
        for key in (key for key, is_idle in idle.items() if is_idle):
            with study.at("samples", number, key):
                raise SpecError(
                    f"{key!r} says nothing of samples that come from {each.source!r}; leave it out."
                )
    for label in study.rewards:
        with study.at("rewards", label):
            if not _LABEL.fullmatch(label):
                raise SpecError(f"A reward is labelled {label!r}; take letters, digits, '-', '+' and '_'.")
    told: set[str] = set()
    for number, truth in enumerate(study.truths):
        _one_of(study, ("truths", number), TRUTHS, truth)
        with study.at("truths", number, "name"):
            if truth.name in told:
                raise SpecError(f"Two truths are called {truth.name!r}; rename one.")
        told.add(truth.name)
        for key in ("ratings", "preferences", "of"):
            wanted = getattr(truth, key)
            for name in (wanted,) if isinstance(wanted, str) else wanted or ():
                with study.at("truths", number, key):
                    if name not in names:
                        raise SpecError(
                            f"No samples are called {name!r}.{guess(name, names)} There are: "
                            f"{', '.join(sorted(names))}."
                        )


def _one_of(study: StudyFile, place: Place, keys: tuple[str, ...], each: msgspec.Struct) -> None:
    given = [key for key in keys if getattr(each, key) is not None]
    if len(given) != 1:
        last = max(given, key=lambda key: line_at(study.lines, (*place, key)), default=None)
        with study.at(*place, *([] if last is None else [last])):
            has = f"has {' and '.join(map(repr, given))}" if given else "has none of them"
            raise SpecError(
                f"{'[[' + str(place[0]) + ']]'} takes one of {', '.join(keys)}, and this one {has}."
            )
