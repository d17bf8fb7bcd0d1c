"""The reference pool: pictures with the programs that painted them, and which of them a group meets."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart, SpecError
from rewards.json_lines import Line, read_lines
from rewards.types import DEFAULT_CANVAS, version_of

if TYPE_CHECKING:
    from PIL import Image

MANIFEST = "manifest.jsonl"
PROGRAMS = "programs.tar.xz"  # hatch_build.py packs them: all together take a tenth of what each alone does
TIERS = ("love", "okay", "supplement")


@dataclass(frozen=True, slots=True)
class PoolEntry:
    """One line of the manifest; its files are read when they are asked for.

    Attributes:
        folder: Where the pool lies; the files are named relative to it.
        id: Stable name.
        subject: What is painted, in a few words.
        prompt: What a policy would be asked for it.
        tier: `love`, `okay` or `supplement`; None until somebody has rated it.
        hue: The leading colour, in one word.
        palette: The main colours as hex strings.
        program: File of the program.
        image: File of the picture, compressed with small losses.
        program_sha256: Hash of the program's bytes.
        render_seed: The seed with which it was drawn.
        path: The backend that drew it, such as `engine`.
        pixels_sha256: Hash of the `(height, width, 3)` array as it was drawn, before it was compressed.
        file_sha256: Hash of the picture's file.
        rating: What the rater gave; None until then.
        generator: Who or what wrote the program.
        rater: Who rated it; None until then.
        note: Anything else worth knowing.
        canvas: The kind of program that painted it, with its parameters, as in `p5brush(prelude='garden')`.
    """

    folder: Path
    id: str
    subject: str
    prompt: str
    tier: str | None
    hue: str
    palette: tuple[str, ...]
    program: str
    image: str
    program_sha256: str
    render_seed: int
    path: str
    pixels_sha256: str
    file_sha256: str
    rating: float | None
    generator: str
    rater: str | None
    note: str
    canvas: str = DEFAULT_CANVAS

    def read_program(self) -> str:
        """Returns the program's text."""
        return self.program_bytes().decode("utf-8")

    def program_bytes(self) -> bytes:
        """Returns the program's file: one of its own or, as a wheel keeps them, from the pool's archive."""
        path = self.folder / self.program
        if not path.is_file() and (self.folder / PROGRAMS).is_file():
            return _archived(self.folder)[self.program]
        return path.read_bytes()

    def read_image(self) -> NDArray[np.uint8]:
        """Returns the picture as it was kept, `(height, width, 3)` uint8 sRGB.

        Raises:
            MissingPart: Its file cannot be read.
        """
        with self._opened() as picture:
            return np.asarray(picture.convert("RGB"))

    def check_image(self) -> None:
        """Raises MissingPart if the picture's file is not there or is none; decodes nothing."""
        with self._opened():
            pass

    def read_size(self) -> tuple[int, int]:
        """Returns the picture's width and height in pixels; raises as `read_image`."""
        return _size(self)

    @contextmanager
    def _opened(self) -> Iterator[Image.Image]:
        from PIL import Image

        try:
            with Image.open(self.folder / self.image) as picture:
                yield picture
        except OSError as error:
            raise MissingPart(f"The pool's {self.image} cannot be read: {error}. Fetch it anew.") from None


class Pool:
    """Entries to draw references from.

    Attributes:
        entries: In the order in which they were given.

    Raises:
        SpecError: Two entries have one id, or a tier is unknown.
    """

    def __init__(self, entries: Iterable[PoolEntry]) -> None:
        self.entries = tuple(entries)
        names = Counter(entry.id for entry in self.entries)
        for entry in self.entries:
            if names[entry.id] > 1:
                raise SpecError(
                    f"{names[entry.id]} entries of the pool are called {entry.id!r}; rename them."
                )
            if entry.tier is not None and entry.tier not in TIERS:
                raise SpecError(
                    f"The entry {entry.id!r} has the tier {entry.tier!r}; a tier is {_listed(TIERS)} or null."
                )

    @classmethod
    def load(cls, folder: Path | None = None) -> Pool:
        """Loads the pool of a folder; None takes the pool that ships.

        Raises:
            MissingPart: There is no manifest.
            SpecError: A line of it cannot be understood.
        """
        return cls(load_entries(folder))

    @cached_property
    def version(self) -> str:
        """Hash of what the manifest says, which holds the hashes of all files; where they lie does not count."""
        names = [field.name for field in fields(PoolEntry) if field.name not in ("folder", "canvas")]
        return version_of("Pool", [[getattr(entry, name) for name in names] for entry in self.entries])

    @cached_property
    def canvases(self) -> frozenset[str]:
        """The kinds of programs that painted it."""
        return frozenset(entry.canvas.partition("(")[0] for entry in self.entries)

    @property
    def side_px(self) -> int:
        """Longest side of the rated pictures, in pixels."""
        sizes = [entry.read_size() for entry in self.entries if entry.tier is not None]
        return max((max(size) for size in sizes), default=1)

    def where(
        self,
        *,
        tiers: Iterable[str] | None = None,
        hues: Iterable[str] | None = None,
        subjects: Iterable[str] | None = None,
    ) -> Pool:
        """Returns the pool of the entries that have one of these tiers, one of these hues and one of these subjects.

        Raises:
            SpecError: There is no such tier, hue or subject in this pool.
        """
        entries = list(self.entries)
        for what, wanted in (("tier", tiers), ("hue", hues), ("subject", subjects)):
            if wanted is None:
                continue
            chosen = {wanted} if isinstance(wanted, str) else set(wanted)
            there = {getattr(entry, what) for entry in self.entries} - {None}
            for name in sorted(chosen - there):
                raise SpecError(
                    f"No entry of the pool has the {what} {name!r}; there is {_listed(sorted(there))}."
                )
            entries = [entry for entry in entries if getattr(entry, what) in chosen]
        return Pool(entries)

    def ladder(self, rungs: int) -> tuple[Pool, ...]:
        """Returns pools of increasing strength, for a curriculum: of each a policy meets what it can just win against.

        All that was rated is ranked by its rating (by a hash of its id where ratings are equal) and cut into rungs of
        one size, with what was not kept and without `supplement`, which has no rank. On a rung the better half is
        `love` and the rest `okay`, so that any reward can draw from it.

        Raises:
            SpecError: There are fewer than two entries for each rung.
        """
        ranked = sorted(
            (each for each in self.entries if each.rating is not None and each.tier != "supplement"),
            key=lambda entry: (entry.rating, hashlib.sha256(entry.id.encode()).digest()),
        )
        if type(rungs) is not int or not 1 <= rungs <= len(ranked) // 2:
            raise SpecError(
                f"rungs is {rungs!r}; of {len(ranked)} ranked entries there are 1 to {len(ranked) // 2} rungs."
            )
        edges = [round(len(ranked) * rung / rungs) for rung in range(rungs + 1)]
        cut = [ranked[start:end] for start, end in pairwise(edges)]
        return tuple(
            Pool(
                replace(entry, tier="love" if 2 * place >= len(rung) else "okay")
                for place, entry in enumerate(rung)
            )
            for rung in cut
        )

    def split(self, share: float = 0.2, *, seed: int = 0) -> tuple[Pool, Pool]:
        """Returns what a reward may draw from, and a held-out fold that it never sees.

        In each tier the entries are ranked by a hash of seed and id, and the first `share` of them are held out. So a
        new entry moves at most one other from fold to fold.

        Raises:
            SpecError: share is not between 0 and 1.
        """
        if not 0 < share < 1:
            raise SpecError(f"share is {share!r}; it lies between 0 and 1.")
        key = draw_key(seed, "split", "")
        held: set[str] = set()
        for tier in {entry.tier for entry in self.entries}:
            ranked = self._ranked(key, tier, None)
            held |= {entry.id for entry in ranked[: round(share * len(ranked))]}
        return (
            Pool(entry for entry in self.entries if entry.id not in held),
            Pool(entry for entry in self.entries if entry.id in held),
        )

    def draw(
        self,
        k: int,
        *,
        seed: int,
        task_id: str,
        group: str,
        tier: str | None = None,
        hue: str | None = None,
    ) -> tuple[PoolEntry, ...]:
        """Draws the references of a group: a pure function of what is given and of each entry's id and tier.

        The entries of a tier are ranked by sha256(key + id) with key = sha256 of the canonical JSON of
        `[seed, task_id, group]`, and the first are taken. So a new entry changes only the
        draws that it wins, and no generator decides whose stream may change.

        Args:
            k: How many. Without `tier`, the first ceil(k / 2) are `love` and the others `okay`.
            seed: Of the reward.
            task_id: Of the task.
            group: Samples of one group meet the same references.
            tier: Take all from this one.
            hue: Take entries of this leading colour only. Where a tier has too few of them, `supplement` fills
                up, which carries no rank and is drawn for nothing else.

        Raises:
            SpecError: The pool has too few entries of a tier.
        """
        if type(k) is not int or k < 1:
            raise SpecError(f"k is {k!r}; draw a whole number of references, at least 1.")
        slots = {"love": (k + 1) // 2, "okay": k // 2} if tier is None else {tier: k}
        if not slots.keys() <= set(TIERS) or (tier == "supplement" and hue is None):
            raise SpecError(f"tier is {tier!r}; it is 'love', 'okay', or 'supplement' with a hue.")
        key = draw_key(seed, task_id, group)
        spare = [] if hue is None or tier == "supplement" else self._ranked(key, "supplement", hue)
        drawn: list[PoolEntry] = []
        for name, size in slots.items():
            own = self._ranked(key, name, hue)[:size]
            filling = spare[: size - len(own)]
            spare = spare[len(filling) :]
            drawn += own + filling
        if len(drawn) < k:
            raise SpecError(self._too_few(slots, hue))
        return tuple(drawn)

    def _ranked(self, key: bytes, tier: str | None, hue: str | None) -> list[PoolEntry]:
        chosen = [each for each in self.entries if each.tier == tier and hue in (None, each.hue)]
        return sorted(chosen, key=lambda entry: hashlib.sha256(key + entry.id.encode()).digest())

    def _too_few(self, slots: dict[str, int], hue: str | None) -> str:
        wanted = " and ".join(f"{size} {name!r}" for name, size in slots.items() if size)
        counts = Counter(str(each.tier or "unrated") for each in self.entries if hue in (None, each.hue))
        there = ", ".join(f"{size} {name}" for name, size in sorted(counts.items())) or "none"
        coloured = "" if hue is None else f" of the hue {hue!r}"
        return (
            f"The pool has too few pictures{coloured} to draw {wanted}; there are: {there}. "
            "Lower k, name another pool, or rate more entries: 'tier' in its manifest."
        )


@lru_cache(maxsize=1024)
def _size(entry: PoolEntry) -> tuple[int, int]:
    with entry._opened() as picture:
        return picture.size


def draw_key(seed: int, task_id: str, group: str) -> bytes:
    """Returns the key of all draws for a group: sha256 of the canonical JSON of `[seed, task_id, group]`."""
    return hashlib.sha256(json.dumps([seed, task_id, group], separators=(",", ":")).encode()).digest()


def _listed(words: Sequence[str]) -> str:
    return ", ".join(repr(word) for word in words)


@cache
def _archived(folder: Path) -> dict[str, bytes]:
    with tarfile.open(folder / PROGRAMS) as archive:
        members = ((member.name, archive.extractfile(member)) for member in archive.getmembers())
        return {name: file.read() for name, file in members if file is not None}


def pool_folder() -> Path:
    """Returns where the pool that ships lies: inside the package, or beside `src` in a checkout."""
    packaged = Path(__file__).parent / "reference_pool"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "reference_pool"


def load_entries(folder: Path | None = None) -> list[PoolEntry]:
    """Loads the manifest of a pool, in its order; None takes the pool that ships.

    Raises:
        MissingPart: There is no manifest.
        SpecError: A line of it cannot be understood.
    """
    ships = pool_folder()
    folder = ships if folder is None else folder
    manifest = folder / MANIFEST
    if not manifest.is_file():
        way_out = (
            "Install codepaint-env anew."
            if folder == ships
            else "Name a folder that `codepaint pool keep` made."
        )
        raise MissingPart(f"There is no reference pool in {folder}: {MANIFEST} is missing. {way_out}")
    return [_entry(line, folder) for line in read_lines(manifest, by_hand=True)]


def _entry(line: Line, folder: Path) -> PoolEntry:
    where, told = line.where, line.value
    names = [field.name for field in fields(PoolEntry) if field.name not in ("folder", "canvas")]
    if not isinstance(told, dict):
        raise SpecError(f"{where} is no JSON object; an entry has {', '.join(names)}.")
    for name in names:
        if name not in told:
            raise SpecError(f"{where} has no {name!r}; an entry has {', '.join(names)}.")
    for name in told:
        if name not in (*names, "canvas"):
            raise SpecError(f"{where} has the key {name!r}; an entry has {', '.join(names)}.")
    if not isinstance(told["palette"], list):
        raise SpecError(f"{where} has the palette {told['palette']!r}; it is a list of hex strings.")
    return PoolEntry(folder, **told | {"palette": tuple(told["palette"])})
