from codepaint_env.canvases.html.explore.candidate import Candidate, Offer
from codepaint_env.canvases.html.explore.ranking import ranked


def button(name, **more):
    return Candidate(f"#{name.lower().replace(' ', '-')}", name=name, chain="button<div.btn", **more)


def names(*candidates, wanted=()):
    return [each.name for each in ranked(Offer(candidates), wanted)]


def test_three_equal_buttons_are_one_kind_and_the_others_come_after_all_else():
    carts = [Candidate(f"#c{n}", name="Add to cart", chain="button<div<article.add") for n in range(3)]
    order = ranked(
        Offer((*carts, button("Checkout"), Candidate("#q", tag="input", role="searchbox", name="Search")))
    )
    assert [each.selector for each in order] == ["#c0", "#checkout", "#q", "#c1", "#c2"]


def test_what_undoes_comes_after_what_does():
    assert names(button("Reset"), button("Undo"), button("Roll the dice"))[0] == "Roll the dice"


def test_links_tooltips_and_settings_come_late():
    link = Candidate("#l", tag="a", role="link", name="About us", href="#about")
    theme, buy = button("Dark mode"), button("Buy now")
    assert names(link, theme, buy) == ["Buy now", "Dark mode", "About us"]


def test_the_tab_that_is_chosen_already_comes_last_of_the_tabs():
    tabs = [Candidate(f"#{name}", role="tab", name=name, selected=name == "One") for name in ("One", "Two")]
    assert names(*tabs) == ["Two", "One"]


def test_what_the_task_speaks_of_comes_sooner():
    first, second = button("Weather"), button("Archive")
    assert names(first, second)[0] == "Archive"
    assert names(first, second, wanted=("Checking the weather shows a forecast.",))[0] == "Weather"


def test_the_order_does_not_depend_on_whether_anything_listens():
    live, dead = button("Add", listeners=("click",)), button("Send")
    assert names(live, dead) == names(button("Add"), dead)
