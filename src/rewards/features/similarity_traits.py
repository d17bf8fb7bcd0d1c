"""What similarities claim of themselves, by mode and encoder, and on what it rests."""

from __future__ import annotations

from dataclasses import replace

from rewards.types import Traits

CLAIMS = {
    "pooled": Traits(kind="similarity", symmetric=True, noise_floor=0.6, tolerance=1e-4),
    "patch": Traits(kind="similarity", symmetric=True, noise_floor=0.85, tolerance=1e-4),
}
"""What a similarity claims with any encoder. Unrelated features are at right angles, 0.5 on this scale; the best of
many matches lies higher. Measured with `Perceptual`: 95 % of noise earns under 0.6 (0.73 by patches), the most against
23 of the 24 shipped pictures is 0.61 (0.75), and 0.80 (0.85) against one that is nearly an empty sheet."""

_FAINT = (
    "a step of one level moves paintings by 0.003 at most, but noise of six levels near black by 0.034: to this "
    "network the one is the other's texture"
)
PERCEPTUAL_CLAIMS = {  # ladders kept by 23 or all of the shipped pictures; `benchmarks/encoders.py` measures more
    mode: replace(
        claims,
        monotone=frozenset({"blur", "noise", "posterise", "occlusion", "palette"}),
        disclaims={"18": _FAINT},
    )
    for mode, claims in CLAIMS.items()
}
# Its weights are the user's, and no DINO of the hub was at hand to be measured.
DINO_CLAIMS = replace(CLAIMS["pooled"], noise_floor=1.0)
