import pytest

from codepaint_env.canvases.html.explore.candidate import Candidate, Offer, offer_of
from codepaint_env.canvases.html.explore.planning import plans_for
from codepaint_env.canvases.html.explore.writing import text_for


def field(name, **more):
    return Candidate(f"#{name.lower()}", tag="input", role="textbox", name=name, **more)


def test_a_form_is_filled_in_before_it_is_sent():
    fields = (field("Email", type="email"), field("Name", type="text"))
    box = Candidate("#terms", tag="input", type="checkbox", role="checkbox", name="I agree")
    send = Candidate("#send", type="submit", form="form", name="Send", fields=("#email", "#name", "#terms"))
    filled, empty = plans_for(send, Offer((*fields, box, send)))
    assert [(act.kind, act.text) for act in filled.prefix] == [
        ("type", "ada@example.org"),
        ("type", "Ada Lovelace"),
        ("tick", ""),
    ]
    assert (filled.act.selector, filled.action, empty.prefix) == ("#send", "fill in and submit", ())


def test_a_game_is_started_before_its_keys_are_pressed():
    start = Candidate("#go", name="Start game")
    canvas = Candidate("#game", tag="canvas", role="canvas", name="")
    plan = plans_for(canvas, Offer((start, canvas), top=frozenset({"keydown"}), canvas=True))[0]
    assert [act.selector for act in plan.prefix] == ["#go"]
    assert (plan.act.kind, plan.act.keys) == ("press", ("ArrowUp", "ArrowRight"))


def test_the_keys_that_a_page_names_are_pressed_first():
    page = Candidate("body", tag="body", role="application", name="the page")
    offer = Offer((), top=frozenset({"keydown"}), keys=("j", "k"))
    assert [plan.act.keys for plan in plans_for(page, offer)][:2] == [("j",), ("k",)]


def test_a_field_that_only_serves_a_button_is_no_candidate_of_its_own():
    name, send = field("Name"), Candidate("#send", name="Send", fields=("#name",))
    assert plans_for(name, Offer((name, send))) == []
    assert plans_for(name, Offer((name,))) != []


def test_another_option_of_a_select_is_chosen_by_keys():
    options = (("Small", True), ("Large", False))
    [plan] = plans_for(Candidate("#s", tag="select", role="combobox", options=options), Offer(()))
    assert (plan.act.kind, plan.act.keys) == ("choose", ("ArrowDown",))


def test_what_is_typed_fits_the_field():
    assert text_for(field("Your e-mail")) == "ada@example.org"
    assert text_for(field("Zip", limits=("", "", "", "3"))) == "101"
    number = Candidate(
        "#n", tag="input", type="number", role="spinbutton", value="7", limits=("1", "10", "1", "-1")
    )
    assert text_for(number) == "3"
    search = Candidate("#q", tag="input", role="searchbox", name="Search")
    assert text_for(search, ("Tomato soup", "Onion soup")) == "onion"


@pytest.mark.parametrize(
    ("more", "typed"),
    [
        ({"pattern": r"\d{3}-\d{3}-\d{4}"}, "555-012-3456"),
        ({"pattern": "[A-Z]{2}[0-9]{4}"}, "AB1234"),
        ({"pattern": "[A-Z]{3}_[0-9]{5}"}, "AAA_11111"),
        ({"placeholder": "e.g. 1234 5678"}, "1234 5678"),
        ({"placeholder": "XXX-XXX-XXXX"}, "567-567-5678"),
        ({"pattern": "(unclosed"}, "Blue lantern"),
        ({"role": "spinbutton", "limits": ("0", "100", "5", "-1")}, "5"),
        ({"role": "spinbutton", "name": "Age", "limits": ("18", "99", "1", "-1")}, "36"),
    ],
)
def test_what_is_typed_follows_patterns_examples_and_steps(more, typed):
    assert text_for(Candidate("#x", **{"tag": "input", "role": "textbox", "name": "Thing", **more})) == typed


def test_keys_are_read_from_what_a_page_says():
    told = {
        "candidates": [],
        "top": [],
        "items": [],
        "lists": [],
        "holds": {"canvas": False},
        "clocks": False,
    }
    named = ["Space", "Ctrl", "K", "⌘ P", "arrows", "n", "Escape", "Drag"]
    keys = offer_of({**told, "hovered": [], "keys": named}).keys
    assert keys[:3] == ("Space", "Control+k", "Meta+p")
    assert keys[3:] == ("ArrowUp", "ArrowRight", "ArrowLeft", "ArrowDown", "n", "Escape")


def test_what_can_be_dragged_is_dragged_to_the_likeliest_place_first():
    guest = Candidate("#g", tag="div", role="generic", drags=True, drops=("#table", "#next", ""))
    assert [(plan.action, plan.act.to) for plan in plans_for(guest, Offer((guest,)))] == [
        ("drag", "#table"),
        ("drag", "#next"),
        ("drag", ""),
    ]


def test_a_combobox_is_typed_into_and_then_a_choice_is_made():
    box = Candidate("#c", tag="input", role="combobox", name="Country")
    plans = plans_for(box, Offer((box,)))
    assert [plan.action for plan in plans][:2] == ["type", "type and choose"]
