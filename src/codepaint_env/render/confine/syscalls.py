"""The filter of system calls that a worker puts on itself: what drawing calls is allowed, what breaks out is fatal."""

from __future__ import annotations

import base64
import ctypes
import logging
import os
import platform
import struct
import sys
import tempfile
from errno import ENOSYS, EPERM
from functools import cache

log = logging.getLogger("codepaint")

FILTER = "CODEPAINT_SECCOMP"  # in a worker's environment

_SYS_SECCOMP = {"x86_64": 317, "aarch64": 277}
TGKILL = {"x86_64": 234, "aarch64": 131}.get(platform.machine(), 0)
_SET_FILTER, _ALL_THREADS = 1, 1

# What V8, numpy and Python's event loop call once everything is loaded. What is not here fails with EPERM.
_ALLOWED = """
read readv pread64 write writev close lseek fstat newfstatat stat lstat statx access faccessat faccessat2 readlink
readlinkat getcwd getdents64 dup
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
# A copy, keep or not, wait or not, a copy that is not kept, the size of a pipe.
_FCNTLS = (0, 1, 2, 3, 1030, 1032)
_F_SETFL, _O_ASYNC = 4, 0x2000
# Who is told of a file, by which signal: a way to kill any process of this user.
_FATAL_FCNTLS = (8, 10, 15)


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
    for request in _FCNTLS:
        add(pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, request))
    add(pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, _F_SETFL), equals(2, _O_ASYNC, 0))
    for request in _FATAL_FCNTLS:
        add(pyseccomp.KILL_PROCESS, "fcntl", equals(1, 2**32 - 1, request))
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


def shut() -> bool:
    """Filters the system calls of all threads from here on; False where there is no filter.

    Called by the worker when everything is loaded, before it reads its first program.
    """
    code = base64.b64decode(os.environ.pop(FILTER, ""))
    number = _SYS_SECCOMP.get(platform.machine())
    if not code or number is None:
        return False

    libc = ctypes.CDLL(None, use_errno=True)
    # The second keeps a process from putting up another; of two, the stricter answer holds.
    return all(_put_up(libc, number, each) for each in (_own_threads_only(), code))


def _own_threads_only() -> bytes:
    """Returns the filter of `tgkill`, by which V8 and Python end themselves: to another process it is fatal.

    It knows the id that this process has, as it is seen here: the other filter is made where nobody knows it yet.
    """
    load, if_equal, answer = 0x20, 0x15, 0x06
    instructions = (
        (load, 0, 0, 0),  # the number of the call
        (if_equal, 0, 3, TGKILL),
        (load, 0, 0, 16),  # its first argument, of which the kernel reads the lower half
        (if_equal, 1, 0, os.getpid()),
        (answer, 0, 0, 0x80000000),  # kill the process
        (answer, 0, 0, 0x7FFF0000),  # allow
    )
    return b"".join(struct.pack("=HBBI", *each) for each in instructions)


def _put_up(libc: ctypes.CDLL, number: int, code: bytes) -> bool:
    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))

    program = Program(len(code) // 8, code)
    return bool(libc.syscall(number, _SET_FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)
