"""Answers of judges on disk: a run that is repeated costs nothing, and one that was cut short goes on."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import diskcache  # type: ignore[import-untyped]
import platformdirs
from diskcache.core import MODE_RAW  # type: ignore[import-untyped]

from rewards.errors import SpecError
from rewards.forks import lock_held_over_forks
from rewards.judged.judge import Question
from rewards.judged.reply import Reply, Token

T = TypeVar("T")

SIZE_BYTES = 4 << 30  # some two million answers; those kept longest go first

_log = logging.getLogger("codepaint")
_unusable: set[Path] = set()

_at_work = lock_held_over_forks()  # no child is born in the middle of a use of SQLite


def verdict_folder(
    wish: bool | str | Path, room: str = "verdicts", option: str = "judge: cache"
) -> Path | None:
    """Returns the folder that an option `cache` asks for.

    Args:
        wish: False takes none. True takes the room in `CODEPAINT_CACHE` (`off` takes none), in `CODEPAINT_HOME`
            or in the user's cache folder, whichever is there first. A path takes that folder.
        room: Name of the folder that True takes.
        option: Name of the option, for messages.
    """
    if isinstance(wish, bool):
        chosen = os.environ.get("CODEPAINT_CACHE", "")
        if not wish or chosen.lower() == "off":
            return None
        chosen = chosen or os.environ.get("CODEPAINT_HOME", "")
        parent = Path(chosen).expanduser().absolute() if chosen else platformdirs.user_cache_path("codepaint")
        return parent / room
    if not isinstance(wish, str | Path) or not str(wish):
        raise SpecError(f"{option} is {wish!r}; it must be True, False or the path of a folder.")
    return Path(wish).expanduser().absolute()


class Verdicts:
    """Keeps answers by `Question.key`; shared by threads and processes.

    A database that is damaged is set aside, and a folder that cannot be used is done without: one warning each.

    Args:
        folder: Where; made by the first use, readable by its owner only.
        whose: Answers they are, for messages.
        option: By which the user chooses another folder, for messages.
    """

    def __init__(self, folder: Path, whose: str = "judge", option: str = "judge={'cache': FOLDER}") -> None:
        self._folder, self._whose, self._option = folder, whose, option
        self._cache: diskcache.Cache | None = None

    def find(self, question: Question, judge: str) -> Reply | None:
        """Returns the kept answer to a question, if it can still be read.

        Args:
            question: Is looked up.
            judge: `Judge.version`.
        """
        kept = self.get(question.key(judge))
        if kept is None and question.attempt % 2 == 0:
            # The first answer could not be read and was not kept; the second was. A re-run must not ask anew.
            kept = self.get(replace(question, attempt=question.attempt + 1).key(judge))
        return kept if kept is not None and question.readable(kept) else None

    def meet(self, name: str, address: str) -> None:
        """Warns where an endpoint of this name had another address; notes no more of it than a hash."""
        now = hashlib.sha256(address.encode()).hexdigest()[:16]
        before = self.note(f"endpoint {name}", now)
        if before not in (None, now):
            _log.warning(
                "The judge's endpoint %r had another base_url before. Answers kept from there go on to count; if "
                "another model is behind it now, give it another name: judge={'name': NAME}.",
                name,
            )

    def get(self, key: str) -> Reply | None:
        """Returns the answer that is kept under a key."""
        told = self._use(lambda cache: cache.get(key))
        try:
            return None if told is None else _reply(json.loads(told))
        except (ValueError, TypeError, KeyError, AttributeError):  # not written by us
            return None

    def put(self, key: str, reply: Reply) -> None:
        """Keeps an answer."""
        tokens = None if reply.tokens is None else [[token.text, dict(token.top)] for token in reply.tokens]
        told = json.dumps({"text": reply.text, "tokens": tokens}).encode()
        self._use(lambda cache: cache.set(key, told))

    def note(self, key: str, text: str | None = None) -> str | None:
        """Returns what was noted under a key, after noting `text` there if one is given."""
        name = f"note:{key}"
        told = self._use(lambda cache: cache.get(name))
        if text is not None:
            self._use(lambda cache: cache.set(name, text.encode()))
        return told.decode(errors="replace") if isinstance(told, bytes) else None

    def _use(self, work: Callable[[diskcache.Cache], T]) -> T | None:
        with _at_work:
            if self._folder in _unusable:
                return None
            try:
                try:
                    return work(self._opened())
                except sqlite3.DatabaseError as error:
                    if isinstance(error, sqlite3.OperationalError) or self._is_whole():
                        raise  # locked, full, read-only: nothing is wrong with what is written
                    self._set_aside(error)
                    return work(self._opened())
            except Exception as error:  # noqa: BLE001 (a cache that fails for any reason is done without)
                _unusable.add(self._folder)
                why = str(error) or type(error).__name__
                _log.warning(
                    "The %s's answers are not kept in %s (%s); %s chooses another.",
                    self._whose,
                    self._folder,
                    why,
                    self._option,
                )
                return None

    def _opened(self) -> diskcache.Cache:
        if self._cache is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._cache = diskcache.Cache(
                str(self._folder),
                timeout=30,
                disk=_Rows,
                size_limit=SIZE_BYTES,
                cull_limit=4,
                eviction_policy="least-recently-stored",
            )
        return self._cache

    def _is_whole(self) -> bool:
        """Tells whether the database can be read after all: another process may have set it right by now."""
        self._cache = None
        try:
            with sqlite3.connect(self._folder / "cache.db") as database:
                return bool(database.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except sqlite3.DatabaseError:
            return False

    def _set_aside(self, error: Exception) -> None:
        self._cache = None
        number = 1 + len(list(self._folder.glob("damaged-*.db")))
        for ending in ("", "-wal", "-shm"):
            path = self._folder / f"cache.db{ending}"
            if path.exists():
                path.rename(self._folder / f"damaged-{number}.db{ending}")
        _log.warning(
            "The %s's kept answers in %s are damaged (%s); they were set aside as damaged-%d.db, and are asked for "
            "anew.",
            self._whose,
            self._folder,
            error,
            number,
        )


class _Rows(diskcache.Disk):  # type: ignore[misc]
    """Bytes in the database alone: the library would unpickle whatever a forged database calls a pickle."""

    def store(
        self, value: bytes, read: bool, key: object = None
    ) -> tuple[int, int, str | None, bytes | None]:
        return 0, MODE_RAW, None, value

    def fetch(self, mode: int, filename: object, value: object, read: bool) -> bytes:
        if mode == MODE_RAW and isinstance(value, bytes):
            return value
        raise OSError("not an entry of ours")  # to the library, a file that has gone

    def remove(self, filename: object) -> None:
        """Removes nothing: no value has a file."""


def _reply(told: dict[str, object]) -> Reply | None:
    text, tokens = told["text"], told["tokens"]
    if not isinstance(text, str) or not (tokens is None or isinstance(tokens, list)):
        return None
    if tokens is None:
        return Reply(text)
    return Reply(
        text, tuple(Token(str(name), {str(k): float(v) for k, v in top.items()}) for name, top in tokens)
    )
