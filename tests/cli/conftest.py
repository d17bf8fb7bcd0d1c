"""The commands are run as users have them, with everything set up."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def _set_up(parts: None) -> None:
    """Asks for `parts` once."""
