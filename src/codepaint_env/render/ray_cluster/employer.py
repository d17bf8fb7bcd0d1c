"""Where a renderer's actors come from: which cluster, how many cores in all, and how many each."""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.render.backend import Drawable
from codepaint_env.render.ray_cluster import cluster
from rewards.errors import SpecError

ALL = 0
"""Workers: every core of the cluster that is free when the actors are hired."""

_CORES_EACH = (
    4  # at most, where nobody says: one process more for so many that draw, and little is lost with an actor
)


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster, as a user names it.

    Attributes:
        address: As `ray.init` takes it; None for the one of `RAY_ADDRESS` or of this machine, `local` to start one.
        cores_each: Cores of an actor; None takes up to 4, as the smallest node allows.

    Raises:
        SpecError: A value is wrong.
    """

    address: str | None = None
    cores_each: int | None = None

    def __post_init__(self) -> None:
        if self.address is not None and (type(self.address) is not str or not self.address):
            raise SpecError(
                f"renderer: address is {self.address!r}; it must be that of a Ray cluster, such as 'auto', "
                "'10.0.0.1:6379' or 'local', or None."
            )
        if self.cores_each is not None and (type(self.cores_each) is not int or self.cores_each < 1):
            raise SpecError(
                f"renderer: cores_each is {self.cores_each!r}; it must be a whole number above 0, or None."
            )


class ClusterEmployer:
    """Hires actors of a Ray cluster for one canvas.

    Args:
        canvas: What kind of programs these are; Ray pickles it.
        place: The cluster.
        workers: Programs drawn at once, in all; `ALL` for as many as there are free cores.
    """

    def __init__(self, canvas: Drawable, place: Place, workers: int) -> None:
        self._canvas, self._place, self._workers = canvas, place, workers

    def sizes(self) -> list[int]:
        """Joins the cluster; returns the cores of each actor that is wanted."""
        cluster.join(self._place.address)
        workers = self._workers or max(1, cluster.free_cores())
        return split(workers, self._place.cores_each or min(_CORES_EACH, cluster.smallest_node()))

    def hire(self, cores: int) -> cluster.RemotePainter:
        """Asks for an actor."""
        return cluster.hire(self._canvas, cores)

    def leave(self) -> None:
        """Leaves the cluster, and ends it if it was started here and nobody else uses it."""
        cluster.leave()


def split(workers: int, cores_each: int) -> list[int]:
    """Returns the cores of each actor; the last has the rest."""
    full, rest = divmod(workers, cores_each)
    return [cores_each] * full + [rest] * bool(rest)
