"""The pictures of each group as a judge is shown them, and who of them meets whom."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from rewards.errors import MachineError
from rewards.judged.pairs.symmetric import Pair
from rewards.judged.pairs.tournament import games_each, pairs_of, ring_rank
from rewards.judged.pictures import share_of, shown
from rewards.painted.blank import is_constant
from rewards.painted.lettering import Picture, boxes_of
from rewards.pool import draw_key
from rewards.types import Sample


@dataclass(frozen=True, slots=True)
class Contender:
    """A sample as it enters the tournament of its group.

    Attributes:
        outcome: It `plays`; it is at the `floor`, as nothing was painted; or a machine `failed`.
        png: The picture as a judge is shown it.
        rank: Decides its place on the ring.
        text_area: Share of the picture in which letters stand, [0, 1].
        reason: Why it does not play.
    """

    outcome: Literal["plays", "floor", "failed"]
    png: bytes = b""
    rank: bytes = b""
    text_area: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contest:
    """The tournament of one group.

    Attributes:
        members: By their places in the batch.
        ring: Places in the batch of those that play, in the order of the ring.
        floored: How many painted nothing.
        games: That each on the ring has.
        meetings: Who meets whom, by places on the ring.
        pairs: The same as pictures.
    """

    members: Mapping[int, Contender]
    ring: tuple[int, ...]
    floored: int
    games: int
    meetings: tuple[tuple[int, int], ...]
    pairs: tuple[Pair, ...]

    @classmethod
    def of(cls, members: Mapping[int, Contender], prompt: str, games: int | None) -> Contest:
        """Lays out the tournament of samples that were asked for one thing."""
        playing = [place for place, each in members.items() if each.outcome == "plays"]
        # By the picture as it is shown too: of equal pixels some may be blurred elsewhere.
        ring = tuple(sorted(playing, key=lambda place: (members[place].rank, members[place].png)))
        floored = sum(each.outcome == "floor" for each in members.values())
        told = prompt.encode("utf-8", "replace").decode()  # lone surrogates cannot be sent
        meetings = tuple(pairs_of(len(ring), games))
        pairs = tuple(Pair(members[ring[i]].png, members[ring[j]].png, told) for i, j in meetings)
        return cls(members, ring, floored, games_each(len(ring), games), meetings, pairs)


@dataclass(frozen=True, slots=True)
class Contests:
    """Shows pictures and lays out tournaments.

    Attributes:
        games: That each picture is to have; None for all pairs.
        seed: Of the places on the ring.
        size_px: Side of the square in which pictures are shown.
        blur: Letters are made unreadable.
    """

    games: int | None
    seed: int
    size_px: int
    blur: bool

    def of(self, samples: Sequence[Sample]) -> list[Contest]:
        """Returns the tournament of each group of a batch."""
        if len(samples) < 2:
            contenders = [self._contender(sample) for sample in samples]
        else:
            # What takes time here, compression and the detector, lets other threads run.
            with ThreadPoolExecutor(min(len(samples), os.cpu_count() or 1)) as threads:
                contenders = list(threads.map(self._contender, samples))
        places: dict[tuple[str, str, str], list[int]] = {}
        for place, sample in enumerate(samples):
            places.setdefault(compared_with(sample), []).append(place)
        return [
            Contest.of({place: contenders[place] for place in members}, prompt, self.games)
            for (_, _, prompt), members in places.items()
        ]

    def _contender(self, sample: Sample) -> Contender:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Contender("failed", reason=rendering.message)
        if not rendering.ok or rendering.image is None or is_constant(rendering.image):
            return Contender("floor", reason=rendering.message or "nothing was painted")
        picture = Picture.of(rendering.image)
        try:
            boxes = boxes_of(rendering, picture) if self.blur else ()
        except MachineError as error:
            return Contender("failed", reason=str(error))
        rank = ring_rank(draw_key(self.seed, sample.task.id, sample.group), picture.sha256)
        return Contender(
            "plays", shown(picture, boxes, size_px=self.size_px), rank, share_of(boxes, picture.shape)
        )


def compared_with(sample: Sample) -> tuple[str, str, str]:
    """Returns with whom a sample is compared: the same group, asked for the same."""
    return sample.group, sample.task.id, sample.task.prompt
