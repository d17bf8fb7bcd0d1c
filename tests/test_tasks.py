"""Prompt sets: those that ship, a user's own file, a list, and what each refuses."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codepaint_env.tasks import SETS, describe_sets, load_tasks, task_id
from rewards import SpecError, Task, UnknownName


@pytest.fixture
def written(tmp_path):
    """Writes a file and returns its path."""

    def write(text, name="prompts.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write


def loaded(source):
    return [(task.id, task.prompt) for task in load_tasks(source, "p5brush")]


def test_the_flowers_are_at_least_sixty_different_prompts():
    flowers = load_tasks("flowers", "p5brush")
    assert len(flowers) >= 60
    assert len({task.prompt for task in flowers}) == len({task.id for task in flowers}) == len(flowers)


def test_the_objects_are_the_things_that_models_find_hard():
    prompts = " ".join(task.prompt for task in load_tasks("objects", "p5brush"))
    assert all(word in prompts for word in ("wall clock", "map of the world", "bicycle", "elephant"))


def test_the_riders_are_every_animal_on_every_vehicle():
    riders = load_tasks("riders", "svg")
    pairs = [task.id.split("-")[1:] for task in riders]
    animals, vehicles = {animal for animal, _ in pairs}, {vehicle for _, vehicle in pairs}
    assert (len(animals) >= 10, len(vehicles) >= 6) == (True, True)
    assert sorted(map(tuple, pairs)) == sorted(product(animals, vehicles))
    assert len({task.prompt for task in riders}) == len(riders)
    for task, words in zip(riders, pairs, strict=True):
        assert all(re.search(rf"\b{word}\b", task.prompt) for word in words), task


def test_the_pages_are_of_the_five_fields_and_say_what_a_user_would_expect_to_do():
    pages = load_tasks("pages", "html")
    fields = Counter(task.id.partition("-")[0] for task in pages)
    assert set(fields) == {"web", "3d", "viz", "game", "ui"}
    assert (len(pages) >= 60, min(fields.values()) >= 10) == (True, True)
    assert len({task.prompt for task in pages}) == len(pages)
    for task in pages:
        assert task.letters, task.id
        assert 2 <= len(task.interactions) <= 5, task.id
        assert len(set(task.interactions)) == len(task.interactions), task.id
        for sentence in task.interactions:
            assert re.fullmatch(r"[A-Z][^.!?\n]+\.", sentence), sentence


@pytest.mark.parametrize("name", ["riders", "objects", "pages"])
def test_features_are_statements_that_a_look_at_the_picture_affirms_or_denies(name):
    for task in load_tasks(name, "svg"):
        assert 5 <= len(task.features) <= 9, task.id
        assert len(set(task.features)) == len(task.features), task.id
        for feature in task.features:
            assert re.fullmatch(r"[^\s.?!]+( [^\s.?!]+){1,15}", feature), (
                feature
            )  # words on one line, no sentence
            assert feature[0].islower() or feature.split()[0] in ("Africa", "Asia", "Australia"), feature
            assert not re.match(r"(is|are|does|do|has|can|how|what|which)\b", feature), feature
        assert task.letters == (name == "pages")  # no drawing is recognised by what is written in it


def test_both_canvases_share_the_objects():
    ours, theirs = load_tasks("objects", "p5brush"), load_tasks("objects", "svg")
    assert [replace(task, canvas="svg") for task in ours] == list(theirs)
    assert len(ours) >= 10


@pytest.mark.parametrize("name", SETS)
def test_ids_that_ship_name_their_set_and_their_subject(name):
    first = {"pages": ("web-", "3d-", "viz-", "game-", "ui-")}.get(name, (f"{name}-",))
    assert all(task.id.startswith(first) and task.id.isascii() for task in load_tasks(name, "p5brush"))


def test_the_sets_are_described_by_their_size():
    assert describe_sets() == {name: len(load_tasks(name, "p5brush")) for name in SETS}


def test_ids_do_not_overlap_between_the_sets():
    ids = [task.id for name in SETS for task in load_tasks(name, "p5brush")]
    assert len(set(ids)) == len(ids)


@given(st.text())
def test_a_prompt_without_an_id_takes_the_first_twelve_digits_of_its_sha256(prompt):
    digest = hashlib.sha256(prompt.encode("utf-8", "surrogatepass")).hexdigest()
    assert task_id(prompt) == f"p-{digest[:12]}"


def test_a_file_holds_one_prompt_a_line(written):
    path = written("a red poppy\n\n  a blue iris  \n")
    assert loaded(path) == [(task_id(text), text) for text in ("a red poppy", "a blue iris")]


def test_a_path_works_as_text_too(written):
    path = written("a red poppy\n")
    assert loaded(str(path)) == loaded(path)


def test_a_file_of_json_lines_brings_ids_and_references(written):
    picture = written(b"png", "poppy.png")
    lines = [{"prompt": "a red poppy", "id": "poppy", "reference": "poppy.png"}, {"prompt": "a blue iris"}]
    first, second = load_tasks(written("\n".join(map(json.dumps, lines))), "p5brush")
    assert first == Task("poppy", "a red poppy", "p5brush", picture)
    assert second == Task(task_id("a blue iris"), "a blue iris", "p5brush", None)


def test_a_line_tells_the_features_of_its_picture_and_whether_it_holds_letters(written):
    lines = [{"prompt": "a cup", "features": ["one handle", "steam"], "letters": True}, {"prompt": "a sign"}]
    first, second = load_tasks(written("\n".join(map(json.dumps, lines))), "p5brush")
    assert (first.features, first.letters) == (("one handle", "steam"), True)
    assert (second.features, second.letters) == ((), False)


def test_a_file_may_mix_plain_lines_and_json_lines(written):
    assert loaded(written('a red poppy\n{"prompt": "a blue iris", "id": "iris"}\n')) == [
        (task_id("a red poppy"), "a red poppy"),
        ("iris", "a blue iris"),
    ]


@pytest.mark.parametrize("text", ["\ufeffa poppy\r\na 🌷 tulip\r\n", "a poppy\na 🌷 tulip"])
def test_files_of_windows_read_like_files_of_linux(written, text):
    assert [prompt for _, prompt in loaded(written(text))] == ["a poppy", "a 🌷 tulip"]


def test_a_line_separator_inside_json_text_does_not_end_the_line(written):
    line = json.dumps({"prompt": "a poppy,\u2028then\x85 a field"}, ensure_ascii=False)
    assert [prompt for _, prompt in loaded(written(line))] == ["a poppy,\u2028then\x85 a field"]


def test_a_list_holds_prompts_mappings_and_tasks():
    task = Task("mine", "a white rose")
    entries = ["a red poppy", {"prompt": "a blue iris", "id": "iris"}, task]
    assert load_tasks(entries, "p5brush") == (
        Task(task_id("a red poppy"), "a red poppy"),
        Task("iris", "a blue iris"),
        task,
    )


def test_an_unknown_set_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownName, match=r"no file is called 'flower'\. Did you mean 'flowers'\?"):
        load_tasks("flower", "p5brush")


@pytest.mark.parametrize("name", ["zzzz", "/nowhere/at/all.txt", "/tmp", "x" * 5000, "a\x00b", ""])
def test_what_is_neither_a_set_nor_a_file_is_refused_with_the_sets(name):
    with pytest.raises(
        UnknownName, match="The sets are 'flowers', 'objects', 'pages', 'riders' and 'subjects'"
    ):
        load_tasks(name, "p5brush")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"prompt": "a"', "prompts.txt, line 2 is not JSON"),
        ('{"text": "a"}', "line 2 has the key 'text'; there are features, id, interactions, letters, prompt"),
        ('{"prompt": ""}', "line 2 has the prompt ''"),
        ('{"prompt": 3}', "line 2 has the prompt 3"),
        ('{"id": "x"}', "line 2 has the prompt None"),
        ('{"prompt": "\\ud800"}', r"line 2 has the prompt '\\ud800'; it must be Unicode text"),
        ('{"prompt": "a", "id": 3}', "line 2 has the id 3; it must be text"),
        ('{"prompt": "a", "id": ""}', "line 2 has the id ''; it must be text"),
        ('{"prompt": "a", "reference": "gone.png"}', "names the reference '.*gone.png', which is not there"),
        ('{"prompt": "a", "reference": 3}', "line 2 has the reference 3; it must be the path of a picture"),
        ('{"prompt": "a", "features": "red"}', "line 2 has the features 'red'; they must be a list of short"),
        (
            '{"prompt": "a", "features": ["red", 3]}',
            r"line 2 has the features \['red', 3\]; they must be a list",
        ),
        ('{"prompt": "a", "features": [" "]}', r"line 2 has the features \[' '\]; they must be a list"),
        ('{"prompt": "a", "letters": 1}', "line 2 has the letters 1; it must be true or false"),
        (
            '{"prompt": "a", "interactions": "click"}',
            "line 2 has the interactions 'click'; they must be a list",
        ),
        ('{"prompt": "a", "steps": 0}', "line 2 has the steps 0; they must be a whole number from 1 to 20"),
        ('{"prompt": "a", "steps": true}', "line 2 has the steps True; they must be a whole number"),
        ("x" * 100_001, r"line 2 has the prompt 'x+…; it must be Unicode text of 1 to 100000 characters"),
        ("first", "The task id 'p-.*' stands twice in the task set '.*prompts.txt'; ids must differ"),
    ],
)
def test_a_line_that_is_no_task_is_refused_with_its_number(written, line, sentence):
    with pytest.raises(SpecError, match=sentence):
        load_tasks(written(f"first\n{line}\n"), "p5brush")


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([], "no task in the list of tasks; give at least one prompt"),
        (["a", 3], r"tasks\[1\] is 3; a task is a prompt, a mapping with 'prompt', or a Task"),
        (["  "], r"tasks\[0\] has the prompt '  '"),
        (["\ud800"], r"tasks\[0\] has the prompt"),
        ([Task("x", "\ud800")], r"tasks\[0\] has the prompt"),
        (["a", "a"], "stands twice in the list of tasks"),
        ([{"prompt": "a", "id": "x"}, {"prompt": "b", "id": "x"}], "The task id 'x' stands twice"),
        ([Task("x", "a", "html")], r"tasks\[0\] is for the canvas 'html', not 'p5brush'"),
    ],
)
def test_a_list_that_is_no_task_set_is_refused_with_the_entry(entries, sentence):
    with pytest.raises(SpecError, match=sentence):
        load_tasks(entries, "p5brush")


def test_an_empty_file_is_refused(written):
    with pytest.raises(SpecError, match="There is no task in the task set"):
        load_tasks(written("\n \n"), "p5brush")


def test_a_file_that_is_not_text_is_refused_with_the_place(written):
    with pytest.raises(SpecError, match=r"is not UTF-8 text \(invalid start byte at byte 2\)"):
        load_tasks(written(b"a \xff"), "p5brush")
