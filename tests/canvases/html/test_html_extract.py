"""The document is found wherever a model puts it, and what it is told to leave out is left out."""

from __future__ import annotations

import time

import pytest

from codepaint_env.canvases.completion import blocks
from codepaint_env.canvases.html.extract import extract
from codepaint_env.policies.fences import fenced

PAGE = "<!DOCTYPE html>\n<html><body><p>one</p></body></html>"
OTHER = "<!doctype html><html><body>two</body></html>"


def found(completion):
    got = extract(completion, 10_000)
    assert got.refusal is None
    return got.program, [finding.kind for finding in got.findings]


@pytest.mark.parametrize(
    "completion",
    [
        f"```html\n{PAGE}\n```",
        f"Here it is:\n\n```HTML index.html\n{PAGE}\n```\nEnjoy!",
        f"~~~html\n{PAGE}\n~~~",
        f"````html\n{PAGE}\n````",
        f"\ufeff<think>```html\n{OTHER}\n```</think>\n```html\n{PAGE}\n```",
        f"```html\n{OTHER}\n```\nBetter:\n```html\n{PAGE}\n```",
        f"```html\n{PAGE}\n```\n```css\np {{}}\n```\n```html\n<p>a fragment</p>\n```",
        f"```\n{OTHER}\n```\n```html\n{PAGE}\n```\n```xml\n{OTHER}\n```",
        f"```\n{PAGE}\n```",
        f"```markdown\nThe page:\n```html\n{PAGE}\n```\n```",
        f"```html\n<!doctype html><p>cut off\n```html\n{PAGE}\n```",
        f"Sure. {PAGE}\nThat was it.",
        PAGE,
        fenced(PAGE, ".html"),
    ],
)
def test_a_whole_page_is_found(completion):
    assert found(completion) == (PAGE, [])


def test_a_fragment_counts_where_there_is_no_whole_page():
    assert found("```html\n<p>one</p>\n```\n```html\n<p>two</p>\n```\n```js\n1\n```") == ("<p>two</p>", [])


def test_a_page_without_a_doctype_is_a_page():
    assert found("So: <HTML lang=en><p>one</p></HTML> done") == ("<HTML lang=en><p>one</p></HTML>", [])


def test_in_the_open_the_last_end_counts():
    assert found(f"{PAGE} and {OTHER} then") == (f"{PAGE} and {OTHER}", [])


@pytest.mark.parametrize("completion", [f"```html\n{PAGE[:40]}", f"Sure:\n{PAGE[:40]}", "```html\n<p>a"])
def test_what_breaks_off_is_truncated(completion):
    program, kinds = found(completion)
    assert (program, kinds) == (completion.partition("\n")[2], ["truncated"])


def test_a_closed_block_needs_no_end_tags():
    assert found("```html\n<!doctype html><p>one\n```") == ("<!doctype html><p>one", [])


def test_an_earlier_block_that_is_closed_is_not_truncated_by_what_follows():
    assert found(f"```html\n{PAGE}\n```\n```") == (PAGE, [])


@pytest.mark.parametrize("inner", ["```js", "```python title", "      ```"])
def test_markdown_in_a_page_is_part_of_it(inner):
    page = f"<!doctype html><script>const text = `\n{inner}\nlet a\n`</script>"
    assert found(f"```html\n{page}\n```") == (page, [])


def test_a_page_with_fences_of_its_own_survives_a_longer_fence():
    page = "<!doctype html><pre>\n```\nlet a\n```\n</pre>"
    assert found(fenced(page, ".html")) == (page, [])


@pytest.mark.parametrize(
    "completion",
    [
        "",
        "I cannot.",
        "<p>a fragment in the open</p>",
        "```\n<p>a</p>\n```",
        "```html\n\n```",
        f"<think>{PAGE}",
    ],
)
def test_no_page_is_no_program(completion):
    kind, message = extract(completion, 10_000).refusal
    assert kind == "no_program"
    assert "```html" in message


def test_lone_surrogates_are_refused():
    assert extract("```html\n<html>\ud800</html>\n```", 1_000).refusal[0] == "no_program"


def test_a_completion_that_is_too_long_is_not_read():
    assert extract("```html\n" + "a" * 100, 100).refusal == ("too_large", "108 characters; 100 are read.")


def test_a_language_begins_a_block_anew_only_where_it_is_asked_for():
    text = "```html\n<p>\n```js\n1\n```"
    assert [block.language for block in blocks(text)] == ["js"]
    assert [block.body for block in blocks(text, anew=lambda _: False)] == ["<p>\n```js\n1\n"]


@pytest.mark.parametrize(
    "piece", ["```html\n", "<html ", "</html> ", "<!doctype html", "<!doctype ", "```\n"]
)
def test_no_completion_is_read_for_long(piece):
    begin = time.process_time()
    extract(piece * (200_000 // len(piece)), 200_000)
    assert time.process_time() - begin < 2
