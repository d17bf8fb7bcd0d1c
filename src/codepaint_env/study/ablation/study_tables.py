"""The tables of a study's file, typed: samples, rewards, truths, probes, budget."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from rewards.types import DEFAULT_CANVAS

Among = Literal["all", "same kin", "other kin"]
Count = Annotated[int, Meta(ge=1)]
Share = Annotated[float, Meta(ge=0)]
Word = Annotated[str, Meta(min_length=1)]

APART = 1.0  # of mean ratings, from which on one of two paintings counts as the better one
LATENT_APART = 0.2  # of the latent's standard deviation

SOURCES = ("pool", "run", "sketches", "policy")
TRUTHS = ("ratings", "preferences", "latent")


class Samples(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table `[[samples]]`: where some of the pictures come from. It has one of the first four keys after `name`.

    Attributes:
        name: Unique in the study; truths name it.
        pool: `shipped`, or a folder of candidates or of a pool.
        run: A run folder, whose evidence is read as it lies.
        sketches: A folder of programs.
        policy: What writes programs anew, as `openai:MODEL`.
        canvas: Of sketches and of a policy: the kind of program.
        fold: `held-out` takes a fixed fifth of a pool's studies, the same in every study.
        count: Of a pool: paintings, evenly drawn over its studies. Of a policy: prompts. None takes all.
        tasks: Of a policy: a task set or a file; None takes the canvas's own.
        each: Of a policy: completions a prompt.
        group: Of a pool and of sketches: how many pictures are compared with each other.
    """

    name: Word
    pool: Word | None = None
    run: Word | None = None
    sketches: Word | None = None
    policy: Word | None = None
    canvas: Word = DEFAULT_CANVAS
    fold: Literal["held-out"] | None = None
    count: Count | None = None
    tasks: Word | None = None
    each: Count = 4
    group: Count = 8

    @property
    def source(self) -> str:
        """Which of the kinds of samples it is."""
        return next(kind for kind in SOURCES if getattr(self, kind) is not None)


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reward of a study.

    Attributes:
        spec: As `rewards.make` takes it.
        out_of_fold: Fits the heads of `taste` and `subject` to the study's own pictures, and scores each picture by a
            head that was fitted without it and its like.
        noise: Further draws of references, seeds or answers; None takes the study's.
    """

    spec: str | dict[str, Any]
    out_of_fold: bool = False
    noise: Annotated[int, Meta(ge=0, le=20)] | None = None


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table `[[truths]]`: which of two pictures is better. It has one of `ratings`, `preferences`, `latent`.

    Attributes:
        name: Unique in the study.
        ratings: Name of samples that were rated.
        preferences: Name of samples of which pairs were compared.
        latent: `module:function`, which makes a number of a `(h, w, 3)` uint8 picture; higher is better.
        apart: Of ratings: how far two mean ratings must differ at least. Of a latent: the same as a share of its
            standard deviation. None takes 1.0 and 0.2.
        among: Which pairs count: `all`, those of the `same kin` (of one study, say), or of `other kin`.
        of: Names of the samples that a latent is asked about; all if there are none.
    """

    name: Word
    ratings: Word | None = None
    preferences: Word | None = None
    latent: Word | None = None
    apart: Share | None = None
    among: Among = "all"
    of: tuple[str, ...] = ()


class Probes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The table `[probes]`: whether the lures and honest pictures of `codepaint probes` are scored too.

    Attributes:
        use: Scores the probes of the canvases that the samples are of.
        only: Names of probes; all if there are none.
    """

    use: bool = True
    only: tuple[str, ...] = ()


class Budget(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The table `[budget]`: what a study may cost at most. One that would need more is refused.

    Attributes:
        calls: Of judges, scorers and policies.
        money: In the currency of the prices.
        price_per_million_in: Of tokens that are sent.
        price_per_million_out: Of tokens that come back.
        tokens_in: That a call is reckoned with; two pictures and a rubric take about 2,000.
        tokens_out: That a call is reckoned with.
    """

    calls: Annotated[int, Meta(ge=0)] | None = None
    money: Share | None = None
    price_per_million_in: Share | None = None
    price_per_million_out: Share | None = None
    tokens_in: Count = 2000
    tokens_out: Count = 100

    def cost(self, calls: int) -> float | None:
        """Returns what so many calls cost about; None where no price is told."""
        if self.price_per_million_in is None and self.price_per_million_out is None:
            return None
        a_call = self.tokens_in * (self.price_per_million_in or 0) + self.tokens_out * (
            self.price_per_million_out or 0
        )
        return calls * a_call / 1e6
