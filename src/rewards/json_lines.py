"""JSON lines: one writer that only appends whole lines, and one reader that says which line is wrong."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from rewards.errors import SpecError

_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file.

    Attributes:
        where: File and number of the line, for messages.
        value: The JSON value that it holds.
    """

    where: str
    value: Any


class LineWriter:
    """Appends lines to a file, each with one flush; a half-written last line that is there is cut off first.

    Args:
        path: The file; made if it is missing.
        sync: Waits until each line is on the disk, so that it survives a power cut too.
    """

    def __init__(self, path: Path, *, sync: bool = False) -> None:
        self._file = path.open("a+b", buffering=0)
        self._sync = sync
        try:
            whole = _whole_bytes(self._file)
            if whole < self._file.seek(0, os.SEEK_END):
                self._file.truncate(whole)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> LineWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def append(self, value: Mapping[str, object] | bytes) -> None:
        """Writes one line, whole or, where the disk is full, not at all.

        Args:
            value: A JSON-able mapping, or JSON that was written already and holds no line break.

        Raises:
            ValueError: A number is not finite, or the JSON holds a line break.
        """
        line = memoryview(encode_line(value))
        end = self._file.seek(0, os.SEEK_END)
        try:
            while line:
                line = line[self._file.write(line) :]
        except BaseException:
            self._file.truncate(end)
            raise
        if self._sync:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def write_lines(path: Path, values: Iterable[Mapping[str, object] | bytes]) -> None:
    """Writes a whole file of lines, in place of the one that is there: all of it or nothing."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(b"".join(map(encode_line, values)))
    fresh.replace(path)


def encode_line(value: Mapping[str, object] | bytes) -> bytes:
    r"""Returns a line as ASCII JSON with its `\n`; lone surrogates survive in it.

    Raises:
        ValueError: A number is not finite, or JSON that was written already holds a line break.
    """
    text = value if isinstance(value, bytes) else json.dumps(value, allow_nan=False).encode("ascii")
    if b"\n" in text:
        raise ValueError(f"{text[:80]!r} holds a line break; a line of JSON holds none.")
    return text + b"\n"


def read_lines(path: Path, *, by_hand: bool = False) -> list[Line]:
    """Reads the lines of a file; blank ones are passed over.

    Args:
        path: The file.
        by_hand: False takes a last line without its line break for half-written and leaves it out with a
            warning; True, for files that people edit, takes it like any other.

    Raises:
        SpecError: A whole line is not JSON.
        FileNotFoundError: There is no such file.
    """
    whole, newline, rest = path.read_bytes().rpartition(b"\n")
    if rest.strip() and not by_hand:
        warnings.warn(f"The last line of {path} is half-written: left out.", RuntimeWarning, stacklevel=3)
        rest = b""
    found = []
    for number, raw in enumerate((whole + newline + rest).split(b"\n"), 1):
        where = f"{path}, line {number}"
        try:
            text = raw.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            raise SpecError(f"{where} is not UTF-8 text ({error.reason} at byte {error.start}).") from None
        if text:
            found.append(Line(where, parse_line(text, where)))
    return found


def split_lines(text: str) -> Iterator[tuple[int, str]]:
    r"""Yields number and text of each line that is not blank.

    Lines end at `\n` alone: JSON text may hold U+2028 and U+0085, at which `str.splitlines` splits too.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.strip()


def parse_line(text: str, where: str) -> Any:
    """Returns the JSON value of one line.

    Raises:
        SpecError: It is not JSON; the sentence begins with `where`.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        why = f"{error.msg} at column {error.colno}"
    except ValueError as error:  # a number of thousands of digits
        why = str(error)
    except RecursionError:
        why = "it is nested too deeply"
    raise SpecError(f"{where} is not JSON: {why}. Mend the line or remove it.")


def _whole_bytes(file: IO[bytes]) -> int:
    """Returns where the last line that was written whole ends."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _BLOCK)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
