"""The `codepaint` command, run in this process."""

from __future__ import annotations

import re

from click.testing import CliRunner

from codepaint_env.cli.main import main


def codepaint(*arguments, **environment):
    return CliRunner().invoke(main, [str(word) for word in arguments], env=environment, prog_name="codepaint")


def refused(*arguments, code=2, **environment):
    """Runs what must fail and returns the one line that it says."""
    done = codepaint(*arguments, **environment)
    assert done.exit_code == code, done.output
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    # What took longer than two seconds on a busy machine has told so before.
    [line] = [
        line
        for line in done.stderr.splitlines()
        if not re.fullmatch("(Painting|Pictures looked at|Folds tried) .*", line)
    ]
    assert line.startswith("codepaint: ")
    return line.removeprefix("codepaint: ")
