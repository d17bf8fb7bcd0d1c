"""A healthy scorer on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from score_server import ScoreServer


@pytest.fixture
def server() -> Iterator[ScoreServer]:
    with ScoreServer() as server:
        yield server
