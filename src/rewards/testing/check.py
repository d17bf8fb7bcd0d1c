"""`check_reward` checks any reward against the laws that it claims, in the manner of gymnasium's `check_env`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rewards.errors import SpecError
from rewards.testing.first_call import fails_at_once
from rewards.testing.law import Case, Law, Subject, all_laws
from rewards.testing.network import cut_off
from rewards.testing.report import Outcome, Report
from rewards.testing.subject import subject_of

if TYPE_CHECKING:
    from rewards.types import AnyReward

EXAMPLES = 200
EXAMPLES_COSTLY = 25


def check_reward(
    reward: str | Mapping[str, Any] | type | AnyReward | Callable[[], AnyReward],
    *,
    examples: int | None = None,
    laws: Iterable[str] | None = None,
    seed: int = 0,
    live: bool = False,
    save: Path | None = None,
) -> Report:
    """Checks a reward against every law that its traits claim.

    A reward without traits is checked under the strict defaults of `Traits`. A reward with a parameter `judge` is
    checked with the kit's own scripted judge, and with a pool of little pictures if it takes a `Pool`. A reward
    counts as costly if it, or a member of it, has an attribute `encoder`, is of kind `similarity` or sets
    `costly = True`. If the value follows from the components, the reward can have a method
    `rule(components) -> float`, which law 13 checks.

    Args:
        reward: A class or factory (which makes fresh instances), a spec such as `0.5*coverage + 0.5*renders`,
            `module:name`, or a callable (which is copied).
        examples: Cases per law; 200, or 25 for costly rewards.
        laws: Ids such as `05` or `05-batch-independence`; None for all.
        seed: Seed of the cases; the same seed gives the same report.
        live: Asks the reward's own judge, and lets it call other machines. This may cost money.
        save: Folder for the cases that break a law; None keeps none.

    Raises:
        SpecError: The reward cannot be made, would call another machine though `live` is False, or there is no such
            law.
        MissingPart: The extra `testing`, or a part that the reward needs, is missing.
    """
    chosen = chosen_laws(laws)
    return Checker(subject_of(reward, live=live), examples=examples, seed=seed, save=save).report(chosen)


def laws_for(reward: Any) -> list[str]:
    """Returns the ids of the laws that apply to a reward, such as `05-batch-independence`, for a test's cases."""
    laws, subject = all_laws(), subject_of(reward)
    return [f"{law.id}-{law.name.replace(' ', '-')}" for law in laws if standing(law, subject) is None]


def chosen_laws(ids: Iterable[str] | None) -> list[Law]:
    """Returns laws by id, in order; None for all.

    Raises:
        SpecError: There is no such law.
    """
    laws = all_laws()
    if ids is None:
        return laws
    wanted = {id.partition("-")[0].strip().zfill(2) for id in ids}
    if unknown := wanted - {law.id for law in laws}:
        raise SpecError(f"There is no law {min(unknown)!r}; there are {', '.join(law.id for law in laws)}.")
    return [law for law in laws if law.id in wanted]


def standing(law: Law, subject: Subject) -> tuple[str, str] | None:
    """Returns why a law is not checked, as (`not claimed` or `disclaimed`, reason); None if it is."""
    traits = subject.traits
    if not law.applies(subject):
        return "not claimed", f"{law.trait}={getattr(traits, law.trait)!r}" if law.trait else ""
    reason = {id.zfill(2): told for id, told in traits.disclaims.items()}.get(law.id)
    if reason is not None and not law.contract:
        return "disclaimed", reason
    return None


class Checker:
    """Checks one subject against laws.

    Args:
        subject: Under test.
        examples: Cases a law; None for 200, or 25 for costly rewards.
        seed: Of the cases.
        save: Folder for the cases that break a law; None keeps none.
        shrink: Look for the smallest case that breaks a law; else the first one is told.
    """

    def __init__(
        self,
        subject: Subject,
        *,
        examples: int | None = None,
        seed: int = 0,
        save: Path | None = None,
        shrink: bool = True,
    ) -> None:
        self.subject, self.seed, self.save, self.shrink = subject, seed, save, shrink
        self.examples = examples or (EXAMPLES_COSTLY if subject.costly else EXAMPLES)

    def report(
        self, laws: Sequence[Law], progress: Callable[[int, int], None] = lambda done, of: None
    ) -> Report:
        """Checks laws and returns what came of them; first of all, whether two plain paintings get scores.

        Raises:
            SpecError: The reward would call another machine, and `live` was not asked for.
        """
        with _quiet():
            broken = fails_at_once(self.subject, self.examples)
        if broken is not None:
            return self._reported([broken])
        outcomes = []
        for number, law in enumerate(laws):
            progress(number, len(laws))
            outcomes.append(self._outcome(law))
        progress(len(laws), len(laws))
        return self._reported(outcomes)

    def replayed(self, law: Law, case: Case) -> Report:
        """Checks one law on one case."""
        from rewards.testing.runner import replay

        with _quiet(), self._network():
            return self._reported([replay(law, self.subject, case)])

    def _outcome(self, law: Law) -> Outcome:
        from rewards.testing.runner import run

        if (why := standing(law, self.subject)) is not None:
            return Outcome(law, why[0], reason=why[1])  # type: ignore[arg-type]
        with _quiet(), self._network():
            found = run(law, self.subject, examples=self.examples, seed=self.seed, shrink=self.shrink)
        if found.state != "failed" or found.case is None or self.save is None:
            return found
        from rewards.testing.cases.saved import save

        kept = save(self.save, law, found.case, reward=self.subject.label, reason=found.reason)
        return replace(found, saved=kept)

    def _network(self) -> AbstractContextManager[object]:
        return nullcontext() if self.subject.live else cut_off()

    def _reported(self, outcomes: Sequence[Outcome]) -> Report:
        claims = {outcome.law.id: outcome.law.claimed(self.subject.traits) for outcome in outcomes}
        return Report(self.subject.label, tuple(outcomes), claims)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what rewards log of the faults that the kit makes from the logs."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
