"""Scores of recorded evidence: asked in batches, kept line by line, so that a study that was killed goes on."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from codepaint_env.study.ablation.contenders import judges_of
from codepaint_env.study.ablation.evidence import Place
from rewards.answers import ask
from rewards.errors import SpecError
from rewards.json_lines import LineWriter, read_lines
from rewards.types import Reward, Sample, check_value

BATCH = 32  # pictures in memory at once, unless a group is larger

Show = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reward said of one picture.

    Attributes:
        value: Within the reward's range.
        components: Parts of the value.
    """

    value: float
    components: Mapping[str, float]


@dataclass(slots=True)
class Spent:
    """What asking has cost so far.

    Attributes:
        pictures: That were asked about.
        seconds: That it took.
        calls: Of judges and scorers, where they count them.
        usd: What they cost, where a price is known.
        trouble: Why the last picture without a value has none.
    """

    pictures: int = 0
    seconds: float = 0.0
    calls: int = 0
    usd: float | None = None
    trouble: str = field(default="", compare=False)


class ScoreFile:
    """The scores of one reward in a study: `scores/LABEL.jsonl`, or `scores/LABEL.draw-1.jsonl`.

    A line holds item, value and components, and by which version of the reward and of which evidence; of another one a
    score does not count. A picture without a value gets no line, so that it is asked about again.

    Args:
        out: Folder of the study.
        label: Of the reward.
        draw: 0, or the number of a further draw.
        reward: Scores the pictures.
        places: All pictures of the study, in order.
    """

    def __init__(self, out: Path, label: str, draw: int, reward: Reward, places: Sequence[Place]) -> None:
        name = label if draw == 0 else f"{label}.draw-{draw}"
        self.file = out / "scores" / f"{name}.jsonl"
        self._cost = out / "scores" / f"{name}.cost.json"
        self.reward, self._places = reward, places
        self._keys = self._evidence_keys()
        self.kept = self._read()
        self.spent = self._read_cost()

    @property
    def unscored(self) -> list[str]:
        """The items that have no score yet, those that are not painted among them."""
        return [each.item.id for each in self._places if each.item.id not in self.kept]

    @property
    def left(self) -> list[list[int]]:
        """The places that have no score yet, in batches; a group of a reward that compares them stays whole."""
        units: list[list[int]] = []
        for group in self._groups():
            fresh = [place for place in group if self._places[place].item.id not in self.kept]
            if fresh and self.reward.traits.scope == "group":
                units.append(group)
            else:
                units += [[place] for place in fresh]
        batches: list[list[int]] = []
        for unit in units:
            last = batches[-1] if batches else []
            # Groups of two lots may have one name, so that no batch holds both.
            same = last and self._places[last[0]].item.source == self._places[unit[0]].item.source
            if same and len(last) + len(unit) <= BATCH:
                last.extend(unit)
            else:
                batches.append(list(unit))
        return batches

    def score(self, show: Show = lambda *_: None) -> None:
        """Asks for all scores that are left.

        Raises:
            BudgetSpent: A judge's own limit is reached; what was answered is kept.
            SpecError: The reward raised something of its own.
        """
        batches = self.left
        if not batches:
            return
        done, total = len(self.kept), sum(each.recorded is not None for each in self._places)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        show(done, total)
        with LineWriter(self.file) as lines:
            for batch in batches:
                for place, kept in zip(batch, self._asked(batch), strict=True):
                    if kept is None:
                        continue
                    item = self._places[place].item.id
                    self.kept[item] = kept
                    lines.append(
                        {
                            "item": item,
                            "version": self.reward.version,
                            "evidence": self._keys[item],
                            "value": kept.value,
                            "components": dict(kept.components),
                        }
                    )
                self._write_cost()
                show(len(self.kept), total)

    def samples(self, batch: Sequence[int]) -> list[Sample]:
        """Reads the samples of some places."""
        return [recorded.load() for place in batch if (recorded := self._places[place].recorded) is not None]

    def _asked(self, batch: Sequence[int]) -> list[Kept | None]:
        samples = self.samples(batch)
        before, began = usage_of(self.reward), time.perf_counter()
        scores = ask(self.reward, samples)
        self.spent.seconds += time.perf_counter() - began
        self.spent.pictures += len(batch)
        calls, usd = usage_of(self.reward)
        self.spent.calls += calls - before[0]
        if usd is not None:
            self.spent.usd = (self.spent.usd or 0.0) + usd - (before[1] or 0.0)
        told: list[Kept | None] = []
        for score in scores:
            if score.value is None:
                self.spent.trouble = score.reason
                told.append(None)
                continue
            try:
                check_value(self.reward.name, score.value, self.reward.traits.range)
            except ValueError as error:
                raise SpecError(str(error)) from None
            told.append(
                Kept(float(score.value), {key: float(each) for key, each in score.components.items()})
            )
        return told

    def _groups(self) -> list[list[int]]:
        """Returns the painted places of each group."""
        groups: dict[str, list[int]] = {}
        for number, each in enumerate(self._places):
            if each.recorded is not None:
                groups.setdefault(each.item.group, []).append(number)
        return list(groups.values())

    def _evidence_keys(self) -> dict[str, str]:
        """Returns of which evidence each score is to be: of a reward that compares a group, that of all of it."""
        keys = {each.item.id: each.recorded.key for each in self._places if each.recorded is not None}
        if self.reward.traits.scope == "group":
            for group in self._groups():
                items = [self._places[place].item.id for place in group]
                whole = hashlib.sha256(" ".join(keys[item] for item in items).encode()).hexdigest()[:12]
                keys |= {item: f"{keys[item]} {whole}" for item in items}
        return keys

    def _read(self) -> dict[str, Kept]:
        found: dict[str, Kept] = {}
        version = self.reward.version
        for line in read_lines(self.file) if self.file.is_file() else ():
            told = line.value
            try:
                if told["version"] == version and self._keys.get(told["item"]) == told["evidence"]:
                    found[told["item"]] = Kept(told["value"], told["components"])
            except (TypeError, KeyError) as error:
                raise SpecError(f"{line.where} has no {error}; remove the line.") from None
        return found

    def _read_cost(self) -> Spent:
        try:
            told = json.loads(self._cost.read_text(encoding="utf-8"))
            if told.pop("version") == self.reward.version:
                return Spent(**told)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # asked for the first time, or written by another release
        return Spent()

    def _write_cost(self) -> None:
        told = {name: getattr(self.spent, name) for name in ("pictures", "seconds", "calls", "usd")}
        fresh = self._cost.with_suffix(".new")
        fresh.write_text(json.dumps({"version": self.reward.version, **told}), encoding="utf-8")
        fresh.replace(self._cost)


def usage_of(reward: Reward) -> tuple[int, float | None]:
    """Returns the calls that a reward's judges and scorers have counted up to now, and what they cost."""
    told = [judge.usage for judge in judges_of(reward)]
    prices = [each["usd"] for each in told if each.get("usd") is not None]
    return sum(int(each.get("calls") or 0) for each in told), sum(prices) if prices else None
