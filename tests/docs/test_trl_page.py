"""Every block of docs/trl.md runs, with stand-ins for what the trainer is made of; tests/models has the real one."""

import sys
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import pytest

from markdown_pages import Page

PAGE = Page("docs/trl.md")


class Trainer:
    """Asks the reward functions once, about empty completions of the first rows, as TRL asks."""

    made: ClassVar[list] = []

    def __init__(self, *, reward_funcs, train_dataset, **options):
        self.functions, self.rows, self.options = reward_funcs, train_dataset[:2], options
        self.callbacks, self.scores = [], None
        self.made.append(self)

    def add_callback(self, callback):
        self.callbacks.append(callback)

    def train(self, resume_from_checkpoint=None):
        columns = {name: [row[name] for row in self.rows] for name in self.rows[0]}
        told = {"prompts": columns.pop("prompt"), "completions": [""] * len(self.rows), **columns}
        self.scores = [function(**told) for function in self.functions]


def module(name, **names):
    made = ModuleType(name)
    vars(made).update(names)
    return made


@pytest.fixture
def trl(monkeypatch):
    """A machine on which TRL seems to be installed."""
    monkeypatch.setattr(Trainer, "made", [])
    dataset = SimpleNamespace(from_list=list)
    monkeypatch.setitem(sys.modules, "trl", module("trl", GRPOConfig=SimpleNamespace, GRPOTrainer=Trainer))
    monkeypatch.setitem(sys.modules, "datasets", module("datasets", Dataset=dataset))
    monkeypatch.setitem(sys.modules, "transformers", module("transformers", TrainerCallback=object))
    return Trainer.made


def test_every_block_of_the_page_runs_and_its_rewards_suit_its_tasks(trl, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "not run" not in PAGE.text
    PAGE.run_python()
    first, several_turns = trl
    assert first.scores == [[0.0, 0.0], [0.0, 0.0]]
    assert len(first.callbacks) == 1
    several_turns.train()
    assert several_turns.scores == [[0.0, 0.0]]
