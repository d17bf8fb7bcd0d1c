"""Studies: p5.brush sketches whose first lines name parameters, each of which gives many paintings."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rewards.errors import SpecError

Value = float | str

PARAMETER = re.compile(
    r"^const (?P<name>\w+) = (?P<value>.+?); // (?P<told>one of: .+|-?[\d.]+ to -?[\d.]+|seed)$", re.M
)
HEADER = re.compile(r"^// (?P<key>subject|prompt): (?P<text>.+)$", re.M)
SEEDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line `const bleed = 0.2; // 0.05 to 0.5` of a study.

    Attributes:
        name: Of the constant.
        choices: The words of `one of: a, b`; empty for a number.
        low: Least number.
        high: Largest number.
        digits: Decimals that the number is written with.
    """

    name: str
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    digits: int = 0

    def at(self, share: float) -> float:
        """Returns the number at a share of the range, in [0, 1); both ends are as likely as what lies between."""
        steps = round((self.high - self.low) * 10**self.digits) + 1
        value = round(self.low + int(share * steps) / 10**self.digits, self.digits)
        return int(value) if self.digits == 0 else value


@dataclass(frozen=True)
class Painting:
    """One instance of a study.

    Attributes:
        id: Name of the study and number.
        subject: What is painted.
        prompt: What a policy would be asked for it.
        program: A sketch that stands by itself.
        values: The value of each parameter.
    """

    id: str
    subject: str
    prompt: str
    program: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Study:
    """A sketch that can be run as it is, and the parameters that its head names.

    Lines before the code say what it is:

        // subject: camellia
        // prompt: a {palette} camellia in watercolour, {composition}
        const palette = "crimson"; // one of: crimson, blush, ivory
        const layers = 3; // 1 to 5
        const bleed = 0.20; // 0.05 to 0.60
        const seed = 5; // seed

    Attributes:
        name: Of the file, without its ending.
        text: The whole file.
    """

    name: str
    text: str

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters, in the order of their lines."""
        return tuple(_parameter(self.name, line) for line in PARAMETER.finditer(self.text))

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Subject and prompt."""
        return {line["key"]: line["text"].strip() for line in HEADER.finditer(self.text)}

    def paint(self, number: int) -> Painting:
        """Returns the painting of a number, from 0; the same whenever and wherever it is asked for.

        Words go round: successive numbers have all combinations of them, the first parameter changing fastest.
        Numbers are drawn, each by a hash of study, number and parameter.
        """
        values: dict[str, Value] = {}
        round_ = number
        for parameter in self.parameters:
            if parameter.choices:
                round_, place = divmod(round_, len(parameter.choices))
                values[parameter.name] = parameter.choices[place]
            else:
                values[parameter.name] = parameter.at(_share(f"{self.name} {number} {parameter.name}"))
        program = self.with_values(values)
        return Painting(
            f"{self.name}-{number:03d}",
            self.headers["subject"].format(**values),
            self.headers["prompt"].format(**values),
            program,
            values,
        )

    @property
    def written(self) -> dict[str, str]:
        """The value of each parameter as the text has it."""
        return {line["name"]: line["value"] for line in PARAMETER.finditer(self.text)}

    def with_values(self, values: Mapping[str, Value]) -> str:
        """Returns the text with other values of these parameters."""
        return PARAMETER.sub(
            lambda line: _written(line, values[line["name"]]) if line["name"] in values else line[0],
            self.text,
        )


def read_study(path: Path) -> Study:
    """Reads a study.

    Raises:
        SpecError: It has no subject, no prompt or no parameter, or one that cannot be read.
    """
    study = Study(path.stem, path.read_text(encoding="utf-8"))
    missing = [f"a line // {key}: …" for key in ("subject", "prompt") if key not in study.headers]
    missing += (
        [] if study.parameters else ["a line const NAME = VALUE; // one of: a, b   (or: 1 to 5, or: seed)"]
    )
    if missing:
        raise SpecError(f"The study {path.name} lacks {' and '.join(missing)}.")
    try:
        study.paint(0)
    except KeyError as error:
        raise SpecError(
            f"The prompt of the study {path.name} names {error}, which is no parameter of it."
        ) from None
    return study


def _parameter(study: str, line: re.Match[str]) -> Parameter:
    name, told = line["name"], line["told"]
    if told == "seed":
        return Parameter(name, low=1, high=SEEDS)
    if told.startswith("one of: "):
        return Parameter(
            name, choices=tuple(word.strip() for word in told.removeprefix("one of: ").split(","))
        )
    low, high = told.split(" to ")
    if not float(low) < float(high):
        raise SpecError(f"{name} of the study {study} goes from {low} to {high}; the second must be larger.")
    digits = max(len(end.partition(".")[2]) for end in (low, high))
    return Parameter(name, low=float(low), high=float(high), digits=digits)


def _written(line: re.Match[str], value: Value) -> str:
    text = json.dumps(value) if isinstance(value, str) else str(value)
    return f"const {line['name']} = {text}; // {line['told']}"


def _share(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48
