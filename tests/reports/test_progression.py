"""The progression shows the same prompts at every checkpoint, holds all it shows, and moves through them."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from PIL import Image

from codepaint_env.reports.progression import step_folder, write_progression
from codepaint_env.runs.curves import append_curves
from codepaint_env.runs.run import RECORDS
from codepaint_env.runs.writer import RunWriter
from headless_chromium import chromium
from html_elements import EVIL, GONE, SYNTAX, Page
from places import ROOT
from rewards.errors import SpecError
from rewards.types import Rendering
from sample_runs import META, evaluated

PROMPTS = ("a rose", "a tulip", "an iris")
POOL = ROOT / "reference_pool" / "images"


def painted(folder, step, *samples, meta=META):
    with RunWriter(step_folder(folder, step), meta, suffix=".js") as writer:
        for each in samples:
            writer.append(each)


def training(folder, steps=(0, 10, 20), *, curves=True):
    """A training that gets better: each prompt scores 0.2 more at each checkpoint, and a program fails at first."""
    for number, step in enumerate(steps):
        samples = [
            evaluated(i, value=0.1 + 0.2 * number, prompt=prompt, program=f"paint({step}, {i})")
            for i, prompt in enumerate(PROMPTS)
        ]
        if number == 0:
            samples[1] = evaluated(1, value=0.0, prompt=PROMPTS[1], rendering=SYNTAX)
        painted(folder, step, *samples)
    for step in range(1, steps[-1] + 1) if curves else ():
        share = step / steps[-1]
        told = {
            "reward": 0.1 + 0.5 * share,
            "valid_rate": 0.5 + 0.5 * share,
            "quality_given_valid": 0.3,
            "spread": 0.2,
        }
        append_curves(folder / "curves.jsonl", step, told | {"mean/coverage": share, "spread/coverage": 0.1})
    return folder


def page_of(folder) -> Page:
    return Page(write_progression(folder).read_text(encoding="utf-8"))


def states(page: Page) -> list[dict[str, str]]:
    return [each for each in page.all("div") if each.get("class", "").split()[:1] == ["state"]]


def test_each_prompt_shows_each_checkpoint_with_picture_score_and_program(tmp_path):
    page = page_of(training(tmp_path))
    assert len(page.all("li", **{"class": "card"})) == 3
    assert len(states(page)) == 2 * 3 * 3  # pictures and what is told, by prompt, by checkpoint
    assert [each["data-stop"] for each in states(page)[:3]] == ["0", "1", "2"]
    assert [len(page.all("img", alt=prompt)) for prompt in ("a tulip", "an iris")] == [
        2,
        5,
    ]  # of the iris 2 above
    assert {"paint(0, 0)", "paint(10, 1)", "paint(20, 2)"} <= set(page.texts["code"])
    assert {"0.10", "0.30", "0.50", "0.33"} <= {text.strip() for text in page.texts["span"]}
    assert SYNTAX.message in page.texts["p"]
    stops = [each for each in page.all("line") if "data-step" in each]
    assert [each["data-step"] for each in stops] == ["0", "10", "20"]
    assert stops[0]["data-told"] == "mean score 0.07, 2 of 3 painted"


def test_the_head_tells_what_the_training_changed_failing_less_apart_from_painting_better(tmp_path):
    html = write_progression(training(tmp_path)).read_text(encoding="utf-8")
    assert "<b>gated(coverage, gate=renders)</b>" in html
    assert "went from <b>0.07</b> at step 0 to <b>0.50</b> at step 20" in html
    figures = [
        re.sub("<svg.*?</svg>|<[^>]*>", "", told) for told in re.findall("<dd>(.*?)</dd></div>", html)[:4]
    ]
    assert [told.split() for told in figures] == [["0.07", "0.50"], ["2", "3"], ["0.10", "0.50"], ["20"]]


def test_the_picture_beside_the_title_is_the_one_whose_gain_is_the_median(tmp_path):
    for step, values in ((0, (0.8, 0.1, 0.3)), (10, (0.9, 0.7, 0.6))):  # gains of 0.1, 0.6 and 0.3
        painted(tmp_path, step, *(evaluated(i, value=value) for i, value in enumerate(values)))
    html = write_progression(tmp_path).read_text(encoding="utf-8")
    assert "The median gain of 3 prompts. Step 0: 0.30. Step 10: 0.60" in html


def test_a_row_of_prompts_shows_losses_as_well_as_gains(tmp_path):
    gains = (0.0, -0.3, 0.5, 0.1, -0.1, 0.3, 0.2)
    for step, share in ((0, 0.0), (10, 1.0)):
        values = [0.4 + share * gain for gain in gains]
        painted(
            tmp_path, step, *(evaluated(i, value=each, prompt=f"prompt {i}") for i, each in enumerate(values))
        )
    html = write_progression(tmp_path).read_text(encoding="utf-8")
    row = html.partition('<section class="row"')[2].partition("</section>")[0]
    assert "6 of 7 prompts, evenly spaced from the largest loss to the largest gain" in row
    assert [found[1] for found in re.finditer(r"<p dir=.auto.>prompt (\d)</p>", row)] == list("140652")


def test_few_prompts_make_no_row(tmp_path):
    for step in (0, 10):
        painted(tmp_path, step, *(evaluated(i, value=0.4) for i in range(5)))
    assert '<section class="row"' not in write_progression(tmp_path).read_text(encoding="utf-8")


def test_without_scripts_the_first_and_the_last_checkpoint_stand_side_by_side(tmp_path):
    page = page_of(training(tmp_path))
    assert page.all("ol", id="wall")[0]["class"] == "cards wall compare"
    assert [each["class"] for each in states(page)[:3]] == ["state first", "state", "state last now"]


def test_pictures_between_the_first_and_the_last_are_small(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (512, 512, 3), dtype=np.uint8)
    for step in (0, 10, 20):
        painted(tmp_path, step, evaluated(rendering=Rendering("ok", image=image)))
    widths = [image["width"] for image in page_of(tmp_path).all("img")]
    assert widths == ["512", "256", "512", "256", "512"]  # the frontispiece, with its inset, and three states


@pytest.mark.parametrize(("steps", "curves"), [((0,), True), ((0,), False), ((0, 10), False), ((30,), True)])
def test_a_single_step_and_missing_curves_still_give_a_page(tmp_path, steps, curves):
    page = page_of(training(tmp_path, steps, curves=curves))
    assert len(states(page)) == 2 * 3 * len(steps)
    assert page.all("ol", id="wall")[0]["class"] == "cards wall" + (" compare" if len(steps) > 1 else "")
    assert page.all("button", title="Mean reward of the training's samples") != [] or not (
        curves and steps[-1]
    )


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_a_checkpoint_is_refused_with_the_way_out(tmp_path, name):
    (tmp_path / "empty" / "step-000000").mkdir(parents=True)  # killed before it had begun
    with pytest.raises(SpecError, match=r"no checkpoint in .*progression_callback"):
        write_progression(tmp_path / name)


def test_figures_of_what_was_held_out_are_shown_and_a_fall_is_told(tmp_path):
    told = [
        {"label": "named", "before": 0.3, "after": 0.5},
        {"label": "diversity", "before": 0.6, "after": 0.45},
    ]
    (training(tmp_path) / "figures.json").write_text(json.dumps(told), encoding="utf-8")
    html = " ".join(write_progression(tmp_path).read_text(encoding="utf-8").split())
    assert "<dt>named</dt>" in html
    assert "<dt>diversity, which fell by 25 %</dt>" in html


@pytest.mark.parametrize(
    "text", ["[{", '{"label": "a"}', '[{"label": "a", "before": NaN, "after": 1}]', "[3]"]
)
def test_figures_that_are_not_understood_are_refused_by_name(tmp_path, text):
    (training(tmp_path) / "figures.json").write_text(text, encoding="utf-8")
    with pytest.raises(SpecError, match=r"figures\.json is not understood .*\"before\""):
        write_progression(tmp_path)


def test_a_run_of_other_prompts_is_refused_by_name(tmp_path):
    painted(training(tmp_path), 30, evaluated(0, prompt="a rose"), evaluated(1, prompt="a poppy"))
    with pytest.raises(
        SpecError, match=r"step-000030 has the prompt 'a poppy' \(task-1\) at place 2.*'a tulip'"
    ):
        write_progression(tmp_path)


def test_a_half_written_run_is_shown_with_what_is_there(tmp_path):
    painted(training(tmp_path), 30, evaluated(0, prompt="a rose"))
    (tmp_path / "step-000040").mkdir()
    with (tmp_path / "step-000030" / RECORDS).open("ab") as file:
        file.write(b'{"index": 1, "ta')
    with pytest.warns(RuntimeWarning, match="half-written"):
        page = page_of(tmp_path)
    assert len(states(page)) == 2 * 3 * 4
    assert page.texts["p"].count("no record") == 2
    assert page.all("line", **{"data-step": "30"})[0]["data-told"] == "mean score 0.50, 1 of 3 painted"


def test_a_first_run_that_is_half_written_does_not_hide_the_later_prompts(tmp_path):
    painted(tmp_path, 0, evaluated(0, prompt="a rose"))
    painted(tmp_path, 10, evaluated(0, prompt="a rose"), evaluated(1, prompt="a tulip"))
    assert len(page_of(tmp_path).all("li", **{"class": "card"})) == 2


def test_machine_failures_have_no_score_and_break_nothing(tmp_path):
    for step in (0, 10):
        painted(tmp_path, step, evaluated(0, value=None, rendering=GONE))
    page = page_of(tmp_path)
    assert "none: a machine failed" in page.texts["span"]
    assert page.all("line", **{"data-step": "0"})[0]["data-told"] == "mean score –, 0 of 1 painted"


def test_rewards_of_another_range_are_drawn_from_0_to_1(tmp_path):
    meta = replace(META, reward=dict(META.reward) | {"range": [-1.0, 3.0]})
    for step, value in ((0, -1.0), (10, 3.0)):
        painted(tmp_path, step, evaluated(0, value=value), meta=meta)
    html = write_progression(tmp_path).read_text(encoding="utf-8")
    assert 'd="M40.0 384.0L712.0 12.0"' in html  # from corner to corner of the axes
    assert "Rewards from -1 to 3 are drawn from 0 to 1." in html


def test_nothing_in_a_prompt_program_or_name_becomes_markup(tmp_path):
    meta = replace(META, name=EVIL, reward=dict(META.reward) | {"spec": None, "name": EVIL})
    rendering = replace(SYNTAX, kind=EVIL, message=EVIL)
    for step in (0, 10):
        put = evaluated(0, value=0.0, rendering=rendering, program=EVIL, prompt=EVIL, completion=EVIL)
        painted(tmp_path, step, put, evaluated(1, prompt=EVIL), meta=meta)
    append_curves(tmp_path / "curves.jsonl", 10, {"reward": 0.5, f"mean/{EVIL}": 0.5})
    html = write_progression(tmp_path).read_text(encoding="utf-8")
    page = Page(html)
    assert len(page.all("script")) == 1
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    for _, attributes in page.elements:
        for name in ("src", "href", "srcset", "action", "style"):
            assert attributes.get(name, "data:").startswith("data:")
    assert not re.search(r"url\(|@import|https?://", html)
    assert EVIL in page.texts["code"]
    assert page.texts["title"][0] == EVIL
    assert any(EVIL in text for text in page.texts["desc"])


@pytest.mark.full
def test_eight_prompts_at_eight_checkpoints_stay_below_four_megabytes(tmp_path):
    pictures = [np.asarray(Image.open(path).convert("RGB")) for path in sorted(POOL.glob("*.webp"))[:8]]
    for step in range(0, 80, 10):
        samples = [evaluated(i, rendering=Rendering("ok", image=each)) for i, each in enumerate(pictures)]
        painted(tmp_path, step, *samples)
    assert write_progression(tmp_path).stat().st_size < 4_000_000


EYES = {  # Machado, Oliveira & Fernandes 2009, severity 1, on linear sRGB
    "most": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def linear(colour):
    share = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(colour, eye):
    x, y, z = np.array(XYZ) @ np.clip(np.array(eye) @ linear(colour), 0, 1) / (0.9505, 1, 1.089)
    x, y, z = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("dark", [False, True])
def test_curves_tell_apart_for_every_kind_of_eye_in_light_and_dark(eye, dark):
    css = {
        name: (files("codepaint_env") / "reports/templates" / f"{name}.css").read_text()
        for name in ("look", "progression")
    }
    ink = re.findall(r"--ink: (#\w{6})", css["look"])[dark]
    wall = re.findall(r"--wall: (#\w{6})", css["look"])[dark]
    day, night = css["progression"].split("prefers-color-scheme: dark", 1)
    colours = {*re.findall(r"--curve: (#\w{6})", night if dark else day), ink}
    assert len(colours) == 7
    near = {
        pair: np.linalg.norm(lab(pair[0], EYES[eye]) - lab(pair[1], EYES[eye]))
        for pair in itertools.combinations(sorted(colours), 2)
    }
    assert min(near.values()) > 20, near
    bright = {each: float(XYZ[1] @ linear(each)) + 0.05 for each in (*colours, wall)}
    for each in colours:
        ratio = bright[each] / bright[wall]
        assert max(ratio, 1 / ratio) > 3, each  # WCAG 2.2, 1.4.11


@pytest.fixture(scope="module")
def browser(tmp_path_factory, parts):
    with chromium(tmp_path_factory.mktemp("home")) as browser:
        yield browser


@pytest.fixture(params=[1280, 390])
def opened(request, browser, tmp_path):
    """The page, opened from a file; it must complain of nothing and ask for nothing."""
    path = write_progression(training(tmp_path))
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda asked: told.append(asked.url) if not asked.url.startswith("data:") else None)
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    yield page
    assert told == [path.as_uri()]
    context.close()


def seen(page):
    """Returns the steps whose scores are seen, prompt by prompt, what the bar tells, and what the curves do."""
    steps = page.locator("#wall .told .number:visible").all_inner_texts()
    marked = page.locator("#curves .stop.now").get_attribute("data-step")
    return steps, page.locator("#step").inner_text(), f"Step {marked}"


def test_the_slider_moves_pictures_scores_and_curves(opened):
    assert seen(opened) == (["step 20"] * 3, "Step 20", "Step 20")
    opened.locator("#slider").focus()
    opened.keyboard.press("ArrowLeft")
    assert seen(opened) == (["step 10"] * 3, "Step 10", "Step 10")
    assert not opened.locator("#plain").is_visible()
    assert opened.locator("#told").inner_text() == "mean score 0.30, 3 of 3 painted"
    opened.keyboard.press("Home")
    assert seen(opened) == (["step 0"] * 3, "Step 0", "Step 0")
    assert opened.locator("#wall .message:visible").all_inner_texts() == [SYNTAX.message]
    assert opened.locator("#wall .pictures img:visible").count() == 2
    opened.evaluate("document.activeElement.blur()")
    opened.keyboard.press("ArrowRight")  # arrows move it wherever the focus is
    assert seen(opened)[1] == "Step 10"
    assert opened.locator("#slider").get_attribute("aria-valuetext").startswith("Step 10, mean score")


def test_play_goes_from_the_first_to_the_last_and_pause_stops_it(opened):
    opened.clock.install(time=0)
    opened.clock.pause_at(1000)  # installed alone, it still goes with the machine's
    opened.click("#play")
    assert (seen(opened)[1], opened.locator("#play").inner_text()) == ("Step 0", "Pause")
    opened.clock.run_for(1000)
    assert seen(opened)[1] == "Step 10"
    opened.click("#play")
    opened.clock.run_for(5000)
    assert (seen(opened)[1], opened.locator("#play").inner_text()) == ("Step 10", "Play")
    opened.click("#play")  # goes on from there
    opened.clock.run_for(5000)
    assert (seen(opened)[1], opened.locator("#play").inner_text()) == ("Step 20", "Play")


def test_a_click_in_the_curves_goes_to_the_nearest_checkpoint(opened):
    box = opened.locator("#curves").bounding_box()
    for share, step in ((0.1, "Step 0"), (0.45, "Step 10"), (0.6, "Step 10"), (0.9, "Step 20")):
        opened.locator("#curves").click(position={"x": share * box["width"], "y": box["height"] / 2})
        assert seen(opened)[1:] == (step, step)


def test_before_and_after_stand_side_by_side_until_the_slider_moves(opened):
    opened.click("#compare")
    assert opened.locator("#wall .told .number:visible").all_inner_texts() == ["step 0", "step 20"] * 3
    left, right = (opened.locator("#wall .pictures .sheet:visible").nth(i).bounding_box() for i in (0, 1))
    assert (left["y"], left["width"]) == (right["y"], right["width"])
    assert left["x"] + left["width"] < right["x"]
    opened.keyboard.press("ArrowLeft")
    assert seen(opened)[0] == ["step 10"] * 3
    assert opened.locator("#compare").get_attribute("aria-pressed") == "false"


def test_three_curves_are_drawn_at_first_and_the_others_on_demand(opened):
    buttons = opened.locator("#legend button")
    pressed = [each.get_attribute("aria-pressed") for each in buttons.all()]
    assert len(pressed) > 3
    assert pressed == ["true"] * 3 + ["false"] * (len(pressed) - 3)
    curve = opened.locator(f"#curves .series[data-series='{len(pressed) - 1}']")
    assert "off" in curve.get_attribute("class").split()
    buttons.last.click()
    assert "off" not in curve.get_attribute("class").split()


def test_the_legend_hides_a_curve_and_tells_its_value_at_the_checkpoint(opened):
    reward = opened.locator("#legend button", has_text="reward")
    assert reward.locator(".value").inner_text() == "0.60"
    opened.keyboard.press("ArrowLeft")
    assert reward.locator(".value").inner_text() == "0.35"
    curve = opened.locator("#curves .of-reward .line")
    assert curve.is_visible()
    reward.click()
    assert not curve.is_visible()
    reward.click()
    assert curve.is_visible()


def test_a_program_that_was_opened_stays_open_from_checkpoint_to_checkpoint(opened):
    opened.locator("#wall summary:visible").first.click()
    assert opened.locator("#wall pre:visible").all_inner_texts() == ["paint(20, 0)"]
    opened.keyboard.press("ArrowLeft")
    assert opened.locator("#wall pre:visible").all_inner_texts() == ["paint(10, 0)"]


def test_a_single_checkpoint_needs_no_slider(browser, tmp_path):
    page = browser.new_page()
    page.goto(write_progression(training(tmp_path, (0,))).as_uri())
    assert not page.locator("#bar").is_visible()
    assert page.locator("#wall .told .number:visible").all_inner_texts() == ["step 0"] * 3


def test_the_page_can_be_read_without_scripts(browser, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write_progression(training(tmp_path)).as_uri())
    assert not page.locator("#bar").is_visible()
    assert page.locator("#wall .told .number:visible").all_inner_texts() == ["step 0", "step 20"] * 3
    assert page.locator("#wall .pictures img:visible").count() == 5  # one program failed at first
    assert page.locator("#curves .of-reward .line").is_visible()
    assert page.get_by_text("Side by side: step 0 and step 20.").is_visible()
    context.close()
