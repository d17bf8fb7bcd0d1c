"""A reward whose value stands in the prompt, and samples that say it."""

from hypothesis import strategies as st

from rewards import (
    Rendering,
    Sample,
    Score,
    Task,
    Traits,
)

weights = st.floats(0, 3).map(lambda weight: round(weight, 3))


units = st.floats(0, 1)


class Told:
    """A reward that reads its value from the task's prompt, such as `quality=0.5;gate=-`; `-` is None."""

    needs = frozenset({"prompt"})

    def __init__(self, name, traits=None, parts=(), skipped=()):
        self.name, self.version = name, f"version of {name}"
        self.traits = traits or Traits(components=parts)
        self.skipped = skipped
        self.batches = []

    def __call__(self, samples, /):
        self.batches.append([sample.task.id for sample in samples])
        return [self._score(sample) for sample in samples]

    def _score(self, sample):
        told = dict(part.split("=") for part in sample.task.prompt.split(";"))[self.name]
        parts = dict.fromkeys(self.traits.components, 0.25)
        if told == "-":
            return Score(None, reason="no answer")
        return Score(
            float(told), parts, "asked", references=(f"{self.name}-1", "shared"), skipped=self.skipped
        )


def sample(id="t", **told):
    prompt = ";".join(f"{name}={'-' if value is None else value}" for name, value in told.items())
    return Sample(Task(id, prompt), "", "", Rendering("ok"), "g")
