"""How well a picture and its task's words go together, by a model that sees and reads: `clip`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rewards import pictures
from rewards.errors import CodepaintError, MachineError, SpecError
from rewards.features.clip_encoder import MODEL, Clip
from rewards.features.cosine_scales import CosineScale, Scale
from rewards.features.embeddings import Embedding, Picture, embeddings, found, text_embeddings
from rewards.features.encoders import TextEncoder
from rewards.features.prompt_templates import filled, templates_of
from rewards.painted import lettering
from rewards.painted.blank import without_looking
from rewards.types import Sample, Score, Traits, version_of

CODE = 1  # rises when the same features would make another value

_STEEP = "the model's own factor, often 100, or a narrow scale makes steep steps of small differences"


class Alignment:
    """Cosine of a picture and its task's prompt in a space that a model made for both, brought to [0, 1].

    With c the cosine of the picture and the text, s the model's factor e^logit_scale and b its logit_bias:

    - `cosine`: (c - low) / (high - low), clipped to [0, 1]; by default (1 + c) / 2.
    - `sigmoid`: 1 / (1 + e^-(s c + b)), what a SigLIP was trained to give as the probability that both belong together.
    - `softmax`: e^(s c) / (e^(s c) + sum of e^(s c_j)), the probability of the prompt among the negatives j.

    Program errors and constant pictures score 0 and are not encoded. None where the machine failed: the rendering or
    the model (the reason says how). A text beyond the model's limit is cut there, which the reason says and
    `preflight(samples)` raises: what a model cannot read is a fault of the task, and always the same.

    Range [0, 1], higher is better. Features are kept in memory, by the picture's hash and by the text.

    Args:
        encoder: Makes the features; shared by all instances of a process, and no part of a pickle.
        scale: None takes `softmax` where there are negatives, `cosine` where `low` or `high` is given, and else
            `sigmoid` for a model that has a logit_bias, `cosine` for one that has none.
        low: The cosine that has 0, for `cosine`.
        high: The cosine that has 1.
        templates: What the model reads, by canvas, with `{prompt}` in it; one text for all of them; or None for
            `TEMPLATES`.
        negatives: Texts that the prompt is held against, as they stand.
        text: `blur` makes letters in the picture unreadable before the model sees it, since it takes the word for the
            thing; `keep` leaves them, for pages.

    Raises:
        SpecError: A parameter is not understood.
        MissingPart: The extra `text` is missing, for `blur`.
    """

    name = "clip"

    def __init__(
        self,
        encoder: TextEncoder,
        *,
        scale: Scale | None = None,
        low: float = -1.0,
        high: float = 1.0,
        templates: Mapping[str, str] | str | None = None,
        negatives: Sequence[str] = (),
        text: Literal["blur", "keep"] = "blur",
    ) -> None:
        self.encoder, self.text = encoder, text
        self.scale = CosineScale.of(scale, low, high, negatives)
        self.templates = templates_of(templates)
        if text not in ("blur", "keep"):
            raise SpecError(f"'clip' got text={text!r}; it is 'blur', or 'keep' for pages.")
        self._detector = (
            version_of("clip", [lettering.detector_of("clip"), lettering.blur_version()])
            if text == "blur"
            else ""
        )
        self.needs = frozenset({"image", "prompt", "canvas"} | ({"text"} if text == "blur" else set()))
        self.traits = Traits(
            kind="alignment",
            noise_floor=1.0,  # the weights are the user's: nothing is claimed of what noise earns
            tolerance=1e-4,
            disclaims={} if self.scale.plain else {"18": _STEEP},
        )

    @property
    def version(self) -> str:
        """Hash of encoder, parameters, and what finds and blurs letters."""
        told = [self.scale, sorted(self.templates.items()), self.text, self._detector]
        return version_of("Alignment", [CODE, self.encoder.version, *told])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        scores = [without_looking(sample) for sample in samples]
        painted = [sample for sample, score in zip(samples, scores, strict=True) if score is None]
        compared = iter(self._scored(painted))
        return [next(compared) if score is None else score for score in scores]

    def cosines(self, images: Sequence[NDArray[np.uint8]], texts: Sequence[str]) -> NDArray[np.float64]:
        """Compares pictures with texts, as they stand: what `low` and `high` can be chosen by.

        Args:
            images: `(height, width, 3)` uint8 sRGB each, of any sizes.
            texts: As they stand, without a template.

        Returns:
            `(len(images), len(texts))`, cosines in [-1, 1].

        Raises:
            MachineError: The encoder failed.
        """
        shown = [Picture.of_pixels(image) for image in images]
        seen, read = embeddings(self.encoder, "pooled", shown), text_embeddings(self.encoder, texts)
        rows = [[_cosine(found(seen, picture.key), found(read, text)) for text in texts] for picture in shown]
        return np.array(rows, dtype=np.float64).reshape(len(images), len(texts))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises what is misconfigured: weights, a scale that does not suit them, long texts, values without spread.

        Args:
            samples: A probe batch; None takes some of the shipped pictures.

        Raises:
            MachineError: The model cannot be loaded, or fails.
            MissingPart: Its weights are not there.
            SpecError: A text is longer than the model reads; the scale needs what the model has not; or `NoSpread`: the
                probe's values do not differ.
        """
        from rewards.preflight import check_spread

        self.encoder.encode(list(pictures.shipped().values())[:1])  # raises what is missing as it is
        self.scale.value(0.0, [], self.encoder.logits)
        for negative in self.scale.negatives:
            if told := self._cut(negative):
                raise SpecError(f"'clip': the negative {negative[:40]!r} {told}; write a shorter one.")
        for task in {sample.task.id: sample.task for sample in samples or ()}.values():
            if told := self._cut(filled(self.templates, task)):
                raise SpecError(f"'clip': the prompt of the task {task.id!r} {told}; write a shorter one.")
        check_spread(self, samples)

    def _scored(self, samples: Sequence[Sample]) -> list[Score]:
        shown = [self._shown(sample) for sample in samples]
        seen = embeddings(self.encoder, "pooled", [each for each in shown if isinstance(each, Picture)])
        texts = [filled(self.templates, sample.task) for sample in samples]
        asked = [
            text
            for text, picture in zip(texts, shown, strict=True)
            if isinstance(picture, Picture) and not isinstance(seen[picture.key], MachineError)
        ]
        read = text_embeddings(self.encoder, [*asked, *self.scale.negatives]) if asked else {}
        return [self._score(seen, read, *each) for each in zip(shown, texts, strict=True)]

    def _score(
        self,
        seen: Mapping[str, Embedding | MachineError],
        read: Mapping[str, Embedding | MachineError],
        picture: Picture | MachineError,
        text: str,
    ) -> Score:
        try:
            if isinstance(picture, MachineError):
                raise picture
            own = found(seen, picture.key)
            cosine, *others = (_cosine(own, found(read, each)) for each in (text, *self.scale.negatives))
            cut = self._cut(text)
            value = self.scale.value(cosine, others, self.encoder.logits)
            return Score(value, reason=f"the prompt {cut}" if cut else "")
        except CodepaintError as error:
            return Score(None, reason=str(error))

    def _cut(self, text: str) -> str:
        """Says that a text is longer than the model reads; `""` where it is not."""
        tokens, limit = self.encoder.tokens(text), self.encoder.limit
        return f"has {tokens} tokens and is cut at the {limit} that the model reads" if tokens > limit else ""

    def _shown(self, sample: Sample) -> Picture | MachineError:
        image = sample.rendering.image
        assert image is not None  # else it was scored without looking
        if self.text == "blur":
            try:
                boxes = lettering.boxes_of(sample.rendering, lettering.Picture.of(image))
            except MachineError as error:
                return error
            if boxes:
                return Picture.of_pixels(lettering.blurred_pixels(image, boxes))
        return Picture.of_pixels(image)


def clip(
    *,
    model: str = MODEL,
    revision: str | None = None,
    device: str | None = None,
    scale: Scale | None = None,
    low: float = -1.0,
    high: float = 1.0,
    templates: Mapping[str, str] | str | None = None,
    negatives: Sequence[str] = (),
    text: Literal["blur", "keep"] = "blur",
) -> Alignment:
    """Makes an alignment of picture and prompt from any CLIP or SigLIP, by open_clip or transformers.

    See `Alignment` and `Clip`. It claims nothing about noise, which depends on the weights: `codepaint rewards card`
    measures it.
    """
    return Alignment(
        Clip(model, revision, device),
        scale=scale,
        low=low,
        high=high,
        templates=templates,
        negatives=negatives,
        text=text,
    )


def _cosine(one: Embedding, other: Embedding) -> float:
    x, y = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if x.shape != y.shape:
        raise MachineError(f"The model gives {x.size} numbers for a picture but {y.size} for a text.")
    length = math.sqrt(float(x @ x) * float(y @ y))
    return min(max(float(x @ y) / length, -1.0), 1.0) if length else 0.0
