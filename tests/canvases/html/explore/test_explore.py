"""The explorer in the browser, on pages of a few lines each."""

import pytest

COUNTER = "<button id=b>Add one</button> <p id=n>0</p><script>{}</script>"
LIVE = COUNTER.format("b.onclick = () => n.textContent = Number(n.textContent) + 1")
NOISE = """<style>button:hover {{ background: gold }} button:focus {{ outline: 4px solid red }}</style><p id=t></p>
<script>setInterval(() => t.textContent = `${{Math.random()}} ${{Date.now()}}`, 90)
addEventListener('click', e => {{ document.body.insertAdjacentHTML('beforeend',
  `<i style="position:absolute;left:${{e.clientX}}px;top:${{e.clientY}}px">*</i>`) }})</script>{}"""


def verdicts(exploration):
    return [(step.action, step.name, step.credited) for step in exploration.interactions]


def test_a_button_that_counts_is_credited_and_told_in_words(tried):
    found = tried(LIVE)
    [step] = found.interactions
    assert (step.role, step.name, step.selector, step.credited) == ("button", "Add one", "#b", True)
    assert step.effect == 'The text of "#n" changed from "0" to "1".'
    assert step.evidence == "step-1-after"
    assert set(found.pictures) == {"step-1-before", "step-1-after"}
    assert tried(LIVE).interactions == found.interactions


@pytest.mark.full
def test_what_goes_on_anyway_is_not_credited_to_a_dead_button(tried):
    assert verdicts(tried(NOISE.format(COUNTER.format("")))) == [("click", "Add one", False)]
    assert verdicts(tried(NOISE.format(LIVE))) == [("click", "Add one", True)]


@pytest.mark.full
def test_counters_of_any_period_credit_no_dead_button(tried):
    dead = """<button>Add</button> <button>Save</button> <button>Open</button><script>
for (const ms of [5, 7, 16, 48, 90, 250]) {
  const shown = document.body.appendChild(document.createElement('p')); let n = 0;
  setInterval(() => shown.textContent = ++n, ms);
}</script>"""
    assert [step.credited for step in tried(dead).interactions] == [False, False, False]


@pytest.mark.full
def test_words_that_any_click_brings_and_that_stay_are_held_against_a_dead_button(tried):
    told = "<p id=m></p><script>addEventListener('click', e => m.textContent = `Pressed at ${e.x}`)</script>"
    assert verdicts(tried(COUNTER.format("") + told)) == [("click", "Add one", False)]


def test_what_is_covered_or_disabled_takes_no_slot(tried):
    cover = "<div style='position:fixed;inset:0'></div>"
    assert verdicts(tried(LIVE + cover)) == [("click", "Add one", None)]
    off = "<button id=c disabled>Send</button>"
    assert verdicts(tried(LIVE + off, steps=1)) in (
        [("click", "Add one", True)],
        [("click", "Send", None), ("click", "Add one", True)],
    )


def test_a_form_is_filled_in_and_sent(tried):
    form = """<form id=f><label>E-mail <input type=email required></label><button>Subscribe</button></form><p id=o></p>
<script>f.onsubmit = e => { e.preventDefault(); o.textContent = 'Welcome, ' + f[0].value }</script>"""
    step = tried(form, steps=1).interactions[0]
    assert (step.action, step.credited) == ("fill in and submit", True)
    assert step.effect.startswith('"#o" appeared, with the text "Welcome, ada@example.org".')


@pytest.mark.full
@pytest.mark.parametrize(
    ("document", "credited"),
    [
        ("<a href='#end'>Down</a><div style='height:3000px'></div><p id=end>End</p>", False),
        ("<details><summary>More</summary>Words</details>", False),
        ("<button onclick='location.reload()'>Again</button>", False),
        ("<button onclick='localStorage.a = 1'>Keep</button>", False),
        ("<button onclick='for (;;) alert(1)'>Spin</button>", False),
        ("<button onclick='for (;;);'>Hang</button>", False),
        ("<button id=b aria-expanded=false onclick='b.ariaExpanded = true'>Menu</button>", True),
        ("<button onclick='setTimeout(() => this.nextSibling.data = 2, 2500)'>Wait</button>1", True),
        ("<button onclick='const x = this.nextSibling; x.data = `Searching…`; setTimeout(() => x.data = ` `, 900)'>Find</button> ", False),
        ("<div id=h></div><script>h.attachShadow({mode:'closed'}).innerHTML = '<button>Hid</button><p>0</p>';</script>", False),
    ],
)  # fmt: skip
def test_what_a_page_shows_once_all_has_settled_decides(tried, document, credited):
    step = tried(document, steps=1).interactions[0]
    assert step.credited is credited, step


@pytest.mark.full
def test_keys_drags_and_ranges_work_as_hands_work_them(tried):
    keys = """<canvas id=c width=200 height=90></canvas><script>let x = 9; const g = c.getContext('2d');
const draw = () => { g.clearRect(0, 0, 200, 90); g.fillRect(x, 20, 30, 30) }; draw();
onkeydown = e => { if (e.key === 'ArrowRight') { x += 60; draw() } }</script>"""
    assert verdicts(tried(keys, steps=1)) == [("press", "", True)]
    drag = """<b id=a draggable=true>Card</b><p id=z style="height:90px">Drop here</p><script>
z.ondragover = e => e.preventDefault(); z.ondrop = e => z.append(a)</script>"""
    assert verdicts(tried(drag, steps=1)) == [("drag", "Card", True)]
    slide = "<input type=range aria-label=Size oninput='o.textContent = this.value'><output id=o>50</output>"
    assert verdicts(tried(slide, steps=1)) == [("move", "Size", True)]


@pytest.mark.full
def test_what_a_step_reveals_is_tried_after_it(tried):
    menu = """<button onclick='m.hidden = !m.hidden'>Our menu</button><p id=m hidden><button onclick='o.textContent = "Fish"'>Fish</button></p>
<p id=o>Nothing yet</p>"""
    assert verdicts(tried(menu)) == [("click", "Our menu", True), ("click, then click", "Fish", True)]


@pytest.mark.full
def test_a_page_that_works_only_where_its_clock_stands_still_earns_nothing(tried):
    still = "const a = performance.now(); for (let k = 0; k < 1e5; k++); return performance.now() === a"
    works = COUNTER.format("function still() { %s } b.onclick = () => { if (%s) n.textContent++ }")
    assert verdicts(tried(works % (still, "still()"))) == [("click", "Add one", False)]
    assert verdicts(tried(works % (still, "still() || true"))) == [("click", "Add one", True)]


@pytest.mark.full
def test_of_several_equal_controls_one_speaks_for_the_others(tried):
    button = "<p><button onclick='this.nextSibling.data++'>{}</button>0</p>"
    equal = tried(button.format("Add to cart") * 4)
    assert verdicts(equal) == [("click", "Add to cart", True)]
    others = tried("".join(map(button.format, ("Add", "Take", "Double", "Halve"))))
    assert [step.credited for step in others.interactions] == [True, True, True]


@pytest.mark.full
def test_a_page_that_keeps_dying_is_given_up_after_two_steps(tried):
    button = "<button onclick='for (;;) alert(1)'>{}</button>"
    found = tried("".join(map(button.format, ("One", "Two", "Three", "Four"))))
    assert [step.credited for step in found.interactions] == [False, False]


@pytest.mark.full
@pytest.mark.parametrize(
    ("given", "written"),
    [("", "2031-05-18 2031-05-21 10:30"), ("value=2031-08-30", "2031-08-31 2031-08-31 10:30")],
)
def test_dates_are_typed_from_their_first_part_and_stand_in_order(tried, given, written):
    form = f"""<form onsubmit="event.preventDefault(); o.textContent = `${{a.value}} ${{b.value}} ${{c.value}}`">
<input type=date id=a aria-label=Check-in {given}><input type=date id=b aria-label=Check-out {given}>
<input type=time id=c aria-label=Time><button>Search rooms</button></form><p id=o>none</p>"""
    [step, *_] = tried(form, steps=1).interactions
    assert (step.action, step.credited) == ("fill in and submit", True)
    assert written in step.effect
