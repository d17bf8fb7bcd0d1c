"""Finds a command in the file of its name, when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

import click


class CommandFiles(Mapping[str, click.Command]):
    """The commands of a group by name, each imported when it is looked up.

    The command `judge-check` is the function `judge_check` of the module `judge_check`.

    Args:
        package: Where the modules lie.
        names: Of the commands.
    """

    def __init__(self, package: str, *names: str) -> None:
        self.package = package
        self.names = names

    def __getitem__(self, name: str) -> click.Command:
        """Imports a command."""
        if name not in self.names:
            raise KeyError(name)
        file = name.replace("-", "_")
        command = getattr(import_module(f"{self.package}.{file}"), file)
        assert isinstance(command, click.Command)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
