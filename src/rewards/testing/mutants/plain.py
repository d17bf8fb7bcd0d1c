"""Mutants 1 to 28 and 45: each is one of the faults that rewards ship with, and a law must catch it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from rewards.testing.law import mutant
from rewards.testing.mutants.toys import (
    Encoded,
    Judged,
    Kept,
    Light,
    Pixels,
    Prompted,
    Quarters,
    Rated,
    Ready,
    distance,
)
from rewards.types import Sample, Score

# The docstring of a mutant is the name that its decorator gives.
# ruff: noqa: D101, D102


@mutant("1", "machine error scored 0", caught_by="03", of=Quarters)
class MachineErrorZero(Quarters):
    def score(self, sample: Sample) -> Score:
        failed = sample.rendering.status == "machine_error"
        return self.told(0.0) if failed else super().score(sample)


@mutant("1b", "failed encoder scored 0", caught_by="03", of=Encoded)
class EncoderErrorZero(Encoded):
    def failed(self, reason: str) -> Score:
        return Score(0.0, reason=reason)


@mutant("2", "machine error scored 1/2", caught_by="03", of=Quarters)
class MachineErrorHalf(Quarters):
    def score(self, sample: Sample) -> Score:
        failed = sample.rendering.status == "machine_error"
        return self.told(0.5) if failed else super().score(sample)


@mutant("2b", "lost call of the judge scored 1/2", caught_by="03", of=Judged)
class LostCallHalf(Judged):
    def answered(self, value: float | None) -> Score:
        return Score(0.5 if value is None else value)


@mutant("3", "program error scored None", caught_by="03", of=Quarters)
class ProgramErrorNone(Quarters):
    def score(self, sample: Sample) -> Score:
        return super().score(sample) if sample.rendering.ok else Score(None)


@mutant("4", "on failure keeps the previous row's score", caught_by="03 05", of=Quarters)
class PreviousRow(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        scores: list[Score] = []
        for sample in samples:
            failed = sample.rendering.status == "machine_error" and scores
            scores.append(scores[-1] if failed else self.score(sample))
        return scores


@mutant("5", "judge prompt grows from row to row", caught_by="04 05", of=Prompted)
class GrowingPrompt(Prompted):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        prompt: list[str] = []
        scores = []
        for sample in samples:
            prompt.append("How far do the quarters lie apart?")
            scores.append(self.asked(sample, prompt))
        return scores


@mutant("6", "pixel scale from the batch maximum", caught_by="05", of=Quarters)
class BatchMaximum(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        images = [sample.rendering.image for sample in samples]
        self.largest = max((int(image.max()) for image in images if image is not None), default=0)
        return super().__call__(samples)

    def value(self, image: Pixels) -> float:
        return min(1.0, distance(image / max(1, self.largest) * 255) / 128)


@mutant("7", "pixel scale from the picture's own maximum", caught_by="18", of=Quarters)
class OwnMaximum(Quarters):
    def value(self, image: Pixels) -> float:
        return min(1.0, distance(image / max(1, image.max()) * 255) / 128)


@mutant("8", "unseeded random patches", caught_by="06", of=Quarters)
class RandomPatch(Quarters):
    def value(self, image: Pixels) -> float:
        row = np.random.randint(image.shape[0])
        return super().value(image[row:])


@mutant("9", "scores are z-scores of the batch", caught_by="05", of=Quarters)
class ZScores(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        scores = super().__call__(samples)
        told = [score.value for score in scores if score.value is not None]
        mean, std = (np.mean(told), np.std(told) + 1e-4) if told else (0.0, 1.0)
        return [
            score if score.value is None else self.told(1 / (1 + math.exp((mean - score.value) / std)))
            for score in scores
        ]


@mutant("10", "score by position in the batch", caught_by="04 05", of=Quarters)
class ByPosition(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        scores = super().__call__(samples)
        return [
            score if score.value is None else self.told(max(0.0, score.value - 0.01 * place))
            for place, score in enumerate(scores)
        ]


@mutant("11", "results returned sorted", caught_by="04", of=Quarters)
class Sorted(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return sorted(super().__call__(samples), key=lambda score: -1 if score.value is None else score.value)


@mutant("12", "failed samples dropped from the list", caught_by="01", of=Quarters)
class Dropped(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return super().__call__([one for one in samples if one.rendering.status != "machine_error"])


@mutant("13", "results keyed by id, duplicates merged", caught_by="01", of=Quarters)
class KeyedById(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        scores = super().__call__(samples)
        return list({sample.task.id: score for sample, score in zip(samples, scores, strict=True)}.values())


@mutant("14", "out-of-range reply pays 1.25", caught_by="02", of=Rated)
class OutOfRangeReply(Rated):
    def read(self, reply: str) -> float:
        return float(reply.split()[0]) / 10


@mutant("15", "0..100 returned under a [0, 1] claim", caught_by="02", of=Quarters)
class Percent(Quarters):
    def value(self, image: Pixels) -> float:
        return 100 * super().value(image)


def _relative(image: Pixels) -> float:
    """Returns the distance as a share of the picture's own contrast, which is 0 / 0 where there is none."""
    with np.errstate(invalid="ignore"):
        return float(np.float64(distance(image)) / np.float64(image.max() - image.min()))


@mutant("16", "0/0 on a constant picture: min(1, nan) is 1", caught_by="15", of=Quarters)
class NanClipped(Quarters):
    def score(self, sample: Sample) -> Score:
        image = sample.rendering.image
        if not sample.rendering.ok or image is None:
            return super().score(sample)
        return self.told(min(1.0, _relative(image)))


@mutant("16b", "0/0 on a constant picture, unclipped", caught_by="02", of=Quarters)
class NanUnclipped(Quarters):
    def score(self, sample: Sample) -> Score:
        image = sample.rendering.image
        if not sample.rendering.ok or image is None:
            return super().score(sample)
        return self.told(_relative(image))


@mutant("17", "log-taming switched by the batch's statistics", caught_by="05", of=Quarters)
class TamedByBatch(Quarters):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        scores = super().__call__(samples)
        told = [score.value for score in scores if score.value is not None]
        if not told or np.std(told) <= 0.3 * np.mean(told):
            return scores
        return [one if one.value is None else self.told(math.log2(1 + one.value)) for one in scores]


@mutant("18", "running mean kept between calls", caught_by="08", of=Kept)
class RunningMean(Kept):
    def __init__(self) -> None:
        super().__init__()
        self.mean = 0.0

    def value(self, image: Pixels) -> float:
        found = super().value(image)
        self.mean += 0.1 * (found - self.mean)
        return min(1.0, max(0.0, found - self.mean + 0.5))


@mutant("19", "cache keeps a failure", caught_by="08", of=Judged)
class FailureKept(Judged):
    def keep(self, png: bytes, value: float | None) -> None:
        self.answers[png] = value


@mutant("20", "lambda in the instance", caught_by="07", of=Kept)
class WithLambda(Kept):
    def __init__(self) -> None:
        super().__init__()
        self.scale: Callable[[float], float] = lambda found: found

    def value(self, image: Pixels) -> float:
        return self.scale(super().value(image))


@mutant("21", "tie broken by Python's hash of bytes", caught_by="07", of=Quarters)
class HashTie(Quarters):
    def value(self, image: Pixels) -> float:
        return max(0.0, super().value(image) - 1e-3 * (hash(image.tobytes()) % 8))


@mutant("22", "small bonus by sample id", caught_by="12", of=Quarters)
class IdBonus(Quarters):
    def score(self, sample: Sample) -> Score:
        found = super().score(sample)
        bonus = 1e-3 * (sum(sample.task.id.encode()) % 7)
        return found if not found.value else self.told(max(0.0, found.value - bonus))


@mutant("23", "bonus for program length", caught_by="12 19", of=Quarters)
class LengthBonus(Quarters):
    def score(self, sample: Sample) -> Score:
        found = super().score(sample)
        return (
            found if not found.value else self.told(found.value * min(1.0, 0.9 + len(sample.program) / 1e4))
        )


@mutant("23b", "bonus for words in a comment", caught_by="12 19", of=Quarters)
class CommentBonus(Quarters):
    def score(self, sample: Sample) -> Score:
        found = super().score(sample)
        words = sum(len(line.partition("//")[2].split()) for line in sample.program.splitlines())
        return found if not found.value else self.told(found.value * min(1.0, 0.9 + 0.01 * words))


@mutant("24", "edits the picture in place", caught_by="09", of=Quarters)
class InPlace(Quarters):
    def value(self, image: Pixels) -> float:
        found = super().value(image)
        if image.flags.writeable:
            np.subtract(255, image, out=image)
        return found


@mutant("25", "crashes on a constant picture", caught_by="10", of=Quarters)
class CrashesOnConstant(Quarters):
    def score(self, sample: Sample) -> Score:
        image = sample.rendering.image
        if sample.rendering.ok and image is not None:
            1 // int(image.max() - image.min())
        return super().score(sample)


@mutant("26", "white picture judged in place of a failed one", caught_by="14 15", of=Light)
class WhiteInPlace(Light):
    def score(self, sample: Sample) -> Score:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return super().score(sample)
        white = np.full((8, 8, 3), 255, np.uint8)
        painted = replace(rendering, status="ok", image=rendering.image if rendering.ok else white)
        return self.told(self.value(white if painted.image is None else painted.image))


@mutant("27", "likes white", caught_by="15", of=Light)
class LikesWhite(Light):
    def score(self, sample: Sample) -> Score:
        image = sample.rendering.image
        if not sample.rendering.ok or image is None:
            return super().score(sample)
        return self.told(self.value(image))


@mutant("28", "constant reward", caught_by="16", of=Quarters)
class Constant(Quarters):
    def value(self, image: Pixels) -> float:
        return 0.0


@mutant("45", "preflight that never fails", caught_by="48", of=Ready)
class NeverFails(Ready):
    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        pass
