"""What a study shows to its rewards: pictures that are to be painted, or that lie in a run already."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from codepaint_env import canvases
from codepaint_env.canvases.canvas import Canvas
from codepaint_env.policies.choice import make_policy
from codepaint_env.policies.policy import Policy
from codepaint_env.pool.candidates import Candidate, from_sketches, from_studies
from codepaint_env.pool.fitting import Said, preferences_of, ratings_of
from codepaint_env.pool.gallery import gallery, study_of
from codepaint_env.pool.keeping import RATED
from codepaint_env.pool.ratings import RATINGS, Preference, Ratings
from codepaint_env.runs.records import SampleRecord
from codepaint_env.runs.run import read_records
from codepaint_env.study.ablation.study_file import StudyFile
from codepaint_env.study.ablation.study_tables import Budget, Probes, Samples
from codepaint_env.tasks import load_tasks
from rewards.errors import MissingPart, SpecError
from rewards.json_lines import read_lines
from rewards.pool import pool_folder
from rewards.types import DEFAULT_CANVAS, Task

SHIPPED = "shipped"
FIFTH = 5  # of the studies are held out: every one whose hash it divides


@dataclass(frozen=True, slots=True)
class Wanted:
    """One picture that a study asks for.

    Attributes:
        item: Its id in the study.
        kin: What is alike has the same word.
        group: What is compared with each other.
        task: What is asked.
        completion: What answers it; None where a policy has not written it yet.
        source: Study and composition, such as `study:iris/a single stem`; `""` where there are none.
    """

    item: str
    kin: str
    group: str
    task: Task
    completion: str | None
    source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Lot:
    """The pictures of one table `[[samples]]`.

    Attributes:
        name: Of the samples.
        canvas: On which all of them are painted.
        wanted: The pictures, in order.
        policy: What writes them; None where they are written.
        run: The folder in which their evidence lies already; None where they are painted.
        records: Of that run, in the order of `wanted`.
        ratings: What each rater gave, by item.
        preferences: Which of two items each rater preferred.
    """

    name: str
    canvas: Canvas
    wanted: tuple[Wanted, ...]
    policy: Policy | None = None
    run: Path | None = None
    records: tuple[SampleRecord, ...] = ()
    ratings: Said = field(default_factory=dict)
    preferences: Mapping[str, Sequence[Preference]] = field(default_factory=dict)


def lots_of(study: StudyFile) -> list[Lot]:
    """Returns the pictures of all samples of a study; paints nothing and asks nobody.

    Raises:
        SpecError: A folder, a canvas, a run or a task set is not there, or cannot be understood.
        MissingPart: A policy's key or package is missing.
    """
    found = []
    for number, each in enumerate(study.samples):
        with study.at("samples", number, each.source):
            found.append(_KINDS[each.source](each, study))
    return found


def _pool(each: Samples, study: StudyFile) -> Lot:
    told = each.pool or ""
    candidates, said, compared = _shipped() if told == SHIPPED else _folder(_there(study.folder_of(told)))
    rated = {id for its in said.values() for id in its}
    if rated:
        candidates = [one for one in candidates if one.id in rated]
    kin = {one.id: kin_of(one) for one in candidates}
    if each.fold is not None:
        candidates = [one for one in candidates if is_held_out(kin[one.id])]
        if not candidates:
            raise SpecError(f"None of the studies of {told!r} is in the held-out fold; leave 'fold' out.")
    if each.count is not None:
        if each.count > len(candidates):
            raise SpecError(
                f"{told!r} holds {len(candidates)} such paintings, not {each.count}; lower 'count'."
            )
        candidates = evenly(candidates, each.count)
    names = {one.id: f"{each.name}/{one.id}" for one in candidates}
    groups = _chunks([kin[one.id] for one in candidates], each.group)
    return Lot(
        each.name,
        _one_canvas(one.canvas for one in candidates),
        tuple(
            Wanted(
                names[one.id],
                kin[one.id],
                group,
                Task(one.id, one.prompt, one.canvas, subject=one.subject),
                one.program,
                one.source,
            )
            for one, group in zip(candidates, groups, strict=True)
        ),
        ratings={
            rater: {names[id]: rating for id, rating in its.items() if id in names}
            for rater, its in said.items()
        },
        preferences={
            rater: [
                Preference(names[pair.left], names[pair.right], pair.choice)
                for pair in pairs
                if pair.left in names and pair.right in names
            ]
            for rater, pairs in compared.items()
        },
    )


def _run(each: Samples, study: StudyFile) -> Lot:
    folder = _there(study.folder_of(each.run or ""))
    records = read_records(folder)
    if not records:
        raise SpecError(f"There is no record in {folder}; name the folder of a run.")
    return Lot(
        each.name,
        _one_canvas(record.task.canvas for record in records),
        tuple(
            Wanted(
                f"{each.name}/{record.index:04d}",
                record.task.id,
                record.group,
                Task(record.task.id, record.task.prompt, record.task.canvas),
                record.completion,
            )
            for record in records
        ),
        run=folder,
        records=tuple(records),
    )


def _sketches(each: Samples, study: StudyFile) -> Lot:
    found = from_sketches(_there(study.folder_of(each.sketches or "")), each.canvas)
    groups = _chunks([each.name] * len(found), each.group)
    names = [one.id for one in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SpecError(f"Two programs are called {twice!r}; rename one of their files.")
    return Lot(
        each.name,
        canvases.get(each.canvas),
        tuple(
            Wanted(f"{each.name}/{one.id}", one.id, group, Task(one.id, one.prompt, one.canvas), one.program)
            for one, group in zip(found, groups, strict=True)
        ),
    )


def _policy(each: Samples, study: StudyFile) -> Lot:
    canvas = canvases.get(each.canvas)
    policy = make_policy(each.policy, canvas)
    source = each.tasks or canvas.default_tasks
    file = study.folder_of(source)
    tasks = load_tasks(file if file.is_file() else source, canvas.name)[: each.count]
    return Lot(
        each.name,
        canvas,
        tuple(
            Wanted(f"{each.name}/{task.id}/{number}", task.id, task.id, task, None)
            for task in tasks
            for number in range(each.each)
        ),
        policy=policy,
    )


_KINDS = {"pool": _pool, "run": _run, "sketches": _sketches, "policy": _policy}


def rated_lot(count: int) -> Lot:
    """Returns so many rated paintings of the pool that ships, evenly over its studies.

    Raises:
        SpecError: There are fewer.
        MissingPart: The studies are not part of this installation.
    """
    alone = StudyFile(Path(), "", "", (), {}, (), Probes(use=False), None, 0, Budget(), {})
    return _pool(Samples(name="rated", pool=SHIPPED, count=count), alone)


def is_held_out(study: str) -> bool:
    """Tells whether a study of a pool is in the held-out fold: a fixed fifth, by a hash of its name."""
    return int(hashlib.sha256(study.encode()).hexdigest(), 16) % FIFTH == 0


def evenly(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """Returns so many candidates, in their order: of each study about as many, and in it of each subject.

    Which ones is fixed by hashes of their names.
    """
    order = sorted(
        range(len(candidates)), key=lambda place: hashlib.sha256(candidates[place].id.encode()).digest()
    )
    turn: dict[int, int] = {}
    drawn: Counter[str] = Counter()
    shown: Counter[tuple[str, str]] = Counter()
    for place in order:  # how many of its subject stand before it
        each = candidates[place]
        turn[place] = shown[kin_of(each), each.subject]
        shown[kin_of(each), each.subject] += 1
    rank: dict[int, int] = {}
    place_in = {place: number for number, place in enumerate(order)}
    for place in sorted(order, key=lambda place: (turn[place], place_in[place])):
        rank[place] = drawn[kin_of(candidates[place])]
        drawn[kin_of(candidates[place])] += 1
    chosen = sorted(order, key=lambda place: (rank[place], place_in[place]))[:count]
    return [candidates[place] for place in sorted(chosen)]


def kin_of(candidate: Candidate) -> str:
    """Returns the study of a candidate; of one that is of none, its id."""
    return study_of(candidate.source) or candidate.id


def _shipped() -> tuple[list[Candidate], Said, dict[str, list[Preference]]]:
    """Returns the rated candidates of the pool that ships, painted from its studies, with their ratings."""
    folder = pool_folder()
    if not (folder / "studies").is_dir() or not (folder / RATED).is_file():
        raise MissingPart(
            "The studies and ratings of the shipped pool are not in this installation; take a checkout of the "
            "repository, or a folder of candidates of your own."
        )
    lines = {line.value["id"]: line.value for line in read_lines(folder / RATED, by_hand=True)}
    # A study gives the same paintings whatever is asked of the others.
    most = 1 + max(int(id.rpartition("-")[2]) for id in lines)
    studies = len(list((folder / "studies").glob("*.js")))
    candidates = [
        each
        for each in from_studies(folder / "studies", most * studies)
        if each.id in lines
        and hashlib.sha256(each.program.encode()).hexdigest() == lines[each.id]["program_sha256"]
    ]
    said: Said = {}
    for each in candidates:
        for rater, rating in lines[each.id]["ratings"].items():
            said.setdefault(rater, {})[each.id] = rating
    return candidates, said, {}


def _folder(folder: Path) -> tuple[list[Candidate], Said, dict[str, list[Preference]]]:
    """Returns the paintings of a folder of candidates or of a pool, with what raters said of them."""
    works = gallery(folder)
    candidates = [
        Candidate(
            work.id,
            work.subject,
            work.prompt,
            work.source,
            work.program.read_text(encoding="utf-8"),
            canvas=work.canvas,
        )
        for work in works.values()
    ]
    own = Ratings(folder / RATINGS) if (folder / RATINGS).is_file() else None
    is_rated = bool(own.raters()) if own is not None else (folder / RATED).is_file()
    said = ratings_of(folder, works) if is_rated else {}
    return candidates, said, preferences_of(folder, works) if own is not None and own.comparers() else {}


def _there(folder: Path) -> Path:
    if not folder.is_dir():
        raise SpecError(f"There is no folder {str(folder)!r}; paths are relative to the file of the study.")
    return folder


def _one_canvas(names: Iterable[str]) -> Canvas:
    found = sorted(set(names))
    if len(found) != 1:
        raise SpecError(
            f"These are painted on {' and '.join(found) or 'no canvas'}; give each canvas samples of its own."
        )
    return canvases.get(found[0] or DEFAULT_CANVAS)


def _chunks(kin: Sequence[str], size: int) -> list[str]:
    """Returns a group for each: so many of one kin are in one group."""
    seen: dict[str, int] = defaultdict(int)
    groups = []
    for word in kin:
        groups.append(f"{word}#{seen[word] // size}")
        seen[word] += 1
    return groups
