"""Ways that a project without this package would take: Puppeteer and Playwright on stock p5 and p5.brush.

They drive the same pinned Chromium with the same fast WebGL flags as the page path, so the differences are the
way's own. The page is a file with script tags; its picture is a screenshot once p5 has drawn its first frame.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codepaint_env.render.browser import assets, launch
from codepaint_env.render.browser.chromium import find_chromium
from codepaint_env.render.browser.npm import find_node
from render_parts.cpu import TICKS
from render_parts.ways import Painting, Program, WayFailed, number_copies
from rewards.errors import MissingPart

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

PACKAGE = Path(__file__).parent / "puppeteer"
SIZE_PX = 512
LIMIT_S = 120  # scripts of a file hide their errors from the page, so this is how they show
WEBGL = "--use-angle=swiftshader-webgl"
FLAGS = (WEBGL, "--force-color-profile=srgb", "--font-render-hinting=none")
assert set(FLAGS) <= set(launch.FLAGS), "the page path draws with other flags: compare like with like"

_PAGE = """<!doctype html><meta charset="utf-8"><title>{name}</title><style>body{{margin:0}}</style><main></main>
<script src="{p5}"></script>
<script src="{brush}"></script>
<script>
window.painted = new Promise((resolve, reject) => {{
  setTimeout(() => reject(new Error('nothing was drawn within {limit_s} s')), {limit_s}000);
  p5.registerAddon((_p5, _fn, lifecycles) => {{ lifecycles.postdraw = () => resolve(true); }});
}});
</script>
<script src="{sketch}"></script>
"""
Cpu = Callable[[], float | None]


class Pages:
    """Writes the HTML page of each program into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._parts = assets.find()

    def url(self, program: Program) -> str:
        """Returns the address of a program's page."""
        path = self.folder / f"{program.block}-{program.name}.html"
        if not path.exists():
            files = {"p5": self._parts.p5, "brush": self._parts.brush, "sketch": program.path}
            links = {name: escape(file.resolve().as_uri()) for name, file in files.items()}
            path.write_text(
                _PAGE.format(name=escape(program.name), limit_s=LIMIT_S, **links), encoding="utf-8"
            )
        return path.as_uri()


def _chromium() -> tuple[str, dict[str, str | float | bool]]:
    """Returns Chromium's executable, and the environment in which the page path starts it."""
    chromium = find_chromium()
    return str(chromium.path), launch._launch_options(chromium, sandbox=False)["env"]


class Puppeteer:
    """Real Puppeteer that launches a browser a render; its Node process is started once and not counted.

    Args:
        pages: Where the pages lie.
        package: A folder into which `install_puppeteer` put puppeteer-core.
        at_once: How many browsers are launched side by side.
    """

    def __init__(self, pages: Pages, package: Path, at_once: int) -> None:
        self.name = "puppeteer" if at_once == 1 else f"puppeteer-{at_once}"
        self._pages = pages
        self._at_once = at_once
        executable, environment = _chromium()
        self._launch = {
            "executablePath": executable,
            "headless": "shell",
            "args": ["--no-sandbox", *FLAGS],  # Playwright's default as well
            "env": environment,
            "defaultViewport": {"width": SIZE_PX, "height": SIZE_PX},
        }
        node = find_node("node")
        assert node is not None, "npm was there and node is not"
        self._node = subprocess.Popen(
            [*node, str(PACKAGE / "render.js"), str(package), str(TICKS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def draw(self, programs: Sequence[Program]) -> tuple[float, list[Painting]]:
        """Hands a batch to Node, which measures it."""
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        pictures = [self._pages.folder / f"{self.name}-{index}.png" for index in range(len(programs))]
        request = {
            "launch": self._launch,
            "urls": [self._pages.url(program) for program in programs],
            "pictures": [str(picture) for picture in pictures],
            "atOnce": self._at_once,
        }
        self._node.stdin.write(json.dumps(request) + "\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "its Node process ended"}
        if "error" in answer:
            raise WayFailed(answer["error"])
        renders = answer["renders"]
        wall = sum(render["seconds"] for render in renders) if self._at_once == 1 else answer["wall"]
        paintings = [
            Painting(program, copy, picture.read_bytes(), render["seconds"], render["phases"])
            for program, copy, picture, render in zip(
                programs, number_copies(programs), pictures, renders, strict=True
            )
        ]
        return wall, paintings

    def close(self) -> None:
        """Ends the Node process."""
        assert self._node.stdin is not None
        self._node.stdin.close()
        self._node.wait(timeout=30)


class PlaywrightPages:
    """Playwright with stock libraries: a browser a render, or one warm browser with a page a render."""

    def __init__(self, playwright: Playwright, pages: Pages, cpu: Cpu, *, warm: bool) -> None:
        self.name = "warm" if warm else "playwright"
        self._playwright = playwright
        self._pages = pages
        self._cpu = cpu
        self._warm = self._launch() if warm else None

    def draw(self, programs: Sequence[Program]) -> tuple[float, list[Painting]]:
        """Draws one program after the other."""
        from playwright.sync_api import Error

        paintings = []
        for program, copy in zip(programs, number_copies(programs), strict=True):
            try:
                paintings.append(self._draw(program, copy))
            except Error as error:
                raise WayFailed(f"{program.name}: {str(error).splitlines()[0]}") from error
        return sum(painting.seconds or 0.0 for painting in paintings), paintings

    def close(self) -> None:
        """Ends the warm browser."""
        if self._warm is not None:
            self._warm.close()

    def _draw(self, program: Program, copy: int) -> Painting:
        url = self._pages.url(program)
        clock = _Stopwatch(self._cpu)
        browser = self._warm
        if browser is None:
            browser = self._launch()
            clock.lap("launch")
        context = browser.new_context(viewport={"width": SIZE_PX, "height": SIZE_PX})
        page = context.new_page()
        clock.lap("page")
        page.goto(url, wait_until="domcontentloaded")  # p5 starts at `load`
        clock.lap("load")
        page.evaluate("window.painted")
        clock.lap("paint")
        png = page.screenshot()
        clock.lap("picture")
        context.close()
        if self._warm is None:
            browser.close()
        clock.lap("close")
        seconds = sum(wall for wall, _ in clock.phases.values())
        return Painting(program, copy, png, seconds, clock.phases)

    def _launch(self) -> Browser:
        executable, environment = _chromium()
        return self._playwright.chromium.launch(
            executable_path=executable, args=list(FLAGS), env=environment, chromium_sandbox=False
        )


class _Stopwatch:
    """Wall and CPU seconds by phase; reading CPU time costs milliseconds, so the clock stands still meanwhile."""

    def __init__(self, cpu: Cpu) -> None:
        self.phases: dict[str, tuple[float, float | None]] = {}
        self._cpu = cpu
        self._used = cpu()
        self._since = time.perf_counter()

    def lap(self, phase: str) -> None:
        """Ends a phase."""
        wall, used = time.perf_counter() - self._since, self._cpu()
        cpu_s = None if used is None or self._used is None else used - self._used
        self.phases[phase] = (wall, cpu_s)
        self._used, self._since = used, time.perf_counter()


def install_puppeteer() -> Path:
    """Returns a folder with puppeteer-core as the lock file beside this one names it, fetching it once from npm."""
    lock = PACKAGE / "package-lock.json"
    place = assets.home() / f"benchmark-puppeteer-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if place.is_dir():
        return place
    npm = find_node("npm")
    if npm is None:
        raise MissingPart("npm was not found; install Node.js or `pip install 'codepaint-env[node]'`.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="setup-") as scratch:
        staging = Path(scratch) / "puppeteer"
        staging.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PACKAGE / name, staging)
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--omit-lockfile-registry-resolved")
        done = subprocess.run(
            [*npm, "ci", *options], cwd=staging, capture_output=True, text=True, check=False
        )
        if done.returncode:
            reason = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
            raise MissingPart(f"npm could not install puppeteer-core: {reason[0]}")
        try:
            staging.rename(place)
        except OSError:
            if not place.is_dir():  # else another process was first
                raise
    return place
