"""The hostile pages: each comes to what is expected, reaches no listener, is bounded, and changes no other picture."""

from __future__ import annotations

import pytest

from codepaint_env.render.browser import launch
from hostile_pages.corpus import read_corpus, read_page
from hostile_pages.trial import Arena

CORPUS = {page.name: page for page in read_corpus()}
EXPLORED = [name for name, page in CORPUS.items() if page.explored is not None]
# In make test, by name without the number; all others have the mark `full`.
DRAWN_OFTEN = ("images", "web_rtc", "forged_hooks", "endless_alert")
EXPLORED_OFTEN = ("forged_hooks",)
NETWORK = [
    name
    for name, page in CORPUS.items()
    if "{URL}" in page.text or "{TCP}" in page.text or "{UDP}" in page.text
]


def some(names, often):
    """Returns the names as parameters, with the mark `full` for those that are not run often."""
    return [
        name if name.partition("_")[2] in often else pytest.param(name, marks=pytest.mark.full)
        for name in names
    ]


@pytest.fixture(scope="module")
def arena(parts):
    arena = Arena()
    yield arena
    assert arena.close() == []


@pytest.fixture(scope="module")
def open_arena(parts):
    """The same in browsers that the kernel does not keep from the network: here the page's own seal must do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launch, "network_seal", lambda: ())
        arena = Arena()
        yield arena
        assert arena.close() == []


@pytest.mark.parametrize("name", some(CORPUS, DRAWN_OFTEN))
def test_a_page_comes_to_what_is_expected_and_moves_nothing(arena, name):
    trial = arena.meet(CORPUS[name])
    assert trial.faults == (), trial


@pytest.mark.parametrize("name", some(EXPLORED, EXPLORED_OFTEN))
def test_an_explored_page_comes_to_what_is_expected_and_moves_nothing(arena, name):
    trial = arena.explore(CORPUS[name])
    assert trial.faults == (), trial


@pytest.mark.parametrize("name", some(NETWORK, ()))
def test_a_page_reaches_nobody_without_a_network_namespace_either(open_arena, name):
    trial = open_arena.meet(CORPUS[name])
    assert trial.faults == (), trial


def test_the_corpus_is_large_and_each_page_is_there_once():
    corpus = read_corpus()
    assert len(corpus) >= 100
    assert len(EXPLORED) >= 30
    assert len(NETWORK) >= 25
    assert len({page.text for page in corpus}) == len({page.name for page in corpus}) == len(corpus)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("<p>x</p>", "does not begin with a comment"),
        ("<!--\ntries: x\n-->\n", "says tries"),
        ("<!--\ntries: x\nexpects: fine\n-->\n", "begins with no status"),
        ("<!--\ntries: x\nexpects: program_error tired\n-->\n", "begins with no status"),
        ("<!--\ntries: x\nexpects: ok; noise\n-->\n", "is no expectation"),
        ("<!--\ntries: x\nexpects: ok\nexplored: ok\n-->\n", "is no expectation"),
        ("<!--\ntries: x\nexpects: ok\nexpects: ok\n-->\n", "says tries, expects, expects"),
    ],
)
def test_a_page_that_says_its_expectation_badly_is_refused(head, words):
    with pytest.raises(ValueError, match=words):
        read_page("x", head)
