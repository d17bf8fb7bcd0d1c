"""A judge's server on loopback, and no patience with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from judge_server import JudgeServer
from rewards.judged.client import failures as trouble


@pytest.fixture
def server() -> Iterator[JudgeServer]:
    with JudgeServer() as running:
        yield running


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(trouble, "BACKOFF_S", 0.02)
