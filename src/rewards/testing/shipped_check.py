"""Everything that ships, checked: each reward keeps its laws, each mutant is caught by the laws named beside it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from typing import Any

from rewards.registry import GROUP
from rewards.testing.check import Checker, chosen_laws
from rewards.testing.law import Mutant, all_mutants
from rewards.testing.report import Outcome
from rewards.testing.subject import subject_of

MIXES = (
    "gated(coverage, gate=renders)",
    "gated(coverage, gate=coverage(low=0.3), threshold=0.25, bonus=0.2)",
    "0.3*renders + 0.7*coverage",
    "mapped(coverage, fn='log_tamed')",
    "bonus(coverage, renders)",
    "penalised(coverage, penalty=coverage(low=0.3), weight=0.5)",
    "0.5*coverage + ramp(0.1, 0.5, steps=200)*coverage(low=0.3)",
    "gated(interactive, gate=execution)",
    "interactive(judge={'model': 'any'})",
    "execution(mode='strict')",
    "agentic(by='audit', threshold=None)",
    "agentic(veto=True)",
    "score(asks=2, mode='hard')",
    "winrate(games=2, judge={'model': 'any'})",
    "0.3*coverage + 0.7*winrate",
    "0.3*coverage + 0.7*http(url='http://localhost:8000')",
    "http(url='http://localhost:8000', sends=['image', 'program', 'canvas'], range=[0, 1.25], text='keep')",
    "function(of='rewards.scorers.colourful:colourful', range=[-1, 1], floor=False)",
)
"""One of each way to make a reward of others, the environments' own among them, and rewards in their other forms."""

MUTANT_EXAMPLES = 100


def shipped_specs() -> list[str]:
    """Returns the names that this distribution registers, and `MIXES`."""
    ours = [entry for entry in metadata.entry_points(group=GROUP) if entry.value.startswith("rewards.")]
    return [*sorted(entry.name for entry in ours), *MIXES]


def originals(mutants: Sequence[Mutant] | None = None) -> list[Any]:
    """Returns the correct toys that `check_reward` takes and of which mutants are edits."""
    rewards = [mutant for mutant in (all_mutants() if mutants is None else mutants) if mutant.check is None]
    return list(dict.fromkeys(mutant.original for mutant in rewards))


def missed(mutant: Mutant) -> list[str]:
    """Returns those laws, of the ones named beside a mutant, that do not catch it: none is as it should be."""
    outcomes: Sequence[Outcome]
    if mutant.check is not None:
        outcomes = mutant.check(mutant.make, laws=list(mutant.caught_by), shrink=False).outcomes
    else:
        checker = Checker(subject_of(mutant.make), examples=MUTANT_EXAMPLES, shrink=False)
        outcomes = checker.report(chosen_laws(mutant.caught_by)).outcomes
    caught = {outcome.law.id for outcome in outcomes if outcome.state == "failed"}
    return [id for id in mutant.caught_by if id not in caught]
