"""The auditor names what was damaged, where, and in which element; nothing that a page hides helps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audited_pages import BODY, CHEAP, DAMAGED, GOOD, page
from rewards.pages.static import static
from rewards.types import Rendering, Sample, Task

PLACES = {
    "unstyled": ("#lead", (8, 137)),
    "tiny": ("#lead", (80, 151)),
    "pale": ("#lead", (80, 192)),
    "overlapping": ("#lead", (80, 142)),
    "wide": ("body > main:nth-of-type(1)", (80, 70)),
    "clipped": ("#title", (80, 126)),
    "blank": ("body", (0, 0)),
}
"""Selector and left top corner of the worst finding of the kind that each damage is known by."""

TAMPERING = """<script>
const none = () => ({ x: 0, y: 0, left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 });
Element.prototype.getBoundingClientRect = none;
window.getComputedStyle = () => ({ getPropertyValue: () => '', fontSize: '20px' });
Object.defineProperty(Document.prototype, 'querySelectorAll', { value: () => [] });
Document.prototype.getElementsByTagName = () => [];
document.elementsFromPoint = () => [];
window.axe = { run: async () => ({ violations: [] }) };
Array.prototype.push = function () { return 0; };
Promise.prototype.then = function () { return this; };
window.setTimeout = () => 0;
</script>
<form><input name="getElementsByTagName" hidden><input name="nodeName" hidden><input name="children" hidden></form>"""

WATCHING = """<script>
window.seen = [];
addEventListener('load', () => { seen.length = 0; });
new MutationObserver((all) => all.forEach((each) => seen.push(each.type)))
  .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
addEventListener('scroll', () => seen.push('scroll'), true);
addEventListener('resize', () => seen.push('resize'), true);
addEventListener('focusin', () => seen.push('focus'), true);
</script>"""


def worth(audited) -> float:
    """The value of `static(by="audit")` for what was found."""
    from rewards.pages.screenshots import pixels

    image = pixels(audited.full)[:720]
    rendering = Rendering(
        "ok", image=image, findings=tuple(audited.findings), evidence=frozenset({"image", "layout"})
    )
    [score] = static(by="audit")([Sample(Task("t", "a bakery"), "", "", rendering, "g")])
    assert score.value is not None
    return score.value


@pytest.fixture(scope="module")
def good(audit_all):
    [audited] = audit_all([GOOD])
    return audited


@pytest.fixture(scope="module")
def damaged(audit_all):
    return dict(zip(DAMAGED, audit_all([document for document, _ in DAMAGED.values()]), strict=True))


@pytest.fixture(scope="module")
def cheap(audit_all):
    return dict(zip(CHEAP, audit_all(list(CHEAP.values())), strict=True))


def test_nothing_is_found_on_a_page_that_is_well_made(good):
    assert good.findings == []
    assert worth(good) == 1.0


@pytest.mark.full
@pytest.mark.parametrize("name", DAMAGED)
def test_each_damage_costs_and_is_named_by_its_kind(name, good, damaged):
    _, kind = DAMAGED[name]
    assert damaged[name].of(kind), damaged[name].findings
    assert worth(damaged[name]) < worth(good) - 0.2


@pytest.mark.parametrize("name", PLACES)
def test_the_worst_finding_has_the_element_and_its_place(name, damaged):
    selector, corner = PLACES[name]
    worst = damaged[name].of(DAMAGED[name][1])[0]
    assert worst.selector == selector
    assert worst.box is not None
    assert max(abs(a - b) for a, b in zip(worst.box, corner, strict=False)) <= 2


def test_what_lines_up_with_nothing_is_named_one_by_one(damaged):
    told = {each.selector for each in damaged["misaligned"].of("misaligned")}
    assert {"#title", "#order", "#lead"} <= told
    assert all(each.box is not None for each in damaged["misaligned"].of("misaligned"))


def test_every_value_is_a_share_and_every_message_is_a_sentence(damaged):
    for audited in damaged.values():
        for each in audited.findings:
            assert 0 < each.value <= 1
            assert each.message.endswith(".")
            assert each.message[0].isupper()


@pytest.mark.full
@pytest.mark.parametrize("name", CHEAP)
def test_a_page_that_costs_nothing_is_worth_next_to_nothing(name, cheap):
    assert cheap[name].of("white_space")[0].value >= 0.5
    assert worth(cheap[name]) < (0.35 if name == "one picture" else 0.05)


def test_a_tidy_page_of_nothing_much_is_what_the_audit_is_fooled_by(audit_all):
    document = (Path(__file__).parents[3] / "rewards/pages/cheapest/tidy_counters.html").read_text()
    assert worth(audit_all([document])[0]) == 1.0


def test_the_same_page_has_the_same_findings_again(audit_all, damaged):
    names = ("overlapping", "misaligned")
    again = audit_all([DAMAGED[name][0] for name in names])
    assert [each.findings for each in again] == [damaged[name].findings for name in names]


def test_a_page_that_forges_prototypes_and_names_its_elements_like_methods_is_seen_all_the_same(
    audit_all, damaged
):
    document = DAMAGED["pale"][0].replace("</body>", f"{TAMPERING}</body>")
    [audited] = audit_all([document])
    named = [each.selector for each in audited.of("contrast")]
    assert named == [each.selector for each in damaged["pale"].of("contrast")]
    assert worth(audited) <= worth(damaged["pale"]) + 0.001


def test_a_page_sees_nothing_of_its_audit(audit_all):
    document = GOOD.replace("</head>", f"{WATCHING}</head>")
    [audited] = audit_all(
        [document], "[seen.join(), typeof axe, Object.keys(window).includes('axe')].join(' ')"
    )
    assert audited.seen == " undefined false"


def test_hidden_copies_of_good_text_do_not_thin_the_damage_out(audit_all, damaged):
    copies = "".join(
        f'<div style="{style}">{BODY}</div>'
        for style in (
            "opacity: 0; position: absolute; top: 0",
            "position: absolute; left: -9999px",
            "visibility: hidden; position: absolute; top: 0",
            "position: absolute; width: 1px; height: 1px; overflow: hidden; top: 0",
            "height: 0; overflow: hidden",
        )
    ).replace('id="', 'data-was="')
    document = DAMAGED["pale"][0].replace("</body>", f"{copies}</body>")
    [audited] = audit_all([document])
    lead = next(each for each in audited.of("contrast") if each.selector == "#lead")
    assert lead.value >= damaged["pale"].of("contrast")[0].value
    assert worth(audited) <= worth(damaged["pale"]) + 1e-9


def test_text_in_closed_shadow_roots_and_frames_is_read_as_well(audit_all):
    shadow = page(
        body=BODY
        + '<div id="host"></div><script>document.getElementById("host").attachShadow({ mode: "closed" })'
        '.innerHTML = "<p style=\'font-size:7px;margin:20px 80px\'>" + "Baked before dawn. ".repeat(8) + "</p>";'
        "</script>"
    )
    frame = page(
        body=BODY
        + '<iframe id="frame" style="border:0;margin:0 80px;width:800px;height:60px" srcdoc="<p style=\'font:7px sans-serif\'>'
        + "Baked before dawn. " * 8
        + '</p>"></iframe>'
    )
    for audited, selector in zip(audit_all([shadow, frame]), ("#host", "#frame"), strict=True):
        [tiny] = audited.of("tiny_text")
        assert tiny.selector == selector
        assert tiny.box is not None
        assert tiny.box[0] >= 80


def test_low_contrast_on_a_gradient_is_found_by_the_picture(audit_all):
    extra = "#title { color: #dccfae; background: linear-gradient(90deg, #f7f0e0, #efe4c8); }"
    [audited] = audit_all([page(extra=extra)])
    [found] = audited.of("contrast")
    assert found.selector == "#title"
    assert "it needs 3" in found.message


def test_a_button_that_covers_the_foot_of_a_heading_is_an_overlap(audit_all):
    [audited] = audit_all([page(extra="#title { margin-bottom: -22px; } #lead { display: none; }")])
    [found] = audited.of("overlap")
    assert "A control (button)" in found.message
    assert "Bread that takes its time" in found.message


def test_bare_buttons_have_the_browsers_own_look(audit_all):
    body = "<h1>When?</h1>" + "".join(f"<button>{day} May</button>" for day in range(1, 32))
    [audited] = audit_all([page(style="", body=body)])
    assert audited.of("unstyled")


def test_a_dialog_in_front_of_a_page_is_no_overlap_and_takes_no_contrast_away(audit_all):
    dialog = (
        '<div style="position:fixed;inset:0;background:rgba(10,20,30,.7);z-index:5"></div><div style="position:fixed;'
        'z-index:6;left:340px;top:200px;width:600px;background:#fff;padding:32px;font-size:18px">Closed today. We are '
        "back tomorrow at six, with rye and wheat.</div>"
    )
    [audited] = audit_all([page(body=BODY + dialog)])
    assert audited.findings == []


def test_a_page_with_a_hundred_thousand_elements_is_refused_at_once(audit_all):
    body = (
        BODY
        + "<script>document.body.append(...Array.from({ length: 100000 }, () => document.createElement('i')))</script>"
    )
    [audited] = audit_all([page(body=body)])
    [found] = audited.findings
    assert (found.kind, found.value) == ("unreadable", 1.0)
    assert worth(audited) == 0.0


@pytest.mark.full
def test_a_page_too_large_for_axe_is_measured_by_its_picture(audit_all, damaged):
    body = (
        BODY
        + "<script>document.body.append(...Array.from({ length: 6000 }, () => document.createElement('i')))</script>"
    )
    [audited] = audit_all([page(body=body, extra=".card p, .lead { color: #cfd3d6; }")])
    told = {each.selector for each in audited.of("contrast")}
    assert told >= {each.selector for each in damaged["pale"].of("contrast")}
    [broken] = audited.of("axe")
    assert "elements" in broken.message


@pytest.mark.full
@pytest.mark.parametrize(
    "body",
    {
        "a crowd": "".join(f'<p style="position:absolute;inset:0">word {k}</p>' for k in range(1400)),
        "giants": "".join(f'<p style="position:absolute;font-size:2000px">A{k}</p>' for k in range(1400)),
        "a well": "<script>let at = document.body; for (let k = 0; k < 900; k++) { const deeper = document."
        "createElement('div'); deeper.textContent = 'word ' + k; at.append(deeper); at = deeper; }</script>",
        "failures": "<input>" * 1400,
    }.values(),
    ids=("crowd", "giants", "well", "failures"),
)
def test_a_page_that_is_built_to_take_long_is_audited_within_its_bounds(audit_all, body):
    [audited] = audit_all([page(style="", body=body)])
    assert audited.findings
    assert len(audited.findings) <= 11 * 8
