"""`docs/environment.md` lists what the code has for every canvas, no more and no less, and its examples run."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from itertools import product

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from codepaint_env import canvases
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import isolates, parts
from codepaint_env.canvases.p5brush.limits import EngineLimits
from codepaint_env.canvases.p5brush.page import backend as page_backend
from codepaint_env.canvases.p5brush.page import sealed_page as page
from codepaint_env.canvases.p5brush.verdict import verdict
from codepaint_env.episodes.episode import _OPTIONS
from codepaint_env.gym import vector
from codepaint_env.gym.env import PaintEnv
from codepaint_env.render import process_renderer, renderer
from codepaint_env.render.browser import fleet as browser_fleet
from codepaint_env.render.confine import fleet, worker_process
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.options import choose
from markdown_pages import Page, column
from places import ROOT
from rewards.types import Interaction

PAGE = Page("docs/environment.md")
HTML_FOLDER = ROOT / "src/codepaint_env/canvases/html"
IDS = canvases.env_ids()
CANVASES = ["p5brush", "svg", "html"]
OPTIONS = {
    "p5brush": "Sketches: `engine` and `page`",
    "svg": "Documents: `resvg`",
    "html": "Pages: `chromium`",
}
KINDS = {"p5brush": "Kinds of sketches", "svg": "Kinds of SVG documents", "html": "Kinds of pages"}
STRICT = {  # what is reached soon
    "p5brush": {"workers": 1, "recorder_cpu_s": 1.5, "engine_memory_mb": 350},
    "svg": {"workers": 1},
    "html": {"workers": 1, "cpu_s": 2},
}
STRICT_PAGE = {"path": "page", "workers": 1, "page_cpu_s": 4, "page_memory_mb": 500, "idle_rounds": 10}


def defaults(constructor):
    """Returns the defaults of a constructor's keywords, as they would be written."""
    parameters = list(inspect.signature(constructor).parameters.values())
    return {p.name: repr(p.default) for p in parameters}


@pytest.fixture(scope="module")
def envs():
    made = {name: gym.make(IDS[name], diagnostics=True, renderer=STRICT[name]).unwrapped for name in CANVASES}
    yield made
    for env in made.values():
        env.close()


@pytest.fixture(scope="module")
def page_env():
    env = gym.make(IDS["p5brush"], renderer=STRICT_PAGE)
    yield env.unwrapped
    env.close()


def test_the_page_names_every_canvas_that_ships_with_its_id():
    [table] = PAGE.tables("The environments")
    assert column(table, "canvas") == {env_id: f"`{name}`" for name, env_id in IDS.items()}


@pytest.mark.parametrize("name", CANVASES)
def test_the_page_tells_what_differs_by_canvas(name):
    told = column(PAGE.tables("Canvases")[0], f"`{name}`")
    canvas = canvases.get(name)
    assert {key: value.replace("`", "") for key, value in told.items()} == {
        "backends, the default first": ", ".join(canvas.backends()),
        "file suffix": canvas.suffix,
        "longest completion, in characters": str(canvas.max_chars),
        "tasks by default": canvas.default_tasks,
        "reward by default": canvas.default_reward,
        "evidence": ", ".join(sorted(canvas.stages)),
        "evidence on request": ", ".join(sorted(canvas.on_request)),
    }


@pytest.mark.parametrize(
    ("way", "constructor"), [("`gym.make`", PaintEnv), ("`gym.make_vec`", vector.PaintVectorEnv)]
)
def test_the_page_lists_every_argument_with_its_default(way, constructor):
    [table] = PAGE.tables("Arguments")
    told = {name: default.strip("`") for name, default in column(table, way).items() if default != "—"}
    assert told == defaults(constructor)


@pytest.mark.parametrize("name", CANVASES)
def test_the_page_lists_every_key_of_the_observation_with_its_space(envs, name):
    [table] = PAGE.tables("Observation")
    told = {key: space.strip("`") for key, space in column(table, "space").items()}
    assert told == {key: repr(space) for key, space in envs[name].observation_space.spaces.items()}


def type_of(key, value):
    inner = {dict: "[str, float]", tuple: "[str, ...]"}.get(type(value), "")
    if key == "render/interactions":
        inner = "[dict, ...]"
    return f"`{type(value).__name__}{inner}`"


@pytest.mark.parametrize("name", CANVASES)
def test_the_page_lists_every_key_of_the_info_with_its_type(envs, name):
    usual, timed = PAGE.tables("Info")
    who = column(timed, "of")
    told = column(usual, "type") | {
        key: kind
        for key, kind in column(timed, "type").items()
        if who[key] == "all" or f"`{name}`" in who[key]
    }
    _, info = envs[name].reset()
    assert told == {key: type_of(key, value) for key, value in info.items()}
    info = envs[name].step("")[4]
    assert told == {key: type_of(key, value) for key, value in info.items()}


def test_the_page_lists_every_key_of_a_step_of_the_trace():
    [table] = PAGE.tables("The trace of a page")
    told = {key: kind.strip("`").replace("\\|", "|") for key, kind in column(table, "type").items()}
    assert told == {field.name: str(field.type) for field in fields(Interaction)}


def test_the_page_tells_what_the_info_holds_after_a_reset(envs):
    told = {key: value.strip("`") for key, value in column(PAGE.tables("Info")[0], "after a reset").items()}
    _, info = envs["p5brush"].reset()
    assert set(info.pop("reward/components").values()) == {0.0}
    assert told.pop("reward/components") == "every part `0.0"
    assert told.pop("task_id") == "the task's id"
    del info["task_id"]
    usual = {key: value for key, value in info.items() if not key.startswith("diagnostics/")}
    assert told == {key: repr(value) for key, value in usual.items()}


def test_the_page_lists_every_option_of_reset():
    [table] = PAGE.tables("Reset options")
    told = column(table, "for")
    assert {name for name, who in told.items() if who == "both"} == set(_OPTIONS)
    of_vectors = set(re.findall(r'options\.pop\("(\w+)"', inspect.getsource(vector)))
    assert {name for name, who in told.items() if who == "vector"} == of_vectors


def test_the_page_lists_every_option_that_every_renderer_has():
    [table] = PAGE.tables("Every canvas")
    own = defaults(renderer.Renderer)
    del own["canvas"], own["options"]
    assert {key: value.strip("`") for key, value in column(table, "default").items()} == own


@pytest.mark.parametrize("name", CANVASES)
def test_the_page_lists_every_limit_and_option_of_a_canvas_with_its_default_and_backend(name):
    [table] = PAGE.tables(OPTIONS[name])
    factories = canvases.get(name).backends()
    expected: dict[str, tuple[set[str], str]] = {}
    for backend, factory in factories.items():
        given = {key: values[0] for key, values in factory.options.items()}
        given |= {field.name: field.default for field in fields(factory.limits)}
        for key, value in given.items():
            owners = expected.get(key, (set(), ""))[0] | {backend}
            expected[key] = owners, f"`{value!r}`"
    owners, values = column(table, "of"), column(table, "default")
    told = {key: ({owners[key].strip("`")}, values[key]) for key in owners}
    told = {key: (set(factories) if who == {"both"} else who, value) for key, (who, value) in told.items()}
    assert told == expected
    choose(factories, tuple(factories), {key: eval(values[key].strip("`")) for key in told})


def outcomes_in_the_code():
    """Collects the names that the page and the engine give to the way in which a program ended."""
    python = "".join(map(inspect.getsource, (page, isolates, worker_process, fleet, browser_fleet)))
    harness = (ROOT / "src/codepaint_env/canvases/p5brush/js/harness.js").read_text(encoding="utf-8")
    sketch = parts.script("sketch")
    return {
        *re.findall(r'(?:Drawn\(|Stopped\(|return )"(\w+)"', python),
        *re.findall(r"(?:finish\(|return |\? |: )'(\w+)'", harness),
        *re.findall(r"finish\(\s*'(\w+)'", sketch),
        *re.findall(r"finish\([^,)]*\? '(\w+)' : '(\w+)'", sketch)[0],
    }


def kinds_of_sketches():
    """Collects what the canvas makes of every outcome, whatever else the page says of it."""
    pictures = None, np.zeros((9, 9, 3), np.uint8), np.arange(243, dtype=np.uint8).reshape(9, 9, 3)
    kinds = {P5Brush().extract(program).refusal[0] for program in ("", "\ud800", "x" * 100_001)}
    missed = ("", "webgl", "size", "context")
    for outcome, missing, in_library, image in product(
        outcomes_in_the_code(), missed, (True, False), pictures
    ):
        result = Drawn(outcome, missing=missing, in_library=in_library)
        kinds.add(verdict(result, image, EngineLimits())[0])
    return kinds - {""}


def kinds_of_documents():
    """Collects the refusals of the gate, and what the drawing and its worker make of the rest."""
    folder = ROOT / "src/codepaint_env/canvases/svg"
    ours = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    worker = "".join(map(inspect.getsource, (worker_process, fleet)))
    named = r'(?:Refused\(|refusal=\(|Drawn\(|kind, message =|kind ==)\s*"(\w+)"'
    of_workers = re.findall(r'(?:_Over\(|"|else )"?(memory_limit|work_limit|crash)"', worker)
    return {*re.findall(named, ours), *of_workers} - {"done"}


def kinds_of_pages():
    """Collects the refusals of the canvas, and what the backend and its bounds make of the rest."""
    ours = "".join(path.read_text(encoding="utf-8") for path in HTML_FOLDER.glob("*.py"))
    named = r'(?:refusal=\(|PageStopped\(|[._]stop\(|Drawn\()\s*"(\w+)"'
    return set(re.findall(named, ours)) - {"done"}


KINDS_IN_THE_CODE = {"p5brush": kinds_of_sketches, "svg": kinds_of_documents, "html": kinds_of_pages}


@pytest.mark.parametrize(("name", "kinds"), KINDS_IN_THE_CODE.items())
def test_the_page_lists_every_kind_of_program_error(name, kinds):
    [table] = PAGE.tables(KINDS[name])
    assert set(column(table, "meaning")) == kinds()


def test_the_page_lists_every_kind_of_machine_error():
    [table] = PAGE.tables("Machine errors")
    given = set(re.findall(r'_failed\("(\w+)"', inspect.getsource(process_renderer)))
    given |= set(re.findall(r'"machine_error", "(\w+)"', inspect.getsource(page_backend)))
    backends = {backend for name in CANVASES for backend in canvases.get(name).backends()}
    assert set(column(table, "meaning")) == given | backends - {"page"}  # a page's failures are a browser's


def examples(name):
    """Returns the smallest example of each kind that has one, as the completion that it is."""
    [table] = PAGE.tables(KINDS[name])
    shown = {kind: cell.strip("`") for kind, cell in column(table, "smallest example").items() if cell != "—"}
    made = {kind: eval(cell) if cell.startswith('"') else cell for kind, cell in shown.items()}
    return made | {"no_program": ""}


def check_the_example(env, program, kind):
    env.reset()
    _, reward, _, _, info = env.step(program)
    assert (reward, info["status"], info["error/kind"]) == (0.0, "program_error", kind), info["error/message"]


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in CANVASES for kind in examples(name)])
def test_the_smallest_example_of_a_kind_has_that_kind(envs, name, kind):
    check_the_example(envs[name], examples(name)[kind], kind)


@pytest.mark.full
@pytest.mark.parametrize("kind", [kind for kind in examples("p5brush") if kind != "unsupported"])
def test_the_smallest_example_of_a_kind_has_that_kind_in_a_page_too(page_env, kind):
    check_the_example(page_env, examples("p5brush")[kind], kind)


def findings_in_the_code():
    files = [
        ROOT / "src/rewards/painted/pasted.py",
        *(ROOT / "src/codepaint_env/render").glob("*.py"),
        *(ROOT / "src/codepaint_env/canvases").rglob("*.py"),
    ]
    files = [path for path in files if HTML_FOLDER not in path.parents]  # docs/pages.md tells of these
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    return set(re.findall(r'Finding\(\s*"(\w+)"', code))


def test_the_page_lists_every_finding():
    [table] = PAGE.tables("Paint, not paste")
    told = {row[0].partition(",")[0].strip("`") for row in table[1:]}
    assert told == findings_in_the_code()


def test_the_page_names_the_autoreset_modes_of_gymnasium():
    assert all(f'"{mode.value}"' in PAGE.section("Arguments") for mode in AutoresetMode)


@pytest.mark.full
def test_the_examples_run_in_the_order_of_the_page(capsys):
    keeps_the_workers = gym.make(IDS["p5brush"])
    PAGE.run_python()
    keeps_the_workers.close()
    told = capsys.readouterr().out
    assert "You are a watercolour painter" in told
    assert "More than 2000 elements" in told
    assert len(PAGE.blocks("python")) >= 6
