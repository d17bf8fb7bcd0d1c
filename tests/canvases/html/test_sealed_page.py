"""What a page cannot reach or do, and that it is told of it all."""

from __future__ import annotations

import os
import signal

import pytest

from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.canvases.html.watch import PageStopped
from rewards import loop_thread
from rewards.errors import MachineError
from visited_pages import page, script, visit

SAY = "document.body.append"


def test_every_request_is_refused_and_told_with_its_address(pipe):
    visited = visit(
        pipe,
        page(
            "<img src=http://a.test/1.png><link rel=stylesheet href=//b.test/2.css>"
            "<script src=https://c.test/3.js></script><iframe src=http://d.test/4></iframe>"
            "<script>fetch('/5').catch((error) => { globalThis.said = String(error); });"
            "new WebSocket('wss://e.test/6'); navigator.sendBeacon('/7'); new EventSource('/8')</script>"
        ),
    )
    assert sorted(visited.told("request")) == [
        "https://a.test/1.png",
        "https://b.test/2.css",
        "https://c.test/3.js",
        "https://d.test",  # of a frame, Chromium tells the origin alone
        "https://page.example/5",
        "https://page.example/7",
        "https://page.example/8",
        "wss://e.test/6",
    ]
    assert visited.said == "TypeError: Failed to fetch"


def test_a_page_has_an_origin_with_storage_and_what_comes_with_a_secure_one(pipe):
    said = visit(
        pipe,
        script(
            "localStorage.kept = 1; document.cookie = 'a=1';"
            "globalThis.said = [location.protocol, localStorage.kept, document.cookie, isSecureContext]"
        ),
    ).said
    assert said == ["https:", "1", "a=1", True]
    assert visit(pipe, script("globalThis.said = [localStorage.kept ?? null, document.cookie]")).said == [
        None,
        "",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).onmessage = () => said = 'alive'",
        "new SharedWorker('data:text/javascript,onconnect=e=>e.ports[0].postMessage(1)').port.onmessage = () => said = 'alive'",
        "navigator.serviceWorker.register('/sw.js').then(() => said = 'alive')",
        "const there = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:9' }] }); there.createDataChannel('x');"
        "there.onicecandidate = (told) => { if (/typ (srflx|relay)/.test(told.candidate?.candidate)) said = 'alive' };"
        "there.createOffer().then((offer) => there.setLocalDescription(offer))",
        "navigator.geolocation.getCurrentPosition(() => said = 'alive')",
        "navigator.clipboard.readText().then(() => said = 'alive')",
        "Notification.requestPermission().then((told) => { if (told === 'granted') said = 'alive' })",
    ],
    ids=["worker", "shared worker", "service worker", "webrtc", "place", "clipboard", "notification"],
)
def test_these_are_dead(pipe, code):
    assert visit(pipe, script(f"var said = 'dead'; {code}"), settle_ms=320).said == "dead"


def test_dialogs_are_answered_at_once_and_told(pipe):
    visited = visit(
        pipe,
        script("globalThis.said = [alert('one'), confirm('two'), prompt('three', 'four'), prompt('five')]"),
    )
    assert visited.said == [None, True, "four", "Example"]
    assert [(each.detail, each.text) for each in visited.events] == [
        ("alert", "one"),
        ("confirm", "two"),
        ("prompt", "three"),
        ("prompt", "five"),
    ]


def test_popups_do_not_open_and_are_told(pipe):
    visited = visit(
        pipe,
        page("<a target=_blank href=https://b.test/>b</a>"),
        "open('https://a.test/'); document.links[0].click()",
    )
    assert visited.told("popup") == ["https://a.test/", "https://b.test/"]
    assert not visited.left


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("location = 'http://x.test/a'", "http://x.test/a"),
        ("location.reload()", "https://page.example/"),
        ("location = '?item=1'", "https://page.example/?item=1"),
        ("document.forms[0].requestSubmit()", "https://page.example/?q=1"),
        (
            "onbeforeunload = (event) => { event.preventDefault(); return 'no' }; location = '/b'",
            "https://page.example/b",
        ),
    ],
)
def test_the_document_stays_where_it_is_and_the_attempt_is_told(pipe, code, address):
    visited = visit(pipe, page("<p>here</p><form><input name=q value=1></form>"), code)
    assert visited.told("navigation") == [address]
    assert (visited.left, visited.text) == (False, "here")


def test_a_change_of_address_in_the_document_is_allowed_and_told(pipe):
    visited = visit(pipe, page("<p>here"), "location = '#a'; history.pushState({}, '', '/shop')")
    assert visited.told("history") == ["https://page.example/#a", "https://page.example/shop"]
    assert visited.told("navigation") == []


def test_what_cannot_be_stopped_is_told_as_left(pipe):
    visited = visit(pipe, page("<p>here"), "location = 'about:blank'")
    assert visited.left
    assert visited.told("navigation") == ["about:blank"]


def test_errors_rejections_and_error_lines_are_told_with_their_line(pipe):
    visited = visit(
        pipe,
        "<!doctype html><title>page</title>\n<script>\nconsole.error('bad', 1); console.log('fine');\n"
        "Promise.reject(new Error('refused'));\nsetTimeout(() => {\n  throw new Error('late') }, 50);\nmissing.name\n</script>",
    )
    assert [(each.kind, each.text, each.line) for each in visited.events] == [
        ("console", "bad 1", 3),
        ("error", "ReferenceError: missing is not defined", 7),
        ("error", "Error: refused", 4),
        ("error", "Error: late", 6),
    ]


@pytest.mark.parametrize(
    ("code", "limits", "kind"),
    [
        ("for (;;);", HtmlLimits(cpu_s=0.5), "work_limit"),
        ("const end = Date.now() + 100; while (Date.now() < end);", HtmlLimits(cpu_s=0.5), "work_limit"),
        ("setTimeout(() => { for (;;) Promise.resolve() }, 50)", HtmlLimits(cpu_s=0.5), "work_limit"),
        ("for (;;) alert(1)", HtmlLimits(dialogs=5), "work_limit"),
        ("for (let n = 0; n < 99; n++) console.error(n)", HtmlLimits(events=50), "work_limit"),
        (
            "const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1))",
            HtmlLimits(memory_mb=400),
            "memory_limit",
        ),
        (
            "const all = [], part = new Uint8Array(1 << 24); for (let n = 0; n < 100; n++) all.push(new Blob([part]))",
            HtmlLimits(memory_mb=400),
            "memory_limit",
        ),
    ],
    ids=["loop", "busy wait", "late loop", "alerts", "console", "memory", "memory of the browser"],
)
def test_a_page_without_end_comes_to_its_limit(pipe, code, limits, kind):
    with pytest.raises(PageStopped) as stopped:
        visit(pipe, script(code), limits=limits)
    assert stopped.value.kind == kind
    assert visit(pipe, page("<p>next")).text == "next"  # in the same browser


def test_a_page_of_our_own_is_counted_anew_for_each_document_that_it_serves(pipe):
    async def serve(documents: int) -> None:
        tool = VirtualPage(pipe, HtmlLimits(cpu_s=0.2))
        await tool.open(page("<p>tool"), 1, settle_ms=0)
        try:
            for _ in range(documents):
                tool.renew()
                await tool.run(
                    "() => { const end = performance.now(); let n = 0; while (n < 1e8) n += 1; return n + end }"
                )
        finally:
            await tool.close()

    loop_thread.run(serve(20))


def test_a_page_that_crashes_and_one_whose_process_is_killed_are_told_apart(pipe):
    async def end(how: str) -> None:
        opened = VirtualPage(pipe)
        try:
            await opened.open(page("<p>here"), 1, settle_ms=0)
            if how == "crash":
                opened.session.post("Page.crash")
            else:
                [pid] = [pid for pid, kind in await opened._processes() if kind == "renderer"]
                os.kill(pid, signal.SIGKILL)
            for _ in range(1_000):
                await opened.advance(160)
        finally:
            await opened.close()

    with pytest.raises(PageStopped, match="crashed") as stopped:
        loop_thread.run(end("crash"))
    assert stopped.value.kind == "crash"
    with pytest.raises(MachineError, match="killed"):
        loop_thread.run(end("kill"))


def test_our_world_is_not_the_pages(pipe):
    async def look() -> tuple[object, object, int]:
        opened = VirtualPage(pipe)
        forged = (
            "JSON.parse = () => 'forged'; Document.prototype.querySelector = () => null; globalThis.mark = 1"
        )
        frame = "<iframe srcdoc='<p id=inner>in</p>'></iframe>"
        await opened.open(page(f"<p id=outer>out</p>{frame}<script>{forged}</script>"), 1, settle_ms=160)
        try:
            function = "(id) => [document.querySelector(id)?.textContent, typeof mark, JSON.parse('1')]"
            inner = list(opened.frames)[1]
            return (
                await opened.run(function, "#outer"),
                await opened.run(function, "#inner", frame=inner),
                len(opened.frames),
            )
        finally:
            await opened.close()

    assert loop_thread.run(look()) == (["out", "undefined", 1], ["in", "undefined", 1], 2)
