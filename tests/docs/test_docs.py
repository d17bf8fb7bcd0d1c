"""The pages that people read hold what the code has: blocks run, commands exist, links lead somewhere."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import shlex
import subprocess
import sys
from importlib import metadata
from itertools import takewhile

import click
import pytest

from codepaint_env.canvases.html.examine import CANARY as HTML_CANARY
from codepaint_env.canvases.p5brush.examine import CANARY, PAGE_CANARY
from codepaint_env.cli.main import main
from markdown_pages import Page
from places import ROOT

NAMES = sorted(
    str(path.relative_to(ROOT))
    for folder in (
        ".",
        "docs",
        "docs/reference",
        "docs/training",
        "docs/tutorials",
        "reference_pool",
        "src/rewards/pictures",
    )
    for path in (ROOT / folder).glob("*.md")
)
PAGES = {name: Page(name) for name in NAMES}
README, GUIDE = PAGES["README.md"], PAGES["docs/rewards.md"]
NOT_RUN = re.compile(r"<!-- not run by tests/docs: \w.* -->\n\Z")
# test_environment_page.py, test_canvases_page.py and test_trl_page.py run those of their pages.
RUN_HERE = ("README.md", "docs/rewards.md")
TUTORIALS = [name for name in NAMES if name.startswith("docs/tutorials/")]
RUN = (*RUN_HERE, *TUTORIALS, "docs/environment.md", "docs/canvases.md", "docs/trl.md")
TESTS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def run(*command, folder):
    environment = os.environ | {"PATH": f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)


def test_the_one_line_of_the_readme_runs_as_printed(tmp_path):
    [line] = re.findall(r"^python -c .*$", README.text, re.MULTILINE)
    done = run("sh", "-c", line, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 0 < float(done.stdout) <= 1


def test_the_python_of_the_readme_runs_as_printed(tmp_path):
    blocks = README.blocks("python")
    assert len(blocks) == 3
    (tmp_path / "readme.py").write_text("\n".join(blocks), encoding="utf-8")
    done = run(sys.executable, "-W", "error::UserWarning", "readme.py", folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_examples_of_the_guide_to_rewards_run_in_the_order_of_the_page():
    GUIDE.run_python()
    assert len(GUIDE.blocks("python")) >= 6


@pytest.mark.parametrize("name", [name for name in NAMES if name not in RUN])
def test_every_other_block_of_python_runs_or_says_why_not(name):
    PAGES[name].run_python(unless=NOT_RUN)


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_tutorial_runs_from_top_to_bottom_as_a_script_of_its_own(name, tmp_path):
    (tmp_path / "tutorial.py").write_text(PAGES[name].python(unless=NOT_RUN), encoding="utf-8")
    done = run(sys.executable, "-W", "error::UserWarning", "tutorial.py", folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_study_of_the_tutorial_is_one_that_the_command_takes(tmp_path):
    [study] = PAGES["docs/tutorials/ablate-rewards.md"].blocks("toml")
    (tmp_path / "study.toml").write_text(study, encoding="utf-8")
    done = run("codepaint", "ablate", "study.toml", "--dry-run", folder=tmp_path)
    assert done.returncode == 0, done.stderr


def commands(page):
    """Returns the commands of the shell blocks of a page as lists of words, without variables and comments."""
    lines = [
        line
        for block in page.blocks("sh")
        for line in block.replace("\\\n", " ").splitlines()
        if line.strip()
    ]
    words = [shlex.split(line.partition(" &&")[0], comments=True) for line in lines]
    told = [[word for word in line if not re.fullmatch(r"[A-Z_]+=.*", word)] for line in words]
    return [list(takewhile(lambda word: word not in (">", "|", "&"), line)) for line in told if line]


def understood(words):
    """Parses a command of codepaint without running it."""
    command: click.Command = main
    context: click.Context | None = None
    while True:
        context = command.make_context(words[0], list(words[1:]), parent=context)
        if not isinstance(command, click.Group):
            return
        left = [*context._protected_args, *context.args]
        name, following, left = command.resolve_command(context, left)
        assert following is not None, f"codepaint has no command {name!r}"
        command, words = following, [name, *left]


@pytest.mark.parametrize("name", [name for name in NAMES if PAGES[name].blocks("sh")])
def test_every_command_of_a_page_is_there_with_its_options(name):
    known = 0
    for words in commands(PAGES[name]):
        if words[0] == "codepaint":
            understood(words)
        elif words[0] == "make":
            assert re.search(rf"^{words[1]}:", MAKEFILE, re.MULTILINE), words
        elif words[0].endswith("python") and words[1].endswith(".py"):
            assert (ROOT / words[1]).is_file(), words
        elif words[0].endswith("python"):
            assert words[1] in ("-c", "-m"), words
        else:
            assert words[0] in ("pip", "printf", "vf-eval"), words
        known += 1
    assert known


def test_the_readme_begins_with_what_there_is_to_make():
    for target in ("demo", "test"):
        assert f"make {target}" in README.text[:2500]


def test_the_page_about_installing_lists_every_extra():
    told = "".join(re.findall(r"^\| (`.*?) \|", PAGES["docs/install.md"].text, re.MULTILINE))
    ours = set(metadata.metadata("codepaint-env").get_all("Provides-Extra"))
    assert set(re.findall(r"`(\w+)`", told)) == ours - {"dev", "site"}


def test_the_readme_fits_on_a_few_screens():
    assert README.text.count("\n") < 150


def test_the_changelog_lists_the_canaries_that_doctor_expects():
    changelog = PAGES["CHANGELOG.md"].text
    assert f"`{CANARY}`" in changelog
    assert f"`{PAGE_CANARY}`" in changelog
    assert f"`{HTML_CANARY}`" in changelog


def test_the_guide_to_rewards_tells_of_every_reward_and_names_commands_that_exist():
    table = re.search(r"^\| reward \|.*?\n\n", GUIDE.text, re.MULTILINE | re.DOTALL)[0]
    told = re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)
    ours = metadata.distribution("codepaint-env").entry_points.select(group="codepaint.rewards")
    assert sorted(told) == sorted(entry.name for entry in ours)
    named = set(re.findall(r"`codepaint ([\w-]+)", GUIDE.text))
    assert named == {"ablate", "rewards", "check-reward", "probes", "taste"} <= main.commands.keys()


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file_and_a_heading(name):
    page = PAGES[name]
    for link in page.links:
        file, _, anchor = link.partition("#")
        target = (page.path.parent / file).resolve() if file else page.path
        assert target.exists(), link
        if anchor:
            assert anchor in Page(str(target.relative_to(ROOT))).anchors, link


@pytest.mark.parametrize("name", [*NAMES, "Makefile"])
def test_every_test_that_a_page_names_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for file, more in re.findall(r"\b(test_(?!NAME)\w+\.py)((?:[`, ]*::\w+)*)", text):
        assert file in TESTS
        for test in re.findall(r"::(\w+)", more):
            assert f"def {test}(" in TESTS[file], f"{file} has no {test}"


def test_no_page_and_no_source_cites_a_document_that_is_not_here():
    files = [ROOT / name for name in NAMES]
    files += [path for part in ("src", "tests", "examples") for path in (ROOT / part).rglob("*.py")]
    cited = re.compile(r"\b[A-Z][A-Z_]+\.md\b")
    here = {name.rpartition("/")[2] for name in NAMES} | {"LICENSE.md", "NAME.md"}  # of p5.brush; of rubrics
    for path in files:
        for name in cited.findall(path.read_text(encoding="utf-8")):
            assert name in here, f"{path.relative_to(ROOT)} cites {name}"


def moved():
    """Returns the old and the new addresses of the changelog, row by row."""
    rows = PAGES["CHANGELOG.md"].tables("Moved")[0][1:]
    pairs = [[re.findall(r"`([\w.]+)`", cell) for cell in row] for row in rows]
    return [
        (old, new, "the same names" in row[1]) for row, (old, new) in zip(rows, pairs, strict=True) if old
    ]


def is_there(address):
    module, _, name = address.rpartition(".")
    with contextlib.suppress(ImportError):
        importlib.import_module(address)
        return True
    with contextlib.suppress(ImportError):
        return hasattr(importlib.import_module(module), name)
    return False


@pytest.mark.parametrize(("old", "new", "same"), moved(), ids=lambda value: str(value)[:40])
def test_what_moved_is_at_its_new_address(old, new, same):
    addresses = [f"{new[0]}.{name.rpartition('.')[2]}" for name in old] if same else new
    for address in addresses:
        assert is_there(address), address
    # A room now has the name of a file, or the renderer imports it.
    known = {f"codepaint_env.{name}" for name in ("policies", "runs", "cli", "canvases.p5brush")}
    known |= {"rewards.painted", "codepaint_env.render.renderer.Job"}
    for address in old:
        assert address in known or not is_there(address), address
