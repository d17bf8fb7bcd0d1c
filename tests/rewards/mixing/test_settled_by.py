"""What settles a gate settles what stands behind it, and nothing else does."""

import pytest

import rewards
from rewards import BaseAndBonus, Gated, Mapped, Weighted

PLAIN = rewards.make("coverage")
CLEAN, STRICT = rewards.make("execution"), rewards.make("execution(mode='strict')")
LINT, BOTH = frozenset({"lint"}), frozenset({"lint", "page_error"})


@pytest.mark.parametrize(
    ("mix", "kinds"),
    [
        (Gated(PLAIN, gate=CLEAN), LINT),
        (Gated(PLAIN, gate=STRICT), BOTH),
        (Gated(CLEAN, gate=PLAIN), frozenset()),
        (BaseAndBonus(STRICT, PLAIN), BOTH),
        (BaseAndBonus(PLAIN, CLEAN), frozenset()),
        (Mapped(STRICT, "log_tamed"), BOTH),
        (Mapped(PLAIN, "log_tamed"), frozenset()),
        (Weighted([(1, CLEAN), (1, STRICT)]), LINT),
        (Weighted([(1, CLEAN), (1, PLAIN)]), frozenset()),
        (Weighted([(1, CLEAN), (0, PLAIN)]), frozenset()),
        (Weighted([(1, Gated(PLAIN, gate=CLEAN)), (2, BaseAndBonus(STRICT, PLAIN))]), LINT),
        (Gated(PLAIN, gate=Mapped(Weighted([(1, CLEAN), (1, STRICT)]), "log_tamed")), LINT),
        (rewards.make("gated(interactive, gate=execution)"), LINT),
    ],
    ids=lambda mix: type(mix).__name__ if not isinstance(mix, frozenset) else " ".join(sorted(mix)) or "none",
)
def test_a_mix_is_settled_where_its_value_is(mix, kinds):
    assert mix.settled_by == kinds


def test_a_third_partys_gate_settles_by_what_it_says():
    class Gate:
        settled_by = frozenset({"console"})

        def __call__(self, samples):
            return [0.0 for _ in samples]

    assert rewards.Gated(PLAIN, gate=rewards.make(Gate())).settled_by == {"console"}
