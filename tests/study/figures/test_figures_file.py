from pathlib import Path

import pytest

from codepaint_env.study.figures.figures import (
    Agreement,
    Estimate,
    Figures,
    RewardFigures,
    Spread,
    TruthFigures,
)
from codepaint_env.study.figures.figures_file import read_figures, write_figures
from rewards.errors import SpecError

NOTHING = Spread(0, None, None, None, None)


def test_figures_come_back_from_their_file_as_they_were(tmp_path):
    agreement = Agreement(4, 1, Estimate(0.75, 0.5, 1.0, 0.25, 1.0), Estimate(0.0, 0.0, 0.0), Estimate(None))
    reward = RewardFigures(
        "a", "coverage", "1", "", (0, 1), 2, 0, None, {"t": agreement}, NOTHING, ("x",), ("y",)
    )
    figures = Figures(2, 2000, 0, (TruthFigures("t", "Made up.", 5, 2, 1, 1),), {"a": reward}, ())
    write_figures(figures, tmp_path / "figures.json")
    assert read_figures(tmp_path / "figures.json") == figures


def test_a_file_that_is_missing_or_holds_something_else_is_refused_by_name(tmp_path: Path):
    with pytest.raises(SpecError, match=r"nothing\.json cannot be read"):
        read_figures(tmp_path / "nothing.json")
    (tmp_path / "other.json").write_text('{"pictures": "many"}')
    with pytest.raises(SpecError, match=r"other\.json holds no figures"):
        read_figures(tmp_path / "other.json")
