"""Laws, mutants and the subject under test: what the kit is made of.

**To add a law**, write a function in a module of `laws` and put `@law` on it. It takes the subject and, by keyword,
the parts of one case; it raises `Broken` with one sentence of numbers where the law does not hold, and returns
whether its precondition was met (a law that is rarely met is reported as weak):

    @law("04 permutation", "results sorted", draws=lambda subject: {"batch": batches(), "shuffle": seeds()})
    def permutation(subject: Subject, batch: Sequence[Painted], shuffle: int) -> bool:
        ...
        return len(batch) > 1

`draws` names the parts and gives a Hypothesis strategy for each; `fixed` gives whole cases in place of drawn ones.
A part is JSON-able, or a `Picture` or `Painted` (`described.py`), or lists, tuples and mappings of these, so that a
failing case is saved as `case.json` and replayed. Never put pixels, objects or callables into a case. Any exception
but `Broken` breaks the law as well: a reward must not raise. `applies` says for which subjects the law is claimed.
A case is shrunk as Hypothesis shrinks what was drawn, so draw nothing that the law is not about.

**To add a mutant**, add a row to a module of `mutants`: a correct toy with some methods exchanged. Each law named must
fail on it, while the toy keeps every law:

    edit(Quarters, "11", "results returned sorted", "04", __call__=rescored(lambda _, told: sorted(told, key=valued)))

`@mutant` does the same for a factory without parameters.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rewards.errors import MissingPart
from rewards.mixing.schedule import Scheduled
from rewards.types import Reward, Traits

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

CONTRACT = (*(f"{number:02}" for number in range(1, 13)), "49")
"""Laws that take no disclaimer."""

LARGEST_TOLERANCE = 2e-3  # of the range: half precision; a reward cannot claim its way past the laws

Case = Mapping[str, Any]
Check = Callable[..., bool]
_Any = TypeVar("_Any")


class Broken(AssertionError):
    """A law does not hold; the message says so in one sentence with the numbers."""


class Unchecked(Exception):
    """What a law can see of a subject held, and the rest cannot be seen here; says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """The reward under test, and how to make others of its kind.

    Attributes:
        reward: The reward under test. If it asks a judge, this is the kit's own scripted judge, unless `live`.
        label: Name for people, such as `my_module:MyReward`.
        fresh: Makes an instance that has seen nothing, with the configuration of `reward`.
        asking: Makes an instance that asks the given `Judge`; None for rewards that ask none.
        scoring: Makes an instance that asks the given `Transport` in place of its scorers, and keeps answers in a given
            folder, or nowhere for None; None for rewards that ask none.
        encoding: Makes an instance that uses the given encoder; None for rewards that have none.
        make: Makes an instance with other constructor parameters, such as `make(mode="soft")`; None for instances.
        defaults: Default values of the parameters of `make`.
        costly: True for encoders, which get 25 examples per law in place of 200.
        live: True if a judge is the user's own.
        schedule: The whole reward, if it has ramps; `reward` is then that of one step.
    """

    reward: Reward
    label: str
    fresh: Callable[[], Reward]
    asking: Callable[[Any], Reward] | None = None
    scoring: Callable[[Any, Path | None], Reward] | None = None
    encoding: Callable[[Any], Reward] | None = None
    make: Callable[..., Reward] | None = None
    defaults: Mapping[str, object] = field(default_factory=dict)
    costly: bool = False
    live: bool = False
    schedule: Scheduled | None = None

    @property
    def traits(self) -> Traits:
        """What the reward claims."""
        return self.reward.traits

    @property
    def span(self) -> float:
        """Width of the range; 1 where none is claimed."""
        return 1.0 if self.traits.range is None else self.traits.range[1] - self.traits.range[0]

    @property
    def tolerance(self) -> float:
        """Largest difference of two equal evaluations in different batches, at least 1e-9."""
        return max(1e-9, min(self.traits.tolerance, LARGEST_TOLERANCE * self.span))

    @property
    def exact(self) -> float:
        """Largest difference of two equal calls: 0, or the tolerance of an encoder."""
        return 0.0 if self.tolerance <= 1e-9 else self.tolerance


def _always(subject: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """One numbered law.

    Attributes:
        id: Two digits, such as `05`.
        name: A word or two.
        check: Takes a subject and the parts of a case; raises `Broken`, returns whether the precondition was met.
        cause: What usually is wrong where it fails, in a few words.
        draws: Gives strategies by name of the part; None for laws with fixed cases.
        fixed: Gives the cases; None for laws with drawn ones.
        applies: Tells whether the subject claims the law.
        trait: The field of `Traits` that claims it, for the report; empty for laws of every reward.
        family: `reward`, or `normaliser` for functions of groups.
    """

    id: str
    name: str
    check: Check
    cause: str
    draws: Callable[[Any], Mapping[str, SearchStrategy[Any]]] | None = None
    fixed: Callable[[Any], Iterable[Case]] | None = None
    applies: Callable[[Any], bool] = _always
    trait: str = ""
    family: str = "reward"

    @property
    def contract(self) -> bool:
        """True if it takes no disclaimer."""
        return self.id in CONTRACT

    @property
    def sentence(self) -> str:
        """What holds, in one sentence."""
        return (self.check.__doc__ or "").strip().partition("\n")[0]

    def claimed(self, traits: Traits) -> str:
        """Says what claims the law, such as `claimed by default (scope="sample")`."""
        if not self.trait:
            return "part of the contract" if self.contract else "holds for every such reward"
        value = getattr(traits, self.trait)
        how = "by default" if value == getattr(Traits(), self.trait) else "by its traits"
        told = f'"{value}"' if isinstance(value, str) else repr(value)
        return f"claimed {how} ({self.trait}={told})"


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """A small edit of a correct toy, with the laws that must catch it.

    Attributes:
        id: Its number, with a letter where several belong together.
        name: What is wrong with it.
        caught_by: Ids of laws; every one of them must fail.
        make: What is handed to `check`: for rewards a class or factory that `check_reward` makes.
        original: The toy without the edit.
        check: Takes `make`, `laws=` and `shrink=`, returns a report; None for `check_reward`.
    """

    id: str
    name: str
    caught_by: tuple[str, ...]
    make: Any
    original: Any
    check: Callable[..., Any] | None = None


_LAWS: dict[str, Law] = {}
_MUTANTS: dict[str, Mutant] = {}


def law(title: str, cause: str, **fields: Any) -> Callable[[Check], Check]:
    """Registers a check as a law, such as `04 permutation`; `fields` are the others of `Law`."""
    id, _, name = title.partition(" ")

    def registered(check: Check) -> Check:
        _LAWS[id] = Law(id, name, check, cause, **fields)
        return check

    return registered


def mutant(
    id: str, name: str, *, caught_by: str, of: object, check: Callable[..., Any] | None = None
) -> Callable[[_Any], _Any]:
    """Registers a class or factory as a mutant; `caught_by` holds ids of laws, divided by spaces."""

    def registered(make: _Any) -> _Any:
        _MUTANTS[id] = Mutant(id, name, tuple(caught_by.split()), make, of, check)
        return make

    return registered


def edit(of: type[Any], id: str, name: str, caught_by: str, **methods: Any) -> None:
    """Registers a toy with other methods as a mutant: `Mutant6` of the module that calls, which pickle finds there."""
    module = sys._getframe(1).f_globals
    kind = type(f"Mutant{id}", (of,), {"__module__": module["__name__"], **methods})
    module[kind.__name__] = mutant(id, name, caught_by=caught_by, of=of)(kind)


def all_laws(family: str = "reward") -> list[Law]:
    """Returns the laws of a family by id."""
    _load("laws")
    return [found for _, found in sorted(_LAWS.items()) if found.family == family]


def all_mutants() -> list[Mutant]:
    """Returns the mutants by number."""
    _load("mutants")
    return [_MUTANTS[id] for id in sorted(_MUTANTS, key=lambda id: (int(id.rstrip("abcdefg")), id))]


def _load(room: str) -> None:
    if find_spec("hypothesis") is None:
        raise MissingPart("Checking rewards needs Hypothesis: pip install 'codepaint-env[testing]'.")
    for module in pkgutil.iter_modules([str(Path(__file__).parent / room)]):
        importlib.import_module(f"rewards.testing.{room}.{module.name}")
