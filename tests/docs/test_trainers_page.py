"""The page of each trainer names the version that was tested, and the log of `make test-trainers` says that it passed."""

import importlib.util
import json
import sys

import pytest

from codepaint_env.trainers.shared.rows import COLUMNS
from markdown_pages import Page
from places import ROOT

LOG = json.loads((ROOT / "docs/trainers.json").read_text("utf-8"))
SPEC = importlib.util.spec_from_file_location("ci_trainers", ROOT / ".ci/trainers.py")
SCRIPT = importlib.util.module_from_spec(SPEC)
sys.modules["ci_trainers"] = SCRIPT  # its dataclass looks there
SPEC.loader.exec_module(SCRIPT)


@pytest.mark.parametrize("name", SCRIPT.TRAINERS)
def test_each_trainer_was_tested_in_the_version_that_its_page_names(name):
    tested = LOG[name]
    assert tested["tests"]["passed"] > 0
    assert not tested["tests"].keys() & {"failed", "error"}
    package = SCRIPT.TRAINERS[name].told[0]
    assert tested["versions"][package] in " ".join(
        (*SCRIPT.TRAINERS[name].packages, *SCRIPT.TRAINERS[name].alone)
    )
    minor = ".".join(tested["versions"][package].split(".")[:2])
    assert minor in Page(f"docs/{name}.md").text, f"docs/{name}.md names no {minor}"


def test_the_overview_leads_to_the_page_of_each_trainer_with_rows():
    links = Page("docs/trainers.md").links
    for name in COLUMNS:
        assert f"{name}.md" in links, name
