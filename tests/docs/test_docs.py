"""`docs/environment.md` lists what the code has, no more and no less, and its examples run."""

import inspect
import os
import re
import subprocess
import sys
from dataclasses import fields
from importlib import metadata
from itertools import product
from pathlib import Path

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import isolates, parts
from codepaint_env.canvases.p5brush.examine import CANARY, PAGE_CANARY
from codepaint_env.canvases.p5brush.js import script
from codepaint_env.canvases.p5brush.limits import EngineLimits
from codepaint_env.canvases.p5brush.page import backend as page_backend
from codepaint_env.canvases.p5brush.page import sealed_page as page
from codepaint_env.canvases.p5brush.verdict import verdict
from codepaint_env.cli.main import main
from codepaint_env.episodes.episode import _OPTIONS
from codepaint_env.gym import vector
from codepaint_env.gym.env import PaintEnv
from codepaint_env.render import renderer
from codepaint_env.render.browser import fleet as browser_fleet
from codepaint_env.render.confine import fleet, worker_process
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.refusal import refuse
from places import ROOT

PAGE = (ROOT / "docs" / "environment.md").read_text(encoding="utf-8")
STRICT = {"workers": 1, "recorder_cpu_s": 1.5, "engine_memory_mb": 350}  # reached soon
STRICT_PAGE = {"path": "page", "workers": 1, "page_cpu_s": 4, "page_memory_mb": 500, "idle_rounds": 10}
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def section(title):
    """Returns the text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/environment.md has no section {title!r}"
    return found[1]


def tables(title):
    """Returns the tables of a section, each as a list of rows of cells; the first row is the head."""
    found = re.findall(r"(?:^\|.*\|\n)+", section(title), re.MULTILINE)
    lines = [[line.strip("|").split(" | ") for line in table.splitlines()] for table in found]
    return [[[cell.strip() for cell in row] for row in (rows[0], *rows[2:])] for rows in lines]


def code(cell):
    """Returns what stands between backticks, or None for a dash."""
    return None if cell == "—" else cell.strip("`")


def column(table, name):
    """Returns a column by the first one, both without backticks."""
    head, *rows = table
    place = head.index(name)
    assert len({row[0] for row in rows}) == len(rows), "a row stands twice"
    return {code(row[0]): code(row[place]) for row in rows}


def defaults(constructor):
    """Returns the defaults of a constructor's keywords, as they would be written."""
    parameters = list(inspect.signature(constructor).parameters.values())
    return {p.name: repr(p.default) for p in parameters}


@pytest.fixture(scope="module")
def env():
    env = gym.make("codepaint/P5Brush-v0", diagnostics=True, renderer=STRICT)
    yield env.unwrapped
    env.close()


@pytest.fixture(scope="module")
def page_env():
    env = gym.make("codepaint/P5Brush-v0", renderer=STRICT_PAGE)
    yield env.unwrapped
    env.close()


@pytest.mark.parametrize(
    ("way", "constructor"), [("`gym.make`", PaintEnv), ("`gym.make_vec`", vector.PaintVectorEnv)]
)
def test_the_page_lists_every_argument_with_its_default(way, constructor):
    [table] = tables("Arguments")
    told = {name: default for name, default in column(table, way).items() if default is not None}
    assert told == defaults(constructor)


def test_the_page_lists_every_key_of_the_observation_with_its_space(env):
    [table] = tables("Observation")
    assert column(table, "space") == {key: repr(space) for key, space in env.observation_space.spaces.items()}


def type_of(value):
    inner = {dict: "[str, float]", tuple: "[str, ...]"}.get(type(value), "")
    return f"{type(value).__name__}{inner}"


def test_the_page_lists_every_key_of_the_info_with_its_type(env):
    usual, timed = tables("Info")
    told = column(usual, "type") | column(timed, "type")
    _, info = env.reset()
    assert told == {key: type_of(value) for key, value in info.items()}
    info = env.step("")[4]
    assert told == {key: type_of(value) for key, value in info.items()}


def test_the_page_tells_what_the_info_holds_after_a_reset(env):
    told = column(tables("Info")[0], "after a reset")
    _, info = env.reset()
    assert set(info.pop("reward/components").values()) == {0.0}
    assert told.pop("reward/components") == "every part `0.0"
    assert told.pop("task_id") == "the task's id"
    del info["task_id"]
    usual = {key: value for key, value in info.items() if not key.startswith("diagnostics/")}
    assert told == {key: repr(value) for key, value in usual.items()}


def test_the_page_lists_every_option_of_reset():
    [table] = tables("Reset options")
    told = column(table, "for")
    assert {name for name, who in told.items() if who == "both"} == set(_OPTIONS)
    of_vectors = set(re.findall(r'options\.pop\("(\w+)"', inspect.getsource(vector)))
    assert {name for name, who in told.items() if who == "vector"} == of_vectors


def test_the_page_lists_every_option_of_the_renderer_with_its_default():
    [table] = tables("Renderer")
    own = defaults(renderer.Renderer)
    del own["canvas"], own["options"]
    own["path"] = repr("engine")
    for factory in P5Brush().backends().values():
        own |= {name: repr(values[0]) for name, values in factory.options.items()}
        own |= {field.name: repr(field.default) for field in fields(factory.limits)}
    assert column(table, "default") == own


def outcomes_in_the_code():
    """Collects the names that the page and the engine give to the way in which a program ended."""
    python = "".join(map(inspect.getsource, (page, isolates, worker_process, fleet, browser_fleet)))
    harness, sketch = script("harness.js"), parts.script("sketch")
    return {
        *re.findall(r'(?:Drawn\(|Stopped\(|return )"(\w+)"', python),
        *re.findall(r"(?:finish\(|return |\? |: )'(\w+)'", harness),
        *re.findall(r"finish\(\s*'(\w+)'", sketch),
        *re.findall(r"finish\([^,)]*\? '(\w+)' : '(\w+)'", sketch)[0],
    }


def kinds_in_the_code():
    """Collects what the canvas makes of every outcome, whatever else the page says of it."""
    pictures = None, np.zeros((9, 9, 3), np.uint8), np.arange(243, dtype=np.uint8).reshape(9, 9, 3)
    kinds = {refuse(program, P5Brush.max_chars)[0] for program in ("", "\ud800", "x" * 100_001)}
    missed = ("", "webgl", "size", "context")
    for outcome, missing, in_library, image in product(
        outcomes_in_the_code(), missed, (True, False), pictures
    ):
        result = Drawn(outcome, missing=missing, in_library=in_library)
        kinds.add(verdict(result, image, EngineLimits())[0])
    return kinds - {""}


def test_the_page_lists_every_kind_of_program_error():
    programs, _ = tables("Outcomes")
    assert set(column(programs, "meaning")) == kinds_in_the_code()


def test_the_page_lists_every_kind_of_machine_error():
    _, machines = tables("Outcomes")
    given = set(re.findall(r'_failed\("(\w+)"', inspect.getsource(renderer)))
    given |= set(re.findall(r'"machine_error", "(\w+)"', inspect.getsource(page_backend)))
    assert set(column(machines, "meaning")) == given | {"engine"}


SHOWN = column(tables("Outcomes")[0], "smallest example")


def check_the_example(env, kind):
    program = SHOWN[kind]
    env.reset()
    _, reward, _, _, info = env.step("" if program == "an empty completion" else program)
    assert (reward, info["status"], info["error/kind"]) == (0.0, "program_error", kind), info["error/message"]


@pytest.mark.parametrize("kind", [kind for kind, program in SHOWN.items() if program])
def test_the_smallest_example_of_a_kind_has_that_kind(env, kind):
    check_the_example(env, kind)


@pytest.mark.parametrize(
    "kind", [kind for kind, program in SHOWN.items() if program and kind != "unsupported"]
)
def test_the_smallest_example_of_a_kind_has_that_kind_in_a_page_too(page_env, kind):
    check_the_example(page_env, kind)


def test_the_page_names_the_autoreset_modes_of_gymnasium():
    assert all(f'"{mode.value}"' in section("Arguments") for mode in AutoresetMode)


def test_the_examples_run_in_the_order_of_the_page(capsys):
    keeps_the_workers, names = gym.make("codepaint/P5Brush-v0"), {}
    for block in BLOCKS:
        exec(compile(block, "docs/environment.md", "exec"), names)
    keeps_the_workers.close()
    assert "You are a watercolour painter" in capsys.readouterr().out
    assert len(BLOCKS) >= 5


def test_links_inside_the_page_lead_somewhere():
    headings = re.findall(r"^#+ (.*)", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]+)\)", PAGE)
    assert links
    assert set(links) <= anchors


README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*command, folder):
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)


def test_the_one_line_of_the_readme_runs_as_printed(tmp_path):
    [line] = re.findall(r"^python -c .*$", README, re.MULTILINE)
    done = run("sh", "-c", line, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 0 < float(done.stdout) <= 1


def test_the_python_of_the_readme_runs_as_printed(tmp_path):
    blocks = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    (tmp_path / "readme.py").write_text("\n".join(blocks), encoding="utf-8")
    done = run(sys.executable, "-W", "error::UserWarning", "readme.py", folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_commands_of_the_readme_exist():
    for command in re.findall(r"^codepaint (\w+)", README, re.MULTILINE):
        assert command in main.commands
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert f"make {target}" in README[:2500]
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_changelog_lists_the_canaries_that_doctor_expects():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"`{CANARY}`" in changelog
    assert f"`{PAGE_CANARY}`" in changelog


GUIDE = (ROOT / "docs" / "rewards.md").read_text(encoding="utf-8")


def test_the_examples_of_the_guide_to_rewards_run_in_the_order_of_the_page():
    blocks, names = re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL), {}
    for block in blocks:
        exec(compile(block, "docs/rewards.md", "exec"), names)
    assert len(blocks) >= 6


def test_the_guide_to_rewards_tells_of_every_reward_and_names_commands_that_exist():
    table = re.search(r"^\| reward \|.*?\n\n", GUIDE, re.MULTILINE | re.DOTALL)[0]
    told = re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)
    ours = metadata.distribution("codepaint-env").entry_points.select(group="codepaint.rewards")
    assert sorted(told) == sorted(entry.name for entry in ours)
    commands = set(re.findall(r"`codepaint ([\w-]+)", GUIDE))
    assert commands == {"rewards", "check-reward"} <= main.commands.keys()


PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "Makefile",
    *sorted((ROOT / "docs").glob("*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page):
    tests = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    for file, more in re.findall(r"\b(test_\w+\.py)((?:[`, ]*::\w+)*)", page.read_text(encoding="utf-8")):
        assert file in tests
        for name in re.findall(r"::(\w+)", more):
            assert f"def {name}(" in tests[file], f"{file} has no {name}"
