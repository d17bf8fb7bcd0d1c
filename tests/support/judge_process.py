"""The scripted judge as a process that can be killed, and that comes back where it was."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable

from live_processes import until
from places import SUPPORT


class JudgeProcess:
    """The scripted judge as a process of its own, which always comes back under the same address."""

    def __init__(self):
        self.port, self.process = 0, None
        self.start()

    def start(self):
        words = [sys.executable, SUPPORT / "judge_server.py", "--delay", "0.2", "--port", str(self.port)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        self.port = int(self.url.split(":")[2].split("/")[0])

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def kill_when_asked(self, judge, *, then: Callable[[], object] = lambda: None):
        """Kills in the middle of the next batch: it was asked, and its answers take 0.2 s."""
        before = judge.usage["calls"]

        def wait_and_kill():
            until(lambda: judge.usage["calls"] > before, "nothing was asked")
            self.kill()
            then()

        threading.Thread(target=wait_and_kill).start()
