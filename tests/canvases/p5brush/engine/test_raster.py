"""The rasteriser against Skia, against the shader's formulas in numpy, and against hostile streams."""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skia
from numpy.typing import NDArray
from py_mini_racer import MiniRacer

from codepaint_env.canvases.p5brush.engine import build
from codepaint_env.render.browser import assets

PATH, FILL, STROKE, DISC, CLEAR_FILL, CLEAR_BRUSH, BACKGROUND, BLEND, POINTS, TIP, STAMPS, FLAT = range(1, 13)
SURFACE, MASK, AIM, IMAGE, PIXELS, OVAL = range(13, 19)
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
TURNED = (0.8, 0.6, -0.6, 0.8, 90.0, -40.0)
SKEWED = (1.3, 0.2, -0.4, 0.7, 60.0, 10.0)
Picture = NDArray[np.uint8]


class Raster:
    """raster.wasm in an isolate of its own."""

    def __init__(self) -> None:
        wasm = (build.HERE / "raster.wasm").read_bytes()
        self.context = MiniRacer()
        room: Any = self.context.eval(f"globalThis.bytes = new ArrayBuffer({len(wasm)})")
        room[:] = wasm
        self.context.eval(
            "globalThis.wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports; 0"
        )

    def call(self, name: str, *values: float) -> Any:
        return self.context.eval(f"wasm.{name}({', '.join(map(js, values))})")

    def begin(self, width: int = 256, height: int = 256) -> Raster:
        assert self.call("begin", width, height) == 0
        self.width, self.height = width, height
        return self

    def run(self, stream: Sequence[float] | NDArray[np.float64]) -> int:
        with np.errstate(over="ignore"):
            floats = np.asarray(stream, np.float64).astype(np.float32)
        offset = int(self.call("buffer", len(floats)))
        self.memory()[offset : offset + 4 * len(floats)] = floats.tobytes()
        return int(self.call("run", len(floats)))

    def memory(self) -> Any:
        return self.context.eval("wasm.memory.buffer")

    def canvas(self) -> Picture:
        at = int(self.call("pixels"))
        data = bytes(self.memory()[at : at + 4 * self.width * self.height])
        return np.frombuffer(data, np.uint8).reshape(self.height, self.width, 4)

    def mask(self, which: int = 0) -> Picture:
        at, pitch = int(self.call("mask", which)), (self.width + 15) // 16 * 16
        data = bytes(self.memory()[at : at + pitch * self.height])
        return np.frombuffer(data, np.uint8).reshape(self.height, pitch)[:, : self.width]


def js(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return repr(value) if math.isfinite(value) else "-Infinity" if value < 0 else "Infinity"


@pytest.fixture(scope="module")
def raster() -> Iterator[Raster]:
    raster = Raster()
    yield raster
    raster.context.close()


# --- masks against Skia


def blob(
    seed: int, points: int = 120, radius: float = 70.0, rough: float = 0.12
) -> list[tuple[float, float]]:
    """A jagged outline like those that p5.brush grows."""
    numbers = np.random.default_rng(seed)
    angles = np.linspace(0, 2 * math.pi, points, endpoint=False)
    radii = radius * (1 + rough * numbers.standard_normal(points))
    x, y = 128 + radii * np.cos(angles), 128 + radii * np.sin(angles)
    return [(float(np.float32(a)), float(np.float32(b))) for a, b in zip(x, y, strict=True)]


def path(points: list[tuple[float, float]], matrix: tuple[float, ...] = IDENTITY) -> list[float]:
    return [PATH, len(points), *matrix, *(value for point in points for value in point)]


class Oracle:
    """The same commands drawn by Skia."""

    def __init__(self, size: int = 256) -> None:
        self.surface = skia.Surface.MakeRasterN32Premul(size, size)
        self.canvas = self.surface.getCanvas()

    def draw(self, shape: skia.Path, matrix: tuple[float, ...], paint: skia.Paint) -> None:
        a, b, c, d, e, f = matrix
        self.canvas.setMatrix(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
        self.canvas.drawPath(shape, paint)

    def polygon(
        self,
        points: list[tuple[float, float]],
        alpha: float,
        line: float = 0,
        matrix: tuple[float, ...] = IDENTITY,
    ) -> None:
        paint = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(1, 0, 0, alpha))
        if line:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(line)
            paint.setStrokeMiter(10)
        self.draw(skia.Path.Polygon([skia.Point(*point) for point in points], True), matrix, paint)

    def disc(
        self, mode: int, alpha: float, x: float, y: float, radius: float, matrix: tuple[float, ...]
    ) -> None:
        paint = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(1, 0, 0, alpha))
        if mode:
            paint.setBlendMode(skia.BlendMode.kDstOut)
        box, circle = skia.Rect(x - radius, y - radius, x + radius, y + radius), skia.Path()
        circle.moveTo(x + radius, y)
        circle.arcTo(box, 0, 180, False)
        circle.arcTo(box, 180, 180, False)
        self.draw(circle, matrix, paint)

    def mask(self) -> Picture:
        return np.array(self.surface.makeImageSnapshot().toarray()[..., 3])


def agreement(ours: Picture, theirs: Picture, levels: int) -> float:
    """The share of pixels covered by either that differ by `levels` of 255 at most."""
    covered = (ours > 0) | (theirs > 0)
    assert covered.sum() > 10
    return float((np.abs(ours.astype(int) - theirs)[covered] <= levels).mean())


@pytest.mark.parametrize("matrix", [IDENTITY, TURNED, SKEWED])
def test_layers_of_fills_agree_with_skia(raster: Raster, matrix: tuple[float, ...]) -> None:
    oracle, stream = Oracle(), []
    for seed in range(24):
        points = blob(seed, 40 + 20 * seed, 20 + 3 * seed)
        oracle.polygon(points, 6 / 255, 0, matrix)
        stream += [*path(points, matrix), FILL, 6 / 255]
    assert raster.begin().run(stream) == 0
    assert agreement(raster.mask(), oracle.mask(), 2) > 0.999


@pytest.mark.parametrize("rough", [0.0, 0.02])
def test_one_strong_fill_agrees_with_skia(raster: Raster, rough: float) -> None:
    points, oracle = blob(5, 60, 80, rough), Oracle()
    oracle.polygon(points, 1)
    raster.begin().run([*path(points), FILL, 1])
    assert agreement(raster.mask(), oracle.mask(), 2) > 0.99


@pytest.mark.parametrize("line", [0.2, 0.6, 1.0, 1.4, 2.0, 3.1, 5.0, 8.0])
def test_strokes_of_every_width_agree_with_skia(raster: Raster, line: float) -> None:
    oracle, stream = Oracle(), []
    for seed in range(12):
        points = blob(seed, 60 + 30 * seed, 90, 0.04)
        oracle.polygon(points, 8 / 255)
        oracle.polygon(points, 2 / 255, line)
        stream += [*path(points), FILL, 8 / 255, STROKE, 2 / 255, line]
    raster.begin().run(stream)
    assert agreement(raster.mask(), oracle.mask(), 2) > 0.995


@pytest.mark.parametrize("matrix", [IDENTITY, TURNED, SKEWED, (1.3, 0.0, 0.0, 0.8, -20.0, 10.0)])
@pytest.mark.parametrize("mode", [0, 1])
def test_discs_of_many_sizes_agree_with_skia(raster: Raster, matrix: tuple[float, ...], mode: int) -> None:
    numbers, oracle = random.Random(3), Oracle()
    sheet = [(-400.0, -400.0), (900.0, -400.0), (900.0, 900.0), (-400.0, 900.0)]
    stream = [*path(sheet), FILL, 200 / 255]
    oracle.polygon(sheet, 200 / 255)
    for _ in range(300):
        alpha = float(np.float32(numbers.choice([13, 19, 34]) / 255))
        x, y = (float(np.float32(numbers.uniform(0, 256))) for _ in range(2))
        radius = float(np.float32(math.exp(numbers.uniform(math.log(0.1), math.log(60)))))
        oracle.disc(mode, alpha, x, y, radius, matrix)
        stream += [DISC, mode, alpha, x, y, radius, *matrix]
    raster.begin().run(stream)
    assert agreement(raster.mask(), oracle.mask(), 2) > 0.99


@pytest.mark.parametrize("matrix", [IDENTITY, (0.8, 0.6, -0.6, 0.8, 0.0, 0.0)])
def test_a_single_disc_covers_what_it_does_in_skia(raster: Raster, matrix: tuple[float, ...]) -> None:
    numbers, shares = random.Random(5), []
    for _ in range(60):
        x, y = numbers.uniform(118, 138), numbers.uniform(20, 60)
        x, y, radius = (float(np.float32(value)) for value in (x, y, numbers.uniform(2, 15)))
        oracle = Oracle()
        oracle.disc(0, 1, x, y, radius, matrix)
        raster.begin().run([DISC, 0, 1, x, y, radius, *matrix])
        shares.append(agreement(raster.mask(), oracle.mask(), 1))
    assert np.mean(shares) > 0.985


# Turned, narrow circles in which a line of the left edge ends inside a row: the hash of the mask, and x, y, radius and
# matrix. One way to walk down two edges changes each, and 16 paintings of the pool.
NARROW = [
    (
        "927e592565bcadea",
        (-11.73407, 70.05322, 2.08728, 0.00113, -0.2589, 3.11089, 0.0136, -89.66992, 124.71587),
    ),
    (
        "9b9b846c2254d48e",
        (142.25114, -2.86607, 5.4394, -3.69375, 0.57763, -0.07311, -0.46753, 654.05933, 45.36281),
    ),
    (
        "febaf90ba6109fe9",
        (230.66006, 89.48659, 1.85417, 2.16268, -0.05094, 0.00551, 0.23378, -370.78226, 119.0352),
    ),
    (
        "2897d2daabd6f5a2",
        (-207.19054, -168.28221, 6.9668, 0.00974, -0.24205, 2.81714, 0.11332, 604.61792, 97.0469),
    ),
]


@pytest.mark.parametrize(("digest", "values"), NARROW)
def test_a_row_ends_where_the_left_edge_goes_on(
    raster: Raster, digest: str, values: tuple[float, ...]
) -> None:
    raster.begin().run([DISC, 0, 0.5, *values])
    assert raster.mask().any()
    assert hashlib.sha256(raster.mask().tobytes()).hexdigest().startswith(digest)


def test_small_convex_fills_cover_what_they_do_in_skia(raster: Raster) -> None:
    numbers, shares = random.Random(6), []
    for _ in range(40):
        corners = [(-9, -9), (9, -9), (9, 9), (-9, 9)]
        points = [(128 + x + numbers.uniform(-3, 3), 128 + y + numbers.uniform(-3, 3)) for x, y in corners]
        points = [(float(np.float32(x)), float(np.float32(y))) for x, y in points]
        oracle = Oracle()
        oracle.polygon(points, 1)
        raster.begin().run([*path(points), FILL, 1])
        shares.append(agreement(raster.mask(), oracle.mask(), 1))
    assert np.mean(shares) > 0.985


def test_a_path_survives_the_end_of_a_stream(raster: Raster) -> None:
    whole = [*path(blob(1)), FILL, 0.5]
    raster.begin().run(whole)
    expected = raster.mask()
    raster.begin().run(whole[:-2])
    raster.run([CLEAR_BRUSH] * 300)
    raster.run(whole[-2:])
    assert (raster.mask() == expected).all()


# --- pigment


def brush_source() -> str:
    return assets.find().brush.read_text(encoding="utf-8")


def mixed(
    below: NDArray[np.float64], pigment: NDArray[np.float64], amount: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The shader's Kubelka-Munk mix of rows of colours in 0..1, with all of its 38 bands."""
    reflectance, to_xyz, to_rgb = (np.array(table) for table in build.read_tables(brush_source()))

    def spectrum(color: NDArray[np.float64]) -> NDArray[np.float64]:
        light = np.where(color < 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
        white = light.min(1)
        r, g, b = (light - white[:, None]).T
        parts = [white, np.minimum(g, b), np.minimum(r, b), np.minimum(r, g)]
        parts += [np.minimum(x, y).clip(0) for x, y in ((r - b, r - g), (g - b, g - r), (b - g, b - r))]
        return (np.stack(parts, 1) @ reflectance.T).clip(1e-4)

    one, two = spectrum(below), spectrum(pigment)
    share_one = (1 - amount) ** 2 * (one @ to_xyz[:, 1])
    share_two = amount**2 * (two @ to_xyz[:, 1])
    ratios = [(1 - r) ** 2 / (2 * r) for r in (one, two)]
    ks = (ratios[0] * share_one[:, None] + ratios[1] * share_two[:, None]) / (share_one + share_two)[:, None]
    light = (1 + ks - np.sqrt(ks**2 + 2 * ks)) @ to_xyz @ to_rgb.T
    power = 1.055 * light.clip(1e-9) ** (1 / 2.4) - 0.055
    return np.where(light < 0.0031308, light * 12.92, power).clip(0, 1)


def edges(mask: Picture, height: int) -> NDArray[np.float64]:
    """The shader's edge strength: the mean of nine smoothsteps of the gradient, in 2 x 2 quads counted from the bottom.

    SwiftShader takes a quad's gradient at its first fragment, the lower left one, for all four.
    """
    rows, columns = mask.shape
    alpha = mask / 255 * 15
    y, x = np.mgrid[0:rows, 0:columns]
    total = np.zeros(mask.shape)

    def texel(row: NDArray[Any], column: NDArray[Any]) -> NDArray[np.float64]:
        return np.asarray(alpha[row.clip(0, rows - 1), column.clip(0, columns - 1)])

    left, upper = x & ~1, ((y + height % 2) & ~1) - height % 2
    for j in (-2, 0, 2):
        for i in (-2, 0, 2):
            corner = texel(upper + 1 + j, left + i)
            dx = texel(upper + 1 + j, left + 1 + i) - corner
            dy = texel(upper + j, left + i) - corner
            t = ((np.hypot(dx, dy) - 0.05) / 0.3).clip(0, 1)
            total += t * t * (3 - 2 * t)
    return total / 9


@pytest.mark.parametrize("size", [(256, 256), (129, 77)])
def test_fills_mix_like_the_shader(raster: Raster, size: tuple[int, int]) -> None:
    width, height = size
    numbers = random.Random(7)
    raster.begin(*size).run([BACKGROUND, 0.96, 0.94, 0.9, 1])
    for _ in range(6):
        stream: list[float] = [CLEAR_FILL]
        for seed in range(8):
            points = [
                (x * width / 256, y * height / 256) for x, y in blob(seed, 50, numbers.uniform(20, 120), 0.2)
            ]
            stream += [*path(points), FILL, numbers.randint(4, 40) / 255]
        raster.run(stream)
        color = [numbers.choice([0.0, 1.0, numbers.random()]) for _ in range(3)]
        before, mask = raster.canvas(), raster.mask()
        raster.run([BLEND, 0, *color, 0, 0, width, height])
        after, covered = raster.canvas(), mask > 0
        amount = (mask / 255 + 0.1 * edges(mask, height)).clip(0, 1)[covered]
        expected = (
            mixed(before[covered][:, :3] / 255, np.tile(np.float32(color), (covered.sum(), 1)), amount) * 255
        )
        assert np.abs(after[covered][:, :3] - expected).max() < 0.52
        assert (after[~covered] == before[~covered]).all()


def test_strong_brush_marks_darken(raster: Raster) -> None:
    raster.begin(300, 64).run([BACKGROUND, 1, 1, 1, 1])
    for column in range(256):
        raster.run([POINTS, 1, column + 0.5, 32.5, 3, column / 255])
    mask = raster.mask(1)[32, :256].copy()
    color = np.float32([0.9, 0.3, 0.05])
    raster.run([BLEND, 1, *color, 0, 32, 300, 1])
    dark = 0.5 * (mask / 255 - 0.7).clip(0)[:, None]
    pigment = (color * (1 - dark) - 0.5 * dark).clip(0)
    expected = mixed(np.ones((256, 3)), pigment, mask / 255) * 255
    assert mask.max() > 250
    assert np.abs(raster.canvas()[32, :256, :3] - expected)[mask > 0].max() < 0.52


def test_translucent_pixels_are_drawn_over_themselves(raster: Raster) -> None:
    raster.begin(64, 64).run(
        [BACKGROUND, 0.25, 0.1, 0.05, 0.5, *path([(0, 0), (32, 0), (32, 64), (0, 64)]), FILL, 1]
    )
    raster.run([BLEND, 0, 0, 0, 1, 0, 0, 64, 32])
    canvas = raster.canvas().astype(int)
    source = np.array([64, 26, 13, 128])
    assert (canvas[40:, :] == source).all()
    assert (canvas[:32, 40:] == np.round(source + source * (127 / 255))).all()
    assert (canvas[:32, :32, 3] == 255).all()


# --- the brush mask


def to_grid(value: float) -> float:
    return math.floor(value * 16 + 0.5) / 16


@pytest.mark.parametrize("strongest", [1, 4])
def test_points_follow_the_shader_as_swiftshader_runs_it(raster: Raster, strongest: float) -> None:
    numbers = random.Random(2)
    drops = [
        (
            numbers.uniform(-5, 70),
            numbers.uniform(-5, 70),
            numbers.uniform(0.1, 6),
            strongest * numbers.random(),
        )
        for _ in range(80)
    ]
    raster.begin(64, 64).run([POINTS, len(drops), *(value for drop in drops for value in drop)])
    y, x = np.mgrid[0:64, 0:64] + 0.5
    left, upper = np.floor(x / 2) * 2 + 0.5, np.floor(y / 2) * 2 + 0.5
    mask = np.zeros((64, 64))
    for cx, cy, radius, alpha in np.float32(drops).astype(float):
        size = max(1.0, 2 * radius)
        low_x, high_x, low_y, high_y = (to_grid(c + half) for c in (cx, cy) for half in (-size / 2, size / 2))
        inside = (x >= low_x) & (x < high_x) & (y >= low_y) & (y < high_y)
        cx, cy = to_grid(cx), to_grid(cy)
        far = np.hypot(x - cx, y - cy) / size
        first = np.hypot(left - cx, upper - cy) / size
        slope = abs(np.hypot(left + 1 - cx, upper - cy) / size - first)
        slope += abs(np.hypot(left - cx, upper + 1 - cy) / size - first)
        t = ((far - (0.5 - slope)) / (2 * slope)).clip(0, 1)
        shade = 1 - t * t * (3 - 2 * t)
        drawn = np.floor((alpha * shade).clip(0, 1) * (255 - mask) + mask + 0.5)
        mask = np.where(inside & (shade >= 0.01), drawn, mask)
    assert np.abs(raster.mask(1) - mask).max() <= 1
    assert (raster.mask(1) == mask).mean() > 0.999


def test_a_tip_keeps_its_shades_and_its_turn(raster: Raster) -> None:
    square = [0, 3, 100, 100, 400, 100, 400, 400, 0, 1, 100, 400, 0, 0, 0, 0]
    dark, disc, half = [4, 0, 1, *[0] * 5], [2, 250, 250, 50, 0, 0, 50, 0], [4, 255, 0.5, *[0] * 5]
    raster.begin(256, 256).run([TIP, 3, 5, *square, *dark, *disc, *half])
    raster.run([STAMPS, 3, 1, 64, 64, 50, 0, 1])
    mask = raster.mask(1)
    assert (mask[40, 40], mask[64, 64], mask[20, 64], mask[64, 20]) == (255, 127, 0, 0)
    assert mask[34:94, 34:94].min() >= 127  # 300 of 500 tip pixels on 60 of 100
    assert mask[:34].max() == mask[:, :34].max() == mask[95:].max() == 0
    raster.run([STAMPS, 3, 1, 180, 180, 50, math.pi / 4, 0.5])
    turned = raster.mask(1)[130:230, 130:230]
    assert (turned[50, 12], turned[15, 15], turned[50, 35]) == (128, 0, 128)


def test_a_stamp_stronger_than_opaque_saturates_only_where_its_ink_does(raster: Raster) -> None:
    square = [0, 3, 0, 0, 500, 0, 500, 500, 0, 1, 0, 500, 0, 0, 0, 0]
    left, grey = [0, 3, 0, 0, 250, 0, 250, 500, 0, 1, 0, 500, 0, 0, 0, 0], [4, 204, 1, *[0] * 5]
    raster.begin(128, 128).run([TIP, 4, 6, *square, *grey, *left, 4, 0, 1, *[0] * 5])
    raster.run([STAMPS, 4, 1, 64, 64, 50, 0, 3])
    mask = raster.mask(1)
    fifth_of_ink = 51
    assert (mask[64, 40], mask[64, 90], mask[64, 120]) == (255, 3 * fifth_of_ink, 0)


def test_capsules_and_crossing_contours_are_filled_once(raster: Raster) -> None:
    lines = [3, 100, 250, 400, 250, 40, 0, 0, 3, 250, 400, 250, 100, 40, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0]
    raster.begin(512, 512).run([TIP, 0, 3, *lines, STAMPS, 0, 1, 250, 250, 250, 0, 1])
    mask = raster.mask(1)
    area = 4 * 300 * 40 + 2 * math.pi * 1600 - 80 * 80
    assert mask.sum() / 255 == pytest.approx(area, rel=0.003)


def test_a_tip_that_was_never_drawn_leaves_no_mark(raster: Raster) -> None:
    assert raster.begin().run([STAMPS, 9, 1, 64, 64, 50, 0, 1]) == 0
    assert raster.mask(1).max() == 0


# --- colours that are not numbers


def test_a_pigment_that_is_no_number_paints_white(raster: Raster) -> None:
    square = path([(0, 0), (32, 0), (32, 32), (0, 32)])
    for color in ((math.nan, math.nan, math.nan), (0.2, math.nan, 0.4), (0.2, 0.4, math.nan)):
        for is_brush in (0, 1):
            marks = [POINTS, 1, 16, 16, 8, 0.5] if is_brush else [*square, FILL, 0.2]
            raster.begin(64, 64).run(
                [BACKGROUND, 0.2, 0.3, 0.4, 1, *marks, BLEND, is_brush, *color, 0, 0, 64, 64]
            )
            white = (raster.canvas() == 255).all(axis=2)
            assert (white == (raster.mask(is_brush) > 0)).all()
            assert white.any()


def test_a_flat_colour_without_a_number_lacks_that_channel_and_without_an_alpha_erases(
    raster: Raster,
) -> None:
    paper, corners = [BACKGROUND, 0.2, 0.4, 0.6, 1], [1, 4, 0, 0, 32, 0, 32, 32, 0, 32]
    raster.begin(64, 64).run([*paper, FLAT, 0, math.nan, 0.5, 0, 0.5, *corners])
    assert tuple(raster.canvas()[9, 9]) == (26, 179, 77, 255)
    raster.begin(64, 64).run([*paper, FLAT, 0, math.nan, math.nan, math.nan, math.nan, *corners])
    assert tuple(raster.canvas()[9, 9]) == (0, 0, 0, 0)


# --- flat shapes


def test_flat_shapes_cover_the_pixels_whose_centres_they_hold(raster: Raster) -> None:
    square, hole = [10, 10, 50, 10, 50, 50, 10, 50], [20, 20, 40, 20, 40, 40, 20, 40]
    for rule, inner in ((0, 255), (1, 0)):
        raster.begin(64, 64).run([FLAT, rule, 1, 0, 0, 1, 2, 4, 4, *square, *hole])
        alpha = raster.canvas()[..., 3]
        assert (alpha[10:50, 10:50].sum(), alpha[30, 30]) == ((1600 if inner else 1200) * 255, inner)
    raster.begin(64, 64).run([FLAT, 0, 1, 0, 0, 1, 1, 3, 0.4, 0.4, 10.7, 0.4, 0.4, 10.7])
    y, x = np.mgrid[0:64, 0:64] + 0.5
    assert ((raster.canvas()[..., 3] > 0) == ((x > 0.4) & (y > 0.4) & (x + y < 11.1))).all()


def test_flat_colours_are_composited_in_eight_bits(raster: Raster) -> None:
    raster.begin(64, 64).run(
        [BACKGROUND, 0.5, 0.25, 1, 1, FLAT, 0, 0.2, 0, 0.1, 0.4, 1, 3, -9, -9, 200, -9, -9, 200]
    )
    below, source = np.array([128, 64, 255, 255]), np.array([51, 0, 26, 102])
    assert (raster.canvas()[0, 0] == np.round(source + below * (255 - source[3]) / 255)).all()


# --- canvases, streams, limits


@pytest.mark.parametrize("size", [(64, 64), (600, 400), (1024, 1024), (65, 1000)])
def test_every_size_of_canvas_is_drawn_to_its_borders(raster: Raster, size: tuple[int, int]) -> None:
    width, height = size
    corners = [(-50.0, -50.0), (width + 50.0, -50.0), (width + 50.0, height + 50.0), (-50.0, height + 50.0)]
    raster.begin(*size).run(
        [BACKGROUND, 1, 1, 1, 1, *path(corners), FILL, 1, BLEND, 0, 0, 0, 1, 0, 0, width, height]
    )
    assert raster.mask().min() == 255
    assert (raster.canvas() == raster.canvas()[0, 0]).all()
    raster.run([CLEAR_FILL])
    assert raster.mask().max() == 0


def test_sizes_out_of_range_are_refused(raster: Raster) -> None:
    assert [raster.call("begin", *size) for size in ((63, 64), (64, 1025), (0, 0), (-5, 64))] == [-1] * 4


def test_malformed_commands_are_located(raster: Raster) -> None:
    good = [CLEAR_FILL, BACKGROUND, 1, 1, 1, 1]
    bad: list[list[float]] = [
        [0], [19], [1.5], [math.nan], [PATH, 3, *IDENTITY, 0, 0], [PATH, -1, *IDENTITY], [PATH, 0.5, *IDENTITY, 0],
        [FILL], [POINTS, 1e30], [POINTS, math.nan], [TIP, 256, 0], [TIP, 0.5, 0], [TIP, 0, 1, 0], [STAMPS, -1, 0],
        [FLAT, 0, 0, 0, 0, 1, 2, 9, 0], [FLAT, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0], [FLAT, 0, 0, 0, 0, 1, -1], [OVAL, 0],
        [SURFACE, 0, 9, 9], [SURFACE, 1, 0, 9], [SURFACE, 128, 9, 9], [SURFACE, 1, 9.5, 9], [SURFACE, 1, 2000, 9],
        [MASK, 1, 64, 64], [MASK, 2, math.nan, 9], [AIM, 1, -1, -1], [AIM, 0, 5, 1], [AIM, 0, -2, 1], [IMAGE, 3, *[0] * 19],
        [PIXELS, 0, 60, 0, 5, 1, *[0] * 5], [PIXELS, 0, 0, 0, 8, 9, *[0] * 71], [PIXELS, 1, 0, 0, 1, 1, 0],
        [PIXELS, 0, -1, 0, 1, 1, 0],
    ]  # fmt: skip
    for command in bad:
        assert raster.begin(64, 64).run([*good, *command]) == -(len(good) + 1), command


def test_shapes_that_are_not_finite_are_ignored(raster: Raster) -> None:
    for value in (math.nan, math.inf, -math.inf):
        stream: list[float] = [*path([(0, 0), (60, value), (60, 60)]), FILL, 1, STROKE, 1, 3]
        stream += [*path([(0, 0), (60, 0), (60, 60)], (1, 0, 0, 1, value, 0)), FILL, 1]
        stream += [
            DISC,
            0,
            1,
            30,
            30,
            value,
            *IDENTITY,
            POINTS,
            1,
            30,
            value,
            5,
            1,
            FLAT,
            0,
            1,
            1,
            1,
            1,
            1,
            3,
        ]
        assert raster.begin(64, 64).run([*stream, 0, 0, 60, value, 60, 60]) == 0
        assert max(raster.mask().max(), raster.mask(1).max(), raster.canvas().max()) == 0


def test_a_mask_of_another_size_than_its_surface_is_refused(raster: Raster) -> None:
    made = [SURFACE, 1, 20, 10, MASK, 2, 20, 10, MASK, 3, 10, 20]
    assert raster.begin(64, 64).run([*made, AIM, 1, 2, -1, CLEAR_FILL, AIM, 0, 0, 1]) == 0
    assert raster.begin(64, 64).run([*made, AIM, 1, 3, -1]) == -(len(made) + 1)
    assert raster.begin(64, 64).run([*made, AIM, 1, 2, -1, POINTS, 0]) == -(len(made) + 5)


def test_surfaces_are_empty_and_bounded_in_each_picture(raster: Raster) -> None:
    aim = [SURFACE, 1, 64, 64, AIM, 1, -1, -1]
    show = [AIM, 0, 0, 1, IMAGE, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 64, 0, 64, 64, 0, 64]
    assert raster.begin(64, 64).run([*aim, BACKGROUND, 1, 0, 0, 1, *show]) == 0
    assert raster.canvas()[5, 5].tolist() == [255, 0, 0, 255]
    assert raster.begin(64, 64).run([*aim, *show]) == 0
    assert raster.canvas().max() == 0
    large = [[SURFACE, 1, 1024, 1024]] * 17  # 64 MiB hold 16
    assert raster.begin(64, 64).run([value for each in large for value in each]) == -(16 * 4 + 1)


@pytest.mark.parametrize("radius", [3.0, 7.5, 16.0, 25.0, 40.0])
def test_ellipses_on_a_2d_canvas_follow_skia(raster: Raster, radius: float) -> None:
    for centre, tall in (((50.0, 50.0), 1.0), ((50.3, 49.6), 1.0), ((50.3, 49.6), 0.6)):
        surface = skia.Surface(100, 100)
        oval = skia.Rect.MakeXYWH(
            centre[0] - radius, centre[1] - radius * tall, 2 * radius, 2 * radius * tall
        )
        surface.getCanvas().drawOval(oval, skia.Paint(AntiAlias=True))
        wanted = surface.toarray()[..., 3].astype(int)
        assert raster.begin(100, 100).run([OVAL, 0, 0, 0, 1, radius, 1, 0, 0, tall, *centre]) == 0
        difference = np.abs(wanted - raster.canvas()[..., 3])
        assert difference.max() <= 24
        assert difference[(wanted > 0) & (wanted < 255)].mean() <= 3


def test_rectangles_and_translucent_colours_on_a_2d_canvas_are_skias(raster: Raster) -> None:
    surface = skia.Surface(64, 64)
    stream: list[float] = []
    for i in range(12):
        left, top, right, bottom = 3 + 2.3 * i, 2 + 1.7 * i, 30 + 2.1 * i, 25 + 3.2 * i
        paint = skia.Paint(AntiAlias=True, Color=skia.ColorSetARGB(40 + 15 * i, 250 - 20 * i, 20 * i, 90))
        surface.getCanvas().drawRect(skia.Rect.MakeLTRB(left, top, right, bottom), paint)
        alpha = (40 + 15 * i) / 255
        colour = [channel / 255 * alpha for channel in (250 - 20 * i, 20 * i, 90)]
        corners = [left, top, right, top, right, bottom, left, bottom]
        stream += [FLAT, 3, *colour, alpha, 1, 4, *corners]
    assert raster.begin(64, 64).run(stream) == 0
    wanted = surface.toarray(colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    assert np.abs(wanted.astype(int) - raster.canvas()).max() <= 2


def hostile_stream(numbers: random.Random) -> list[float]:
    def value() -> float:
        wild = [
            math.nan,
            math.inf,
            -math.inf,
            1e30,
            -1e30,
            3e38,
            1e-30,
            -0.0,
            65.0,
            1023.999,
            -1,
            40000,
            2**31,
        ]
        return numbers.choice(wild) if numbers.random() < 0.08 else numbers.uniform(-150, 250)

    def several(count: int) -> list[float]:
        return [value() for _ in range(count)]

    stream: list[float] = []
    for _ in range(60):
        command, count = numbers.randint(1, 18), numbers.choice([0, 1, 2, 3, 40])
        matrix = [
            *numbers.choice(
                [IDENTITY, TURNED, (1e20, 0, 0, 1e-20, 0, 0), (0, 0, 0, 0, 9, 9), tuple(several(6))]
            )
        ]
        points = several(5 * count)
        arguments: dict[int, list[float]] = {
            PATH: [count, *matrix, *points[: 2 * count]],
            FILL: [numbers.random()],
            STROKE: [numbers.random(), numbers.choice([0, 0.3, 5, 300, value()])],
            DISC: [numbers.randint(0, 1), numbers.random(), *several(2), abs(value()), *matrix],
            BACKGROUND: several(4),
            BLEND: several(8),
            POINTS: [count, *points[: 4 * count]],
            TIP: [
                numbers.randint(0, 2),
                count,
                *(numbers.choice([0, 1, 2, 3, 4, value()]) for _ in range(8 * count)),
            ],
            STAMPS: [numbers.randint(0, 2), count, *points],
            FLAT: [numbers.randint(0, 3), *several(4), 2, count, 2, *several(2 * count + 4)],
            SURFACE: [numbers.randint(1, 3), *numbers.choice([(64, 64), (1, 1), (7, 300), (1024, 3)])],
            MASK: [numbers.randint(2, 4), *numbers.choice([(64, 64), (1, 1), (7, 300), (1024, 3)])],
            AIM: [numbers.randint(0, 1), -1, -1] if numbers.random() < 0.7 else [0, 0, 1],
            IMAGE: [numbers.randint(0, 1), numbers.randint(0, 1), *several(18)],
            PIXELS: [0, 3, 4, count, 1, *several(count)] if count else [0, 0, 0, 1, 1, value()],
            OVAL: [*several(4), abs(value()), *matrix],
        }
        stream += [command, *arguments.get(command, [])]
    if numbers.random() < 0.3:
        stream = stream[: numbers.randrange(len(stream))]
    if numbers.random() < 0.3:
        stream[numbers.randrange(len(stream))] = value()
    return stream


@pytest.mark.full
def test_hostile_streams_end_without_a_trap(raster: Raster) -> None:
    numbers = random.Random(11)
    for _ in range(250):
        width, height = numbers.choice([(64, 64), (65, 100), (240, 71), (1024, 64)])
        stream = hostile_stream(numbers)
        assert -len(stream) <= raster.begin(width, height).run(stream) <= 0
        raster.run([AIM, 0, 0, 1, CLEAR_FILL])  # what was left in the accumulator would show up here
        raster.run([*path([(-9, -9), (2000, -9), (2000, 2000), (-9, 2000)]), FILL, 1])
        assert raster.mask().min() == 255


def test_paths_of_a_million_points_are_drawn(raster: Raster) -> None:
    angles = np.arange(1_000_000) * 0.0007
    points = np.stack([128 + 100 * np.cos(angles), 128 + 100 * np.sin(angles)], 1).ravel()
    stream = np.concatenate([[PATH, 1_000_000, *IDENTITY], points, [FILL, 0.1, STROKE, 0.1, 2]])
    assert raster.begin().run(stream) == 0
    assert raster.call("work") > 2_000_000


def test_work_counts_the_same_each_time(raster: Raster) -> None:
    numbers = random.Random(5)
    streams = [hostile_stream(numbers) for _ in range(20)]

    def total() -> float:
        raster.begin()
        for stream in streams:
            raster.run(stream)
        return float(raster.call("work"))

    assert raster.begin().call("work") == 0
    first = total()
    assert first == total() > 10_000


# --- the build, whose bytes `make wasm-check` compares with the source


def test_nothing_is_imported_and_no_path_is_left_in_the_file(raster: Raster) -> None:
    wasm = (build.HERE / "raster.wasm").read_bytes()
    assert raster.context.eval("WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length") == 0
    assert not re.search(rb"/(home|root|tmp|work|usr)/", wasm)
    assert str(Path.home()).encode() not in wasm
