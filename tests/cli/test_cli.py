"""The `codepaint` command: what is right is done, what is wrong is told in one line with exit code 2."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import click
import numpy as np
import pytest
from PIL import Image

from codepaint_env.cli.main import main
from codepaint_env.cli.progress_bar import bar, step
from command_line import codepaint, refused
from sketches import GOOD, OPEN, PETAL

BIN = Path(sys.executable).parent
UNSUPPORTED = f"{OPEN} sphere(50); {PETAL} }}"
THROWS = f"{OPEN} {PETAL} throw new Error('two\\nlines'); }}"


def commands(group=main, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands()], ids=" ".join)
def test_help_teaches_by_an_example_or_names_what_is_there(path):
    done = codepaint(*path, "--help")
    assert done.exit_code == 0
    assert done.output == codepaint(*path, "-h").output
    usage, _, text = done.output.partition("\n")
    assert usage.startswith(" ".join(["Usage: codepaint", *path]))
    assert " ".join(["codepaint", *path]) in text or not path
    assert "\\b" not in done.output
    assert len(done.output.splitlines()) > 6


def test_the_examples_in_the_help_keep_their_lines():
    assert "  Look:      codepaint demo\n  One file:  codepaint render " in codepaint("--help").output
    assert "      codepaint render sketch.js -o sketch.png --seed 7\n" in codepaint("render", "-h").output


def test_without_a_command_the_help_is_shown():
    done = codepaint()
    assert (done.exit_code, done.output) == (0, codepaint("--help").output)


def test_the_version_is_told():
    assert codepaint("--version").output.strip().endswith("version 0.1.0")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rendr"], r"No such command 'rendr'.* Try `codepaint --help`\."),
        (["tasks"], r"Missing command\. Try `codepaint tasks --help`\."),
        (["rewards"], r"Missing command\. Try `codepaint rewards --help`\."),
        (["render"], r"Missing argument 'PROGRAM'\. Try `codepaint render --help`\."),
        (["score"], r"Missing argument 'PROGRAM'\."),
        (["rewards", "show"], r"Missing argument 'SPEC'\."),
        (["render", "x.js", "--sead", "7"], r"No such option.*--sead"),
        (["render", "x.js", "--seed", "-1"], r"Invalid value for '--seed': -1 is not in the range"),
        (
            ["render", "x.js", "--seed", str(2**32)],
            r"Invalid value for '--seed': 4294967296 is not in the range",
        ),
        (["render", "x.js", "--seed", "x"], r"Invalid value for '--seed': 'x' is not a valid integer"),
        (["demo", "--canvas", "oil"], r"No canvas is called 'oil'\. There is 'p5brush', 'html', 'svg'\."),
        (["demo", "--episodes", "0"], r"Invalid value for '--episodes': 0 is not in the range x>=1"),
        (["demo", "--seed", "-1"], r"Invalid value for '--seed'"),
        (["tasks", "list", "a", "b"], r"Got unexpected extra argument"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(arguments, told):
    assert re.match(told, refused(*arguments))


def test_render_paints_a_sketch_next_to_it(sketch):
    done = codepaint("render", sketch)
    assert (done.exit_code, done.stdout) == (0, f"{sketch.with_suffix('.png')}\n")
    with Image.open(sketch.with_suffix(".png")) as picture:
        assert (picture.size, picture.mode, picture.format) == ((512, 512), "RGB", "PNG")
        assert np.ptp(np.asarray(picture)) > 50


def test_the_seed_decides_the_picture(tmp_path):
    path = tmp_path / "answer.md"
    path.write_text(f"Here:\n```js\n{OPEN} translate(random(-90, 90), 0); {PETAL} }}\n```")
    pictures = {}
    for seed, name in ((7, "a"), (7, "b"), (2**32 - 1, "c")):
        target = tmp_path / f"{name}.png"
        assert codepaint("render", path, "-o", target, "--seed", seed).exit_code == 0
        pictures[name] = target.read_bytes()
    assert pictures["a"] == pictures["b"] != pictures["c"]


def test_render_tells_what_it_noticed(tmp_path):
    path = tmp_path / "cut.md"
    path.write_text(f"```js\n{GOOD}")
    done = codepaint("render", path)
    assert (done.exit_code, done.stdout) == (0, f"{path.with_suffix('.png')}\n")
    assert "truncated: The last code block is not closed." in done.stderr


@pytest.mark.parametrize("command", ["render", "score"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, r"There is no file '.*sketch\.js'\."),
        (b"\xff\xfe\x00", r".*sketch\.js is not UTF-8 text \(invalid start byte at byte 0\)\."),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, command, content, told):
    path = tmp_path / "sketch.js"
    if content is not None:
        path.write_bytes(content)
    assert re.fullmatch(told, refused(command, path))
    assert list(tmp_path.iterdir()) == ([path] if content else [])


@pytest.mark.parametrize("command", ["render", "score"])
@pytest.mark.parametrize("folder", ["", "/", ".", ".."])
def test_a_folder_is_no_sketch(tmp_path, command, folder):
    assert re.fullmatch(
        r"'.+' is a folder; name a file with one program\.", refused(command, folder or tmp_path)
    )


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("", r"no_program: The completion holds no code\."),
        ("```js\n```", r"no_program: "),
        ("x" * 100_001, r"too_large: 100001 characters"),
        ("I cannot paint.", r"syntax: SyntaxError: "),
        (f"{OPEN} background(250); ", r"syntax: SyntaxError: "),
        ("const x = 1;", r"no_setup: "),
        (
            "function setup() { createCanvas(512, 512); brush.circle(0, 0, 9); }",
            r"no_canvas: p5\.brush paints on createCanvas\(width, height, WEBGL\) only; add WEBGL, .* \(line 1\)\.$",
        ),
    ],
)
def test_what_cannot_be_painted_is_told(tmp_path, program, told):
    path = tmp_path / "sketch.js"
    path.write_text(program)
    assert re.match(rf".*sketch\.js: {told}", refused("render", path))
    assert not path.with_suffix(".png").exists()


def test_the_picture_of_a_sketch_that_throws_is_kept(tmp_path):
    path, target = tmp_path / "sketch.js", tmp_path / "out.PNG"
    path.write_text(THROWS)
    line = refused("render", path, "-o", target)
    assert re.search(rf"runtime: Error: two .*\(what was painted is in {target}\)", line)
    with Image.open(target) as picture:
        assert np.ptp(np.asarray(picture)) > 50


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("out.jpg", r"The output is '.*out\.jpg'; pictures are written as \.png\."),
        ("out", r"The output is '.*out'; pictures are written as \.png\."),
        ("none/out.png", r"There is no folder '.*none' for the picture; make it first\."),
        ("sketch.js/out.png", r"There is no folder '.*sketch\.js' for the picture"),
        ("folder.png", r"'.*folder\.png' is a folder; name a file in it for the picture\."),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_painting(tmp_path, sketch, output, told):
    (tmp_path / "folder.png").mkdir()
    assert re.match(told, refused("render", sketch, "-o", tmp_path / output))


def test_an_output_that_cannot_be_written_is_told(sketch, monkeypatch):
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.W_OK or access(path, mode))  # as for root
    assert re.match(r"/proc/out\.png: ", refused("render", sketch, "-o", "/proc/out.png"))
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    assert re.match(
        r"'/tmp/out\.png' cannot be written here; choose another",
        refused("render", sketch, "-o", "/tmp/out.png"),
    )


def test_score_tells_status_score_and_parts(sketch):
    done = codepaint("score", sketch, "--prompt", "a petal", "--reward", "0.3*renders + 0.7*coverage")
    assert done.exit_code == 0
    assert re.match(r"status      ok\nscore       0\.\d{4}\n  \S+ +[01]\.\d{4}\n", done.stdout)


def test_score_prints_one_json_object(sketch):
    done = codepaint("score", sketch, "--json", "--reward", '{"name": "coverage", "low": 0.2}')
    told = json.loads(done.stdout)
    assert set(told) == {
        *("value", "components", "skipped", "status", "kind", "message", "reward", "version", "pixels_sha256")
    }
    assert told["reward"] == {"name": "coverage", "low": 0.2}
    assert (told["status"], told["kind"]) == ("ok", "")
    assert 0 < told["value"] <= 1
    assert re.fullmatch("[0-9a-f]{64}", told["pixels_sha256"])


@pytest.mark.parametrize("program", ["", "this is no code", THROWS])
def test_a_bad_sketch_scores_nothing_and_is_no_error(tmp_path, program):
    path = tmp_path / "sketch.js"
    path.write_text(program)
    done = codepaint("score", path)
    assert done.exit_code == 0
    assert re.match(r"status      program_error \(\w+: .+\)\nscore       0\.0000\n", done.stdout)
    told = json.loads(codepaint("score", path, "--json").stdout)
    assert (told["value"], told["status"]) == (0.0, "program_error")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--reward", "covrage"], r"No reward is called 'covrage'\. Did you mean 'coverage'\? There are: "),
        (["--reward", "coverage(lo=1)"], r"'coverage' has no parameter 'lo'\. Did you mean 'low'\?"),
        (
            ["--reward", '{"name": "coverage"'],
            r"The reward '.*' is not JSON: Expecting ',' delimiter at column \d+",
        ),
        (["--reward", '{"nam": "coverage"}'], r"\{'nam': 'coverage'\} is not understood\. A spec is a name"),
        (["--reward", ""], r"'' is not understood"),
        (["--reward", "0.5*coverage -"], r"'0\.5\*coverage -' is not understood: invalid syntax"),
        (
            ["--reward", "no_such_module:thing"],
            r"'no_such_module:thing' names the module 'no_such_module', which",
        ),
        (["--prompt", " \n"], r"The prompt is empty; say what the picture should show\."),
    ],
)
def test_a_wrong_prompt_or_reward_is_refused_before_painting(sketch, options, told):
    assert re.match(told, refused("score", sketch, *options))


def test_tasks_list_shows_the_sets_and_what_is_in_them(tmp_path):
    sets = dict(line.split(maxsplit=1) for line in codepaint("tasks", "list").stdout.splitlines())
    assert set(sets) == {"flowers", "objects", "pages", "riders", "subjects"}
    lines = codepaint("tasks", "list", "flowers").stdout.splitlines()
    assert f"{len(lines)} prompts" == sets["flowers"]
    assert all(re.fullmatch(r"\S+ +\S.*", line) for line in lines)
    path = tmp_path / "own.txt"
    path.write_text("a red poppy\n\na blue iris\n")
    assert [line.split(maxsplit=1)[1] for line in codepaint("tasks", "list", path).stdout.splitlines()] == [
        "a red poppy",
        "a blue iris",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            None,
            r"No task set and no file is called '.*own\.txt'\. The sets are 'flowers', 'objects', 'pages', 'riders' and 'subjects'\.",
        ),
        (b"\xff", r".*own\.txt is not UTF-8 text"),
        (b"\n", r"There is no task in the task set '.*own\.txt'"),
        (b'{"prompt": "x"', r"own\.txt, line 1 is not JSON"),
        (b"a\na\n", r"The task id 'p-\w+' stands twice"),
    ],
)
def test_tasks_that_cannot_be_read_are_told(tmp_path, content, told):
    path = tmp_path / "own.txt"
    if content is not None:
        path.write_bytes(content)
    assert re.match(told, refused("tasks", "list", path))


def test_an_unknown_task_set_brings_the_nearest():
    assert refused("tasks", "list", "flower").endswith("Did you mean 'flowers'?")


@pytest.mark.parametrize("command", ["render", "score"])
def test_a_path_that_the_canvas_does_not_have_is_refused_with_those_that_it_has(sketch, command):
    said = refused(command, str(sketch), "--path", "pages")
    assert said.endswith("path is 'pages'; for the canvas p5brush there is 'engine', 'page', 'auto'.")


@pytest.mark.parametrize("command", ["render", "score", "demo"])
def test_without_a_set_up_everything_paints(sketch, tmp_path, command):
    arguments = ["--episodes", 1, "-o", tmp_path / "run"] if command == "demo" else [sketch]
    done = codepaint(command, *arguments, CODEPAINT_HOME=str(tmp_path / "none"), PATH="/nowhere")
    assert done.exit_code == 0, done.output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["render", "score", "demo"])
def test_a_page_without_the_parts_is_refused_with_the_command_that_fetches_them(sketch, tmp_path, command):
    arguments = ["-o", tmp_path / "run"] if command == "demo" else [sketch]
    line = refused(command, *arguments, "--path", "page", CODEPAINT_HOME=str(tmp_path / "none"))
    assert re.fullmatch(
        r"Chromium, p5\.js and the fonts of pages are not set up in .*none\. Run `codepaint setup`\.", line
    )


def test_a_page_without_playwright_is_refused_with_both_commands(sketch, without_playwright):
    line = refused("render", sketch, "--path", "page")
    assert "pip install 'codepaint-env[browser]', then run `codepaint setup`" in line


@pytest.mark.full
def test_what_the_engine_does_not_support_is_painted_by_a_page_when_asked(tmp_path):
    path = tmp_path / "sketch.js"
    path.write_text(UNSUPPORTED)
    line = refused("render", path)
    assert re.search(r"sketch\.js: unsupported: .*sphere.*\(here: --path auto\)", line)
    assert "(here: --path auto)" in codepaint("score", path).output
    assert codepaint("render", path, "--path", "auto").exit_code == 0
    assert codepaint("render", path, "--path", "page").exit_code == 0


def test_render_tells_on_request_how_long_each_phase_took(sketch, caplog):
    with caplog.at_level("INFO", logger="codepaint"):
        codepaint("-v", "render", sketch)
    assert re.search(r"record \d+ ms.*geometry \d+ ms.*raster \d+ ms", caplog.text)


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (GOOD, "the result of an earlier run is in the cache; --no-cache draws again"),
        ("", "nothing was drawn: the program was not run (no_program)"),
    ],
)
def test_render_says_why_nothing_was_drawn(tmp_path, caplog, program, told):
    path = tmp_path / "sketch.js"
    path.write_text(program)
    for _ in range(2):
        caplog.clear()
        with caplog.at_level("INFO", logger="codepaint"):
            codepaint("-v", "render", path, CODEPAINT_CACHE=str(tmp_path / "kept"))
    assert told in caplog.text


def test_demo_shows_its_progress_and_ends_with_a_summary_and_the_report(tmp_path, sketch):
    (tmp_path / "sketches").mkdir()
    sketch.rename(tmp_path / "sketches" / "1.js")
    (tmp_path / "sketches" / "2.js").write_text(THROWS)
    options = ["--policy", tmp_path / "sketches", "--episodes", 2, "-o", tmp_path / "run"]
    done = codepaint("demo", *options, "--reward", "renders")
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines() == ["Painting 0/2 …", "Painting 2/2 …"]
    assert done.stdout.splitlines() == [
        "episodes    2, 1 painted (50%)",
        "mean score  0.5000",
        f"folder      {tmp_path / 'run'}",
        f"report: {tmp_path / 'run' / 'report.html'}",
    ]
    assert "is not empty; resume it, or choose another folder" in refused("demo", *options)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ["--policy", "pol"],
            r"No policy is called 'pol' and no folder either; it is 'pool', 'drawings', 'samples', a folder",
        ),
        (["--policy", "openai:"], r"The policy 'openai:' names no model"),
        (["--tasks", "flower"], r"No task set and no file is called 'flower'\. Did you mean 'flowers'\?"),
        (["--reward", "covrage"], r"No reward is called 'covrage'\. Did you mean 'coverage'\?"),
        (["--reward", ""], r"'' is not understood"),
    ],
)
def test_a_demo_with_wrong_options_is_refused_and_leaves_no_folder(tmp_path, options, told):
    assert re.match(told, refused("demo", "-o", tmp_path / "run", *options))
    assert not (tmp_path / "run").exists()


def test_a_demo_does_not_write_into_a_folder_that_holds_something(tmp_path, sketch):
    assert "is not empty" in refused("demo", "-o", tmp_path)
    assert "is a file; give a folder" in refused("demo", "-o", sketch)
    assert refused("demo", "--resume").startswith("out is None, but a run to resume lies in some folder")


def test_what_takes_long_is_told_in_logs_and_what_does_not_is_not(capsys, monkeypatch):
    with step("Quick"):
        pass
    monkeypatch.setattr("codepaint_env.cli.progress_bar.PATIENCE_S", 0.01)
    with step("Slow"), bar("Painting") as progress:
        progress(1, 3)
        time.sleep(0.2)
    captured = capsys.readouterr()
    assert sorted(captured.err.splitlines()) == ["Painting 1/3 …", "Slow …"]
    assert captured.out == ""


def test_a_bar_of_many_small_items_writes_few_lines_in_logs_and_always_the_last(capsys):
    with bar("Checking", log_every=10) as progress:
        for done in range(24):
            progress(done, 23)
    assert capsys.readouterr().err.splitlines() == [f"Checking {done}/23 …" for done in (0, 10, 20, 23)]


def test_a_bar_whose_items_are_done_several_at_a_time_writes_lines_in_logs_all_the_same(capsys):
    with bar("Asking", log_every=10) as progress:
        for done in (7, 14, 18, 33, 34):
            progress(done, 40)
    assert capsys.readouterr().err.splitlines() == [f"Asking {done}/40 …" for done in (7, 14, 33)]


@pytest.mark.parametrize(
    ("seconds", "left"), [(1, ", about 9 s left"), (30, ", about 4 min left"), (3600, ", about 9.0 h left")]
)
def test_a_bar_that_estimates_tells_the_time_left_by_its_pace(capsys, monkeypatch, seconds, left):
    clock = iter([100.0, 100.0 + seconds, 200.0 + seconds])
    monkeypatch.setattr("codepaint_env.cli.progress_bar.time.monotonic", lambda: next(clock))
    with bar("Painting") as progress:
        for done in (40, 41, 50):  # 40 were there already
            progress(done, 50)
    assert capsys.readouterr().err.splitlines() == [
        "Painting 40/50 …",
        f"Painting 41/50{left} …",
        "Painting 50/50 …",
    ]


def test_on_a_terminal_steps_and_bars_move(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with step("Fetching p5"):
        pass
    with bar("Painting") as progress:
        progress(1, 3)
        progress(3, 3)
    shown = capsys.readouterr().err
    assert "Fetching p5" in shown
    assert "3/3" in shown


def process(*arguments, **keywords):
    return subprocess.run(
        [BIN / "codepaint", *map(str, arguments)], capture_output=True, text=True, check=False, **keywords
    )


def test_the_real_command_paints(sketch):
    done = process("render", sketch.name, "-o", "out.png", "--seed", 7, cwd=sketch.parent)
    assert (done.returncode, done.stdout) == (0, "out.png\n")
    assert (sketch.parent / "out.png").is_file()


def test_the_real_command_fails_in_one_line(tmp_path):
    (tmp_path / "bad.js").write_text(THROWS)
    done = process("render", "bad.js", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert [
        line
        for line in done.stderr.splitlines()
        if line.startswith("codepaint: bad.js: runtime: Error: two ")
    ]
    assert "Traceback" not in done.stderr


def test_the_real_command_reads_a_pipe_and_does_not_mind_a_closed_one(sketch):
    command = f"cat {sketch} | {BIN}/codepaint render /dev/stdin -o {sketch.parent}/out.png"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{sketch.parent}/out.png\n")
    command = f"{BIN}/codepaint tasks list flowers | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.full
def test_an_interrupted_demo_stops_in_one_line_and_can_be_resumed(tmp_path):
    run = tmp_path / "run"
    command = [str(BIN / "codepaint"), "demo", "--episodes", "5", "--no-cache", "-o", str(run)]
    # Whoever runs the tests in the background may have told all that they start to ignore Ctrl-C.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed) as demo:
        records = (
            run / "records.jsonl"
        )  # written by batches of four: the second is under way when the first is told
        while not (records.is_file() and records.stat().st_size):
            assert demo.poll() is None
            time.sleep(0.01)
        demo.send_signal(signal.SIGINT)
        _, said = demo.communicate(timeout=60)
    assert demo.returncode == 130
    told = re.fullmatch(
        r"codepaint: stopped; \d of 5 episodes are kept in (\S+)\. Go on: (.+)", said.splitlines()[-1]
    )
    assert told, said
    assert told[1] == str(run)
    assert "Traceback" not in said
    program, *words = shlex.split(told[2])
    assert words == ["demo", "--episodes", "5", "--no-cache", "--out", str(run), "--resume"]
    done = subprocess.run([BIN / program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(records.read_text().splitlines()) == 5


@pytest.mark.full
def test_a_reward_of_the_users_own_is_found_in_the_folder_they_stand_in(tmp_path, sketch):
    (tmp_path / "my_taste.py").write_text(
        "import rewards\n\n@rewards.reward(needs={'image'})\ndef redness(sample):\n    return 0.25\n"
    )
    command = [str(BIN / "codepaint"), "score", str(sketch), "--reward", "my_taste:redness", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["value"] == 0.25
