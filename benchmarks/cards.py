"""Makes the cards of all rewards that ship, and their index: docs/rewards/*.md.

python benchmarks/cards.py                             a few minutes on two quiet cores; needs the extra models
python benchmarks/cards.py --only coverage,renders     some of them; the index is left as it is
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs/rewards"
STUDY = ROOT / "docs/studies/offline.json"
CLIMB = ROOT / "docs/studies/climb.json"
PROBES = ROOT / "runs/cards/probes"
TRUNK = "runs/study/trunk"
SPECS = {"function": "function(of='rewards.scorers.colourful:colourful', range=[-1, 1], floor=False)"}
_path = click.Path(path_type=Path)


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--only", default="", help="Names of some rewards, with commas.")
@click.option("--out", type=_path, default=OUT, help="Folder of the cards.")
@click.option(
    "--study", type=_path, default=STUDY, help="A study's folder or figures.json; read if it is there."
)
@click.option("--climb", type=_path, default=CLIMB, help="A climb.json; read if it is there.")
@click.option("--probes", type=_path, default=PROBES, help="Folder in which probes are rendered, or were.")
@click.option("--quick", is_flag=True, help="Without probes.")
def main(only: str, out: Path, study: Path, climb: Path, probes: Path, quick: bool) -> None:
    """Makes the cards."""
    from codepaint_env.study.cards import Sources, gather, page
    from codepaint_env.study.cards.index import index
    from rewards.errors import CodepaintError
    from rewards.registry import available

    chosen = [name for name in only.split(",") if name] or list(available())
    if unknown := sorted(set(chosen) - set(available())):
        sys.exit(f"No reward is called {unknown[0]!r}; there are {', '.join(available())}.")
    specs = dict(SPECS)
    if Path(TRUNK).exists():
        specs["dino"] = f"dino(model='{TRUNK}')"
    sources = Sources(
        study if study.exists() else None,
        None if quick else probes,
        climb if climb.exists() else None,
    )
    out.mkdir(parents=True, exist_ok=True)
    cards = []
    for name in chosen:
        click.echo(name, err=True)
        try:
            told = gather(specs.get(name, name), sources, out)
        except CodepaintError as error:
            sys.exit(f"{name}: {error}")
        (out / f"{name}.md").write_text(page(told), encoding="utf-8")
        cards.append(told)
    if not only:
        (out / "README.md").write_text(index(cards), encoding="utf-8")


if __name__ == "__main__":
    main()
