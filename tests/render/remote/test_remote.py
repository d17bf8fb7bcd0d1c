"""A remote renderer draws as a local one does, and says what is wrong where it cannot."""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from codepaint_env.render.backend import Job
from codepaint_env.render.remote.addresses import read_addresses
from codepaint_env.render.remote.wire import read_timings, write_timings
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer
from codepaint_env.serve.service import Bounds
from forged_server import forged, sends
from live_processes import until
from rewards.errors import MissingPart, SpecError
from rewards.types import Task
from serving import Slow, pull_the_plug, serving
from toy_canvas import Toy

PROGRAMS = ("rose\ntulip", "sleep 0.01\nrose", "x" * 99, "", "tulip")


def jobs():
    tasks = [None, Task("poppy", "a poppy"), None, None, Task("iris", "an iris", features=("blue",))]
    return [
        Job(program, seed, task) for seed, (program, task) in enumerate(zip(PROGRAMS, tasks, strict=True))
    ]


def many(count, seconds=0.02):
    return [Job(f"sleep {seconds}\nrose\n{number}", number) for number in range(count)]


def seen(renderings):
    return [
        (
            each.status,
            each.kind,
            each.message,
            each.evidence,
            each.identity,
            None if each.image is None else hashlib.sha256(each.image.tobytes()).hexdigest(),
        )
        for each in renderings
    ]


def remote(*servers, canvas=None, workers=None, path=None, cache=0, **options):
    """Returns a renderer that draws at servers, or at addresses."""
    url = [each if isinstance(each, str) else each.url for each in servers]
    options = {"url": url, "patience_s": 0.3, **options}
    return Renderer(
        canvas or Slow(), backend="remote", cache=cache, workers=workers, path=path, options=options
    )


@pytest.fixture
def closing():
    """Closes renderers after the test."""
    made = []

    def keep(renderer):
        made.append(renderer)
        return renderer

    yield keep
    for each in made:
        each.close()


@pytest.fixture
def here(closing):
    return closing(Renderer(Slow(), cache=0))


def nobody():
    """Returns an address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        return f"http://127.0.0.1:{line.getsockname()[1]}"


def test_it_gives_the_identities_keys_and_bytes_of_a_local_renderer(here, closing):
    with serving() as server:
        there = closing(remote(server))
        assert seen(there.render(jobs())) == seen(here.render(jobs()))
        assert there.identity() == here.identity()
        [drawn] = there.render([Job("rose", 3)])
        assert {"queue_s": 0.25, "draw_s": 0.5}.items() <= there.diagnostics(drawn.identity).items()
        assert not drawn.image.flags.writeable


def test_it_is_used_from_coroutines_and_threads(closing, here):
    with serving() as server:
        there = closing(remote(server))
        expected = seen(here.render(jobs()))
        with ThreadPoolExecutor(4) as pool:
            assert [seen(each) for each in pool.map(there.render, [jobs()] * 4)] == [expected] * 4
        assert seen(asyncio.run(there.arender(jobs()))) == expected


def test_the_address_comes_from_the_environment(monkeypatch, closing):
    with serving() as server:
        monkeypatch.setenv("CODEPAINT_URL", f" {server.url}/ ,{server.url}")
        there = shared_renderer(Slow(), {"cache": 0})
        assert there.render([Job("rose", 1)])[0].ok
        assert there.describe()["server"] == server.url
        there.close()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (None, "has no server; give its address"),
        ("", r"url holds '';"),
        ([], r"url is \[\];"),
        ("localhost:8000", "it must be an address such as"),
        ("http://a:b", "it must be an address such as"),
        (["http://a", 3], "url holds 3;"),
        ("http://me:secret@a", "put the token into CODEPAINT_TOKEN"),
    ],
)
def test_what_is_no_address_is_refused(url, problem):
    with pytest.raises(SpecError, match=problem) as raised:
        read_addresses(url, {})
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"timeout_s": 0}, "timeout_s is 0; it must be a finite number above 0"),
        ({"patience_s": float("inf")}, "patience_s is inf"),
        ({"patience_s": True}, "patience_s is True"),
        ({"cpus": 3}, "there is no option 'cpus'"),
    ],
)
def test_an_option_that_is_wrong_is_refused_at_once(options, problem):
    with pytest.raises(SpecError, match=problem):
        remote("http://127.0.0.1:1", **options)


def test_a_machine_that_fails_there_is_a_machine_error_here(closing):
    with serving() as server:
        there = closing(remote(server))
        bad, mistake, good = there.render([Job("die", 1), Job("fail", 1), Job("rose", 1)])
        assert (bad.status, bad.message) == ("machine_error", f"the worker died (at {server.url})")
        assert (mistake.status, mistake.message) == (
            "machine_error",
            f"RuntimeError: a mistake of ours (at {server.url})",
        )
        assert good.ok


def test_where_nobody_listens_programs_have_a_machine_error_and_no_identity_is_told(closing):
    there = closing(remote(nobody(), nobody()))
    began = time.monotonic()
    renderings = there.render(many(8))
    assert {each.status for each in renderings} == {"machine_error"}
    assert "cannot be reached" in renderings[0].message
    assert time.monotonic() - began < 10
    with pytest.raises(Exception, match="cannot be reached"):
        there.identity()


@pytest.mark.parametrize(
    ("canvas", "mine", "problem"),
    [
        (Toy(), Slow(), "the limit cpu_s is missing there and 5.0 here"),
        (Slow(made_of={"frames": "2"}), Slow(), r"frames is '2' there and missing here"),
        (Slow(made_of={"frames": "2"}), Slow(made_of={"frames": "3"}), r"frames is '2' there and '3' here"),
    ],
)
def test_a_server_that_would_draw_something_else_is_refused_by_name(canvas, mine, problem, closing):
    with serving(canvas) as server, pytest.raises(SpecError, match=problem):
        closing(remote(server, canvas=mine)).render([Job("rose", 1)])


def test_a_server_of_another_canvas_is_refused_by_name(closing):
    class Other(Toy):
        name = "other"

    with serving() as server, pytest.raises(SpecError, match="its canvas is 'toy', and 'other' is wanted"):
        closing(remote(server, canvas=Other())).render([Job("rose", 1)])


def test_a_server_with_other_limits_is_refused_even_where_they_are_equal_numbers(closing):
    with serving() as server:
        for limit in (6.0, 5):
            with pytest.raises(SpecError, match=f"cpu_s is 5.0 there and {limit} here; give both the same"):
                closing(remote(server, cpu_s=limit)).render([Job("rose", 1)])


def test_two_servers_with_different_parts_are_refused_by_the_part(closing):
    with serving(Slow(version="1")) as one, serving(Slow(version="2")) as two:
        there = closing(remote(one, two))
        with pytest.raises(SpecError, match="draws with other parts than this run began with: blocks is"):
            there.render(many(8))


def test_a_server_that_comes_back_with_other_parts_is_refused(closing):
    with serving(Slow(version="1")) as server:
        there = closing(remote(server, patience_s=20))
        assert there.render([Job("rose", 1)])[0].ok
    with (
        serving(Slow(version="2"), port=server.port),
        pytest.raises(SpecError, match="blocks is '2' there and '1' here"),
    ):
        there.render([Job("tulip", 1)])


def test_a_token_that_is_refused_is_told_with_the_way_out(monkeypatch, closing):
    monkeypatch.setenv("CODEPAINT_TOKEN", "of the server")
    with serving() as server:
        assert closing(remote(server)).render([Job("rose", 1)])[0].ok
        monkeypatch.setenv("CODEPAINT_TOKEN", "another")
        with pytest.raises(MissingPart, match="refuses the token; set CODEPAINT_TOKEN"):
            closing(remote(server)).render([Job("rose", 1)])


def test_jobs_go_to_the_server_with_the_least_to_do(closing):
    canvases = [Slow(), Slow()]
    with serving(canvases[0]) as one, serving(canvases[1]) as two:
        there = closing(remote(one, two))
        assert all(each.ok for each in there.render(many(20)))
        assert [len(canvas.drawn) for canvas in canvases] == pytest.approx([10, 10], abs=2)


def test_a_busy_server_is_waited_for(closing):
    with serving(bounds=Bounds(queue=0), workers=1) as server:
        renderers = [closing(remote(server)) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda each: each.render(many(4)), renderers))
        assert all(each.ok for batch in found for each in batch)


def test_no_more_requests_are_under_way_than_workers_says(closing):
    canvas = Slow()
    with serving(canvas, workers=4) as server:
        there = closing(remote(server, workers=1))
        began = time.monotonic()
        assert all(each.ok for each in there.render(many(4, 0.05)))
        assert time.monotonic() - began > 0.2


def test_what_takes_longer_than_timeout_s_is_a_machine_error(closing):
    with serving() as server:
        [late] = closing(remote(server, timeout_s=0.3)).render([Job("sleep 5", 1)])
        assert late.status == "machine_error"


@pytest.mark.parametrize("abruptly", [False, True])
def test_of_two_servers_one_may_end_in_the_middle_of_a_batch(abruptly, closing, here):
    jobs, canvas = many(30, 0.06), Slow()
    expected = seen(here.render(jobs))
    with serving() as one, serving(canvas, Bounds(grace_s=0)) as two, ThreadPoolExecutor(1) as pool:
        there = closing(remote(one, two, patience_s=20))
        batch = pool.submit(there.render, jobs)
        until(lambda: len(canvas.drawn) > 2, "the batch began")
        (pull_the_plug if abruptly else type(two).stop)(two)
        assert seen(batch.result(60)) == expected
        assert there.counters()["retried"] > 0


def test_a_server_that_dies_and_is_started_again_finishes_the_batch_with_the_same_bytes(closing, here):
    jobs, canvas = many(30, 0.06), Slow()
    expected = seen(here.render(jobs))
    with ThreadPoolExecutor(1) as pool:
        with serving(canvas, Bounds(grace_s=0)) as server:
            there = closing(remote(server, patience_s=30))
            batch = pool.submit(there.render, jobs)
            until(lambda: len(canvas.drawn) > 2, "the batch began")
            pull_the_plug(server)
        assert not batch.done()
        with serving(port=server.port):
            assert seen(batch.result(60)) == expected


def test_a_server_that_dies_for_good_leaves_machine_errors_and_what_was_drawn(closing, here):
    jobs, canvas = many(20, 0.06), Slow()
    expected = seen(here.render(jobs))
    with serving(canvas, Bounds(grace_s=0)) as server, ThreadPoolExecutor(1) as pool:
        there = closing(remote(server))
        batch = pool.submit(there.render, jobs)
        until(lambda: len(canvas.drawn) > 6, "the batch began")
        pull_the_plug(server)
        found = batch.result(60)
    assert {each.status for each in found} == {"ok", "machine_error"}
    assert all(got == wanted for got, wanted in zip(seen(found), expected, strict=True) if got[0] == "ok")


def test_renderings_are_kept_here_under_the_keys_of_a_local_renderer(tmp_path):
    folder = str(tmp_path)
    with serving() as server:
        there = Renderer(Slow(), backend="remote", disk_cache=folder, options={"url": server.url})
        [drawn] = there.render([Job("rose", 1)])
        until(lambda: list(tmp_path.rglob("*.db")), "it was written")
        there.close()
    local = Renderer(Slow(), disk_cache=folder)
    [kept] = local.render([Job("rose", 1)])
    assert (local.cache.hits_disk, seen([kept])) == (1, seen([drawn]))
    local.close()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "The checksum differs"),
        (b"\x00" * 64, "The checksum differs"),
        (b"not a rendering at all", "The checksum differs"),
    ],
)
def test_an_answer_that_is_no_rendering_is_a_machine_error(body, problem, closing):
    with forged(Slow(), sends(body)) as url:
        [drawn] = closing(remote(url)).render([Job("rose", 1)])
        assert (drawn.status, problem in drawn.message) == ("machine_error", True)


def test_an_answer_for_another_program_is_a_machine_error(closing, here):
    from codepaint_env.render.codec import pack

    [other] = here.render([Job("tulip", 1)])
    with forged(Slow(), sends(pack(other))) as url:
        [drawn] = closing(remote(url)).render([Job("rose", 1)])
        assert "the rendering of something else" in drawn.message


def test_what_answers_as_no_codepaint_server_does_is_a_machine_error(closing):
    with forged(Slow(), sends(b"{}"), about=b'{"protocol": 1}') as url:
        [drawn] = closing(remote(url)).render([Job("rose", 1)])
        assert "is no codepaint server" in drawn.message


def test_a_server_of_another_protocol_is_refused(closing):
    with (
        forged(Slow(), sends(b"{}"), protocol=99) as url,
        pytest.raises(SpecError, match="speaks protocol 99, not 2; install the same version"),
    ):
        closing(remote(url)).render([Job("rose", 1)])


def test_timings_survive_their_header():
    told = write_timings({"queue": 0.0123, "draw": 1.5})
    assert read_timings(told, ("queue", "draw")) == {"queue": 0.0123, "draw": 1.5}
    assert read_timings("a;dur=1, queue;dur=x, ;;,queue", ("queue",)) == {}


def test_a_child_process_draws_by_connections_of_its_own(closing):
    with serving() as server:
        there = closing(remote(server))
        assert there.render([Job("rose", 1)])[0].ok
        child = os.fork()
        if child == 0:
            os._exit(0 if there.render([Job("tulip", 1)])[0].ok else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert there.render([Job("tulip\nrose", 1)])[0].ok


def test_a_caller_that_goes_away_frees_the_worker(closing):
    canvas = Slow()
    with serving(canvas, workers=1) as server:
        there = closing(remote(server))

        async def give_up():
            task = asyncio.create_task(there.arender([Job("sleep 30\nrose", 1)]))
            while not canvas.drawn:
                await asyncio.sleep(0.01)
            task.cancel()

        asyncio.run(give_up())
        assert there.render([Job("tulip", 1)])[0].ok
