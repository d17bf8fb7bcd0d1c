"""`codepaint ablate` with the shipped heads: out of fold they know less of the shipped paintings than they seem to."""

from __future__ import annotations

import numpy as np
import pytest

from codepaint_env.evaluate import Evaluated
from codepaint_env.runs.writer import RunWriter
from codepaint_env.study.ablate import plan_study
from codepaint_env.study.ablation.evidence import UNSCORED
from codepaint_env.study.ablation.table_files import load_table
from codepaint_env.study.figures.figures_file import read_figures
from command_line import codepaint
from places import ROOT
from rewards.pool import load_entries
from rewards.types import Rendering, Sample
from sample_runs import META

STUDY = f"""name = "Heads on the shipped pool"
[[samples]]
name = "pool"
pool = "{ROOT / "reference_pool"}"
count = 100
[rewards]
seen = "taste"
taste = {{ spec = "taste", out_of_fold = true }}
subject = {{ spec = "subject", out_of_fold = true }}
mix = {{ spec = "gated(0.5*subject + 0.3*taste + 0.2*coverage, gate=renders)", out_of_fold = true }}
[[truths]]
name = "ratings"
ratings = "pool"
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """A study whose evidence is the pool's own pictures, so that nothing has to be painted."""
    file = tmp_path_factory.mktemp("study") / "study.toml"
    file.write_text(STUDY)
    [lot] = plan_study(file).lots
    images = {entry.id: entry for entry in load_entries()}
    out = file.with_suffix("")
    with RunWriter(out / "evidence" / "pool", META, suffix=".js") as writer:
        for each in lot.wanted:
            image = images[each.task.id].read_image()
            rendering = Rendering("ok", image=image, evidence=frozenset({"source", "image"}))
            writer.append(
                Evaluated(
                    Sample(each.task, each.completion, each.completion, rendering, each.group), UNSCORED
                )
            )
    (out / "study.toml").write_text(STUDY)
    done = codepaint("ablate", file)
    assert done.exit_code == 0, done.output
    assert "of which 0 are to be painted" in done.stdout
    return out


def test_a_head_that_has_seen_the_paintings_agrees_better_than_those_that_have_not(out):
    figures = read_figures(out / "figures.json").rewards
    seen, unseen = (figures[label].truths["ratings"].accuracy.value for label in ("seen", "taste"))
    assert seen > unseen + 0.05  # of 100 pictures; of 500 the difference is far larger
    assert "was fitted on paintings of this study" in figures["seen"].note
    assert "none of them of the same study" in figures["taste"].note
    assert {"taste is scored", "subject is scored"} <= {
        f"{word} is scored" for word in ("taste", "subject") if f"{word} is scored" in figures["mix"].note
    }


def test_the_members_of_a_mix_are_scored_out_of_fold_too(out):
    columns = load_table(out).columns
    subject, taste = (columns[label].values for label in ("subject", "taste"))
    told = np.isfinite(subject)
    assert told.mean() > 0.9
    assert subject[told].mean() > 0.15  # of 39 subjects, each of three or four pictures
    rest = columns["mix"].values[told] - 0.5 * subject[told] - 0.3 * taste[told]
    assert ((rest >= -0.06) & (rest <= 0.26)).all()  # coverage, and what a gate leaves to any rendering
