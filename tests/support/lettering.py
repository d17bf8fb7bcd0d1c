"""Words in plain strokes, so that no font decides what is drawn."""

import importlib.util

import pytest

MODULES = ("onnxruntime", "rapidocr_onnxruntime")


needs_text = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in MODULES),
    reason="the extra is not installed: pip install 'codepaint-env[text]'",
)


# Strokes of capital letters in cells of 10 x 16, so that no font decides what is drawn.
STROKES = {
    "B": [[(0, 0), (0, 16)], [(0, 0), (7, 0), (9, 3), (7, 8), (0, 8)], [(7, 8), (10, 12), (7, 16), (0, 16)]],
    "E": [[(10, 0), (0, 0), (0, 16), (10, 16)], [(0, 8), (8, 8)]],
    "S": [[(10, 2), (7, 0), (3, 0), (0, 3), (2, 7), (8, 9), (10, 13), (7, 16), (3, 16), (0, 14)]],
    "T": [[(0, 0), (10, 0)], [(5, 0), (5, 16)]],
}


def strokes(word, cap_px):
    """Returns the strokes of a word around (0, 0)."""
    scale, width = cap_px / 16, 14 * len(word) - 4
    return [
        [((x + 14 * n - width / 2) * scale, (y - 8) * scale) for x, y in stroke]
        for n, letter in enumerate(word)
        for stroke in STROKES[letter]
    ]
