"""All that is asked of Ray: to join a cluster, to place actors, to call them, and to end them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import socket
import sys
from typing import Any
from weakref import WeakSet

from codepaint_env.render.backend import Drawable, Job
from codepaint_env.render.ray_cluster.messages import Failed, Introduced, Painted, Way
from codepaint_env.render.ray_cluster.painter import Painter
from rewards.errors import MachineError
from rewards.forks import ForkSafeLock, run_in_children

LOCAL = "local"
IN_FLIGHT = 2  # jobs a core: the one that is drawn, and the next
CONNECT_S = 10.0  # to the head of a cluster
END_S = 10.0  # for an actor to end its processes by itself

_NAMESPACE = "codepaint"
_CALLS = 8  # at once besides those that draw
_STORE_BYTES = 256 * 2**20  # of a cluster of our own: a picture has under 1 MB, and few are under way
_MOST_WORDS = 300  # of an error: Ray's hold a traceback
_HOST_PORT = re.compile(r"\[?(?P<host>[^/\]]+)\]?:(?P<port>\d+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Lost(Exception):
    """An actor that did not answer: it or its node died, or Ray cannot reach it.

    Attributes:
        gone: True if Ray does not bring it back.
    """

    def __init__(self, words: str, *, gone: bool) -> None:
        super().__init__(words)
        self.gone = gone


class RemotePainter:
    """A `Painter` in an actor; calls raise `Lost` where the actor is lost, and `MachineError` for a fault inside it."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor
        _hired.add(self)

    async def introduce(self, way: Way) -> Introduced | Failed:
        """Waits until Ray has placed the actor for the first time, however long, and until it is warm."""
        _check_joined()
        told: Introduced | Failed = await _answer(self._actor.introduce.remote(way))
        return told

    async def draw(self, way: Way, job: Job) -> Painted | Failed:
        """Has a program drawn; one that nobody waits for any more is cancelled there."""
        _check_joined()
        told: Painted | Failed = await _answer(self._actor.draw.remote(way, job))
        return told

    async def end(self, *, warm: bool) -> None:
        """Ends the actor, and first its processes where it is warm."""
        import ray

        if warm and ray.is_initialized():
            with contextlib.suppress(Lost, MachineError, TimeoutError):  # its processes end with it then
                await asyncio.wait_for(_answer(self._actor.aclose.remote()), END_S)
        if ray.is_initialized():
            ray.kill(self._actor)


def hire(canvas: Drawable, cores: int) -> RemotePainter:
    """Asks Ray for an actor on this many cores, on a node that has few; Ray places it anew whenever it is lost."""
    import ray

    _check_joined()
    painters = ray.remote(
        num_cpus=cores,
        scheduling_strategy="SPREAD",
        max_restarts=-1,
        max_concurrency=IN_FLIGHT * cores + _CALLS,
    )(Painter)
    return RemotePainter(painters.remote(canvas, cores))


def join(address: str | None) -> None:
    """Joins a cluster, unless this process has; call `leave` once for each call that returned.

    Args:
        address: As `ray.init` takes it; None for the one of `RAY_ADDRESS` or of this machine, `local` to start one.

    Raises:
        MachineError: There is none, or Ray refuses.
    """
    import ray

    with _lock:
        if _State.forked:
            raise MachineError(
                "This process was forked from one that had joined Ray, which does not survive a fork: start processes "
                "with the method 'spawn', or join in the children alone."
            )
        if not ray.is_initialized():
            address = address or os.environ.get("RAY_ADDRESS") or "auto"
            local = address == LOCAL
            started = {"include_dashboard": False, "object_store_memory": _STORE_BYTES} if local else {}
            try:
                _check_there(address)
                ray.init(
                    address=address,
                    namespace=_NAMESPACE,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                    **started,
                )
            except Exception as error:  # ConnectionError; RuntimeError where versions differ; more
                raise MachineError(
                    f"Ray cannot be joined at {address!r} ({short(error)}). Start a cluster with `ray start "
                    "--head`, name its address, or take address='local'."
                ) from error
            _State.ours, _State.holders = local, 0
        _State.holders += 1


def leave() -> None:
    """Ends the cluster with its last user if it is one that `join` started."""
    import ray

    with _lock:
        _State.holders -= 1
        if _State.ours and _State.holders <= 0 and ray.is_initialized():
            _State.ours = False
            ray.shutdown()


def free_cores() -> int:
    """Returns how many cores of the cluster nobody has reserved."""
    import ray

    return int(ray.available_resources().get("CPU", 0))


def smallest_node() -> int:
    """Returns the cores of the smallest node that has any; 1 where none is known."""
    import ray

    cores = [int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
    return min((each for each in cores if each), default=1)


def short(error: BaseException) -> str:
    """Returns the first and the last line of an error, between which Ray puts a traceback."""
    lines = [line.strip() for line in _COLOUR.sub("", str(error)).splitlines() if line.strip()]
    words = " … ".join(dict.fromkeys((lines[0][:_MOST_WORDS], lines[-1][:_MOST_WORDS]))) if lines else ""
    return f"{type(error).__name__}: {words}"


def _check_there(address: str) -> None:
    """Raises `OSError` where nobody listens: Ray itself tries for minutes."""
    place = _HOST_PORT.fullmatch(address)
    if place is not None:
        socket.create_connection((place["host"], int(place["port"])), CONNECT_S).close()


def _check_joined() -> None:
    import ray

    if not ray.is_initialized():  # then any call would start a cluster
        raise MachineError("This process has left its Ray cluster: ray.shutdown() was called.")


async def _answer(reference: Any) -> Any:
    import ray
    from ray import exceptions

    try:
        return await reference
    except asyncio.CancelledError:
        if ray.is_initialized():
            ray.cancel(reference)
        raise
    except (exceptions.RayTaskError, exceptions.TaskCancelledError) as error:
        raise MachineError(f"an actor of Ray failed: {short(error)}") from error
    except exceptions.RayError as error:
        raise Lost(short(error), gone=isinstance(error, exceptions.ActorDiedError)) from error


class _State:
    """What this process has to do with Ray.

    Attributes:
        ours: True if the cluster that it is in was started here.
        holders: Calls of `join` without one of `leave`.
        forked: True if it was forked from a process that was in a cluster.
    """

    ours = False
    holders = 0
    forked = False


def _note_fork() -> None:
    ray = sys.modules.get("ray")
    if ray is not None and ray.is_initialized():
        _State.forked = True
        _inherited.extend(_hired)


_lock = ForkSafeLock()
_hired: WeakSet[RemotePainter] = WeakSet()
_inherited: list[
    RemotePainter
] = []  # kept: a handle that is collected speaks to Ray, on connections of the parent
run_in_children(_note_fork)
