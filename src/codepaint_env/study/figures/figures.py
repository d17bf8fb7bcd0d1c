"""The figures of a study, as they stand in `figures.json`; None wherever there is nothing to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % intervals.

    Attributes:
        value: What was found.
        low: Lower end, by draws of pictures.
        high: Upper end.
        kin_low: Lower end by draws of whole kin, such as all pictures of a study: pictures of one kin are alike.
        kin_high: Upper end by draws of whole kin.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    kin_low: float | None = None
    kin_high: float | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the values of a reward are spread.

    Attributes:
        edges: The 21 ends of 20 bins over the reward's range, or from the lowest to the highest value.
        counts: Pictures in each bin.
        quantiles: Value by share of the pictures below: `0`, `0.05`, `0.25`, `0.5`, `0.75`, `0.95`, `1`.
        mean: Of the values.
        sd: Their standard deviation.
        distinct: How many different values there are.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    quantiles: Mapping[str, float]
    mean: float
    sd: float
    distinct: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a reward agrees with a truth.

    Attributes:
        pairs: Pairs of which both pictures have a value.
        left_out: Pairs of which one has none.
        accuracy: (wins + ties / 2) / pairs; a coin has 0.5.
        ties: Share of the pairs of which both pictures have the same value.
        tau: Kendall's tau-b.
    """

    pairs: int
    left_out: int
    accuracy: Estimate
    ties: Estimate
    tau: Estimate


@dataclass(frozen=True, slots=True)
class Noise:
    """How much of a reward's spread is chance, from several draws of its references or seeds.

    Attributes:
        draws: How many there were.
        pictures: That have a value in every draw.
        sample: Share of the variance that lies between pictures: the intra-class correlation.
        draw: Share that a draw adds to all pictures alike. It cancels within a group of one draw.
        rest: Share that is left: a draw that favours some pictures, and asking again.
        floor: Standard deviation of the values of one picture over the draws, in units of the reward.
        group_floor: The same without what a draw adds to all pictures alike: what acts within a group.
    """

    draws: int
    pictures: int
    sample: float | None
    draw: float | None
    rest: float | None
    floor: float
    group_floor: float


@dataclass(frozen=True, slots=True)
class Spread:
    """What a training would see of a reward: groups of at least two pictures.

    Attributes:
        groups: How many there are.
        mean_sd: Mean standard deviation within a group, in units of the reward.
        of_range: The same as a share of the reward's range.
        none: Share of the groups without any spread, which teach nothing.
        in_noise: Share of the groups whose spread is at most the noise's `group_floor`.
    """

    groups: int
    mean_sd: float | None
    of_range: float | None
    none: float | None
    in_noise: float | None


@dataclass(frozen=True, slots=True)
class Hackability:
    """How a reward does on probes: pictures made to fool it, each with an honest picture.

    Attributes:
        probes: Of which both pictures have a value.
        left_out: Of which one has none.
        beaten: Share of the lures that score above their honest picture; an equal pair counts half.
        ties: Share that score the same.
        fooled_by: Names of the probes that score higher.
    """

    probes: int
    left_out: int
    beaten: Estimate
    ties: float | None
    fooled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Climb:
    """What a search for a high reward did to a gold that it did not see.

    Attributes:
        evaluations: After how many the figures below were taken.
        own: Mean value of the reward over the starts.
        gold: Mean value of the gold over the starts.
        climbed: Rise of the reward from the first to the last, as a share of its range.
        gold_change: Rise of the gold from the first to the last.
        gold_lost: Gold at the end less gold at its best; 0 is best.
    """

    evaluations: tuple[int, ...]
    own: tuple[float, ...]
    gold: tuple[float, ...]
    climbed: Estimate
    gold_change: Estimate
    gold_lost: Estimate


@dataclass(frozen=True, slots=True)
class RewardFigures:
    """All about one reward.

    Attributes:
        label: Its name in the study.
        spec: As the study's file has it.
        version: Of the reward.
        note: One sentence for readers.
        range: Lowest and highest value that it claims.
        pictures: With a value.
        missing: Without one.
        distribution: Of the values.
        truths: Agreement by name of the truth.
        spread: Within groups.
        best: The ids of the six pictures of the highest value, best first; ties by id.
        worst: The same of the lowest.
        cost: As it was measured.
        laws: Whether the universal laws pass; None if nobody checked.
        noise: Over draws.
        hackability: On probes.
        climb: When searched against.
    """

    label: str
    spec: str
    version: str
    note: str
    range: tuple[float, float] | None
    pictures: int
    missing: int
    distribution: Distribution | None
    truths: Mapping[str, Agreement]
    spread: Spread
    best: tuple[str, ...]
    worst: tuple[str, ...]
    cost: Mapping[str, float] = field(default_factory=dict)
    laws: bool | None = None
    noise: Noise | None = None
    hackability: Hackability | None = None
    climb: Climb | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two rewards can be told apart on a truth.

    Attributes:
        pairs: Of which both rewards have values for both pictures.
        difference: Accuracy of the first less that of the second on those, with the same draws for both.
        better: Label of the one that beats the other; None: not told apart.
        why: One sentence.
    """

    pairs: int
    difference: Estimate
    better: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A picture that two rewards rank differently.

    Attributes:
        id: Of the picture.
        one: Share of the pictures that the first reward ranks below it.
        other: The same of the second reward.
    """

    id: str
    one: float
    other: float


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Two rewards side by side.

    Attributes:
        one: Label of the first.
        other: Label of the second.
        pictures: With a value by both.
        spearman: Rank correlation.
        truths: Comparison by name of the truth.
        beaten: Share of beaten probes of the first less that of the second, on probes with values by both.
        disagreements: The six pictures whose ranks differ most.
    """

    one: str
    other: str
    pictures: int
    spearman: Estimate
    truths: Mapping[str, Comparison]
    beaten: Estimate | None
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class TruthFigures:
    """What a truth consists of.

    Attributes:
        name: Under which it is told.
        said: Where it comes from.
        pairs: How many there are.
        pictures: That are in a pair.
        strata: Within which draws are made.
        kin: How many kinds of alike pictures there are in the pairs.
    """

    name: str
    said: str
    pairs: int
    pictures: int
    strata: int
    kin: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a study.

    Attributes:
        pictures: In the study.
        draws: Of the bootstrap.
        seed: Of the draws.
        truths: In the study's order.
        rewards: By label, in the study's order.
        pairs: Of rewards, in the study's order.
    """

    pictures: int
    draws: int
    seed: int
    truths: tuple[TruthFigures, ...]
    rewards: Mapping[str, RewardFigures]
    pairs: tuple[PairFigures, ...]
