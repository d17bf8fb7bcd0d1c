"""The card of a reward as a Markdown page: the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codepaint_env.study.cards.gather import Gathered
from codepaint_env.study.cards.remarks import remarks_on
from codepaint_env.study.figures.figures import Estimate

SECTIONS = (
    "What it measures",
    "Range, needs and cost",
    "Laws",
    "Values",
    "Ladders",
    "Agreement",
    "Noise",
    "Hackability (i): probes",
    "Hackability (ii): climb",
    "Failure modes",
    "What it was not measured on",
)
NOT_ASKED = "Not measured for this card."
_TIMES = ((0.001, "under 1 ms"), (0.01, "1 to 10 ms"), (0.1, "10 to 100 ms"), (1.0, "0.1 to 1 s"))


def page(told: Gathered) -> str:
    """Returns the card as Markdown."""
    bodies = (
        _measures(told),
        _facts(told),
        _laws(told),
        _values(told),
        _ladders(told),
        _agreement(told),
        _noise(told),
        _probes(told),
        _climb(told),
        _failures(told),
        _not_on(told),
    )
    lines = [f"# `{told.name}`", "", *_first(told)]
    for title, body in zip(SECTIONS, bodies, strict=True):
        lines += ["", f"## {title}", "", *body]
    return "\n".join(lines) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Returns the lines of a Markdown table; `|` in a cell is escaped."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in [list(head), ["---"] * len(head), *cells]]


def estimate(found: Estimate) -> str:
    """Returns a figure with its interval."""
    if found.value is None:
        return "none"
    if found.low is None or found.high is None:
        return f"{found.value:.2f}"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def _first(told: Gathered) -> list[str]:
    remarks = remarks_on(told.name)
    asked = f"This card was made by `codepaint rewards card {_quoted(told.spec)} --full`."
    own = ["", "```", *remarks.own.splitlines(), "```"] if remarks.own else []
    if told.problem:
        return [f"**Not measured.** {told.problem}", *own]
    if remarks.unreal and not told.live:
        return [
            f"**Not measured on a real {'scorer' if remarks.unreal == 'scorer' else 'model'}.** The figures are those "
            f"of the kit's scripted {remarks.unreal}, which "
            "follows fixed rules. They show the shape of the reward, not its taste. To measure it with your own "
            f"{'scorer' if remarks.unreal == 'scorer' else 'model'}:",
            *own,
            "",
            asked,
        ]
    return [asked, *own]


def _measures(told: Gathered) -> list[str]:
    return [told.said.replace("<", "&lt;")] if told.said else ["Its docstring says nothing."]


def _facts(told: Gathered) -> list[str]:
    if not told.facts:
        return [NOT_ASKED]
    facts = told.facts
    span = "none claimed" if facts["range"] is None else f"{facts['range'][0]:g} to {facts['range'][1]:g}"
    rows = [
        ("range", span),
        ("needs", ", ".join(facts["needs"])),
        ("canvases", "any" if facts["canvases"] is None else ", ".join(facts["canvases"])),
        ("calls of a judge or scorer for a group of 8", str(facts["calls"])),
        ("version", f"`{facts['version']}`" if facts["version"] else "none"),
    ]
    if told.shown is not None:
        rows.append(("time a picture, where the card was made", _time(told.shown["seconds_a_picture"])))
    return table(("what", "of this reward"), rows)


def _time(seconds: float) -> str:
    return next((words for most, words in _TIMES if seconds < most), "over 1 s")


def _laws(told: Gathered) -> list[str]:
    if told.laws is None:
        return [NOT_ASKED]
    by = {
        state: [law for law in told.laws if law["state"] == state]
        for state in ("passed", "weak", "failed", "disclaimed", "not claimed")
    }
    lines = [
        f"{len(by['passed'])} passed, {len(by['failed'])} failed, {len(by['disclaimed'])} disclaimed and "
        f"{len(by['not claimed'])} not claimed, with {told.examples} examples a law. "
        "`codepaint check-reward` takes more examples.",
        "",
    ]
    rows = []
    for state, laws in by.items():
        if state in ("passed", "not claimed"):
            if laws:
                rows.append((state, ", ".join(f"{law['id']} {law['name']}" for law in laws), ""))
            continue
        rows += [(state, f"{law['id']} {law['name']}", law["reason"] or "") for law in laws]
    return [*lines, *table(("outcome", "law", "reason"), rows)]


def _values(told: Gathered) -> list[str]:
    if told.pages is not None:
        rows = [
            (kind, name, "none" if value is None else f"{value:.3f}")
            for kind in ("good", "broken")
            for name, value in told.pages[kind].items()
        ]
        lines = ["The web pages that ship:", "", *table(("page", "name", "value"), rows)]
        return [*lines, *_stand_ins(told, "The good ones")]
    if told.shown is None:
        return [NOT_ASKED]
    shown = told.shown
    lines = [
        f"The {shown['pictures']} paintings that ship score {shown['least']:.3f} to {shown['most']:.3f}, "
        f"median {shown['median']:.3f}.",
        "",
        *table(
            ("empty picture", "share of the range above its lowest value"),
            [(name, f"{value:.3f}") for name, value in shown["floors"].items()],
        ),
    ]
    return [*lines, *_stand_ins(told, "The same paintings")]


def _stand_ins(told: Gathered, what: str) -> list[str]:
    if not told.stand_ins:
        return []
    rows = [(label, *(f"{value:.3f}" for value in three)) for label, three in told.stand_ins.items()]
    return ["", f"{what} under scripted judges:", "", *table(("judge", "least", "median", "most"), rows)]


def _ladders(told: Gathered) -> list[str]:
    if told.pages is not None:
        share = told.pages["share"]
        if share is None:
            return ["No pair of pages has two values."]
        return [f"A good page beats a broken one in {share:.2f} of all pairs; an equal pair counts half."]
    if told.shown is None:
        return [NOT_ASKED]
    lines = [
        "Paintings that keep the order clean > mildly damaged > strongly damaged, with 95 % intervals:",
        "",
    ]
    lines += table(("damage", "kept"), [(name, _share(each)) for name, each in told.shown["ladder"].items()])
    if told.shown["shortcuts"]:
        lines += [
            "",
            "References for which a re-rendering with another seed beats a look-alike:",
            "",
        ]
        lines += table(
            ("look-alike", "kept"), [(name, _share(each)) for name, each in told.shown["shortcuts"].items()]
        )
    return lines


def _share(each: dict[str, list[float]]) -> str:
    low, high = each["interval"]
    return f"{each['kept']} of {each['of']} ({low:.2f} to {high:.2f})"


def _agreement(told: Gathered) -> list[str]:
    if told.study is None:
        return [f"{NOT_ASKED} `codepaint ablate` measures it against your own ratings or preferences."]
    rows = [
        (name, str(each.pairs), estimate(each.accuracy), f"{each.ties.value or 0:.2f}", estimate(each.tau))
        for name, each in told.study.truths.items()
    ]
    lines = [
        f"Measured as `{told.study.spec}` on {told.study.pictures} pictures. Accuracy is the share of pairs whose "
        "better picture has the higher value; a tie counts half. A coin has 0.5.",
        *(["", f"{told.study.note[0].upper()}{told.study.note[1:]}"] if told.study.note else []),
        "",
        *table(("truth", "pairs", "accuracy", "ties", "tau-b"), rows),
        "",
    ]
    return [*lines, *(f"- {name}: {said}" for name, said in told.truths.items() if name in told.study.truths)]


def _noise(told: Gathered) -> list[str]:
    if told.study is None:
        return [NOT_ASKED]
    spread, noise = told.study.spread, told.study.noise
    lines = []
    if spread.groups and spread.mean_sd is not None:
        lines.append(
            f"Within a group the values have a standard deviation of {spread.mean_sd:.3f} on average, over "
            f"{spread.groups} groups; {spread.none or 0:.0%} of the groups have no spread and teach nothing."
        )
    if noise is not None:
        lines.append(
            f"Over {noise.draws} draws of references or seeds, the value of one picture has a standard deviation of "
            f"{noise.floor:.3f}. Without what a draw adds to all pictures alike, it is {noise.group_floor:.3f}."
        )
    elif lines:
        lines.append(
            "References and seeds, if it has any, were drawn once: the noise of a draw was not measured."
        )
    return lines or [NOT_ASKED]


def _probes(told: Gathered) -> list[str]:
    if told.probes is not None:
        found = told.probes
        left = [f"- {canvas} is left out: {why}." for canvas, why in found["skipped"].items()]
        if found["share"] is None:
            return ["It can judge none of the probes.", "", *left]
        low, high = found["interval"]
        ends = f"Of {found['count']} lures, {found['share']:.2f} beat the honest picture ({low:.2f} to {high:.2f}); "
        return [
            f"Asked as `{found['spec']}`. {ends}an equal pair counts half. 0 is best, a coin has 0.5.",
            *([""] if left else []),
            *left,
        ]
    if told.study is not None and told.study.hackability is not None:
        hack = told.study.hackability
        return [
            f"Of {hack.probes} lures, {estimate(hack.beaten)} beat the honest picture. 0 is best, a coin has 0.5."
        ]
    return [f"{NOT_ASKED} `codepaint probes SPEC --out FOLDER` measures it."]


def _climb(told: Gathered) -> list[str]:
    if told.climb is None:
        return [f"{NOT_ASKED} `codepaint climb` measures it."]
    found = told.climb
    head = (
        f"A search that maximises the reward raises it by {found['rise']:.2f} of its range within "
        f"{found['points'][-1]} evaluations, on average over the starts."
    )
    if not found["climbs"]:
        head += " That is too little to say what a training would do."
    rows = [
        (
            f"{name} (the one that decides: it uses another encoder)" if name == found["unseen"] else name,
            "{:+.3f} ({:+.3f} to {:+.3f})".format(*gold["change"]),
        )
        for name, gold in found["golds"].items()
    ]
    return [
        head,
        "",
        *table(("gold, a reward that the search did not see", "change from start to end"), rows),
    ]


def _failures(told: Gathered) -> list[str]:
    if told.probes is None:
        names = (
            () if told.study is None or told.study.hackability is None else told.study.hackability.fooled_by
        )
        return [f"Fooled by: {', '.join(names)}."] if names else [NOT_ASKED]
    beaten = told.probes["beaten"]
    if not beaten:
        return ["No lure got more than the honest picture."]
    lines = []
    for row in beaten:
        if not row["file"]:
            continue
        lines += [
            f"**{row['name']}**: the lure (left) got {row['lure']:.3f}, the honest picture (right) "
            f"{row['honest']:.3f}. {row['why']}",
            "",
            f"![The lure {row['name']} and the honest picture]({row['file']})",
            "",
        ]
    rest = [row["name"] for row in beaten if not row["file"]]
    if rest:
        lines.append(f"{'Also fooled' if lines else 'Fooled'} by: {', '.join(rest)}.")
    return lines if lines[-1] else lines[:-1]


def _not_on(told: Gathered) -> list[str]:
    return [f"- {each}" for each in remarks_on(told.name).not_on]


def _quoted(spec: str) -> str:
    return f'"{spec}"' if any(letter in spec for letter in " *()'") else spec
