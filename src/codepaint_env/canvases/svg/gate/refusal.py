"""Why a document is not drawn: a kind that programs read and one sentence for the model."""

from __future__ import annotations


class Refused(Exception):
    """Raised inside the gate where it stops reading; never leaves it.

    Args:
        kind: Such as `syntax`, `script` or `work_limit`.
        message: One sentence on what was wrong and, where it is not plain, what to do.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
