"""Small valid drawings in random colours: what the svg canvas draws when nobody paints."""

from __future__ import annotations

import colorsys
from collections.abc import Callable

import numpy as np


def sample(rng: np.random.Generator) -> str:
    """Writes a small valid SVG: a bird, a boat or a potted plant, under 2,000 characters.

    The same state of the generator gives the same text.
    """
    hue = float(rng.uniform())
    subject = _SUBJECTS[int(rng.integers(len(_SUBJECTS)))]
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">',
        f'  <rect width="512" height="512" fill="{_colour(hue, 0.18, 0.95)}"/>',
        *(f"  {line}" for line in subject(rng, hue)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _bird(rng: np.random.Generator, hue: float) -> list[str]:
    """A bird in profile on a branch."""
    size, belly = rng.uniform(92, 124), rng.uniform(0.62, 0.80)
    x, y = 250.0, 262.0
    head = size * rng.uniform(0.46, 0.58)
    head_x, head_y = x + 0.72 * size, y - 0.78 * size
    tail, bill = size * rng.uniform(0.6, 1.0), head * rng.uniform(0.6, 1.3)
    body, dark = _colour(hue + rng.uniform(0.35, 0.65), 0.62, 0.72), _colour(hue + 0.5, 0.60, 0.36)
    warm, branch = _colour(rng.uniform(0.06, 0.13), 0.75, 0.92), _colour(0.07, 0.45, 0.40)
    perch = y + belly * size + 34
    return [
        f'<circle cx="{rng.uniform(100, 180):.1f}" cy="{rng.uniform(90, 140):.1f}" r="56.0" fill="{warm}"/>',
        f'<path d="M0.0,{perch + 22:.1f}Q256.0,{perch - 20:.1f} 512.0,{perch - 8:.1f}" '
        f'fill="none" stroke="{branch}" stroke-width="18.0"/>',
        f'<path d="M{x - 0.6 * size:.1f},{y - 26:.1f}L{x - size - tail:.1f},{y + 18:.1f} '
        f'{x - size - 0.8 * tail:.1f},{y + 52:.1f} {x - 0.4 * size:.1f},{y + 44:.1f}Z" fill="{dark}"/>',
        f'<path d="M{x - 14:.1f},{y + 50:.1f}V{perch:.1f}M{x + 26:.1f},{y + 50:.1f}V{perch:.1f}" '
        f'stroke="{dark}" stroke-width="7.0"/>',
        f'<path d="M{head_x + 0.7 * head:.1f},{head_y - 0.34 * head:.1f}L{head_x + head + bill:.1f},'
        f'{head_y + 0.12 * head:.1f} {head_x + 0.7 * head:.1f},{head_y + 0.42 * head:.1f}Z" fill="{warm}"/>',
        f'<g fill="{body}"><circle cx="{head_x:.1f}" cy="{head_y:.1f}" r="{head:.1f}"/>',
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{size * 1.12:.1f}" ry="{size * belly:.1f}" '
        f'transform="rotate(-28 {x:.1f} {y:.1f})"/></g>',
        f'<path d="M{x + 0.42 * size:.1f},{y - 0.22 * size:.1f}Q{x - 0.2 * size:.1f},{y - 0.5 * size:.1f} '
        f"{x - 1.05 * size:.1f},{y + 0.34 * size:.1f}Q{x + 0.3 * size:.1f},{y + 0.6 * size:.1f} "
        f'{x + 0.42 * size:.1f},{y - 0.22 * size:.1f}Z" fill="{dark}"/>',
        f'<circle cx="{head_x + 0.3 * head:.1f}" cy="{head_y - 0.16 * head:.1f}" r="10.0" fill="#ffffff"/>',
        f'<circle cx="{head_x + 0.36 * head:.1f}" cy="{head_y - 0.16 * head:.1f}" r="6.0" fill="#1d1b22"/>',
    ]


def _boat(rng: np.random.Generator, hue: float) -> list[str]:
    """A boat with two sails under a sun."""
    length, draught, mast = rng.uniform(130, 180), rng.uniform(48, 70), rng.uniform(210, 270)
    x, deck = rng.uniform(236, 276), rng.uniform(330, 350)
    boom, jib = length * rng.uniform(0.70, 0.95), length * rng.uniform(0.55, 0.80)
    hull, sail = _colour(hue + 0.5, 0.65, 0.55), _colour(hue + rng.uniform(0.4, 0.6), 0.50, 0.92)
    sea, deep = _colour(rng.uniform(0.50, 0.60), 0.45, 0.72), _colour(rng.uniform(0.54, 0.62), 0.60, 0.48)
    wave = f"M-40.0,{deck + 46:.1f}" + "q32.0,-26.0 64.0,0.0" + "t64.0,0.0" * 9 + "V512.0H-40.0Z"
    return [
        f'<circle cx="{rng.uniform(390, 430):.1f}" cy="{rng.uniform(90, 130):.1f}" '
        f'r="{rng.uniform(38, 58):.1f}" fill="{_colour(rng.uniform(0.03, 0.13), 0.55, 0.98)}"/>',
        f'<rect y="{deck + 2:.1f}" width="512" height="200.0" fill="{sea}"/>',
        f'<path d="M{x:.1f},{deck:.1f}V{deck - mast - 14:.1f}" stroke="#4a3527" stroke-width="8.0"/>',
        f'<path d="M{x + 8:.1f},{deck - mast:.1f}Q{x + 0.9 * boom:.1f},{deck - 0.5 * mast:.1f} '
        f'{x + boom:.1f},{deck - 20:.1f}H{x + 8:.1f}Z" fill="#fffaf0"/>',
        f'<path d="M{x - 8:.1f},{deck - 0.9 * mast:.1f}Q{x - 0.5 * jib:.1f},{deck - 0.5 * mast:.1f} '
        f'{x - jib:.1f},{deck - 20:.1f}H{x - 8:.1f}Z" fill="{sail}"/>',
        f'<path d="M{x - length:.1f},{deck:.1f}H{x + length:.1f}'
        f"Q{x + 0.8 * length:.1f},{deck + 1.3 * draught:.1f} {x + 0.4 * length:.1f},{deck + 1.4 * draught:.1f}"
        f"H{x - 0.5 * length:.1f}Q{x - 0.85 * length:.1f},{deck + 1.2 * draught:.1f} "
        f'{x - length:.1f},{deck:.1f}Z" fill="{hull}"/>',
        f'<path d="M{x - length + 5:.1f},{deck + 8:.1f}H{x + length - 2:.1f}" '
        'stroke="#fffaf0" stroke-width="7.0"/>',
        f'<path d="{wave}" fill="{deep}"/>',
        f'<path d="{wave}" transform="translate(-32 44)" fill="{sea}" opacity="0.40"/>',
    ]


def _plant(rng: np.random.Generator, hue: float) -> list[str]:
    """A plant with a fan of leaves in a pot on a table."""
    rim, height = rng.uniform(70, 96), rng.uniform(104, 132)
    foot, top, leaves = rim * rng.uniform(0.60, 0.76), 424.0 - height, int(rng.integers(5, 10))
    reach, width = rng.uniform(180, 225), rng.uniform(26, 40)
    clay, band = _colour(hue + rng.uniform(0.4, 0.6), 0.55, 0.78), _colour(hue + 0.5, 0.60, 0.58)
    green = rng.uniform(0.24, 0.44)
    lines = [
        f'<circle cx="256.0" cy="{top - 70:.1f}" r="170.0" fill="{_colour(hue, 0.10, 1.0)}"/>',
        f'<rect y="400.0" width="512" height="112.0" fill="{_colour(hue + 0.08, 0.35, 0.72)}"/>',
        f'<ellipse cx="256.0" cy="426.0" rx="{rim + 34:.1f}" ry="12.0" fill="#2a2430" opacity="0.30"/>',
    ]
    for index in range(leaves):
        angle = -68 + 136 * index / (leaves - 1) + rng.uniform(-5, 5)
        length = reach * (1 - abs(angle) / 260) * rng.uniform(0.88, 1.0)
        lines.append(
            f'<path d="M256.0,{top + 10:.1f}q{-width:.1f},{-0.6 * length:.1f} 0.0,{-length:.1f}'
            f'q{width:.1f},{0.4 * length:.1f} 0.0,{length:.1f}Z" '
            f'fill="{_colour(green + rng.uniform(-0.03, 0.03), 0.55, rng.uniform(0.42, 0.66))}" '
            f'transform="rotate({angle:.1f} 256 {top + 10:.1f})"/>'
        )
    return [
        *lines,
        f'<path d="M{256 - rim:.1f},{top:.1f}H{256 + rim:.1f}L{256 + foot:.1f},424.0H{256 - foot:.1f}Z" '
        f'fill="{clay}"/>',
        f'<rect x="{248 - rim:.1f}" y="{top - 6:.1f}" width="{2 * rim + 16:.1f}" height="26.0" rx="6.0" '
        f'fill="{band}"/>',
    ]


def _colour(hue: float, saturation: float, value: float) -> str:
    """Returns `#rrggbb` of a colour given as hue (in turns, wrapped), saturation and value."""
    return "#" + "".join(
        f"{round(255 * part):02x}" for part in colorsys.hsv_to_rgb(hue % 1, saturation, value)
    )


_SUBJECTS: tuple[Callable[[np.random.Generator, float], list[str]], ...] = (_bird, _boat, _plant)
