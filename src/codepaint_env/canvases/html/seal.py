"""What is closed around a page: one document at one address, and nothing else to reach."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from codepaint_env.canvases.html.events import WORDS, EventKind, console_text, error_line, error_text
from codepaint_env.render.browser.pipe import Session

ORIGIN = "https://page.example/"
# What the policy forbids is never asked for: time stands still while a request is under way, and one that an input
# caused would never end. Workers have clocks of their own. The sandbox lets no popup open and nothing be downloaded.
# What is asked for without encryption would be refused by the browser, silently.
POLICY = (
    "default-src data: blob: 'unsafe-inline' 'unsafe-eval'; "
    "worker-src 'none'; object-src 'none'; upgrade-insecure-requests; "
    "sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-pointer-lock"
)

# Commands that close a page in, before it has a document.
CLOSED_IN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Fetch.enable", {"patterns": [{"urlPattern": "*"}]}),
    ("Network.enable", {}),
    ("Log.enable", {}),
    ("Audits.enable", {}),
    ("Page.setInterceptFileChooserDialog", {"enabled": True}),
)

Record = Callable[[EventKind, str, str, int], None]


class Seal:
    """Serves a page its document, refuses all else, and tells what was tried.

    Args:
        session: Of the page.
        record: Called with the kind, text, detail and line of each event.
    """

    def __init__(self, session: Session, record: Record) -> None:
        self._session = session
        self._record = record
        self._body = ""
        self._served = False
        self._frame = ""
        self.left = False
        for event, handler in {
            "Fetch.requestPaused": self._on_request,
            "Network.webSocketCreated": lambda told: record("request", told["url"][:WORDS], "WebSocket", 0),
            "Network.webTransportCreated": lambda told: record(
                "request", told["url"][:WORDS], "WebTransport", 0
            ),
            "Audits.issueAdded": self._on_issue,
            "Page.javascriptDialogOpening": self._on_dialog,
            "Page.frameNavigated": self._on_navigated,
            "Page.navigatedWithinDocument": self._on_history,
            "Page.windowOpen": lambda told: record("popup", told["url"][:WORDS], "", 0),
            "Page.fileChooserOpened": lambda told: record("file_chooser", "", told.get("mode", ""), 0),
            "Page.downloadWillBegin": lambda told: record("download", told["url"][:WORDS], "", 0),
            "Runtime.exceptionThrown": self._on_error,
            "Runtime.consoleAPICalled": self._on_console,
            "Log.entryAdded": self._on_log,
        }.items():
            session.on(event, handler)

    def of_frame(self, frame: str) -> None:
        """Takes the id of the page's main frame."""
        self._frame = frame

    def serve(self, document: str) -> None:
        """Takes the document that is served, once."""
        self._body = base64.b64encode(document.encode("utf-8", "replace")).decode()

    def _on_request(self, told: dict[str, Any]) -> None:
        request, url = told["requestId"], told["request"]["url"]
        top = told.get("frameId") == self._frame and told.get("resourceType") == "Document"
        if top and not self._served:
            self._served = True
            headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
            self._session.post(
                "Fetch.fulfillRequest",
                {
                    "requestId": request,
                    "responseCode": 200,
                    "responseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
                    "body": self._body,
                },
            )
            return
        # A navigation that is aborted leaves the document as it is; a request that fails tells the page so.
        reason = "Aborted" if top else "InternetDisconnected"
        self._session.post("Fetch.failRequest", {"requestId": request, "errorReason": reason})
        if not top:
            self._record("request", url[:WORDS], told.get("resourceType", ""), 0)
        else:
            self._record("navigation", url[:WORDS], "", 0)

    def _on_issue(self, told: dict[str, Any]) -> None:
        found = told["issue"]["details"].get("contentSecurityPolicyIssueDetails", {})
        if url := found.get("blockedURL"):
            self._record("request", url[:WORDS], found["violatedDirective"], 0)

    def _on_dialog(self, told: dict[str, Any]) -> None:
        self._record("dialog", told["message"][:WORDS], told["type"], 0)
        answer = {"accept": True, "promptText": told.get("defaultPrompt") or "Example"}
        self._session.post("Page.handleJavaScriptDialog", answer)

    def _on_navigated(self, told: dict[str, Any]) -> None:
        frame = told["frame"]
        if "parentId" not in frame and self._served and frame["url"].partition("#")[0] != ORIGIN:
            self.left = True
            self._record("navigation", frame["url"][:WORDS], "left", 0)

    def _on_history(self, told: dict[str, Any]) -> None:
        if told["frameId"] == self._frame:
            self._record("history", told["url"][:WORDS], told.get("navigationType", ""), 0)

    def _on_error(self, told: dict[str, Any]) -> None:
        details = told["exceptionDetails"]
        self._record("error", error_text(details), "", error_line(details, ORIGIN))

    def _on_console(self, told: dict[str, Any]) -> None:
        if told["type"] in ("error", "assert"):
            frames = told.get("stackTrace", {})
            self._record(
                "console", console_text(told), told["type"], error_line({"stackTrace": frames}, ORIGIN)
            )

    def _on_log(self, told: dict[str, Any]) -> None:
        entry = told["entry"]
        if "Download is disallowed" in entry["text"]:
            self._record("download", entry["text"][:WORDS], "", 0)
