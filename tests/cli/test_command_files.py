"""A command lies in the file of its name, and is imported when it is asked for and not before."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import pytest

from codepaint_env.cli.command_files import CommandFiles
from codepaint_env.cli.main import COMMANDS, main
from codepaint_env.cli.pool import COMMANDS as POOL_COMMANDS

LOADED = "import json, sys; from codepaint_env.cli.main import main\ntry: main({!r})\nfinally: print(json.dumps([*sys.modules]), file=sys.stderr)"


def imported(*words):
    """Returns the modules that a process has imported after a command."""
    code = LOADED.format(list(words))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr))


@pytest.mark.parametrize("commands", [COMMANDS, POOL_COMMANDS], ids=lambda commands: commands.package)
def test_every_command_lies_in_the_file_of_its_name(commands):
    for name, command in commands.items():
        assert command.name == name
        assert command.callback.__module__ == f"{commands.package}.{name.replace('-', '_')}"


def test_a_command_imports_no_other_command():
    cli = {name for name in imported("render", "--help") if name.startswith("codepaint_env.cli.")}
    assert {name.rpartition(".")[2] for name in cli} == {
        *("command_files", "complaints", "main", "options", "progress_bar", "render")
    }


def test_help_imports_nothing_that_only_a_command_needs():
    heavy = {"PIL", "rich", "diskcache", "py_mini_racer", "hypothesis", "openai", "playwright"}
    ours = {"codepaint_env.evaluate", "codepaint_env.render.renderer", "codepaint_env.tasks"}
    for words in (["--help"], ["render", "--help"], ["pool", "--help"]):
        assert not imported(*words) & (heavy | ours)


def test_a_name_that_is_no_command_imports_nothing():
    with pytest.raises(KeyError, match="complaints"):
        CommandFiles("codepaint_env.cli", "render")["complaints"]
    assert main.get_command(click.Context(main), "complaints") is None


def test_the_package_runs_as_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "codepaint_env.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("version 0.1.0\n")
