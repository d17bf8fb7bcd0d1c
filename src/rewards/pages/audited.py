"""A page by the damage that an auditor measured on it: contrast, overlap, overflow, emptiness and the like."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rewards.pages.page_words import quoted
from rewards.painted.blank import is_constant
from rewards.types import Finding, Rendering, Sample, Score, Traits, version_of

CODE = 1  # rises when the same findings would make another value
MOST_TOLD = 3  # faults that a critique names
LONGEST = 300  # characters of each

WORTH: Mapping[str, float] = MappingProxyType(
    {
        "white_space": 1.0,  # nothing to see is worth nothing
        "unreadable": 1.0,  # an auditor that could not look has seen nothing good
        "contrast": 0.7,
        "tiny_text": 0.7,
        "overlap": 0.7,
        "overflow": 0.6,
        "clipped": 0.6,
        "unstyled": 0.6,
        "misaligned": 0.4,
        "blank_area": 0.4,
        "axe": 0.3,
    }
)
"""What is lost of the value where a kind of damage is complete, of findings of the stage `layout`."""


class AuditedPage:
    """How little damage an auditor measured on a page: the product of 1 - worth x damage over all kinds.

    The damage of a kind is 1 - prod(1 - value) over its findings, whose values are shares in [0, 1]. Worth is how much
    of the value a kind can take, see `WORTH`. A page on which nothing was found scores 1.

    It finds damage and does not know beauty, subject or prompt: a plain, tidy page with some text scores as high as a
    beautiful one, and a page about another subject as high as the right one. Take it as a gate, as a penalty, in tests,
    or with a small weight beside a judge. The cheapest page that scores high is some hundred words in boxes.

    Programs that failed and constant pictures score 0. A page that was not audited has no value. Range [0, 1], higher
    is better. Components: the damage of each kind, [0, 1], lower is better.
    """

    name = "static"
    needs = frozenset({"image", "layout"})
    traits = Traits(
        noise_floor=1.0,  # it reads no picture: noise without a finding is a page without damage
        disclaims={
            "18": "nothing and something are a step",
        },
        components=tuple(sorted(WORTH)),
        canvases=frozenset({"html"}),
    )

    @property
    def version(self) -> str:
        """Hash of its code and of what each kind is worth."""
        return version_of("AuditedPage", [CODE, dict(WORTH)])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._score(sample.rendering) for sample in samples]

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises `NoSpread` if it gives all samples the same value; without samples there is nothing to try it on."""
        from rewards.preflight import check_spread

        if samples is not None:
            check_spread(self, samples)

    def critique(self, sample: Sample, /) -> str:
        """Names the worst faults that were found, with what to do about each; `""` where none was."""
        if not sample.rendering.ok:
            return ""
        found = [each for each in sample.rendering.findings if each.kind in WORTH]
        worst = sorted(
            found, key=lambda each: -WORTH[each.kind] * _share(each)
        )  # stable: equals keep their order
        return "\n".join(dict.fromkeys(quoted(each.message, LONGEST) for each in worst[:MOST_TOLD]))

    def _score(self, rendering: Rendering) -> Score:
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok or is_constant(rendering.image):
            return Score(
                0.0, dict.fromkeys(self.traits.components, 1.0), rendering.message or "the page is blank"
            )
        if "layout" not in rendering.evidence:
            return Score(None, reason="the page was not audited; record the stage 'layout'")
        damage = {kind: _damage(kind, rendering.findings) for kind in self.traits.components}
        value = math.prod(1 - WORTH[kind] * share for kind, share in damage.items())
        worst = [
            kind for kind in sorted(damage, key=lambda kind: -WORTH[kind] * damage[kind]) if damage[kind]
        ]
        return Score(value, damage, ", ".join(worst[:MOST_TOLD]) or "no damage was found")


def _damage(kind: str, findings: Sequence[Finding]) -> float:
    """Returns the joint damage of all findings of a kind, [0, 1]; more findings never make it less."""
    whole = sorted(1 - _share(each) for each in findings if each.kind == kind)
    return 1 - math.prod(whole)  # sorted, so that another order gives the same bits


def _share(finding: Finding) -> float:
    """Returns a finding's value as a share; what is no number counts as complete damage."""
    value = finding.value
    return min(max(value, 0.0), 1.0) if math.isfinite(value) else 1.0
