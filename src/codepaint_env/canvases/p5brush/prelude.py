"""A painter's vocabulary: JavaScript that is put before every program of the p5brush canvas."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from rewards.errors import SpecError
from rewards.lookup import guess

MAX_CHARS = 100_000
PRELUDE = "prelude"  # how a run ends whose prelude fails: no program ran
_FUNCTION = re.compile(r"^function\s+([A-Za-z_$][\w$]*)\s*\(([^)]*)\)", re.M)
_DOCUMENTED = re.compile(r"^/\*\*((?:[^*]|\*(?!/))*)\*/\s*function\s+([A-Za-z_$][\w$]*)\s*\(([^)]*)\)", re.M)
_STARS = re.compile(r"^\s*\*", re.M)
# Evaluated before the program, in its realm. What an indirect eval declares can be declared anew, so that a program
# may have a function of the same name; `const` and `let` stay the prelude's own. p5 would replace a function that has a
# name of its own without a word.
_LOADING = """(() => {{
  const taken = {names}.find((name) => name in globalThis || name in p5.prototype);
  if (taken) throw new Error(`${{taken}}() is a name of p5's or the page's own; call the function something else`);
  (0, eval)({text});
}})();
//# sourceURL=prelude-loader.js"""


@dataclass(frozen=True, slots=True)
class Prelude:
    """JavaScript that is evaluated before every program.

    Attributes:
        name: Of one that ships, or the path of a file, as it was given.
        text: The code.
    """

    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Hash of the code, part of the identity of what is painted with it."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def loader(self) -> str:
        """The script that puts its functions in place."""
        names = json.dumps([match[1] for match in _FUNCTION.finditer(self.text)])
        return _LOADING.format(names=names, text=json.dumps(f"{self.text}\n//# sourceURL=prelude.js"))

    @property
    def section(self) -> str:
        """What a system prompt says of it: the comment and the parameters of each function that has a comment."""
        rows = [
            f"| `{name}({_flat(parameters)})` | {_flat(_STARS.sub('', comment))} |"
            for comment, name, parameters in _DOCUMENTED.findall(self.text)
        ]
        if not rows:
            return ""
        head = "## Functions that are already there\n\nCall them like p5's own; declare none of these names yourself."
        return "\n".join([head, "", "| call | what it does |", "|---|---|", *rows, ""])

    def refusal(self, message: str) -> SpecError:
        """Returns what is raised where it cannot be evaluated."""
        return SpecError(
            f"The prelude {self.name!r} cannot be evaluated: {message}. Mend it: no program was run or scored."
        )


def available() -> list[str]:
    """Returns the names of the preludes that ship."""
    return sorted(each.name.removesuffix(".js") for each in _shipped().iterdir() if each.name.endswith(".js"))


def read_prelude(name: str) -> Prelude:
    """Reads a prelude that ships, or a file.

    Args:
        name: Without `.js` or a slash, one that ships; else a path, taken from the working directory.

    Raises:
        SpecError: There is none, it is empty or too long, or it is no text.
    """
    if not isinstance(name, str) or not name:
        raise SpecError(
            f"prelude is {name!r}; it must be one of {_known()}, the path of a .js file, or None."
        )
    if name in available():
        return Prelude(name, (_shipped() / f"{name}.js").read_text(encoding="utf-8"))
    path = Path(name)
    if not path.is_file():
        if "/" not in name and not name.endswith(".js"):
            raise SpecError(
                f"No prelude is called {name!r}.{guess(name, available())} There is {_known()}; or give a path."
            )
        raise SpecError(f"prelude is {name!r}, but there is no such file; give a path or one of {_known()}.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"The prelude {name!r} cannot be read: {error}.") from error
    if not text.strip():
        raise SpecError(f"The prelude {name!r} is empty; write functions in it, or leave prelude out.")
    if len(text) > MAX_CHARS:
        raise SpecError(f"The prelude {name!r} has {len(text)} characters; {MAX_CHARS} are allowed.")
    for function in _FUNCTION.finditer(text):
        if function[1] == "setup":
            raise SpecError(f"The prelude {name!r} defines setup(), which is the program's; rename it.")
    return Prelude(name, text)


def _shipped() -> Path:
    return Path(str(files(__package__) / "preludes"))


def _known() -> str:
    return ", ".join(map(repr, available()))


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
