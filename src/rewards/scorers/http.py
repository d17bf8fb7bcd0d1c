"""`http`: a scorer behind an address, such as ImageReward, HPSv3 or a model of yours."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from rewards.errors import CodepaintError, MachineError, SpecError
from rewards.judged.client.failures import Trouble
from rewards.judged.client.verdict_cache import verdict_folder
from rewards.painted import lettering
from rewards.painted.blank import image_of, without_looking
from rewards.scorers.address import Address
from rewards.scorers.client import ScorerClient
from rewards.scorers.pictures import sent, treatment
from rewards.scorers.probe import probe_items
from rewards.scorers.transport import Transport
from rewards.scorers.wire import FIELDS, VERSION, Answer, Item, Scale, Told, plain
from rewards.types import Sample, Score, Traits, version_of

CODE = 1  # rises when the same answers would make another value
PREFLIGHT_RETRIES = 2  # at most: who waits for this wants to know

_NEEDS = {
    "image": "image",
    "prompt": "prompt",
    "program": "source",
    "completion": "source",
    "canvas": "canvas",
}
_UNKNOWN = "nothing is known of a scorer behind an address"


@dataclass(frozen=True, slots=True)
class RequestsOf:
    """How many requests a group takes.

    Attributes:
        batch: Samples a request.
    """

    batch: int

    def __call__(self, size: int, references: int) -> int:
        """Returns the requests for a group of a size."""
        return math.ceil(size / self.batch)


class Http:
    """The number that a scorer behind an address gives to a picture and its prompt.

    Each sample is one item of a request, `{"image": PNG as base64, "prompt": text}`, and a reply has one number per
    item; `rewards.scorers.wire` has the protocol. Value: (s - lowest) / (highest - lowest) of the scorer's number s.

    Programs that failed and constant pictures score 0 without a call. Equal items are sent once. A request is tried
    again after 408, 429, 5xx, a lost connection, no answer in time or a reply that cannot be read. If it fails for
    good, it does not raise, but its samples have no value. If a number is missing, not finite or out of range, only its
    own sample has no value. If a request is refused, its items are sent again one by one. If the scorer hangs, is down
    or refuses everything, the rest of the batch is not sent: see `rewards.judged.client.breaker`.

    Answers are kept on disk, by the picture as it is sent, all that is sent with it, and the scorer's name and
    revision. One thread of the process sends all requests, whichever threads and event loops ask. A pickle holds
    neither connection nor secret.

    Range [0, 1], higher is better. Components: those that are declared. Calls: one request for each `batch` samples.

    Args:
        url: Where the scorer takes POST requests.
        scorer: Your name for the scorer; part of `version` and of the keys of kept answers. Its address is not.
        revision: The scorer's own version; a new one asks again.
        sends: What the scorer gets: `image`, `prompt`, `program`, `completion`, `canvas`. Never ids, groups or paths.
        range: The scorer's lowest and highest number, which become 0 and 1.
        components: Names of further numbers that the scorer gives beside each score.
        text: `blur` makes letters in the picture unreadable first, because models that read take the word for the
            thing; `keep` leaves them, for pages.
        token_env: The environment variable with a token, which is sent as `Authorization: Bearer`; None sends none.
        batch: Most samples per request; a request also holds at most 8 MiB of pictures.
        concurrency: Requests at the same time.
        timeout_s: Seconds that one request may take.
        retries: Further tries for each request.
        patience_s: Seconds without any answer after which the rest of a batch is given up; None takes 1.5 times
            `timeout_s`.
        batch_s: Seconds after which the rest of a batch of samples is given up. None takes
            (requests / concurrency + 2 (retries + 1)) times `timeout_s`, and a minute.
        cache: True keeps answers in the user's cache folder, False nowhere; a path is your own folder.
        transport: Carries requests in place of HTTP; see `Transport`. With a transport, `url` is not needed, and
            `cache=True` keeps nothing.

    Raises:
        MissingPart: The extra `http`, the extra `text` (for `blur`) or the token is missing.
        SpecError: A parameter cannot be what it is.
    """

    name = "http"
    example: ClassVar[Mapping[str, Any]] = {"url": "http://localhost:8000/score"}

    def __init__(
        self,
        *,
        url: str | None = None,
        scorer: str = "default",
        revision: str = "",
        sends: Sequence[str] = ("image", "prompt"),
        range: Sequence[float] = (0.0, 1.0),
        components: Sequence[str] = (),
        text: Literal["blur", "keep"] = "blur",
        token_env: str | None = None,
        batch: int = 8,
        concurrency: int = 8,
        timeout_s: float = 60.0,
        retries: int = 5,
        patience_s: float | None = None,
        batch_s: float | None = None,
        cache: bool | str | Path = True,
        transport: Transport | None = None,
    ) -> None:
        if url is None and transport is None:
            raise SpecError(
                "'http' has no scorer to ask; give its address: http(url='http://localhost:8000/score')."
            )
        if transport is not None and not _carries(transport):
            raise SpecError(
                f"'http' got transport={transport!r}; it has `version` and `async def post(body)`."
            )
        address = Address(
            url, scorer, revision, token_env, batch, concurrency, timeout_s, retries, patience_s, batch_s
        )
        if text not in ("blur", "keep"):
            raise SpecError(f"'http' got text={text!r}; it is 'blur', or 'keep' for pages.")
        folder = verdict_folder(cache, "scores", "'http': cache")
        if transport is not None and cache is True:
            folder = None
        self.sends, self.text = _sends(sends), text
        self.client = ScorerClient(address, transport, folder, _scale(range, components))
        blurs = text == "blur" and "image" in self.sends
        self._detector = lettering.detector_of(self.name) if blurs else ""
        # The floor needs the picture, also where the scorer does not see it.
        self.needs = frozenset(
            {"image", *(_NEEDS[name] for name in self.sends), *(["text"] if blurs else [])}
        )
        self.traits = Traits(
            noise_floor=1.0,
            deterministic=False,  # a server may do as it likes; kept answers stay
            max_calls=RequestsOf(batch),
            disclaims={"18": _UNKNOWN},
            components=self.client.scale.components,
        )

    @property
    def version(self) -> str:
        """Changes with the scorer's name and revision and all parameters that move a score; never with its address."""
        told = [
            self.client.address.known_as,
            self.sends,
            self.client.scale,
            self.text,
            self._detector,
            treatment(),
        ]
        carrier = self.client.transport
        return version_of("Http", [CODE, VERSION, *told, "" if carrier is None else carrier.version])

    @property
    def transport(self) -> Transport | None:
        """What carries requests in place of HTTP."""
        return self.client.transport

    @property
    def usage(self) -> dict[str, int | float | None]:
        """Counts up to now; see `ScorerClient.usage`."""
        return self.client.usage

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order; sends all requests at once."""
        cases = [self._case(sample) for sample in samples]
        return self._scores(cases, self.client.ask(_items(cases)))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order without blocking the event loop."""
        cases = await asyncio.to_thread(lambda: [self._case(sample) for sample in samples])
        return self._scores(cases, await self.client.aask(_items(cases)))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration; raises `NoSpread` if all pictures of a probe batch get the same value.

        It sends two little pictures in one request and keeps no answer. If scores are kept, an address that passed is
        not asked again, so a second run needs no scorer.

        Raises:
            MachineError: The scorer cannot be reached, its reply cannot be read, or it gives a test picture no score.
            MissingPart: The scorer refuses the token.
            SpecError: The scorer refuses the request, or gives a number that is not finite or outside of the range.
        """
        from rewards.preflight import check_spread

        if not self.client.passed(self.version):
            self._probe()
            self.client.passed(self.version, now=True)
        check_spread(self, samples)

    def close(self) -> None:
        """Closes the connection; the next request opens a new one."""
        self.client.close()

    def _probe(self) -> None:
        """Asks about test pictures, and raises what is wrong with the answer."""
        address = self.client.address
        items = probe_items(self.sends)[: address.batch]
        answers = self.client.try_out(items, min(PREFLIGHT_RETRIES, address.retries))
        if isinstance(answers, Trouble):
            raise address.error(answers)
        for answer in answers:
            told = self.client.scale.told(answer)
            if told.value is None:
                kind: type[CodepaintError] = MachineError if answer.score is None else SpecError
                raise kind(
                    f"Asked about a test picture, {told.reason}. {_way_out(answer, self.client.scale)}"
                )

    def _case(self, sample: Sample) -> Item | Score:
        settled = without_looking(sample, self.client.scale.components)
        if settled is not None:
            return settled
        task = sample.task
        told = {
            "prompt": task.prompt,
            "program": sample.program,
            "completion": sample.completion,
            "canvas": task.canvas,
        }
        fields: dict[str, Any] = {name: plain(text) for name, text in told.items() if name in self.sends}
        if "image" in self.sends:
            try:
                fields["image"] = self._picture(sample)
            except MachineError as error:
                return Score(None, reason=str(error))
        return Item(**fields)

    def _picture(self, sample: Sample) -> bytes:
        picture = lettering.Picture.of(image_of(sample))
        boxes = lettering.boxes_of(sample.rendering, picture) if self.text == "blur" else ()
        return sent(picture, boxes)

    def _scores(self, cases: Sequence[Item | Score], told: Mapping[Item, Told]) -> list[Score]:
        return [case if isinstance(case, Score) else self._score(told[case]) for case in cases]

    def _score(self, told: Told) -> Score:
        return Score(told.value, told.components, told.reason)


def _items(cases: Sequence[Item | Score]) -> list[Item]:
    return [case for case in cases if isinstance(case, Item)]


def _carries(transport: object) -> bool:
    return callable(getattr(transport, "post", None)) and isinstance(getattr(transport, "version", None), str)


def _sends(names: Sequence[str]) -> tuple[str, ...]:
    told = (names,) if isinstance(names, str) else tuple(names)
    for name in told:
        if name not in FIELDS:
            raise SpecError(f"'http' got sends={list(told)!r}; it may hold {', '.join(FIELDS)}.")
    if not told:
        raise SpecError(
            f"'http' got sends=(), which tells the scorer nothing; it may hold {', '.join(FIELDS)}."
        )
    return tuple(name for name in FIELDS if name in told)


def _scale(between: Sequence[float], components: Sequence[str]) -> Scale:
    try:
        lowest, highest = (float(end) for end in between)
    except (TypeError, ValueError):
        lowest = highest = 0.0
    if not (math.isfinite(highest - lowest) and lowest < highest):
        raise SpecError(
            f"'http' got range={between!r}; give the scorer's lowest and highest number, such as [-3, 3]."
        )
    names = (components,) if isinstance(components, str) else tuple(components)
    if len(set(names)) < len(names) or not all(isinstance(name, str) and name for name in names):
        raise SpecError(f"'http' got components={components!r}; give different names, such as ['alignment'].")
    return Scale(lowest, highest, names)


def _way_out(answer: Answer, scale: Scale) -> str:
    if answer.score is None:
        return "See its log."
    return (
        f"Declare its lowest and highest number, range=(LOWEST, HIGHEST), which is {scale.lowest:g} to "
        f"{scale.highest:g} now, or let it give numbers within."
    )
