// Turns a stream of float32 commands into pixels: the masks of p5.brush, its pigment mixing, and flat shapes.
//
// Masks follow the 8-bit rules of Chromium's Skia, mixing follows the blend shader of p5.brush. build.py makes it
// raster.wasm; no imports, no relaxed SIMD, no contraction of floats, so that every machine makes the same bytes.
//
// Commands (all numbers float32; device pixels, y down; see `run`):
//    1 PATH n a b c d e f  x0 y0 ...      current polygon in user space and its matrix
//    2 FILL alpha                         fill the path into the fill mask
//    3 STROKE alpha width                 stroke it: closed, miter joins
//    4 DISC mode alpha x y r a b c d e f  circle into the fill mask; mode 0 source-over, 1 destination-out
//    5 CLEAR_FILL   6 CLEAR_BRUSH         a mask := 0
//    7 BACKGROUND r g b a                 canvas := premultiplied colour
//    8 BLEND is_brush r g b x y w h       pigment-mix a mask into the canvas inside a box
//    9 POINTS n (x y radius alpha)*n      round GL points into the brush mask
//   10 TIP id n (kind p0..p6)*n           draws a custom brush tip (below)
//   11 STAMPS id n (x y half angle alpha)*n   that tip into the brush mask
//   12 FLAT rule r g b a k n0..n(k-1) points  contours without antialiasing onto the canvas; rule 1 is even-odd, rule 2
//                                        takes four samples a pixel, rule 3 is antialiased as a 2D canvas is
//   13 SURFACE id w h                    makes a further canvas, transparent; the first one is 0
//   14 MASK id w h                       makes a further mask, empty; the first ones are 0 (fill) and 1 (brush)
//   15 AIM surface fill brush            what the other commands draw on; masks of the same size, or -1 for none
//   16 IMAGE id smooth r g b a m0..m5 x0 y0 .. x3 y3   a surface times a colour into a quad; m leads to its pixels
//   17 PIXELS id x y w h words           writes w * h pixels of four bytes each
//   18 OVAL r g b a radius a b c d e f   a circle around (0, 0) through a matrix, antialiased, onto a 2D canvas
//
// A tip is 500 x 500, white at first. Its records build an outline from contours, then paint it:
//    0 POINTS count x0 y0 x1 y1 x2 y2     appends one to three points to the current contour
//    1 CLOSE                              closes the contour; the next point starts another one
//    2 ELLIPSE cx cy ux uy vx vy          a contour of its own: centre + cos(t) u + sin(t) v
//    3 CAPSULE x0 y0 x1 y1 radius         a contour of its own: a line with round caps
//    4 PAINT grey alpha                   closes, fills (non-zero; grey 0..255, alpha 0..1) and empties the outline
// The ink of a tip is 255 - grey.

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wasm_simd128.h>

#include "spectral.h"  // BANDS, REFLECTANCE, LUMINANCE, TO_RED, TO_GREEN, TO_BLUE

#define EXPORT(name) __attribute__((export_name(#name)))

enum {
  MAX_SIDE = 1024,
  TILE = 16,          // pixels of one SIMD register of a mask, and of one bit of `touched`
  SUBROWS = 4,        // Skia snaps the y of vertices to quarters of a pixel
  FULL = 256,         // an edge across one whole subrow
  FRACTION = 20,      // fixed point of x along an edge
  TIP_SIDE = 500,
  MAX_TIPS = 256,
  MAX_SURFACES = 128,
  MAX_MASKS = 128,
  COMMANDS = 18,
  POOL = 64 << 20,    // bytes of further surfaces and masks, for one picture
  CACHE_BITS = 12,
};
static const float FAR = 32768;  // coordinates are clamped to it, so that integers hold them

// ---- Surfaces

typedef struct {
  int width, height, pitch;
  uint8_t *pixels;
} Plane;

typedef struct {
  int left, top, right, bottom;
} Box;

static uint8_t sheet[MAX_SIDE * MAX_SIDE * 4] __attribute__((aligned(16)));
static uint8_t *canvas = sheet;
static uint8_t fill_pixels[MAX_SIDE * MAX_SIDE] __attribute__((aligned(16)));
static uint8_t brush_pixels[MAX_SIDE * MAX_SIDE] __attribute__((aligned(16)));
static Plane fill_mask, brush_mask;
static Box fill_dirty, brush_dirty;
static int width, height;
static uint64_t work_done;

static const Box NOTHING = {MAX_SIDE, MAX_SIDE, 0, 0};

static int clamp_int(int value, int low, int high) { return value < low ? low : value > high ? high : value; }

static float clamp_float(float value, float low, float high) {  // NaN becomes low
  return value > low ? (value < high ? value : high) : low;
}

static bool is_nan(float value) { return value != value; }

static int to_byte(float value) { return (int)(clamp_float(value, 0, 1) * 255 + 0.5f); }

static int div255(int value) { return (value + 1 + (value >> 8)) >> 8; }  // floor(value / 255) below 65536

static int min_int(int a, int b) { return a < b ? a : b; }

static int max_int(int a, int b) { return a > b ? a : b; }

static Box clip_box(Box box, int right, int bottom) {
  return (Box){max_int(box.left, 0), max_int(box.top, 0), min_int(box.right, right), min_int(box.bottom, bottom)};
}

static bool is_empty(Box box) { return box.left >= box.right || box.top >= box.bottom; }

static void unite(Box *box, Box other) {
  box->left = min_int(box->left, other.left);
  box->top = min_int(box->top, other.top);
  box->right = max_int(box->right, other.right);
  box->bottom = max_int(box->bottom, other.bottom);
}

static void clear_mask(Plane *mask, Box *dirty) {
  if (!is_empty(*dirty)) {
    int left = dirty->left & -TILE, right = min_int(mask->pitch, (dirty->right + TILE - 1) & -TILE);
    for (int y = dirty->top; y < dirty->bottom; y++)
      memset(mask->pixels + y * mask->pitch + left, 0, (size_t)(right - left));
  }
  *dirty = NOTHING;
}

// ---- Accumulator: signed area per pixel, one lane for each of four subrows; its prefix sums are winding numbers

// Coverage of one shape, for what is antialiased onto a canvas; empty in between.
static uint8_t cover_pixels[MAX_SIDE * MAX_SIDE] __attribute__((aligned(16)));

static int16_t accumulator[(MAX_SIDE + TILE) * MAX_SIDE * SUBROWS] __attribute__((aligned(16)));
static uint64_t touched[MAX_SIDE];  // the tiles of each row that hold something
static int target_width, target_pitch;
static int clip_top, clip_bottom;    // subrows
static int first_row, last_row;      // to be swept
static uint64_t live[MAX_SIDE];      // the tiles of the fill mask that discs of `live_alpha` may still change
static int live_alpha;

static void aim_at(const Plane *plane, int top, int bottom) {
  target_width = plane->width;
  target_pitch = plane->pitch + TILE;  // edges at the right border spill into the extra tile, which is only cleared
  clip_top = top * SUBROWS;
  clip_bottom = bottom * SUBROWS;
  first_row = top;
  last_row = bottom - 1;
}

static int32_t to_fixed(float x) { return (int32_t)(x * (1 << FRACTION)); }

// Rounds to the nearest integer (ties to even), for magnitudes below 2^22.
static inline int round_to_int(float value) {
  union {
    float f;
    int32_t i;
  } bits = {value + 12582912.0f};
  return bits.i - 0x4B400000;
}

// Adds what an edge from x = left to x = right (in either direction of travel) covers to its right in one row:
// `total` in all, and `density` per pixel that it passes.
static inline void add_crossing(int16_t *cells, int lanes, int32_t left, int32_t right, int total, float density,
                                uint64_t *tiles) {
  const int32_t mask = (1 << FRACTION) - 1;
  int first = left >> FRACTION, last = right >> FRACTION;
  if (first == last) {
    int middle = ((left & mask) + (right & mask)) >> (FRACTION + 1 - 10);
    int part = (total * middle + 512) >> 10;
    cells[first * lanes] += (int16_t)(total - part);
    cells[(first + 1) * lanes] += (int16_t)part;
    *tiles |= 1ull << (first / TILE) | 1ull << ((first + 1) / TILE & 63);
    return;
  }
  const float scale = 1.0f / (1 << FRACTION);
  float head = (float)(mask + 1 - (left & mask)) * scale, tail = (float)(right & mask) * scale;
  int sum = round_to_int(0.5f * head * head * density);
  cells[first * lanes] += (int16_t)sum;
  for (int cell = first + 1; cell < last; cell++) {
    int next = round_to_int((head + (float)(cell - first) - 0.5f) * density);
    cells[cell * lanes] += (int16_t)(next - sum);
    sum = next;
  }
  int rest = round_to_int(0.5f * tail * tail * density);
  cells[last * lanes] += (int16_t)(total - rest - sum);
  cells[(last + 1) * lanes] += (int16_t)rest;
  int from = first / TILE, to = min_int((last + 1) / TILE, 63);
  *tiles |= (2ull << to) - (1ull << from);
}

static float inverse[MAX_SIDE * SUBROWS + 1];  // 1 / n

// Adds the subrows from `top` to before `bottom` of one row, of an edge that stays in one column there; x in the
// middle of the row's first subrow. A column's four subrows lie side by side, and so do columns.
static inline void add_steep(int16_t *cells, int32_t x, int32_t step, int top, int bottom, int direction,
                             uint64_t *tiles) {
  static const int32_t lanes[5][4] = {{0}, {-1, 0, 0, 0}, {-1, -1, 0, 0}, {-1, -1, -1, 0}, {-1, -1, -1, -1}};
  v128_t middle = wasm_i32x4_mul(wasm_i32x4_splat(step), wasm_i32x4_make(0, 1, 2, 3));
  middle = wasm_i32x4_add(middle, wasm_i32x4_splat(x));
  v128_t part = wasm_v128_and(wasm_i32x4_shr(middle, FRACTION - 8), wasm_i32x4_splat(FULL - 1));
  v128_t pair = wasm_i16x8_narrow_i32x4(wasm_i32x4_sub(wasm_i32x4_splat(FULL), part), part);
  v128_t valid = wasm_v128_andnot(wasm_v128_load(lanes[bottom]), wasm_v128_load(lanes[top]));
  v128_t sign = wasm_i16x8_splat((int16_t)direction);
  pair = wasm_i16x8_mul(wasm_v128_and(pair, wasm_i16x8_narrow_i32x4(valid, valid)), sign);
  int column = (x + step * top) >> FRACTION;
  int16_t *at = cells + column * SUBROWS;
  wasm_v128_store(at, wasm_i16x8_add(wasm_v128_load(at), pair));
  *tiles |= 1ull << (column / TILE) | 1ull << ((column + 1) / TILE & 63);
}

// Adds an edge inside the target that goes down: x in fixed point, y in subrows.
static inline void add_down(int32_t x0, int y0, int32_t x1, int y1, int direction) {
  float run = (float)(x1 - x0);
  int32_t step = (int32_t)(run * inverse[y1 - y0]);
  float density = 0;
  if ((x0 ^ x1) >> FRACTION) density = (float)(direction * FULL * (y1 - y0)) * (float)(1 << FRACTION) / fabsf(run);
  if (y0 < clip_top) x0 += step * (clip_top - y0), y0 = clip_top;
  y1 = min_int(y1, clip_bottom);
  while (y0 < y1) {
    int row = y0 / SUBROWS, end = min_int((row + 1) * SUBROWS, y1);
    int16_t *cells = accumulator + row * target_pitch * SUBROWS;
    int32_t last = x0 + step * (end - y0);
    if ((x0 ^ last) >> FRACTION == 0) {
      int top = y0 % SUBROWS;
      add_steep(cells, x0 - step * top + step / 2, step, top, end - row * SUBROWS, direction, touched + row);
    } else {
      for (; y0 < end; y0++, x0 += step) {
        int32_t left = step < 0 ? x0 + step : x0, right = step < 0 ? x0 : x0 + step;
        add_crossing(cells + y0 % SUBROWS, SUBROWS, left, right, direction * FULL, density, touched + row);
      }
    }
    x0 = last;
    y0 = end;
  }
}

// The same for an edge that may lie outside. What is left of the target counts as its first column. For a sweep by
// subrows `lanes` is 4; for one by whole rows, which is enough where an outline does not cross itself, it is 1.
static void add_clipped(float x0, int y0, float x1, int y1, int direction, int lanes) {
  float slope = (x1 - x0) / (float)(y1 - y0), limit = (float)target_width - 0.01f;
  if (y0 < clip_top) x0 += slope * (float)(clip_top - y0), y0 = clip_top;
  y1 = min_int(y1, clip_bottom);
  while (y0 < y1) {
    int row = y0 / SUBROWS, next = lanes == 1 ? min_int((row + 1) * SUBROWS, y1) : y0 + 1, count = next - y0;
    float end = x0 + slope * (float)count, left = x0 < end ? x0 : end, right = x0 < end ? end : x0;
    if (left < limit) {
      left = clamp_float(left, 0, limit);
      right = clamp_float(right, 0, limit);
      int total = direction * FULL * count;
      float density = right > left ? (float)total / (right - left) : 0;
      int16_t *cells = accumulator + row * target_pitch * lanes + (lanes == 1 ? 0 : y0 % SUBROWS);
      add_crossing(cells, lanes, to_fixed(left), to_fixed(right), total, density, touched + row);
    }
    x0 = end;
    y0 = next;
  }
}

static void add_edge(float x0, int y0, float x1, int y1, int direction) {
  if (y0 < y1) add_clipped(x0, y0, x1, y1, direction, SUBROWS);
  else if (y0 > y1) add_clipped(x1, y1, x0, y0, -direction, SUBROWS);
}

static void add_inner_edge(int32_t x0, int y0, int32_t x1, int y1, int direction) {
  if (y0 < y1) add_down(x0, y0, x1, y1, direction);
  else if (y0 > y1) add_down(x1, y1, x0, y0, -direction);
}

// ---- Sweeps: prefix sums, coverage and the blending rule, for sixteen pixels at a time, where something changes

typedef enum { OVER, OUT, INK } Rule;

typedef struct {
  Rule rule;
  int alpha;
  int ink;    // of INK
  bool snap;  // faint coverage becomes none and strong coverage all, as Skia does for outlines of many points
} Paint;

static inline v128_t blend_half(v128_t below, v128_t coverage, Paint paint) {
  v128_t alpha = wasm_i16x8_splat((int16_t)paint.alpha);
  if (paint.rule == OVER) {
    v128_t source = wasm_u16x8_shr(wasm_i16x8_mul(alpha, wasm_i16x8_add(coverage, wasm_i16x8_splat(1))), 8);
    v128_t kept = wasm_u16x8_shr(wasm_i16x8_mul(below, wasm_i16x8_sub(wasm_i16x8_splat(256), source)), 8);
    return wasm_i16x8_add(source, kept);
  }
  v128_t source = wasm_u16x8_shr(wasm_i16x8_add(wasm_i16x8_mul(alpha, coverage), wasm_i16x8_splat(255)), 8);
  v128_t sum = wasm_i16x8_mul(below, wasm_i16x8_sub(wasm_i16x8_splat(255), source));
  if (paint.rule == INK) sum = wasm_i16x8_add(sum, wasm_i16x8_mul(wasm_i16x8_splat((int16_t)paint.ink), source));
  sum = wasm_i16x8_add(sum, wasm_i16x8_splat(127));  // and now divided by 255
  return wasm_u16x8_shr(wasm_i16x8_add(wasm_i16x8_add(sum, wasm_i16x8_splat(1)), wasm_u16x8_shr(sum, 8)), 8);
}

static inline void blend_tile(uint8_t *pixels, v128_t coverage_low, v128_t coverage_high, Paint paint) {
  v128_t below = wasm_v128_load(pixels);
  v128_t low = blend_half(wasm_u16x8_extend_low_u8x16(below), coverage_low, paint);
  v128_t high = blend_half(wasm_u16x8_extend_high_u8x16(below), coverage_high, paint);
  wasm_v128_store(pixels, wasm_u8x16_narrow_i16x8(low, high));
}

// Coverage 0..1024 to 0..255.
static inline v128_t to_coverage(v128_t area, bool snap) {
  v128_t coverage = wasm_i16x8_q15mulr_sat(wasm_i16x8_shl(area, 4), wasm_i16x8_splat(510));
  if (!snap) return coverage;
  v128_t strong = wasm_i16x8_gt(coverage, wasm_i16x8_splat(247));
  v128_t some = wasm_i16x8_gt(coverage, wasm_i16x8_splat(7));
  return wasm_v128_and(wasm_v128_and(wasm_v128_or(coverage, strong), wasm_i16x8_splat(255)), some);
}

static inline v128_t winding_area(v128_t winding, int full) {
  return wasm_i16x8_min(wasm_i16x8_abs(winding), wasm_i16x8_splat((int16_t)full));
}

// The area of eight pixels from their subrows; clears them. `carry` holds the winding before them, in both halves.
static inline v128_t sum_subrows(int16_t *cells, v128_t *carry) {
  v128_t pairs[4];
  const v128_t zero = wasm_i64x2_splat(0), ones = wasm_i16x8_splat(1);
  for (int i = 0; i < 4; i++) {  // two pixels of four subrows each
    v128_t winding = wasm_v128_load(cells + 8 * i);
    wasm_v128_store(cells + 8 * i, zero);
    winding = wasm_i16x8_add(winding, wasm_i64x2_shuffle(winding, zero, 2, 0));
    winding = wasm_i16x8_add(winding, *carry);
    *carry = wasm_i64x2_shuffle(winding, winding, 1, 1);
    pairs[i] = wasm_i32x4_dot_i16x8(winding_area(winding, FULL), ones);
  }
  v128_t low = wasm_i32x4_extadd_pairwise_i16x8(wasm_i16x8_narrow_i32x4(pairs[0], pairs[1]));
  v128_t high = wasm_i32x4_extadd_pairwise_i16x8(wasm_i16x8_narrow_i32x4(pairs[2], pairs[3]));
  return wasm_i16x8_narrow_i32x4(low, high);
}

// The same for whole rows; `carry` holds the winding in every lane.
static inline v128_t sum_row(int16_t *cells, v128_t *carry) {
  const v128_t zero = wasm_i64x2_splat(0);
  v128_t winding = wasm_v128_load(cells);
  wasm_v128_store(cells, zero);
  winding = wasm_i16x8_add(winding, wasm_i16x8_shuffle(zero, winding, 0, 8, 9, 10, 11, 12, 13, 14));
  winding = wasm_i16x8_add(winding, wasm_i16x8_shuffle(zero, winding, 0, 0, 8, 9, 10, 11, 12, 13));
  winding = wasm_i16x8_add(winding, wasm_i16x8_shuffle(zero, winding, 0, 0, 0, 0, 8, 9, 10, 11));
  winding = wasm_i16x8_add(winding, *carry);
  *carry = wasm_i16x8_shuffle(winding, winding, 7, 7, 7, 7, 7, 7, 7, 7);
  return winding_area(winding, FULL * SUBROWS);
}

static inline v128_t constant_area(v128_t carry, bool subrows) {
  if (!subrows) return winding_area(carry, FULL * SUBROWS);
  v128_t area = winding_area(carry, FULL);
  area = wasm_i16x8_add(area, wasm_i16x8_shuffle(area, area, 1, 0, 3, 2, 5, 4, 7, 6));
  return wasm_i16x8_add(area, wasm_i16x8_shuffle(area, area, 2, 3, 0, 1, 6, 7, 4, 5));
}

// Blends tiles of equal coverage.
static inline void blend_run(const Plane *plane, int y, int from, int to, v128_t carry, bool subrows, Paint paint) {
  if (from >= to || !wasm_v128_any_true(carry)) return;
  v128_t coverage = to_coverage(constant_area(carry, subrows), paint.snap);
  uint8_t *pixels = plane->pixels + y * plane->pitch;
  uint64_t run = ((2ull << (to - 1)) - (1ull << from));
  if (paint.rule == OUT) run &= live[y];
  else live[y] |= run;
  for (; run; run &= run - 1) {
    int tile = __builtin_ctzll(run);
    blend_tile(pixels + tile * TILE, coverage, coverage, paint);
  }
  work_done += (uint64_t)(to - from) * TILE;
}

static inline void sweep(const Plane *plane, bool subrows, Paint paint) {
  int tiles = plane->pitch / TILE, lanes = subrows ? SUBROWS : 1, visited = 0;
  uint64_t inside = tiles < 64 ? (1ull << tiles) - 1 : ~0ull;
  v128_t floor = wasm_u8x16_splat((uint8_t)(127 / max_int(paint.alpha, 1)));  // no disc can erase more
  for (int y = first_row; y <= last_row; y++) {
    uint64_t bits = touched[y] & inside;
    touched[y] = 0;
    if (paint.rule == OVER) live[y] |= bits;
    uint8_t *pixels = plane->pixels + y * plane->pitch;
    int16_t *cells = accumulator + y * target_pitch * lanes;
    v128_t carry = wasm_i64x2_splat(0);
    int done = 0;
    for (; bits; bits &= bits - 1, visited++) {
      int tile = __builtin_ctzll(bits);
      blend_run(plane, y, done, tile, carry, subrows, paint);
      int16_t *at = cells + tile * TILE * lanes;
      if (paint.rule == OUT && !(live[y] >> tile)) {  // nothing from here on can change
        wasm_v128_store(at, wasm_i64x2_splat(0));
        wasm_v128_store(at + TILE / 2, wasm_i64x2_splat(0));
        carry = wasm_i64x2_splat(0);
        continue;
      }
      v128_t low = subrows ? sum_subrows(at, &carry) : sum_row(at, &carry);
      v128_t high = subrows ? sum_subrows(at + TILE / 2 * lanes, &carry) : sum_row(at + TILE / 2, &carry);
      done = tile + 1;
      if (paint.rule == OUT) {
        if (!(live[y] >> tile & 1)) continue;
        if (!wasm_v128_any_true(wasm_u8x16_gt(wasm_v128_load(pixels + tile * TILE), floor))) {
          live[y] &= ~(1ull << tile);
          continue;
        }
      }
      blend_tile(pixels + tile * TILE, to_coverage(low, paint.snap), to_coverage(high, paint.snap), paint);
    }
    blend_run(plane, y, done, tiles, carry, subrows, paint);
    for (int i = 0; i < lanes; i++) cells[tiles * TILE * lanes + i] = 0;  // the spill at the right border
  }
  work_done += (uint64_t)visited * TILE;
}

// ---- Paths

typedef struct {
  float a, b, c, d, e, f;
} Matrix;

typedef struct {
  float x, y;
} Point;

static const float *path;  // in the stream
static int path_count;     // 0 where there is none, or one that must be ignored
static Matrix path_matrix;
static Box path_box;
static float path_height;

static Point transform(Matrix m, float x, float y) {
  return (Point){clamp_float(m.a * x + m.c * y + m.e, -FAR, FAR), clamp_float(m.b * x + m.d * y + m.f, -FAR, FAR)};
}

static int to_subrow(float y) { return (int)__builtin_floorf(y * SUBROWS + 0.5f); }

static bool all_finite(const float *values, int count) {
  v128_t sum = wasm_f32x4_splat(0), zero = sum;
  int i = 0;
  for (; i + 4 <= count; i += 4) sum = wasm_f32x4_add(sum, wasm_f32x4_mul(wasm_v128_load(values + i), zero));
  float rest = wasm_f32x4_extract_lane(sum, 0) + wasm_f32x4_extract_lane(sum, 1) + wasm_f32x4_extract_lane(sum, 2) +
               wasm_f32x4_extract_lane(sum, 3);
  for (; i < count; i++) rest += values[i] * 0.0f;
  return rest == 0;
}

static Matrix read_matrix(const float *values) {
  return (Matrix){values[0], values[1], values[2], values[3], values[4], values[5]};
}

static void set_path(const float *matrix, const float *points, int count) {
  path = points;
  path_matrix = read_matrix(matrix);
  Matrix m = path_matrix;
  v128_t across = wasm_f32x4_make(m.a, m.b, m.a, m.b), down = wasm_f32x4_make(m.c, m.d, m.c, m.d);
  v128_t shift = wasm_f32x4_make(m.e, m.f, m.e, m.f), low = wasm_f32x4_splat(FAR), high = wasm_f32x4_splat(-FAR);
  v128_t finite = wasm_f32x4_splat(0);  // becomes NaN where a number is not
  for (int i = 0; i < count; i += 2) {  // two points at a time, the last one twice
    v128_t pair = i + 1 < count ? wasm_v128_load(points + 2 * i) : wasm_v128_load64_splat(points + 2 * i);
    v128_t x = wasm_i32x4_shuffle(pair, pair, 0, 0, 2, 2), y = wasm_i32x4_shuffle(pair, pair, 1, 1, 3, 3);
    v128_t at = wasm_f32x4_add(wasm_f32x4_add(wasm_f32x4_mul(x, across), wasm_f32x4_mul(y, down)), shift);
    low = wasm_f32x4_pmin(low, at);
    high = wasm_f32x4_pmax(high, at);
    finite = wasm_f32x4_add(finite, wasm_f32x4_sub(at, at));
  }
  bool valid = all_finite(matrix, 6) && wasm_i32x4_all_true(wasm_f32x4_eq(finite, finite));
  path_count = valid ? count : 0;
  low = wasm_f32x4_pmax(wasm_f32x4_splat(-FAR), wasm_f32x4_pmin(low, wasm_i64x2_shuffle(low, low, 1, 0)));
  high = wasm_f32x4_pmin(wasm_f32x4_splat(FAR), wasm_f32x4_pmax(high, wasm_i64x2_shuffle(high, high, 1, 0)));
  Point least = {wasm_f32x4_extract_lane(low, 0), wasm_f32x4_extract_lane(low, 1)};
  Point most = {wasm_f32x4_extract_lane(high, 0), wasm_f32x4_extract_lane(high, 1)};
  path_height = most.y - least.y;
  path_box = (Box){(int)least.x - 1, (int)least.y - 1, (int)most.x + 2, (int)most.y + 2};
  work_done += (uint64_t)path_count;
}

static bool lies_inside(Box box) { return box.left > 0 && box.top > 0 && box.right < width && box.bottom < height; }

static inline v128_t affine(v128_t x, v128_t y, float by_x, float by_y, float shift) {
  v128_t sum = wasm_f32x4_add(wasm_f32x4_mul(x, wasm_f32x4_splat(by_x)), wasm_f32x4_mul(y, wasm_f32x4_splat(by_y)));
  return wasm_f32x4_add(sum, wasm_f32x4_splat(shift));
}

// Adds the edges of the path where it lies inside the target.
static void add_inner_path(void) {
  Matrix m = path_matrix;
  Point end = transform(m, path[2 * path_count - 2], path[2 * path_count - 1]);
  int32_t x0 = to_fixed(end.x), y0 = to_subrow(end.y), xs[4], ys[4];
  for (int i = 0; i < path_count; i += 4) {
    int count = min_int(4, path_count - i);
    float some[8];
    const float *at = path + 2 * i;
    if (count < 4) at = memcpy(some, at, (size_t)count * 8);
    v128_t first = wasm_v128_load(at), second = wasm_v128_load(at + 4);
    v128_t x = wasm_i32x4_shuffle(first, second, 0, 2, 4, 6), y = wasm_i32x4_shuffle(first, second, 1, 3, 5, 7);
    v128_t to_x = wasm_f32x4_mul(affine(x, y, m.a, m.c, m.e), wasm_f32x4_splat(1 << FRACTION));
    v128_t to_y = wasm_f32x4_mul(affine(x, y, m.b, m.d, m.f), wasm_f32x4_splat(SUBROWS));
    wasm_v128_store(xs, wasm_i32x4_trunc_sat_f32x4(to_x));
    wasm_v128_store(ys, wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_add(to_y, wasm_f32x4_splat(0.5f))));
    for (int k = 0; k < count; k++) {
      add_inner_edge(x0, y0, xs[k], ys[k], 1);
      x0 = xs[k];
      y0 = ys[k];
    }
  }
}

// ---- Convex outlines, walked down side by side as Skia does, in its fixed point of sixteen bits

enum { ONE = 1 << 16, STEEPEST = INT32_MAX, MAX_QUADS = 128, MAX_EDGES = MAX_QUADS + 8, QUOTIENTS = 1024 };

// An edge is one line at a time; of a curve the lines come one after another, while `left` of them are left.
typedef struct {
  int32_t x, y;             // where the walk is
  int32_t top, bottom, at;  // of the line; `at` is its x at the top
  int32_t slope, rise;      // columns a row, rows a column
  int left, shift, winding;
  int32_t curve_x, curve_y, step_x, step_y, bend_x, bend_y, end_x, end_y, from_x, from_y;
} Edge;

static Edge edges[MAX_EDGES];
static Edge *order[MAX_EDGES];
static int32_t quotients[QUOTIENTS];  // 2^22 / n

typedef struct {
  const Plane *plane;
  Paint paint;
  bool by_rows;  // wide shapes: rows that are made of several parts are snapped
  bool parts;    // the row is one of these
  int row, top, bottom, from, to;
  int32_t least, most;  // small shapes stay between their own bounds
} Cover;

static uint8_t cover_row[MAX_SIDE + 4 * TILE] __attribute__((aligned(16)));  // its pixel 0 comes after one tile
static Cover cover;

static inline int32_t times(int32_t a, int32_t b) { return (int32_t)((int64_t)a * b >> 16); }

static inline int32_t up_to_one(int32_t value) { return (value + ONE - 1) & -ONE; }

static inline int32_t to_quarter(int32_t y) { return (y + ONE / 8) & -(ONE / 4); }

// a / b in sixty-fourths, as Skia divides.
static inline int32_t quotient(int32_t a, int32_t b) {
  if (b > 0 && b < QUOTIENTS && a < QUOTIENTS && a > -QUOTIENTS) return (int32_t)((a * quotients[b]) >> 6);
  if (b < 0 && b > -QUOTIENTS && a < QUOTIENTS && a > -QUOTIENTS) return (int32_t)((a * -quotients[-b]) >> 6);
  return (int32_t)((int64_t)a * ONE / b);
}

static inline bool set_line(Edge *edge, int32_t x0, int32_t y0, int32_t x1, int32_t y1, int32_t slope) {
  int32_t wide = (x1 - x0) >> 10, high = (y1 - y0) >> 10, steep = slope >> 10;
  steep = steep < 0 ? -steep : steep;
  if (high == 0) return false;
  edge->x = edge->at = x0;
  edge->y = edge->top = y0;
  edge->bottom = y1;
  edge->slope = slope;
  int32_t rise = steep == 0 ? STEEPEST : steep < QUOTIENTS ? quotients[steep] : quotient(high, wide);
  edge->rise = rise < 0 ? -rise : rise;
  return true;
}

// Goes to the next line of a curve; false where there is none.
static bool next_line(Edge *edge) {
  bool made = false;
  while (edge->left > 0 && !made) {
    int32_t x = edge->end_x, y = edge->end_y, to_x = x, to_y = y, slope = STEEPEST, high;
    if (--edge->left > 0) {
      x = edge->curve_x + (edge->step_x >> edge->shift);
      y = edge->curve_y + (edge->step_y >> edge->shift);
      to_x = x;
      if ((edge->step_y >> edge->shift) >= 2 * ONE) {  // long lines end on whole rows
        high = (y - edge->from_y) >> 10;
        if (high) slope = quotient((x - edge->from_x) >> 10, high);
        to_y = min_int(edge->end_y, (y + ONE / 2) & -ONE);
        to_x = x - times(slope, y - to_y);
      } else {
        to_y = min_int(edge->end_y, to_quarter(y));
        high = (to_y - edge->from_y) >> 10;
        if (high) slope = quotient((x - edge->from_x) >> 10, high);
      }
      edge->step_x += edge->bend_x;
      edge->step_y += edge->bend_y;
    } else {
      high = (y - edge->from_y) >> 10;
      if (high) slope = quotient((x - edge->from_x) >> 10, high);
    }
    if (slope < STEEPEST) made = set_line(edge, edge->from_x, edge->from_y, to_x, to_y, slope);
    edge->curve_x = x, edge->curve_y = y;
    edge->from_x = to_x, edge->from_y = to_y;
  }
  return made;
}

// A quadratic that goes down, in 256ths of a pixel; false where it does not reach another quarter of a row. `first` holds
// x and y of its start and of its control point, `last` those of its end.
static inline bool set_curve(Edge *edge, v128_t first, v128_t last) {
  int32_t y0 = wasm_i32x4_extract_lane(first, 1), y2 = wasm_i32x4_extract_lane(last, 1);
  if ((y0 + 32) >> 6 == (y2 + 32) >> 6) return false;
  int32_t x0 = wasm_i32x4_extract_lane(first, 0), x1 = wasm_i32x4_extract_lane(first, 2);
  int32_t y1 = wasm_i32x4_extract_lane(first, 3), x2 = wasm_i32x4_extract_lane(last, 0);
  int32_t dx = (2 * x1 - x0 - x2) >> 2, dy = (2 * y1 - y0 - y2) >> 2;
  dx = dx < 0 ? -dx : dx;
  dy = dy < 0 ? -dy : dy;
  int distance = ((dx > dy ? dx + (dy >> 1) : dy + (dx >> 1)) + 16) >> 5;
  int shift = distance < 8 ? 1 : min_int((32 - __builtin_clz((unsigned)distance)) / 2, 6);
  int32_t ax = (x0 - 2 * x1 + x2) * 512, ay = (y0 - 2 * y1 + y2) * 512;
  edge->left = 1 << shift;
  edge->shift = shift - 1;
  edge->step_x = ((x1 - x0) * 1024 + (ax >> shift)) >> 2;
  edge->step_y = ((y1 - y0) * 1024 + (ay >> shift)) >> 2;
  edge->bend_x = ax >> (shift - 1) >> 2;
  edge->bend_y = ay >> (shift - 1) >> 2;
  edge->curve_x = edge->from_x = x0 * 256;
  edge->curve_y = edge->from_y = to_quarter(y0 * 256);
  edge->end_x = x2 * 256;
  edge->end_y = to_quarter(y2 * 256);
  return next_line(edge);
}

static bool set_straight(Edge *edge, Point a, Point b) {
  if (a.y > b.y) {
    Point p = a;
    a = b;
    b = p;
  }
  int32_t x0 = (int32_t)(a.x * 256) * 256, x1 = (int32_t)(b.x * 256) * 256;
  int32_t y0 = to_quarter((int32_t)(a.y * 256) * 256), y1 = to_quarter((int32_t)(b.y * 256) * 256);
  edge->left = 0;
  return y0 < y1 && set_line(edge, x0, y0, x1, y1, quotient((x1 - x0) >> 10, (y1 - y0) >> 10));
}

// Puts an edge, the last of `count`, where it belongs from the top down and from left to right.
static inline void sort_in(Edge *edge, int count) {
  int at = count - 1;
  for (; at > 0; at--) {
    const Edge *other = order[at - 1];
    bool before = edge->top != other->top ? edge->top < other->top
                  : edge->x != other->x   ? edge->x < other->x
                                          : edge->slope < other->slope;
    if (!before) break;
    order[at] = order[at - 1];
  }
  order[at] = edge;
}

static void blend_cover(void) {
  int from = max_int(cover.from, 0), to = min_int(cover.to, cover.plane->width), y = cover.row;
  if (y >= cover.top && y < cover.bottom && from < to) {
    v128_t few = wasm_u8x16_splat(7), most = wasm_u8x16_splat(247);
    v128_t floor = wasm_u8x16_splat((uint8_t)(127 / max_int(cover.paint.alpha, 1)));  // no disc can erase more
    uint8_t *pixels = cover.plane->pixels + y * cover.plane->pitch;
    for (int tile = from / TILE; tile <= (to - 1) / TILE; tile++) {
      if (cover.paint.rule == OUT) {
        if (!(live[y] >> tile & 1)) continue;
        if (!wasm_v128_any_true(wasm_u8x16_gt(wasm_v128_load(pixels + tile * TILE), floor))) {
          live[y] &= ~(1ull << tile);
          continue;
        }
      } else {
        live[y] |= 1ull << tile;
      }
      v128_t covered = wasm_v128_load(cover_row + TILE + tile * TILE);
      if (cover.by_rows && cover.parts) {
        covered = wasm_v128_or(covered, wasm_u8x16_gt(covered, most));
        covered = wasm_v128_and(covered, wasm_u8x16_gt(covered, few));
      }
      blend_tile(pixels + tile * TILE, wasm_u16x8_extend_low_u8x16(covered), wasm_u16x8_extend_high_u8x16(covered),
                 cover.paint);
      work_done += TILE;
    }
  }
  for (int x = cover.from & -TILE; x < cover.to; x += TILE) wasm_v128_store(cover_row + TILE + x, wasm_i64x2_splat(0));
  cover.from = MAX_SIDE + TILE;
  cover.to = -TILE;
  cover.parts = false;
}

static inline void cover_pixel(int x, int alpha) {
  cover_row[TILE + x] = (uint8_t)min_int(cover_row[TILE + x] + alpha, 255);
}

static inline void cover_run(int from, int to, int alpha) {
  v128_t sixteen = wasm_i8x16_splat((int8_t)alpha);
  uint8_t *at = cover_row + TILE + from;
  for (; from + TILE <= to; from += TILE, at += TILE)
    wasm_v128_store(at, wasm_u8x16_add_sat(wasm_v128_load(at), sixteen));
  v128_t rest = wasm_u8x16_lt(wasm_u8x16_make(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                              wasm_u8x16_splat((uint8_t)max_int(to - from, 0)));
  wasm_v128_store(at, wasm_u8x16_add_sat(wasm_v128_load(at), wasm_v128_and(sixteen, rest)));
}

// What triangles, and what trapezoids in one pixel, cover of it.
static inline int triangle(int32_t wide, int32_t rise) {
  return ((wide >> 11) * (wide >> 11) * (rise >> 11)) >> 8 & 255;
}

static inline int trapezoid(int32_t above, int32_t below) { return (above + below) / 2 >> 8; }

static inline int share(int alpha, int full) { return full == 255 ? alpha : alpha * full >> 8; }

static inline int column(int32_t x) { return x >> 16; }

// Takes from pixels what lies left of a line through them, from x = near above to x = far below or the other way.
static void cut_left(int *alphas, int32_t near, int32_t far, int32_t rise, int full) {
  int count = column(far + ONE - 1);
  if (count <= 0) return;
  if (count == 1) {
    alphas[0] -= trapezoid(near, far) * full >> 8;
    return;
  }
  int32_t first = ONE - near, last = far - (count - 1) * ONE;
  alphas[0] -= full - triangle(first, rise);
  if (count == 2) {
    alphas[1] -= triangle(last, rise);
    return;
  }
  int32_t high = times(last, rise), sum = high + (rise >> 1);
  for (int i = count - 2; i > 0; i--, sum += rise) alphas[i] -= sum >> 8 & 255;
  alphas[count - 1] -= times(last, high) >> 9;
}

static void cut_right(int *alphas, int32_t near, int32_t far, int32_t rise, int full) {
  int count = column(far + ONE - 1);
  if (count <= 0) return;
  if (count == 1) {
    int alpha = (2 * ONE - near - far) >> 9;
    alphas[0] -= (alpha & 255) * full >> 8;
    return;
  }
  int32_t first = ONE - near, last = far - (count - 1) * ONE;
  alphas[count - 1] -= full - triangle(last, rise);
  if (count == 2) {
    alphas[0] -= triangle(first, rise);
    return;
  }
  int32_t high = times(first, rise), sum = high + (rise >> 1);
  for (int i = 1; i < count - 1; i++, sum += rise) alphas[i] -= sum >> 8 & 255;
  alphas[0] -= times(first, high) >> 9;
}

// What lies between two lines in one row, pixel for pixel; near and far: of each line, its left and its right end.
static void cover_between(int32_t near_left, int32_t near_right, int32_t far_left, int32_t far_right,
                          int32_t left_rise, int32_t right_rise, int full) {
  static int alphas[MAX_SIDE + 4 * TILE];
  int from = column(near_left), to = column(far_right + ONE - 1), count = to - from;
  if (count == 1) {
    cover_pixel(from, share(trapezoid(near_right - near_left, far_right - far_left), full));
    return;
  }
  for (int i = 0; i < count; i++) alphas[i] = full;
  cut_left(alphas, near_left - from * ONE, far_left - from * ONE, left_rise, full);
  for (int i = 0; i < count; i++) alphas[i] = max_int(alphas[i], 0);
  int start = column(near_right);
  cut_right(alphas + start - from, near_right - start * ONE, far_right - start * ONE, right_rise, full);
  for (int i = 0; i < count; i++) cover_pixel(from + i, max_int(alphas[i], 0));
}

static void swap(int32_t *a, int32_t *b) {
  int32_t c = *a;
  *a = *b;
  *b = c;
}

// Covers what lies in one row between two lines: from `left` and `right` to their next, `full` of 255 high.
static void cover_trapezoid(int32_t left, int32_t right, int32_t next_left, int32_t next_right, int32_t left_rise,
                            int32_t right_rise, int full) {
  if (left > right) return;
  if (next_left > next_right) {
    int32_t most = max_int(min_int(left, next_left), min_int(right, next_right));
    int32_t least = min_int(max_int(left, next_left), max_int(right, next_right));
    next_left = next_right = (most + least) / 2;
  }
  if (left == right && next_left == next_right) return;
  if (left > next_left) swap(&left, &next_left);
  if (right > next_right) swap(&right, &next_right);
  cover.from = min_int(cover.from, column(left));
  cover.to = max_int(cover.to, column(next_right + ONE - 1));
  int32_t inner = up_to_one(next_left), outer = right & -ONE;
  if (inner > outer) {
    cover_between(left, right, next_left, next_right, left_rise, right_rise, full);
    return;
  }
  if (left < inner) {
    int at = column(left), count = column(inner) - at;
    if (count == 1) {
      cover_pixel(at, share(trapezoid(inner - left, inner - next_left), full));
    } else if (count == 2) {
      int32_t first = inner - ONE - left;
      cover_pixel(at, triangle(first, left_rise));
      cover_pixel(at + 1, full - triangle(next_left - left - first, left_rise));
    } else {
      cover_between(left, inner, next_left, inner, left_rise, STEEPEST, full);
    }
  }
  cover_run(column(inner), column(outer), full);
  if (next_right > outer) {
    int at = column(outer), count = column(next_right + ONE - 1) - at;
    if (count == 1) {
      cover_pixel(at, share(trapezoid(right - outer, next_right - outer), full));
    } else if (count == 2) {
      int32_t first = outer + ONE - right;
      cover_pixel(at, full - triangle(first, right_rise));
      cover_pixel(at + 1, triangle(next_right - right - first, right_rise));
    } else {
      cover_between(outer, right, outer, next_right, STEEPEST, right_rise, full);
    }
  }
}

// True where a next line goes on about as the last one did.
static inline bool goes_on(const Edge *edge, const Edge *next) {
  if (edge->left > 0) {
    int32_t dx = edge->step_x < 0 ? -edge->step_x : edge->step_x;
    int32_t dy = edge->step_y < 0 ? -edge->step_y : edge->step_y;
    int32_t ddx = edge->bend_x < 0 ? -edge->bend_x : edge->bend_x;
    int32_t ddy = edge->bend_y < 0 ? -edge->bend_y : edge->bend_y;
    return dx >> 1 >= ddx && dy >> 1 >= ddy && (edge->step_y - edge->bend_y) >> edge->shift >= ONE;
  }
  int64_t turn = (int64_t)next->slope - edge->slope;
  return turn <= ONE && turn >= -ONE && next->bottom - next->top >= ONE;
}

// True where both sides go on so that the walk may skip to the next whole row.
static bool both_go_on(const Edge *left, const Edge *right, int at, int count, int32_t stop) {
  if (at >= count || order[at]->top >= stop) return false;
  const Edge *next = order[at];
  if (left->bottom + ONE < right->bottom) return goes_on(left, next);
  if (left->bottom > right->bottom + ONE) return goes_on(right, next);
  if (at + 1 >= count || order[at + 1]->top >= stop) return false;
  const Edge *after = order[at + 1];
  bool swapped = after->at < next->at;
  return goes_on(left, swapped ? after : next) && goes_on(right, swapped ? next : after);
}

static inline void go_to(Edge *edge, int32_t y) {
  if (y == edge->y + ONE) edge->x += edge->slope;
  else if (y != edge->y) edge->x = edge->at + times(edge->slope, y - edge->top);
  edge->y = y;
}

static inline void start_row(int32_t y) {
  if (y >> 16 != cover.row) blend_cover();
  cover.row = y >> 16;
}

// Covers a rectangle between upright lines.
static void cover_upright(int32_t left, int32_t right, int32_t y, int32_t bottom) {
  int from = column(left + ONE - 1), to = column(right);
  int32_t before = from * ONE - left, behind = right - to * ONE;
  while (y < bottom) {
    int32_t next = min_int((y & -ONE) + ONE, bottom), high = next - y;
    start_row(y);
    cover.parts |= high < ONE;
    cover.from = min_int(cover.from, from - 1);
    cover.to = max_int(cover.to, to + 1);
    if (to < from) {
      cover_pixel(from - 1, (255 * times(high, right - left) + ONE / 2) >> 16);
    } else {
      if (before > 0) cover_pixel(from - 1, (255 * times(high, before) + ONE / 2) >> 16);
      cover_run(from, to, (255 * high + ONE / 2) >> 16);
      if (behind > 0) cover_pixel(to, (255 * times(high, behind) + ONE / 2) >> 16);
    }
    y = next;
  }
}

// Walks down `count` sorted edges of a convex outline inside `box`, which Skia holds to be its bounds.
static void walk_convex(int count, Box box) {
  const int32_t half = ONE / 32, grid = -(ONE / 16);
  int32_t stop = box.bottom * ONE, least = cover.least, most = cover.most;
  if (count < 2) return;
  Edge *left = order[0], *right = order[1];
  int at = 2;
  int32_t y = max_int(left->top, right->top);
  for (;;) {
    for (int side = 0; side < 2; side++) {
      Edge **edge = side ? &right : &left;
      while ((*edge)->bottom <= y) {
        if (next_line(*edge)) continue;
        if (at >= count || order[at]->top >= stop) goto end;
        *edge = order[at++];
      }
    }
    if (y >= stop || y >> 16 >= cover.bottom) break;
    go_to(left, y);
    go_to(right, y);
    if (left->x > right->x || (left->x == right->x && left->slope > right->slope)) {
      Edge *other = left;
      left = right;
      right = other;
    }
    int32_t bottom = min_int(left->bottom, right->bottom);
    if (both_go_on(left, right, at, count, stop)) bottom = up_to_one(bottom);
    bottom = min_int(bottom, stop);
    int32_t from = max_int(least, left->x), to = min_int(most, right->x);
    if ((left->slope | right->slope) == 0) {
      cover_upright(from, to, y, bottom);
      y = bottom;
    } else {
      from += half;
      to += half;
      while (y < bottom) {
        int32_t next = min_int((y & -ONE) + ONE, bottom), high = next - y;
        int32_t next_from = from + times(left->slope, high), next_to = to + times(right->slope, high);
        if (next == bottom) {
          next_from = max_int(next_from, least + half);
          next_to = min_int(next_to, most + half);
        }
        start_row(y);
        cover.parts |= high < ONE;
        if (cover.row >= cover.top)
          cover_trapezoid(max_int(from & grid, least), min_int(to & grid, most), max_int(next_from & grid, least),
                          min_int(next_to & grid, most), left->rise, right->rise, (255 * high + ONE / 2) >> 16);
        from = next_from;
        to = next_to;
        y = next;
      }
      from -= half;
      to -= half;
    }
    left->x = from;
    right->x = to;
    left->y = right->y = y;
  }
end:
  blend_cover();
}

static inline void sooner(int32_t y, int32_t after, int32_t *next) {
  if (y > after && y < *next) *next = y;
}

static inline bool will_cross(const Edge *left, const Edge *right) {
  return (int64_t)left->x + left->slope > (int64_t)right->x + right->slope;
}

// Goes on to the line of an edge that is below `y`; false where the edge ends.
static inline bool goes_below(Edge *edge, int32_t y) {
  while (edge->bottom <= y && edge->left > 0) {
    edge->from_x = edge->x;
    edge->from_y = y;
    if (!next_line(edge)) break;
  }
  return edge->bottom > y;
}

// Covers what lies between two edges, and goes on to `y`; false where the left one ends there. What is covered ends where
// the left edge's next line begins, which is not always where this one ends.
static inline bool cover_down(Edge *left, Edge *right, int32_t y, int down, int full) {
  int32_t left_x = left->x, right_x = right->x, left_rise = left->rise;
  left->x += left->slope >> down;
  left->y = right->y = y;
  bool goes_on = goes_below(left, y);
  right->x += right->slope >> down;
  if (cover.row >= cover.top)
    cover_trapezoid(max_int(left_x, cover.least), min_int(right_x, cover.most), max_int(left->x, cover.least),
                    min_int(right->x, cover.most), left_rise, right->rise, full);
  return goes_on;
}

// Walks down the sorted edges of any outline, from one vertex to the next and at most a row at a time.
static void walk_any(int count, Box box, int points) {
  static Edge *active[MAX_EDGES];
  bool sees_crossings = points <= 2 * (box.bottom - box.top);
  int32_t stop = box.bottom * ONE, y = order[0]->top, then = STEEPEST;
  int at = 0, held = 0;
  if (count < 2) return;
  for (; at < count && order[at]->top <= y; at++) {
    go_to(order[at], y);
    sooner(order[at]->bottom, y, &then);
    active[held++] = order[at];
  }
  if (at < count) sooner(order[at]->top, y, &then);
  while (y < stop && y >> 16 < cover.bottom) {
    int32_t next = min_int(then, (y & -ONE) + ONE), high = next - y, last_x = cover.least;
    int down = high & ONE / 4 ? 2 : high & ONE / 2 ? 1 : 0, winding = 0, kept = 0;
    if (down == 2) high = ONE / 4, next = y + high;
    then = STEEPEST;
    start_row(y);
    cover.parts |= high < ONE;
    int full = (255 * high + ONE / 2) >> 16;
    if (held == 2 && active[0]->winding + active[1]->winding == 0) {  // nearly always
      Edge *left = active[0], *right = active[1];
      if (cover_down(left, right, next, down, full)) then = left->bottom, kept++;
      else active[0] = right;
      if (goes_below(right, next)) {
        then = min_int(then, right->bottom);
        if (kept++) {
          if (left->x > right->x) active[0] = right, active[1] = left;
          else if (sees_crossings && will_cross(left, right)) then = next + ONE / 4;
        }
      }
    } else {
      Edge *left = NULL;
      int32_t from = 0, left_rise = 0;
      for (int i = 0; i < held; i++) {
        Edge *edge = active[i];
        bool was_inside = winding != 0;
        winding += edge->winding;
        int32_t x = edge->x;
        edge->x += edge->slope >> down;
        edge->y = next;
        if (!was_inside && winding) {
          left = edge;
          from = max_int(x, cover.least);
          left_rise = edge->rise;
        } else if (was_inside && !winding && cover.row >= cover.top) {
          cover_trapezoid(from, min_int(x, cover.most), max_int(left->x, cover.least), min_int(edge->x, cover.most),
                          left_rise, edge->rise, full);
        }
        if (!goes_below(edge, next)) continue;
        sooner(edge->bottom, next, &then);
        int place = kept++;
        if (edge->x < last_x)
          for (; place > 0 && active[place - 1]->x > edge->x; place--) active[place] = active[place - 1];
        else
          last_x = edge->x;
        active[place] = edge;
        if (sees_crossings && place > 0 && will_cross(active[place - 1], edge)) then = next + ONE / 4;
      }
    }
    held = kept;
    y = next;
    for (; at < count && order[at]->top <= y; at++) {
      Edge *edge = order[at];
      int place = held++;
      if (place > 0 && active[place - 1]->x > edge->x)
        for (; place > 0 && active[place - 1]->x >= edge->x; place--) active[place] = active[place - 1];
      active[place] = edge;
      if (place > 0 && will_cross(active[place - 1], edge)) then = y + ONE / 4;
      if (place + 1 < held && will_cross(edge, active[place + 1])) then = y + ONE / 4;
      sooner(edge->bottom, y, &then);
    }
    if (at < count) sooner(order[at]->top, y, &then);
    if (!held && at == count) break;
  }
  blend_cover();
}

static void start_cover(const Plane *plane, Paint paint, Box box, int top, int bottom) {
  int wide = box.right - box.left, pitch = (wide + 3) & ~3;
  bool small = wide <= 32 && pitch * (box.bottom - box.top) <= 1024;
  cover = (Cover){plane, paint, !small, false, box.top, top, bottom, MAX_SIDE + TILE, -TILE,
                  small ? box.left * ONE : 0, small ? box.right * ONE : plane->width * ONE};
}

// Fills a triangle or a convex quadrilateral that lies inside the canvas; false where the path is none.
static bool fill_convex(Paint paint) {
  Point p[4];
  int turns = 0, made = 0;
  if (path_count < 3 || path_count > 4 || !lies_inside(path_box)) return false;
  for (int i = 0; i < path_count; i++) p[i] = transform(path_matrix, path[2 * i], path[2 * i + 1]);
  float left = p[0].x, top = p[0].y, right = left, bottom = top;
  for (int i = 0; i < path_count; i++) {
    Point a = p[i], b = p[(i + 1) % path_count], c = p[(i + 2) % path_count];
    float turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    turns += turn > 0 ? 1 : turn < 0 ? -1 : 0;
    left = a.x < left ? a.x : left, right = a.x > right ? a.x : right;
    top = a.y < top ? a.y : top, bottom = a.y > bottom ? a.y : bottom;
  }
  if (turns != path_count && turns != -path_count) return false;
  for (int i = 0; i < path_count; i++)
    if (set_straight(edges + made, p[i], p[(i + 1) % path_count])) made++, sort_in(edges + made - 1, made);
  Box box = {(int)__builtin_floorf(left), (int)__builtin_floorf(top), (int)ceilf(right), (int)ceilf(bottom)};
  start_cover(&fill_mask, paint, box, 0, height);
  walk_convex(made, box);
  return true;
}

static void fill_path(float alpha) {
  Paint paint = {OVER, to_byte(alpha), 0, (float)path_count > 2 * path_height};
  Box box = clip_box(path_box, width, height);
  if (paint.alpha == 0 || path_count < 3 || is_empty(box)) return;
  unite(&fill_dirty, box);
  if (fill_convex(paint)) return;
  aim_at(&fill_mask, box.top, box.bottom);
  if (lies_inside(path_box)) {
    add_inner_path();
  } else {
    Point last = transform(path_matrix, path[2 * path_count - 2], path[2 * path_count - 1]);
    for (int i = 0; i < path_count; i++) {
      Point next = transform(path_matrix, path[2 * i], path[2 * i + 1]);
      add_edge(last.x, to_subrow(last.y), next.x, to_subrow(next.y), 1);
      last = next;
    }
  }
  sweep(&fill_mask, true, paint);
}

// ---- Strokes: one convex piece for each side of the polygon, sampled 8 x 4 times a pixel
//
// p5.brush strokes with an alpha of two or three of 255, where the 8-bit rule knows three or four levels of coverage.

static const float NEARLY_ZERO = 1.0f / 4096;
// Of 32 samples, how many cover a pixel where Skia snaps coverage, and where it draws hairlines by another rule.
enum { ENOUGH_SNAPPED = 31, ENOUGH_HAIRLINE = 18 };
static const float SHARPEST_MITER = 0.01f;  // 1 / square of the miter limit

typedef struct {
  Point from, along;  // along: of unit length
  float length;
  float before[2], after[2];  // how far miters reach beyond the ends, on both sides
} Side;

// Sets the samples of one subrow from bit `from` to before bit `to`.
static inline void set_samples(uint8_t *row, int from, int to) {
  do {
    int count = clamp_int(to - from, 0, 56);
    uint64_t word;
    memcpy(&word, row + from / 8, 8);
    word |= ((1ull << count) - 1) << (from & 7);
    memcpy(row + from / 8, &word, 8);
    from += 56;
  } while (from < to);
}

static uint64_t tiles_between(int left, int right) {  // both included
  int first = clamp_int(left, 0, target_width - 1) / TILE, last = clamp_int(right, 0, target_width - 1) / TILE;
  return (2ull << last) - (1ull << first);
}

static inline float least(v128_t v) {
  v = wasm_f32x4_pmin(v, wasm_i64x2_shuffle(v, v, 1, 0));
  return wasm_f32x4_extract_lane(wasm_f32x4_pmin(v, wasm_i32x4_shuffle(v, v, 1, 0, 3, 2)), 0);
}

static inline float greatest(v128_t v) { return -least(wasm_f32x4_neg(v)); }

#define SPLAT_LANE(v, i) wasm_i32x4_shuffle(v, v, i, i, i, i)

// Sets the samples inside a convex outline of four corners, clockwise or not. Each edge bounds them from the left or
// from the right; lanes are edges at first, then the four subrows of a row.
static void add_piece(v128_t x, v128_t y, bool clockwise) {
  const v128_t zero = wasm_f32x4_splat(0), limit = wasm_f32x4_splat((float)(8 * target_width));
  v128_t finite = wasm_f32x4_eq(wasm_f32x4_add(wasm_f32x4_sub(x, x), wasm_f32x4_sub(y, y)), zero);
  float low_x = least(x), high_x = greatest(x);
  int top = max_int(to_subrow(clamp_float(least(y), -FAR, FAR)), clip_top);
  int bottom = min_int(to_subrow(clamp_float(greatest(y), -FAR, FAR)), clip_bottom);
  if (top >= bottom || !(high_x > 0 && low_x < (float)target_width) || !wasm_i32x4_all_true(finite)) return;
  int row = top / SUBROWS, pitch = target_pitch;
  uint64_t tiles = tiles_between((int)clamp_float(low_x, 0, FAR), (int)clamp_float(high_x, 0, FAR));
  v128_t rise = wasm_f32x4_sub(wasm_i32x4_shuffle(y, y, 1, 2, 3, 0), y);
  v128_t run = wasm_f32x4_sub(wasm_i32x4_shuffle(x, x, 1, 2, 3, 0), x);
  v128_t up = wasm_f32x4_lt(rise, wasm_f32x4_splat(-1e-5f)), down = wasm_f32x4_gt(rise, wasm_f32x4_splat(1e-5f));
  v128_t is_left = clockwise ? up : down, is_right = clockwise ? down : up;
  v128_t slope = wasm_f32x4_mul(wasm_f32x4_div(run, rise), wasm_f32x4_splat(8));
  v128_t start = wasm_f32x4_mul(wasm_f32x4_sub(wasm_f32x4_splat((float)row), y), slope);
  start = wasm_f32x4_add(start, wasm_f32x4_mul(x, wasm_f32x4_splat(8)));  // at the top of the row
  v128_t left_start = wasm_v128_and(start, is_left), left_slope = wasm_v128_and(slope, is_left);
  v128_t right_start = wasm_v128_bitselect(start, limit, is_right), right_slope = wasm_v128_and(slope, is_right);
  const v128_t sampled = wasm_f32x4_make(0.125f, 0.375f, 0.625f, 0.875f);
#define EDGE(i)                                                                                                    \
  v128_t left_step##i = SPLAT_LANE(left_slope, i), right_step##i = SPLAT_LANE(right_slope, i);                     \
  v128_t left##i = wasm_f32x4_add(SPLAT_LANE(left_start, i), wasm_f32x4_mul(left_step##i, sampled));               \
  v128_t right##i = wasm_f32x4_add(SPLAT_LANE(right_start, i), wasm_f32x4_mul(right_step##i, sampled));
#define STEP(i)                                      \
  left##i = wasm_f32x4_add(left##i, left_step##i); \
  right##i = wasm_f32x4_add(right##i, right_step##i);
  EDGE(0) EDGE(1) EDGE(2) EDGE(3)
  v128_t subrow = wasm_i32x4_add(wasm_i32x4_make(0, 1, 2, 3), wasm_i32x4_splat(row * SUBROWS));
  for (; row * SUBROWS < bottom; row++) {
    v128_t left = wasm_f32x4_pmax(wasm_f32x4_pmax(left0, left1), wasm_f32x4_pmax(left2, left3));
    v128_t right = wasm_f32x4_pmin(wasm_f32x4_pmin(right0, right1), wasm_f32x4_pmin(right2, right3));
    STEP(0) STEP(1) STEP(2) STEP(3)
    left = wasm_f32x4_pmin(wasm_f32x4_pmax(zero, left), limit);  // in this order NaN becomes 0
    right = wasm_f32x4_pmin(wasm_f32x4_pmax(zero, right), limit);
    v128_t valid = wasm_i32x4_lt(subrow, wasm_i32x4_splat(bottom));
    valid = wasm_v128_and(valid, wasm_i32x4_ge(subrow, wasm_i32x4_splat(top)));
    subrow = wasm_i32x4_add(subrow, wasm_i32x4_splat(SUBROWS));
    const v128_t magic = wasm_f32x4_splat(12582912), base = wasm_i32x4_splat(0x4B400000);  // see round_to_int
    v128_t from = wasm_i32x4_sub(wasm_f32x4_add(left, magic), base);
    v128_t to = wasm_v128_and(wasm_i32x4_sub(wasm_f32x4_add(right, magic), base), valid);
    uint8_t *samples = (uint8_t *)accumulator + row * SUBROWS * pitch;
    set_samples(samples, wasm_i32x4_extract_lane(from, 0), wasm_i32x4_extract_lane(to, 0));
    set_samples(samples + pitch, wasm_i32x4_extract_lane(from, 1), wasm_i32x4_extract_lane(to, 1));
    set_samples(samples + 2 * pitch, wasm_i32x4_extract_lane(from, 2), wasm_i32x4_extract_lane(to, 2));
    set_samples(samples + 3 * pitch, wasm_i32x4_extract_lane(from, 3), wasm_i32x4_extract_lane(to, 3));
    touched[row] |= tiles;
  }
}

static void add_side(const Side *side, float radius) {
  Matrix m = path_matrix;
  float ax = side->along.x, ay = side->along.y;
  const float *before = side->before, *after = side->after;
  v128_t reach = wasm_f32x4_make(-before[0], side->length + after[0], side->length + after[1], -before[1]);
  v128_t offset = wasm_f32x4_make(radius, radius, -radius, -radius);
  float x = m.a * side->from.x + m.c * side->from.y + m.e, y = m.b * side->from.x + m.d * side->from.y + m.f;
  v128_t corner_x = affine(reach, offset, m.a * ax + m.c * ay, m.a * ay - m.c * ax, x);
  v128_t corner_y = affine(reach, offset, m.b * ax + m.d * ay, m.b * ay - m.d * ax, y);
  add_piece(corner_x, corner_y, m.a * m.d - m.b * m.c > 0);
}

// Lets two sides that follow each other reach the tip of their miter.
static void join(Side *before, Side *after, float radius) {
  float cosine = before->along.x * after->along.x + before->along.y * after->along.y;
  bool outer = before->along.x * after->along.y < before->along.y * after->along.x;
  float reach = 0.5f * (1 + cosine) < SHARPEST_MITER ? 0 : radius * sqrtf((1 - cosine) / (1 + cosine));
  before->after[outer] = after->before[outer] = cosine < 1 ? reach : 0;
}

// Blends the samples; a pixel of which `enough` are set counts as covered.
static void sweep_samples(Paint paint, int enough) {
  int pitch = target_pitch;
  const v128_t zero = wasm_i64x2_splat(0);
  for (int y = first_row; y <= last_row; y++) {
    live[y] |= touched[y];
    for (uint64_t bits = touched[y]; bits; bits &= bits - 1) {
      int tile = __builtin_ctzll(bits);
      uint8_t *samples = (uint8_t *)accumulator + y * SUBROWS * pitch + tile * TILE;
      v128_t count = zero;
      for (int i = 0; i < SUBROWS; i++) {
        count = wasm_i8x16_add(count, wasm_i8x16_popcnt(wasm_v128_load(samples + i * pitch)));
        wasm_v128_store(samples + i * pitch, zero);
      }
      if (!wasm_v128_any_true(count)) continue;
      v128_t covered = wasm_i8x16_ge(count, wasm_i8x16_splat((int8_t)enough));
      count = wasm_v128_bitselect(wasm_i8x16_splat(32), count, covered);
      v128_t low = to_coverage(wasm_i16x8_shl(wasm_u16x8_extend_low_u8x16(count), 5), paint.snap);
      v128_t high = to_coverage(wasm_i16x8_shl(wasm_u16x8_extend_high_u8x16(count), 5), paint.snap);
      blend_tile(fill_mask.pixels + y * fill_mask.pitch + tile * TILE, low, high, paint);
      work_done += TILE;
    }
    touched[y] = 0;
  }
}

static void stroke_path(float opacity, float line_width) {
  Matrix m = path_matrix;
  float across = line_width * sqrtf(m.a * m.a + m.b * m.b), down = line_width * sqrtf(m.c * m.c + m.d * m.d);
  bool hairline = across <= 1 && down <= 1;  // drawn one pixel wide, and fainter instead of thinner
  int alpha = to_byte(opacity);
  if (hairline) {
    alpha = alpha * (int)((across + down) * 128) >> 8;
    line_width *= 2 / (across + down);
  }
  if (alpha <= 1 || path_count < 2 || !(line_width > 0 && line_width < FAR)) return;  // 1 of 255 changes nothing
  float reach = 5 * line_width * (fabsf(m.a) + fabsf(m.b) + fabsf(m.c) + fabsf(m.d));
  int margin = (int)clamp_float(reach, 0, FAR) + 1;
  Box box = {path_box.left - margin, path_box.top - margin, path_box.right + margin, path_box.bottom + margin};
  box = clip_box(box, width, height);
  if (is_empty(box)) return;
  unite(&fill_dirty, box);
  aim_at(&fill_mask, box.top, box.bottom);
  float radius = line_width * 0.5f;
  Side first = {.length = 0}, last = first;
  Point from = {path[0], path[1]};
  int sides = 0;
  for (int i = 1; i <= path_count; i++) {
    const float *at = path + (i < path_count ? 2 * i : 0);
    float dx = at[0] - from.x, dy = at[1] - from.y;
    if (fabsf(dx) <= NEARLY_ZERO && fabsf(dy) <= NEARLY_ZERO) continue;
    float length = sqrtf(dx * dx + dy * dy);
    Side side = {.from = from, .along = {dx / length, dy / length}, .length = length};
    if (sides) join(&last, &side, radius);
    if (sides == 1) first = last;
    if (sides > 1) add_side(&last, radius);
    last = side;
    from = (Point){at[0], at[1]};
    sides++;
  }
  if (sides < 2) return;
  join(&last, &first, radius);
  add_side(&last, radius);
  add_side(&first, radius);
  work_done += (uint64_t)(4 * sides);
  bool snap = (float)(3 * sides) > 2 * (path_height + line_width);
  sweep_samples((Paint){OVER, alpha, 0, snap}, hairline ? ENOUGH_HAIRLINE : snap ? ENOUGH_SNAPPED : 32);
}

// ---- Discs: a circle is conics, then quadratics, then lines, as in Skia

typedef struct {
  Point start, control, end;  // downwards, without a turn in y
  float deviation;            // how far the control point lies off, in Skia's units
  int direction;
} Arc;

typedef struct {
  float a, b, c, d;
  int quads, count;
  Arc arcs[MAX_QUADS + 8];
} Wheel;  // the unit circle under a matrix, and in as many quadratics as its radius asks for

static Wheel wheels[6];  // for 4, 8 .. 128 quadratics

static Point middle(Point a, Point b, float t) { return (Point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}; }

static void add_arc(Wheel *wheel, Point start, Point control, Point end) {
  bool down = start.y <= end.y;
  float dx = fabsf(2 * control.x - start.x - end.x) * 64, dy = fabsf(2 * control.y - start.y - end.y) * 64;
  float deviation = dx > dy ? dx + dy / 2 : dy + dx / 2;
  wheel->arcs[wheel->count++] = (Arc){down ? start : end, control, down ? end : start, deviation, down ? 1 : -1};
}

static Point on_wheel(Matrix m, double angle, double radius) {
  float x = (float)(cos(angle) * radius), y = (float)(sin(angle) * radius);
  return (Point){m.a * x + m.c * y, m.b * x + m.d * y};
}

static void make_wheel(Wheel *wheel, Matrix m, int quads) {
  *wheel = (Wheel){.a = m.a, .b = m.b, .c = m.c, .d = m.d, .quads = quads};
  double angle = 6.283185307179586 / quads, bulge = 1 / cos(angle / 2);
  Point start = {m.a, m.b};
  for (int i = 0; i < quads; i++) {
    Point control = on_wheel(m, (i + 0.5) * angle, bulge), end = on_wheel(m, (i + 1) * angle, 1);
    float up = start.y - control.y, bend = up - control.y + end.y, t = bend != 0 ? up / bend : -1;
    if (t > 1e-4f && t < 1 - 1e-4f) {
      Point before = middle(start, control, t), after = middle(control, end, t), turn = middle(before, after, t);
      add_arc(wheel, start, (Point){before.x, turn.y}, turn);
      add_arc(wheel, turn, (Point){after.x, turn.y}, end);
    } else {
      add_arc(wheel, start, control, end);
    }
    start = end;
  }
}

// Adds the chords of an arc, with the vertices where Skia's edge builder puts them.
static void add_chords(const Arc *arc, Point centre, float radius) {
  int distance = ((int)(arc->deviation * radius) + 16) >> 5;
  int shift = distance < 8 ? 1 : min_int((32 - __builtin_clz((unsigned)distance)) / 2, 6), count = 1 << shift;
  float x = centre.x + radius * arc->start.x, curve_y = centre.y + radius * arc->start.y;
  float end_x = centre.x + radius * arc->end.x;
  int y = to_subrow(curve_y), bottom = to_subrow(centre.y + radius * arc->end.y);
  if (y >= clip_bottom || bottom <= clip_top) return;
  for (int i = 1; i <= count; i++) {
    float next_x = end_x;
    int next_y = bottom;
    if (i < count) {
      float t = (float)i / (float)count, s = 1 - t;
      float ss = s * s * radius, st = 2 * s * t * radius, tt = t * t * radius;
      next_x = centre.x + ss * arc->start.x + st * arc->control.x + tt * arc->end.x;
      float on_curve = centre.y + ss * arc->start.y + st * arc->control.y + tt * arc->end.y;
      if (on_curve - curve_y >= 2) {  // long chords end on whole rows
        float rise = on_curve - (float)y / SUBROWS;
        float slope = rise != 0 ? (next_x - x) / rise : 0;
        next_y = min_int(SUBROWS * (int)__builtin_floorf(on_curve + 0.5f), bottom);
        next_x -= slope * (on_curve - (float)next_y / SUBROWS);
      } else {
        next_y = min_int(to_subrow(on_curve), bottom);
      }
      curve_y = on_curve;
    }
    if (next_y < y) continue;
    if (next_y > y) add_clipped(x, y, next_x, next_y, arc->direction, 1);
    x = next_x;
    y = next_y;
  }
}

static const Wheel *wheel_for(Matrix m, float radius) {
  int size = 0;
  for (float error = 0.0607f * radius; error > 0.25f && size < 5; error *= 0.25f) size++;
  Wheel *wheel = wheels + size;
  bool fits = wheel->quads && wheel->a == m.a && wheel->b == m.b && wheel->c == m.c && wheel->d == m.d;
  if (!fits) make_wheel(wheel, m, 4 << size);
  return wheel;
}

// Skia takes a turned circle for concave where rounding bends the straight sides of its control points.
static bool is_convex_circle(Matrix m, float x, float y, float radius) {
  static const int8_t ways[9][2] = {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}, {1, 0}};
  float left = x - radius, top = y - radius, right = x + radius, bottom = y + radius;
  float wide = (right - left) * 0.5f, high = (bottom - top) * 0.5f;
  float cx = (left + right) * 0.5f, cy = (top + bottom) * 0.5f;
  Point points[9], last = {0, 0}, first = last;
  for (int i = 0; i < 9; i++) {
    float px = (float)ways[i][0] * wide + cx, py = (float)ways[i][1] * high + cy;
    if (i == 0) px = right, py = y;
    points[i] = (Point){px * m.a + py * m.c + m.e, py * m.d + px * m.b + m.f};
  }
  int expected = 0;
  Point from = points[0];
  for (int i = 1; i <= 10; i++) {
    Point to = i < 9 ? points[i] : points[0], way = {to.x - from.x, to.y - from.y};
    if (i == 10) way = first;
    else if (to.x == from.x && to.y == from.y) continue;
    from = to;
    if (i == 1) {
      first = last = way;
      continue;
    }
    float across = last.x * way.y - last.y * way.x;
    int turn = across > 0 ? 1 : across < 0 ? -1 : 0;
    if (!turn) continue;
    if (expected && turn != expected) return false;
    expected = turn;
    last = way;
  }
  return true;
}

// A disc that lies inside the canvas.
static void draw_inner_disc(Matrix m, float x, float y, float radius, int top, int bottom, Paint paint) {
  Point centre = transform(m, x, y);
  const Wheel *wheel = wheel_for(m, radius);
  float wide = radius * (fabsf(m.a) + fabsf(m.c)), high = radius * (fabsf(m.b) + fabsf(m.d));
  Box box = {(int)__builtin_floorf(centre.x - wide), (int)__builtin_floorf(centre.y - high),
             (int)ceilf(centre.x + wide), (int)ceilf(centre.y + high)};
  v128_t middle = wasm_f32x4_make(centre.x, centre.y, centre.x, centre.y);
  int count = 0;
  for (int i = 0; i < wheel->count; i++) {
    const Arc *arc = wheel->arcs + i;
    v128_t first = wasm_f32x4_mul(wasm_v128_load(&arc->start), wasm_f32x4_splat(radius));
    v128_t last = wasm_f32x4_mul(wasm_v128_load64_zero(&arc->end), wasm_f32x4_splat(radius));
    first = wasm_f32x4_mul(wasm_f32x4_add(first, middle), wasm_f32x4_splat(256));
    last = wasm_f32x4_mul(wasm_f32x4_add(last, middle), wasm_f32x4_splat(256));
    if (!set_curve(edges + count, wasm_i32x4_trunc_sat_f32x4(first), wasm_i32x4_trunc_sat_f32x4(last))) continue;
    edges[count].winding = arc->direction;
    count++;
    sort_in(edges + count - 1, count);
  }
  start_cover(&fill_mask, paint, box, top, bottom);
  if (is_convex_circle(m, x, y, radius)) walk_convex(count, box);
  else walk_any(count, box, 9);
}

static void draw_disc(const float *values) {
  if (!all_finite(values, 11)) return;
  bool erases = values[0] != 0;
  int alpha = to_byte(values[1]);
  float radius = clamp_float(values[4], 0, FAR);
  Matrix m = read_matrix(values + 5);
  Point centre = transform(m, values[2], values[3]);
  float reach_x = radius * sqrtf(m.a * m.a + m.c * m.c) + 1, reach_y = radius * sqrtf(m.b * m.b + m.d * m.d) + 1;
  if (alpha == 0 || !(reach_x < FAR && reach_y < FAR)) return;
  Box box = {(int)(centre.x - reach_x) - 1, (int)(centre.y - reach_y) - 1, (int)(centre.x + reach_x) + 2,
             (int)(centre.y + reach_y) + 2};
  if (!erases) unite(&fill_dirty, clip_box(box, width, height));
  int top = max_int(box.top, fill_dirty.top), bottom = min_int(box.bottom, fill_dirty.bottom);
  if (top >= bottom || box.left >= fill_dirty.right || box.right <= fill_dirty.left) return;  // nothing to erase
  if (erases) {
    if (alpha != live_alpha) memset(live, 0xFF, (size_t)height * sizeof *live);
    live_alpha = alpha;
    target_width = width;
    uint64_t tiles = tiles_between(box.left, box.right);
    while (top < bottom && !(live[top] & tiles)) top++;
    while (top < bottom && !(live[bottom - 1] & tiles)) bottom--;
    if (top == bottom) return;
  }
  if (lies_inside(box)) {
    draw_inner_disc(m, values[2], values[3], radius, top, bottom, (Paint){erases ? OUT : OVER, alpha, 0, false});
    return;
  }
  aim_at(&fill_mask, top, bottom);
  const Wheel *wheel = wheel_for(m, radius);
  for (int i = 0; i < wheel->count; i++) add_chords(wheel->arcs + i, centre, radius);
  if (erases) sweep(&fill_mask, false, (Paint){OUT, alpha, 0, false});
  else sweep(&fill_mask, false, (Paint){OVER, alpha, 0, false});
}

// ---- The brush mask: points and stamps, as SwiftShader draws them (every rule measured: equal to the byte)

// ONE_MINUS_DST_ALPHA, ONE, rounded once. A strong brush has an alpha above 1: only what its shade leaves saturates.
static void deposit(uint8_t *pixel, float alpha) {
  *pixel = (uint8_t)(clamp_float(alpha, 0, 1) * (float)(255 - *pixel) + (float)*pixel + 0.5f);
}

// The pixels whose centres lie in a square, as far as they are on the canvas.
static Box centres_within(float x, float y, float half) {
  Box box = {(int)ceilf(x - half - 0.5f), (int)ceilf(y - half - 0.5f), (int)ceilf(x + half - 0.5f),
             (int)ceilf(y + half - 0.5f)};
  return clip_box(box, width, height);
}

static float to_grid(float value) { return __builtin_floorf(value * 16 + 0.5f) / 16; }  // vertices lie on sixteenths

static inline v128_t distance_to(v128_t x, v128_t y) {
  return wasm_f32x4_sqrt(wasm_f32x4_add(wasm_f32x4_mul(x, x), wasm_f32x4_mul(y, y)));
}

static inline v128_t up_to(v128_t value, float high) {  // at least 0; NaN becomes 0
  return wasm_f32x4_pmin(wasm_f32x4_splat(high), wasm_f32x4_pmax(wasm_f32x4_splat(0), value));
}

// What is left of four pixels of a point's shade, where its edge is 2 * slope wide; `far` in diameters.
static inline v128_t shade_of(v128_t far, v128_t slope) {
  v128_t t = wasm_f32x4_sub(far, wasm_f32x4_sub(wasm_f32x4_splat(0.5f), slope));
  t = up_to(wasm_f32x4_div(t, wasm_f32x4_mul(wasm_f32x4_splat(2), slope)), 1);
  v128_t rest = wasm_f32x4_sub(wasm_f32x4_splat(3), wasm_f32x4_mul(wasm_f32x4_splat(2), t));
  return wasm_f32x4_sub(wasm_f32x4_splat(1), wasm_f32x4_mul(wasm_f32x4_mul(t, t), rest));
}

// `deposit` for four pixels.
static inline v128_t deposit_four(v128_t pixels, v128_t alpha) {
  v128_t below = wasm_f32x4_convert_i32x4(pixels);
  v128_t rest = wasm_f32x4_convert_i32x4(wasm_i32x4_sub(wasm_i32x4_splat(255), pixels));
  v128_t sum = wasm_f32x4_add(wasm_f32x4_mul(up_to(alpha, 1), rest), below);
  return wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_add(sum, wasm_f32x4_splat(0.5f)));
}

static void draw_point(const float *values) {
  const v128_t lanes = wasm_i32x4_make(0, 1, 2, 3), one = wasm_f32x4_splat(1), half_pixel = wasm_f32x4_splat(0.5f);
  if (!all_finite(values, 4)) return;
  float x = clamp_float(values[0], -FAR, FAR), y = clamp_float(values[1], -FAR, FAR);
  float size = clamp_float(2 * values[2], 1, MAX_SIDE), half = size / 2;
  Box box = {(int)ceilf(to_grid(x - half) - 0.5f), (int)ceilf(to_grid(y - half) - 0.5f),
             (int)ceilf(to_grid(x + half) - 0.5f), (int)ceilf(to_grid(y + half) - 0.5f)};
  box = clip_box(box, width, height);
  if (is_empty(box)) return;
  unite(&brush_dirty, box);
  v128_t centre_x = wasm_f32x4_splat(to_grid(x)), alpha = wasm_f32x4_splat(values[3]), scale = wasm_f32x4_splat(1 / size);
  y = to_grid(y);
  for (int quad_row = box.top & ~1; quad_row < box.bottom; quad_row += 2) {
    v128_t dy = wasm_f32x4_splat((float)quad_row + 0.5f - y), next_dy = wasm_f32x4_add(dy, one);
    for (int column = box.left & ~1; column < box.right; column += 8) {  // four quads of 2 x 2 pixels
      // fwidth is that of the quad's first fragment, for all four.
      v128_t quads = wasm_i32x4_add(wasm_i32x4_splat(column), wasm_i32x4_shl(lanes, 1));
      v128_t dx = wasm_f32x4_sub(wasm_f32x4_add(wasm_f32x4_convert_i32x4(quads), half_pixel), centre_x);
      v128_t first = distance_to(dx, dy);
      v128_t across = wasm_f32x4_sub(distance_to(wasm_f32x4_add(dx, one), dy), first);
      v128_t down = wasm_f32x4_sub(distance_to(dx, next_dy), first);
      v128_t slope = wasm_f32x4_mul(wasm_f32x4_add(wasm_f32x4_abs(across), wasm_f32x4_abs(down)), scale);
      v128_t slopes[2] = {wasm_i32x4_shuffle(slope, slope, 0, 0, 1, 1), wasm_i32x4_shuffle(slope, slope, 2, 2, 3, 3)};
      size_t held = (size_t)min_int(8, brush_mask.pitch - column);
      for (int row = max_int(quad_row, box.top); row < min_int(quad_row + 2, box.bottom); row++) {
        uint8_t *at = brush_mask.pixels + row * brush_mask.pitch + column;
        uint64_t eight = 0;
        if (held == 8) memcpy(&eight, at, 8);
        else memcpy(&eight, at, held);
        v128_t bytes = wasm_u16x8_extend_low_u8x16(wasm_i64x2_make((int64_t)eight, 0));
        v128_t made[2] = {bytes, wasm_u32x4_extend_high_u16x8(bytes)};
        v128_t below = wasm_f32x4_splat((float)row + 0.5f - y);
        int halves = column + 4 < box.right ? 2 : 1;
        for (int i = 0; i < halves; i++) {
          v128_t columns = wasm_i32x4_add(wasm_i32x4_splat(column + 4 * i), lanes);
          v128_t beside = wasm_f32x4_sub(wasm_f32x4_add(wasm_f32x4_convert_i32x4(columns), half_pixel), centre_x);
          v128_t shade = shade_of(wasm_f32x4_mul(distance_to(beside, below), scale), slopes[i]);
          v128_t kept = i ? wasm_u32x4_extend_high_u16x8(bytes) : wasm_u32x4_extend_low_u16x8(bytes);
          v128_t seen = wasm_v128_and(wasm_f32x4_ge(shade, wasm_f32x4_splat(0.01f)),
                                      wasm_i32x4_ge(columns, wasm_i32x4_splat(box.left)));
          seen = wasm_v128_and(seen, wasm_i32x4_lt(columns, wasm_i32x4_splat(box.right)));
          made[i] = wasm_v128_bitselect(deposit_four(kept, wasm_f32x4_mul(alpha, shade)), kept, seen);
        }
        v128_t words = wasm_i16x8_narrow_i32x4(made[0], made[1]);
        eight = (uint64_t)wasm_i64x2_extract_lane(wasm_u8x16_narrow_i16x8(words, words), 0);
        if (held == 8) memcpy(at, &eight, 8);
        else memcpy(at, &eight, held);
      }
    }
  }
  work_done += (uint64_t)(box.right - box.left) * (uint64_t)(box.bottom - box.top);
}

enum { TIP_PITCH = 512 };
static uint8_t *tips[MAX_TIPS];  // ink, TIP_PITCH bytes a row; kept and used again by later pictures
static bool tip_drawn[MAX_TIPS];

uint8_t *allocate(size_t size);

typedef struct {
  bool open;
  Point first, last;
} Contour;

static void line_to(Contour *contour, Point p) {
  if (contour->open) add_edge(contour->last.x, to_subrow(contour->last.y), p.x, to_subrow(p.y), 1);
  else contour->first = p;
  contour->open = true;
  contour->last = p;
}

static void close_contour(Contour *contour) {
  if (contour->open) line_to(contour, contour->first);
  contour->open = false;
}

static void arc_to(Contour *contour, Point centre, Point u, Point v, double from, double to) {
  enum { STEPS = 64 };
  for (int i = 0; i <= STEPS; i++) {
    double angle = from + (to - from) * i / STEPS;
    float c = (float)cos(angle), s = (float)sin(angle);
    line_to(contour, (Point){centre.x + c * u.x + s * v.x, centre.y + c * u.y + s * v.y});
  }
}

static void add_capsule(Contour *contour, Point a, Point b, float radius) {
  double angle = atan2((double)b.y - a.y, (double)b.x - a.x), quarter = 1.5707963267948966;
  arc_to(contour, a, (Point){radius, 0}, (Point){0, radius}, angle + quarter, angle + 3 * quarter);
  arc_to(contour, b, (Point){radius, 0}, (Point){0, radius}, angle - quarter, angle + quarter);
  close_contour(contour);
}

static void draw_tip(int id, const float *records, int count) {
  if (!tips[id]) tips[id] = allocate(TIP_SIDE * TIP_PITCH);
  if (!tips[id]) return;
  tip_drawn[id] = true;
  memset(tips[id], 0, TIP_SIDE * TIP_PITCH);
  Plane plane = {TIP_SIDE, TIP_SIDE, TIP_PITCH, tips[id]};
  aim_at(&plane, 0, TIP_SIDE);
  Contour contour = {.open = false};
  for (int i = 0; i < count; i++) {
    const float *record = records + 8 * i;
    float p[7];
    bool finite = all_finite(record, 8);
    for (int k = 0; k < 7; k++) p[k] = finite ? clamp_float(record[1 + k], -FAR, FAR) : 0;
    int kind = finite && record[0] >= 0 && record[0] <= 4 ? (int)record[0] : -1;
    if (kind == 0) {
      for (int k = 0; k < clamp_int((int)p[0], 0, 3); k++) line_to(&contour, (Point){p[1 + 2 * k], p[2 + 2 * k]});
    } else if (kind > 0) {
      close_contour(&contour);
    }
    if (kind == 2) {
      arc_to(&contour, (Point){p[0], p[1]}, (Point){p[2], p[3]}, (Point){p[4], p[5]}, 0, 6.283185307179586);
      close_contour(&contour);
    }
    if (kind == 3) add_capsule(&contour, (Point){p[0], p[1]}, (Point){p[2], p[3]}, p[4]);
    if (kind == 4) sweep(&plane, true, (Paint){INK, to_byte(p[1]), 255 - to_byte(p[0] / 255), false});
  }
  sweep(&plane, true, (Paint){INK, 0, 0, false});  // empties what was not painted
}

static float sample_tip(const uint8_t *ink, float u, float v) {
  float x = clamp_float(u * TIP_SIDE - 0.5f, 0, TIP_SIDE - 1);
  float y = clamp_float(v * TIP_SIDE - 0.5f, 0, TIP_SIDE - 1);
  int left = (int)x, top = (int)y, right = min_int(left + 1, TIP_SIDE - 1), bottom = min_int(top + 1, TIP_SIDE - 1);
  const uint8_t *upper = ink + top * TIP_PITCH, *lower = ink + bottom * TIP_PITCH;
  float fx = x - (float)left, fy = y - (float)top;
  float above = (float)upper[left] + fx * (float)(upper[right] - upper[left]);
  float below = (float)lower[left] + fx * (float)(lower[right] - lower[left]);
  return (above + fy * (below - above)) / 255;
}

// A stamp is a strip of two triangles with corners on sixteenths; each has its own map from the picture to the tip.
typedef struct {
  Point origin;
  float ux, uy, vx, vy;  // across and down the tip, per pixel
} TipMap;

static TipMap map_to(Point origin, Point across, Point down) {
  float ax = across.x - origin.x, ay = across.y - origin.y, bx = down.x - origin.x, by = down.y - origin.y;
  float scale = 1 / (ax * by - ay * bx);
  return (TipMap){origin, by * scale, -bx * scale, -ay * scale, ax * scale};
}

static void draw_stamp(int id, const float *values) {
  if (!all_finite(values, 5) || !tip_drawn[id]) return;
  float x = clamp_float(values[0], -FAR, FAR), y = clamp_float(values[1], -FAR, FAR);
  float half = clamp_float(values[2], 0, FAR);
  float c = (float)cos(values[3]) * half, s = (float)sin(values[3]) * half;
  Box box = centres_within(x, y, fabsf(c) + fabsf(s) + 0.125f);
  if (is_empty(box)) return;
  unite(&brush_dirty, box);
  Point first = {to_grid(x - c + s), to_grid(y - s - c)}, right = {to_grid(x + c + s), to_grid(y + s - c)};
  Point below = {to_grid(x - c - s), to_grid(y - s + c)}, last = {to_grid(x + c - s), to_grid(y + s + c)};
  TipMap upper = map_to(first, right, below), lower = map_to(last, below, right);
  for (int row = box.top; row < box.bottom; row++) {
    for (int column = box.left; column < box.right; column++) {
      float dx = (float)column + 0.5f - upper.origin.x, dy = (float)row + 0.5f - upper.origin.y;
      float u = upper.ux * dx + upper.uy * dy, v = upper.vx * dx + upper.vy * dy;
      if (!(u >= 0 && v >= 0 && u + v <= 1)) {
        dx = (float)column + 0.5f - lower.origin.x;
        dy = (float)row + 0.5f - lower.origin.y;
        u = 1 - (lower.ux * dx + lower.uy * dy);
        v = 1 - (lower.vx * dx + lower.vy * dy);
        if (!(u < 1 && v < 1 && u + v > 1)) continue;
      }
      float ink = sample_tip(tips[id], u, v);
      if (ink >= 0.01f) deposit(brush_mask.pixels + row * brush_mask.pitch + column, values[4] * ink);
    }
  }
  work_done += (uint64_t)(box.right - box.left) * (uint64_t)(box.bottom - box.top);
}

// ---- Pigment: Kubelka-Munk mixing of the mask's colour into the canvas

enum { EDGE_UNITS = 728, CACHE_SIZE = 1 << CACHE_BITS };  // nine edges are 0.1 of 65535
enum { STEPS = 4096 };                                     // of linear light, finer than any byte

static float linear[256];           // sRGB byte to linear light
static float byte_starts[257];      // the linear light from which on a byte is used
static uint8_t byte_guess[STEPS + 1];
static uint16_t edge_of[37];        // smoothstep of the mask's gradient, by its squared length in 8-bit steps
static uint8_t edge_bytes[6][TILE] __attribute__((aligned(16)));  // the same: low bytes, then high ones
enum { QUADS = MAX_SIDE / 2 + TILE, BEFORE = 8 };  // quads of a row; its quad 0 comes after so many
static uint16_t quad_edges[QUADS + TILE] __attribute__((aligned(16)));
static uint16_t edge_sums[4][QUADS + TILE] __attribute__((aligned(16)));  // of three quads side by side, by row
typedef struct {
  uint64_t key;  // number of the pigment (24 bits), canvas colour (24) and amount (16)
  uint32_t color, batch;
} Mix;

static Mix mixes[CACHE_SIZE];
static uint64_t pigment_number;
static float pigment_ks[BANDS] __attribute__((aligned(16))), pigment_luminance;
static float pigment_light[7];  // the luminance of white, the secondary and the primary colours
static float pigment_color[3];
static int pigment_alpha;
static bool mixes_brush;

static float uncompand(float x) { return x < 0.04045f ? x / 12.92f : powf((x + 0.055f) / 1.055f, 2.4f); }

static void make_tables(void) {
  for (int i = 1; i <= MAX_SIDE * SUBROWS; i++) inverse[i] = 1.0f / (float)i;
  for (int i = 1; i < QUOTIENTS; i++) quotients[i] = (1 << 22) / i;
  for (int k = 0; k < 7; k++)
    for (int i = 0; i < BANDS; i++) pigment_light[k] += REFLECTANCE[k][i] * LUMINANCE[i];
  for (int i = 0; i < 256; i++) linear[i] = uncompand((float)i / 255);
  for (int i = 1; i < 256; i++) {
    float x = ((float)i - 0.5f) / 255;
    byte_starts[i] = x / 12.92f < 0.0031308f ? x / 12.92f : powf((x + 0.055f) / 1.055f, 2.4f);
  }
  byte_starts[0] = 0;
  byte_starts[256] = 2;
  for (int i = 0, byte = 0; i <= STEPS; i++) {
    while (byte_starts[byte + 1] <= (float)i / STEPS) byte++;
    byte_guess[i] = (uint8_t)byte;
  }
  for (int i = 0; i < 37; i++) {
    float t = clamp_float((sqrtf((float)i) * 15 / 255 - 0.05f) / 0.3f, 0, 1);
    edge_of[i] = (uint16_t)(t * t * (3 - 2 * t) * EDGE_UNITS + 0.5f);
    edge_bytes[i / TILE][i % TILE] = (uint8_t)edge_of[i];
    edge_bytes[3 + i / TILE][i % TILE] = (uint8_t)(edge_of[i] >> 8);
  }
}

typedef struct {
  float white, two, one;  // how much of white, of one secondary and of one primary colour
  const float *secondary, *primary;
  float luminance;
} Spectrum;

enum { WHITE, CYAN, MAGENTA, YELLOW, RED, GREEN, BLUE };

static inline Spectrum spectrum_of(float r, float g, float b) {
  // By which of r > g, r > b, g > b hold; where two are equal, none of what they differ in is there.
  static const uint8_t secondaries[8] = {CYAN, CYAN, 0, YELLOW, MAGENTA, 0, MAGENTA, YELLOW};
  static const uint8_t primaries[8] = {BLUE, GREEN, 0, GREEN, BLUE, 0, RED, RED};
  int order = (r > g) << 2 | (r > b) << 1 | (g > b);
  float low = r < g ? r : g, high = r < g ? g : r, white = low < b ? low : b, top = high > b ? high : b;
  float rest = high < b ? high : b, middle = low > rest ? low : rest;
  int secondary = secondaries[order], primary = primaries[order];
  float two = middle - white, one = top - middle;
  float light = white * pigment_light[WHITE] + two * pigment_light[secondary] + one * pigment_light[primary];
  return (Spectrum){white, two, one, REFLECTANCE[secondary], REFLECTANCE[primary], light > 1e-4f ? light : 1e-4f};
}

// Absorption over scattering in four bands from band i on, times 2 x half.
static inline v128_t absorption(const Spectrum *s, int i, v128_t half) {
  v128_t value = wasm_f32x4_mul(wasm_f32x4_splat(s->white), wasm_v128_load(REFLECTANCE[WHITE] + i));
  value = wasm_f32x4_add(value, wasm_f32x4_mul(wasm_f32x4_splat(s->two), wasm_v128_load(s->secondary + i)));
  value = wasm_f32x4_add(value, wasm_f32x4_mul(wasm_f32x4_splat(s->one), wasm_v128_load(s->primary + i)));
  value = wasm_f32x4_pmax(wasm_f32x4_splat(0.0001f), value);
  v128_t rest = wasm_f32x4_sub(wasm_f32x4_splat(1), value);
  return wasm_f32x4_div(wasm_f32x4_mul(wasm_f32x4_mul(rest, rest), half), value);
}

// Makes the pigment of the current colour; a brush mask darkens it where its alpha is above 0.7.
static void use_pigment(int alpha) {
  float dark = 0.5f * ((float)alpha / 255 - 0.7f), c[3];
  for (int k = 0; k < 3; k++) {
    float value = pigment_color[k];
    if (dark > 0) value = clamp_float(value * (1 - dark) - 0.5f * dark, 0, 1);
    c[k] = uncompand(value);
  }
  Spectrum spectrum = spectrum_of(c[0], c[1], c[2]);
  for (int i = 0; i < BANDS; i += 4)
    wasm_v128_store(pigment_ks + i, absorption(&spectrum, i, wasm_f32x4_splat(0.5f)));
  pigment_luminance = spectrum.luminance;
  pigment_alpha = alpha;
}

// ---- Mixes that are not remembered are made many at a time, so that none waits for another

enum { BATCH = 64 };

static struct {
  int count, waiting;
  uint32_t number;
  Mix *into[BATCH];
  float red[BATCH], green[BATCH], blue[BATCH], amount[BATCH];             // linear light of the canvas
  float white[BATCH], two[BATCH], one[BATCH], half_below[BATCH], above[BATCH];
  int32_t order[BATCH];
  v128_t sums[BATCH];                        // linear light of the mix
  uint32_t *pixels[MAX_SIDE];                // those that wait for one of the mixes
  Mix *colors[MAX_SIDE];
} batch;

// By which of red > green (4), red > blue (2) and green > blue (1) hold.
static const uint8_t SECONDARIES[8] = {CYAN, CYAN, 0, YELLOW, MAGENTA, 0, MAGENTA, YELLOW};
static const uint8_t PRIMARIES[8] = {BLUE, GREEN, 0, GREEN, BLUE, 0, RED, RED};

// What spectra the four canvas colours from `at` on have, and how much of each is in the mix.
static inline void find_shares(int at) {
  v128_t r = wasm_v128_load(batch.red + at), g = wasm_v128_load(batch.green + at), b = wasm_v128_load(batch.blue + at);
  v128_t order = wasm_v128_and(wasm_f32x4_gt(r, g), wasm_i32x4_splat(4));
  order = wasm_v128_or(order, wasm_v128_and(wasm_f32x4_gt(r, b), wasm_i32x4_splat(2)));
  order = wasm_v128_or(order, wasm_v128_and(wasm_f32x4_gt(g, b), wasm_i32x4_splat(1)));
  v128_t low = wasm_f32x4_pmin(r, g), high = wasm_f32x4_pmax(r, g), white = wasm_f32x4_pmin(low, b);
  v128_t two = wasm_f32x4_sub(wasm_f32x4_pmax(low, wasm_f32x4_pmin(high, b)), white);
  v128_t one = wasm_f32x4_sub(wasm_f32x4_pmax(high, b), wasm_f32x4_pmax(low, wasm_f32x4_pmin(high, b)));
  wasm_v128_store(batch.order + at, order);
  wasm_v128_store(batch.white + at, white);
  wasm_v128_store(batch.two + at, two);
  wasm_v128_store(batch.one + at, one);
  float second[4], first[4];
  for (int i = 0; i < 4; i++) {
    second[i] = pigment_light[SECONDARIES[batch.order[at + i]]];
    first[i] = pigment_light[PRIMARIES[batch.order[at + i]]];
  }
  v128_t light = wasm_f32x4_mul(white, wasm_f32x4_splat(pigment_light[WHITE]));
  light = wasm_f32x4_add(light, wasm_f32x4_mul(two, wasm_v128_load(second)));
  light = wasm_f32x4_add(light, wasm_f32x4_mul(one, wasm_v128_load(first)));
  light = wasm_f32x4_pmax(wasm_f32x4_splat(1e-4f), light);
  v128_t f = wasm_f32x4_div(wasm_v128_load(batch.amount + at), wasm_f32x4_splat(65535));
  v128_t rest = wasm_f32x4_sub(wasm_f32x4_splat(1), f);
  v128_t below = wasm_f32x4_mul(wasm_f32x4_mul(rest, rest), light);
  v128_t above = wasm_f32x4_mul(wasm_f32x4_mul(f, f), wasm_f32x4_splat(pigment_luminance));
  v128_t both = wasm_f32x4_add(below, above);
  wasm_v128_store(batch.half_below + at, wasm_f32x4_div(wasm_f32x4_mul(wasm_f32x4_splat(0.5f), below), both));
  wasm_v128_store(batch.above + at, wasm_f32x4_div(above, both));
}

// Mixes the pigment into one of the canvas colours; linear light of red, green and blue.
static inline v128_t mix(int at) {
  int order = batch.order[at];
  Spectrum source = {batch.white[at], batch.two[at], batch.one[at], REFLECTANCE[SECONDARIES[order]],
                     REFLECTANCE[PRIMARIES[order]], 0};
  v128_t half_below = wasm_v128_load32_splat(batch.half_below + at), above = wasm_v128_load32_splat(batch.above + at);
  v128_t red = wasm_f32x4_splat(0), green = red, blue = red;
#pragma clang loop unroll_count(3)  // where all six are, V8 has too few registers
  for (int i = 0; i < BANDS; i += 4) {
    v128_t ks = wasm_f32x4_mul(wasm_v128_load(pigment_ks + i), above);
    ks = wasm_f32x4_add(ks, absorption(&source, i, half_below));
    v128_t root = wasm_f32x4_sqrt(wasm_f32x4_add(wasm_f32x4_mul(ks, ks), wasm_f32x4_add(ks, ks)));
    v128_t value = wasm_f32x4_sub(wasm_f32x4_add(wasm_f32x4_splat(1), ks), root);
    red = wasm_f32x4_add(red, wasm_f32x4_mul(value, wasm_v128_load(TO_RED + i)));
    green = wasm_f32x4_add(green, wasm_f32x4_mul(value, wasm_v128_load(TO_GREEN + i)));
    blue = wasm_f32x4_add(blue, wasm_f32x4_mul(value, wasm_v128_load(TO_BLUE + i)));
  }
  v128_t sums = wasm_i32x4_shuffle(red, green, 0, 4, 1, 5);
  sums = wasm_f32x4_add(sums, wasm_i32x4_shuffle(red, green, 2, 6, 3, 7));
  blue = wasm_f32x4_add(blue, wasm_i64x2_shuffle(blue, blue, 1, 0));
  sums = wasm_f32x4_add(wasm_i32x4_shuffle(sums, blue, 0, 1, 4, 4), wasm_i32x4_shuffle(sums, blue, 2, 3, 5, 5));
  return wasm_f32x4_pmin(wasm_f32x4_pmax(wasm_f32x4_splat(0), sums), wasm_f32x4_splat(1));
}

// Linear light to sRGB bytes.
static inline uint32_t to_color(v128_t sums) {
  v128_t steps = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_mul(sums, wasm_f32x4_splat(STEPS)));
  uint32_t bytes[3] = {byte_guess[wasm_i32x4_extract_lane(steps, 0)], byte_guess[wasm_i32x4_extract_lane(steps, 1)],
                       byte_guess[wasm_i32x4_extract_lane(steps, 2)]};
  bytes[0] += wasm_f32x4_extract_lane(sums, 0) >= byte_starts[bytes[0] + 1];
  bytes[1] += wasm_f32x4_extract_lane(sums, 1) >= byte_starts[bytes[1] + 1];
  bytes[2] += wasm_f32x4_extract_lane(sums, 2) >= byte_starts[bytes[2] + 1];
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | 0xFF000000u;
}

// Makes the mixes of the batch and hands them to the pixels that wait.
static void finish_batch(void) {
  for (int i = 0; i < batch.count; i += 4) find_shares(i);
  for (int i = 0; i < batch.count; i++) batch.sums[i] = mix(i);
  for (int i = 0; i < batch.count; i++) batch.into[i]->color = to_color(batch.sums[i]);
  for (int i = 0; i < batch.waiting; i++) *batch.pixels[i] = batch.colors[i]->color;
  batch.count = batch.waiting = 0;
  batch.number++;
}

static void add_to_batch(Mix *into, uint64_t key, uint32_t color, uint32_t amount) {
  int alpha = mixes_brush && amount > 178 * 257 ? (int)amount / 257 : 0;
  if (into->batch == batch.number || batch.count == BATCH || alpha != pigment_alpha) finish_batch();
  if (alpha != pigment_alpha) use_pigment(alpha);
  int at = batch.count++;
  into->key = key;
  into->batch = batch.number;
  batch.into[at] = into;
  batch.red[at] = linear[color & 255];
  batch.green[at] = linear[color >> 8 & 255];
  batch.blue[at] = linear[color >> 16 & 255];
  batch.amount[at] = (float)amount;
}

static uint32_t slot_of(uint64_t key) { return (uint32_t)((key * 0x9E3779B97F4A7C15ull) >> (64 - CACHE_BITS)); }

static uint64_t key_of(uint32_t color, uint32_t amount) {
  return pigment_number << 40 | (uint64_t)(color & 0xFFFFFF) << 16 | amount;
}

static uint16_t edge_at(const uint8_t *upper, const uint8_t *lower, int a, int b) {
  int dx = lower[b] - lower[a], dy = lower[a] - upper[a];
  return edge_of[min_int(dx * dx + dy * dy, 36)];
}

// The edge strength of one row of quads of the mask from column `left` to before `right`, either of which may lie
// outside, summed over each quad and its neighbours. SwiftShader takes the gradient of a quad of 2 x 2 fragments at its
// first fragment, for all four; GL counts rows from the bottom, so the first row of a quad is its lower one here.
// Texels outside repeat the border.
static void make_edges(int row, int left, int right) {
  int top = 2 * row - (height & 1), pitch = fill_mask.pitch, whole = width / 2;
  const uint8_t *upper = fill_mask.pixels + clamp_int(top, 0, height - 1) * pitch;
  const uint8_t *lower = fill_mask.pixels + clamp_int(top + 1, 0, height - 1) * pitch;
  uint16_t *edges = quad_edges + BEFORE, *sums = edge_sums[row & 3] + BEFORE;
  int first = (left >> 1) - 1, last = ((right - 1) >> 1) + 1;  // both are needed
  const v128_t low_byte = wasm_i16x8_splat(255), most = wasm_i16x8_splat(7), sixteen = wasm_i8x16_splat(16);
  for (int x = max_int(2 * first, 0) & -TILE; x <= 2 * last && x < width; x += TILE) {
    v128_t below = wasm_v128_load(lower + x), above = wasm_v128_load(upper + x);
    v128_t at = wasm_v128_and(below, low_byte);
    v128_t dx = wasm_i16x8_min(wasm_i16x8_abs(wasm_i16x8_sub(wasm_u16x8_shr(below, 8), at)), most);
    v128_t dy = wasm_i16x8_min(wasm_i16x8_abs(wasm_i16x8_sub(at, wasm_v128_and(above, low_byte))), most);
    v128_t steep = wasm_i16x8_add(wasm_i16x8_mul(dx, dx), wasm_i16x8_mul(dy, dy));
    if (!wasm_v128_any_true(steep)) {
      wasm_v128_store(edges + x / 2, steep);
      continue;
    }
    steep = wasm_i16x8_min(steep, wasm_i16x8_splat(36));
    v128_t index = wasm_u8x16_narrow_i16x8(steep, steep), low, high;
    low = wasm_i8x16_swizzle(wasm_v128_load(edge_bytes[0]), index);
    high = wasm_i8x16_swizzle(wasm_v128_load(edge_bytes[3]), index);
    index = wasm_i8x16_sub(index, sixteen);
    low = wasm_v128_or(low, wasm_i8x16_swizzle(wasm_v128_load(edge_bytes[1]), index));
    high = wasm_v128_or(high, wasm_i8x16_swizzle(wasm_v128_load(edge_bytes[4]), index));
    index = wasm_i8x16_sub(index, sixteen);
    low = wasm_v128_or(low, wasm_i8x16_swizzle(wasm_v128_load(edge_bytes[2]), index));
    high = wasm_v128_or(high, wasm_i8x16_swizzle(wasm_v128_load(edge_bytes[5]), index));
    wasm_v128_store(edges + x / 2, wasm_i8x16_shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  }
  for (int x = first; x < 0; x++) edges[x] = edge_at(upper, lower, 0, 0);
  for (int x = max_int(first, whole); x <= last; x++) edges[x] = edge_at(upper, lower, width - 1, width - 1);
  for (int x = first + 1; x < last; x += 8) {
    v128_t sum = wasm_i16x8_add(wasm_v128_load(edges + x - 1), wasm_v128_load(edges + x));
    wasm_v128_store(sums + x, wasm_i16x8_add(sum, wasm_v128_load(edges + x + 1)));
  }
}

// The amounts of sixteen pixels from column x on, a multiple of 16: the mask, and the edges around each quad.
static inline void make_amounts(uint16_t *amounts, v128_t mask, int x, int row, bool has_edges) {
  v128_t low = wasm_i8x16_shuffle(mask, mask, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);  // times 257
  v128_t high = wasm_i8x16_shuffle(mask, mask, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
  if (has_edges) {
    int at = BEFORE + x / 2;
    v128_t sum = wasm_i16x8_add(wasm_v128_load(edge_sums[(row - 1) & 3] + at), wasm_v128_load(edge_sums[row & 3] + at));
    sum = wasm_i16x8_add(sum, wasm_v128_load(edge_sums[(row + 1) & 3] + at));
    low = wasm_u16x8_add_sat(low, wasm_i16x8_shuffle(sum, sum, 0, 0, 1, 1, 2, 2, 3, 3));
    high = wasm_u16x8_add_sat(high, wasm_i16x8_shuffle(sum, sum, 4, 4, 5, 5, 6, 6, 7, 7));
  }
  wasm_v128_store(amounts, low);
  wasm_v128_store(amounts + 8, high);
}

// Where there is no mask the page draws the canvas over itself.
static uint32_t over_itself(uint32_t color) {
  int kept = 255 - (int)(color >> 24);
  uint32_t out = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    int value = color >> shift & 255;
    out |= (uint32_t)min_int(255, value + div255(value * kept + 127)) << shift;
  }
  return out;
}

static uint32_t over_white(uint32_t color) {
  int kept = 255 - (int)(color >> 24);
  uint32_t out = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    int alpha = color >> 24, value = color >> shift & 255;
    out |= (uint32_t)min_int(255, kept + div255(value * alpha + 127)) << shift;
  }
  return out;
}

// True where sixteen pixels, of which those from `from` to before `to` are looked at, are opaque.
static inline bool is_opaque(const uint32_t *pixels, int from, int to) {
  if (from == 0 && to == TILE) {
    v128_t both = wasm_v128_and(wasm_v128_load(pixels), wasm_v128_load(pixels + 4));
    v128_t rest = wasm_v128_and(wasm_v128_load(pixels + 8), wasm_v128_load(pixels + 12));
    v128_t alpha = wasm_i32x4_splat((int32_t)0xFF000000u);
    return wasm_i32x4_all_true(wasm_i32x4_eq(wasm_v128_and(wasm_v128_and(both, rest), alpha), alpha));
  }
  uint32_t all = 0xFFFFFFFF;
  for (; from < to; from++) all &= pixels[from];
  return all >= 0xFF000000u;
}

static void over_themselves(uint32_t *pixels, uint32_t bits) {
  for (; bits; bits &= bits - 1) {
    uint32_t *pixel = pixels + __builtin_ctz(bits);
    if (*pixel < 0xFF000000u && *pixel > 0x00FFFFFFu) *pixel = over_itself(*pixel);
  }
}

// Mixes the pigment into those of sixteen pixels that `bits` tell, at once or when the batch is finished.
static inline void mix_pixels(uint32_t *pixels, const uint16_t *amounts, uint32_t bits) {
  for (; bits; bits &= bits - 1) {
    int at = __builtin_ctz(bits);
    uint32_t below = pixels[at];
    if (below < 0xFF000000u) below = over_white(below);
    uint64_t key = key_of(below, amounts[at]);
    Mix *known = mixes + slot_of(key);
    if (known->key != key) add_to_batch(known, key, below, amounts[at]);
    if (known->batch != batch.number) {
      pixels[at] = known->color;
      continue;
    }
    batch.pixels[batch.waiting] = pixels + at;
    batch.colors[batch.waiting++] = known;
  }
  if (batch.waiting > MAX_SIDE - TILE) finish_batch();
}

static void set_pigment(bool is_brush, const float *color) {
  static float last[4] = {-1};
  float now[4] = {clamp_float(color[0], 0, 1), clamp_float(color[1], 0, 1), clamp_float(color[2], 0, 1), is_brush};
  memcpy(pigment_color, now, sizeof pigment_color);
  mixes_brush = is_brush;
  if (memcmp(last, now, sizeof now)) {
    memcpy(last, now, sizeof now);
    pigment_number++;
  }
  use_pigment(0);
}

static void blend(const float *values) {
  if (!all_finite(values + 4, 4)) return;
  bool is_brush = values[0] != 0, has_pigment = !is_nan(values[1]) && !is_nan(values[2]) && !is_nan(values[3]);
  int left = (int)clamp_float(values[4], -FAR, FAR), top = (int)clamp_float(values[5], -FAR, FAR);
  Box box = {left, top, left + (int)clamp_float(values[6], 0, FAR), top + (int)clamp_float(values[7], 0, FAR)};
  box = clip_box(box, width, height);
  if (is_empty(box)) return;
  set_pigment(is_brush, values + 1);
  const Plane *mask = is_brush ? &brush_mask : &fill_mask;
  int odd = height & 1, made = ((box.top + odd) >> 1) - 2;  // rows of quads
  for (int y = box.top; y < box.bottom; y++) {
    int quad = (y + odd) >> 1;
    while (!is_brush && made < quad + 1) make_edges(++made, box.left, box.right);
    const uint8_t *row = mask->pixels + y * mask->pitch;
    uint32_t *pixels = (uint32_t *)canvas + y * width;
    for (int x = box.left & -TILE; x < box.right; x += TILE) {
      int from = max_int(box.left - x, 0), to = min_int(box.right - x, TILE);
      uint32_t inside = (1u << to) - (1u << from);
      v128_t some = wasm_v128_load(row + x);
      uint32_t bits = ~wasm_i8x16_bitmask(wasm_i8x16_eq(some, wasm_i64x2_splat(0))) & inside;
      if (!is_opaque(pixels + x, from, to)) over_themselves(pixels + x, inside & ~bits);
      if (!bits) continue;
      work_done += (uint64_t)__builtin_popcount(bits);
      uint16_t amounts[TILE] __attribute__((aligned(16)));
      make_amounts(amounts, some, x, quad, !is_brush);
      if (has_pigment) mix_pixels(pixels + x, amounts, bits);
      else
        for (; bits; bits &= bits - 1) pixels[x + __builtin_ctz(bits)] = 0xFFFFFFFF;  // what the shader makes of NaN
    }
  }
  finish_batch();
}

// ---- Flat shapes

static uint32_t premultiplied(const float *color) {
  uint32_t out = 0;
  for (int k = 0; k < 4; k++) out |= (uint32_t)to_byte(color[k]) << (8 * k);
  return out;
}

// Source-over of a premultiplied colour that is rounded with what it covers, not before. A product with NaN is 0.
static uint32_t over(const float *color, uint32_t below) {
  if (is_nan(color[3])) return 0;
  float kept = 1 - clamp_float(color[3], 0, 1);
  uint32_t out = 0;
  for (int k = 0; k < 4; k++) {
    float value = clamp_float(color[k], 0, 1) * 255 + (float)(below >> (8 * k) & 255) * kept + 0.5f;
    out |= (uint32_t)min_int(255, (int)value) << (8 * k);
  }
  return out;
}

static void draw_background(const float *color) {
  uint32_t pixel = premultiplied(color);
  for (int i = 0; i < width * height; i++) ((uint32_t *)canvas)[i] = pixel;
}

// Marks, in each row whose centre an edge crosses, the first pixel whose centre lies right of it.
static void add_sample_edge(Point a, Point b) {
  int direction = 1;
  if (a.y > b.y) {
    Point p = a;
    a = b;
    b = p;
    direction = -1;
  }
  int from = max_int((int)ceilf(a.y - 0.5f), 0), to = min_int((int)ceilf(b.y - 0.5f), height);
  for (int y = from; y < to; y++) {
    float x = a.x + (b.x - a.x) * (((float)y + 0.5f - a.y) / (b.y - a.y));
    int column = (int)ceilf(clamp_float(x, 0, (float)width + 1) - 0.5f);
    if (column < width) accumulator[y * target_pitch + column] += (int16_t)direction;
  }
}

static void paint_samples(Box box, const float *color, bool even_odd) {
  for (int y = box.top; y < box.bottom; y++) {
    int winding = 0;
    int16_t *cells = accumulator + y * target_pitch;
    uint32_t *pixels = (uint32_t *)canvas + y * width;
    for (int x = box.left; x < box.right; x++) {
      winding += cells[x];
      cells[x] = 0;
      if (even_odd ? winding & 1 : winding) pixels[x] = over(color, pixels[x]);
    }
  }
  if (!is_empty(box)) work_done += (uint64_t)(box.right - box.left) * (uint64_t)(box.bottom - box.top);
}

// A colour times a coverage of 0..255 over a pixel, as Skia blends it on a 2D canvas.
static uint32_t over_smoothly(uint32_t color, int cover, uint32_t below) {
  if (cover == 255 && color >= 0xFF000000u) return color;
  uint32_t out = 0, part[4];
  for (int k = 0; k < 4; k++) {
    part[k] = color >> (8 * k) & 255;
    if (cover < 255) part[k] = part[k] * (uint32_t)(cover + 1) >> 8;
  }
  uint32_t kept = 256 - part[3];
  for (int k = 0; k < 4; k++) out |= (part[k] + ((below >> (8 * k) & 255) * kept >> 8)) << (8 * k);
  return out;
}

// A premultiplied colour in bytes: rounded before it is multiplied, as Skia does.
static uint32_t to_pixel(const float *color) {
  float alpha = clamp_float(color[3], 0, 1);
  int a = to_byte(alpha);
  uint32_t out = (uint32_t)a << 24;
  for (int k = 0; k < 3; k++) {
    int value = (alpha > 0 ? to_byte(color[k] / alpha) : 0) * a + 128;
    out |= (uint32_t)((value + (value >> 8)) >> 8) << (8 * k);
  }
  return out;
}

// Paints a shape by how much of each pixel it covers, in `full` parts, and empties the coverage.
static void paint_cover(Box box, const float *color, int full) {
  uint32_t pixel = to_pixel(color);
  int pitch = (width + TILE - 1) & -TILE;
  for (int y = box.top; y < box.bottom; y++) {
    uint8_t *cover = cover_pixels + y * pitch;
    uint32_t *pixels = (uint32_t *)canvas + y * width;
    for (int x = box.left; x < box.right; x++) {
      if (!cover[x]) continue;
      int covered = cover[x];
      cover[x] = 0;
      if (full == 255) {
        pixels[x] = over_smoothly(pixel, covered, pixels[x]);
        continue;
      }
      float share = (float)covered / (float)full, part[4];
      for (int k = 0; k < 4; k++) part[k] = clamp_float(color[k], 0, 1) * share;
      pixels[x] = over(part, pixels[x]);
    }
  }
  if (!is_empty(box)) work_done += 8 * (uint64_t)(box.right - box.left) * (uint64_t)(box.bottom - box.top);
}

static void draw_flat(bool even_odd, const float *color, const float *counts, int contours, const float *points,
                      int total) {
  const Matrix identity = {1, 0, 0, 1, 0, 0};
  if (!all_finite(points, 2 * total)) return;
  aim_at(&(Plane){width, height, (width + TILE - 1) & -TILE, cover_pixels}, 0, height);
  Box box = NOTHING;
  for (int i = 0; i < contours; i++) {
    int count = (int)counts[i];
    for (int k = 0; k < count; k++) {
      int next = k + 1 < count ? k + 1 : 0;
      Point a = transform(identity, points[2 * k], points[2 * k + 1]);
      add_sample_edge(a, transform(identity, points[2 * next], points[2 * next + 1]));
      unite(&box, (Box){(int)a.x - 1, (int)a.y - 1, (int)a.x + 2, (int)a.y + 2});
    }
    points += 2 * count;
  }
  work_done += (uint64_t)total;
  paint_samples(clip_box(box, width, height), color, even_odd);
}

// The same shape with four samples a pixel, where Vulkan has them, as a framebuffer keeps them.
static void draw_sampled(const float *color, const float *counts, int contours, const float *points, int total) {
  static const float across[4] = {0.375f, 0.875f, 0.125f, 0.625f}, down[4] = {0.125f, 0.375f, 0.625f, 0.875f};
  if (!all_finite(points, 2 * total) || !all_finite(color, 4)) return;
  int pitch = (width + TILE - 1) & -TILE;
  aim_at(&(Plane){width, height, pitch, cover_pixels}, 0, height);
  Box box = NOTHING;
  const Matrix identity = {1, 0, 0, 1, 0, 0};
  for (int sample = 0; sample < 4; sample++) {
    const float *at = points;
    for (int i = 0; i < contours; i++) {
      int count = (int)counts[i];
      for (int k = 0; k < count; k++) {
        int next = k + 1 < count ? k + 1 : 0;
        Point a = transform(identity, at[2 * k], at[2 * k + 1]), b = transform(identity, at[2 * next], at[2 * next + 1]);
        a.x += 0.5f - across[sample], a.y += 0.5f - down[sample];
        b.x += 0.5f - across[sample], b.y += 0.5f - down[sample];
        add_sample_edge(a, b);
        unite(&box, (Box){(int)a.x - 2, (int)a.y - 2, (int)a.x + 3, (int)a.y + 3});
      }
      at += 2 * count;
    }
    Box seen = clip_box(box, width, height);
    for (int y = seen.top; y < seen.bottom; y++) {
      int winding = 0;
      int16_t *cells = accumulator + y * target_pitch;
      for (int x = seen.left; x < seen.right; x++) {
        winding += cells[x];
        cells[x] = 0;
        if (winding) cover_pixels[y * pitch + x]++;
      }
    }
  }
  work_done += (uint64_t)total * 4;
  paint_cover(clip_box(box, width, height), color, 4);
}

// Covers a rectangle exactly, which Skia does where it fills one; false where the points are none.
static bool cover_rectangle(const float *p, int pitch, Box box) {
  bool across = p[1] == p[3] && p[2] == p[4] && p[5] == p[7] && p[6] == p[0];
  bool down = p[0] == p[2] && p[3] == p[5] && p[4] == p[6] && p[7] == p[1];
  if (!across && !down) return false;
  float left = p[0] < p[4] ? p[0] : p[4], right = p[0] < p[4] ? p[4] : p[0];
  float top = p[1] < p[5] ? p[1] : p[5], bottom = p[1] < p[5] ? p[5] : p[1];
  for (int y = box.top; y < box.bottom; y++) {
    float high = clamp_float(bottom - (float)y, 0, 1) - clamp_float(top - (float)y, 0, 1);
    for (int x = box.left; x < box.right; x++) {
      float wide = clamp_float(right - (float)x, 0, 1) - clamp_float(left - (float)x, 0, 1);
      cover_pixels[y * pitch + x] = (uint8_t)(255 * wide * high + 0.5f);
    }
  }
  return true;
}

// Contours onto a 2D canvas: non-zero, antialiased.
static void draw_smooth(const float *color, const float *counts, int contours, const float *points, int total) {
  if (!all_finite(points, 2 * total) || !all_finite(color, 4)) return;
  const Matrix identity = {1, 0, 0, 1, 0, 0};
  Box box = NOTHING;
  for (int i = 0; i < total; i++) {
    Point a = transform(identity, points[2 * i], points[2 * i + 1]);
    unite(&box, (Box){(int)a.x - 1, (int)a.y - 1, (int)a.x + 2, (int)a.y + 2});
  }
  box = clip_box(box, width, height);
  work_done += (uint64_t)total;
  if (is_empty(box)) return;
  Plane cover = {width, height, (width + TILE - 1) & -TILE, cover_pixels};
  if (contours == 1 && total == 4 && cover_rectangle(points, cover.pitch, box)) {
    paint_cover(box, color, 255);
    return;
  }
  aim_at(&cover, box.top, box.bottom);
  for (int i = 0; i < contours; i++) {
    int count = (int)counts[i];
    for (int k = 0; k < count; k++) {
      int next = k + 1 < count ? k + 1 : 0;
      Point a = transform(identity, points[2 * k], points[2 * k + 1]);
      Point b = transform(identity, points[2 * next], points[2 * next + 1]);
      add_edge(a.x, to_subrow(a.y), b.x, to_subrow(b.y), 1);
    }
    points += 2 * count;
  }
  sweep(&cover, true, (Paint){OVER, 255, 0, false});
  paint_cover(box, color, 255);
}

// A chord from one subrow to another. Where edges bend little, Skia goes on along a chord to the end of its row.
typedef struct {
  float x, slope;  // at its top, per subrow
  int top, bottom;
  bool goes_on;
} Chord;

static int chords_of(const Arc *arc, Point centre, float radius, Chord *into) {
  int distance = ((int)(arc->deviation * radius) + 16) >> 5, made = 0;
  int shift = distance < 8 ? 1 : min_int((32 - __builtin_clz((unsigned)distance)) / 2, 6), count = 1 << shift;
  Point a = {centre.x + radius * arc->start.x, centre.y + radius * arc->start.y};
  Point b = {centre.x + radius * arc->control.x, centre.y + radius * arc->control.y};
  Point c = {centre.x + radius * arc->end.x, centre.y + radius * arc->end.y}, before;
  float x = a.x, step = 1 / (float)count;
  float turn_x = fabsf(a.x - 2 * b.x + c.x) * 2 * step * step, turn_y = fabsf(a.y - 2 * b.y + c.y) * 2 * step * step;
  int y = to_subrow(a.y), bottom = to_subrow(c.y);
  float shifted = (float)y / SUBROWS - a.y;  // the curve goes on from where its start was moved to
  a.y += shifted, b.y += shifted, c.y += shifted;
  before = a;
  for (int i = 1; i <= count; i++) {
    float t = (float)i * step, s = 1 - t, end_x = c.x;
    Point on = {s * s * a.x + 2 * s * t * b.x + t * t * c.x, s * s * a.y + 2 * s * t * b.y + t * t * c.y};
    int end_y = bottom;
    bool goes_on = false;
    if (i < count) {
      end_x = on.x;
      if (on.y - before.y >= 2) {  // long chords end on whole rows
        float rise = on.y - (float)y / SUBROWS;
        end_y = min_int(SUBROWS * (int)__builtin_floorf(on.y + 0.5f), bottom);
        if (rise != 0) end_x -= (on.x - x) / rise * (on.y - (float)end_y / SUBROWS);
      } else {
        end_y = min_int(to_subrow(on.y), bottom);
      }
      float u = t + step, v = 1 - u;
      float next_x = fabsf(v * v * a.x + 2 * v * u * b.x + u * u * c.x - on.x);
      float next_y = fabsf(v * v * a.y + 2 * v * u * b.y + u * u * c.y - on.y);
      goes_on = next_x / 2 >= turn_x && next_y / 2 >= turn_y && on.y - before.y >= 1;
    }
    before = on;
    if (end_y <= y) continue;
    into[made++] = (Chord){x, (end_x - x) / (float)(end_y - y), y, end_y, goes_on};
    x = end_x;
    y = end_y;
  }
  return made;
}

// One side of an ellipse, from its top down.
static void add_side_of_oval(const Wheel *wheel, Point centre, float radius, int direction) {
  static Chord chords[(MAX_QUADS + 8) * 64];
  int order[MAX_QUADS + 8], arcs = 0, count = 0, ending = 0;
  for (int i = 0; i < wheel->count; i++) {
    if (wheel->arcs[i].direction != direction) continue;
    int at = arcs++;
    for (; at > 0 && wheel->arcs[order[at - 1]].start.y > wheel->arcs[i].start.y; at--) order[at] = order[at - 1];
    order[at] = i;
  }
  for (int i = 0; i < arcs; i++) {
    int first = count;
    count += chords_of(wheel->arcs + order[i], centre, radius, chords + count);
    if (first > 0 && count > first) {
      Chord *last = chords + first - 1, *next = chords + first;
      bool is_tall = next->bottom - next->top >= SUBROWS;
      last->goes_on = is_tall && fabsf(next->slope - last->slope) * SUBROWS <= 1;
    }
    if (count > first) ending = first;
  }
  for (int i = ending; i < count; i++) chords[i].goes_on = false;
  for (int i = 0, y = count ? chords[0].top : 0; i < count; i++) {
    const Chord *chord = chords + i;
    if (chord->bottom <= y) continue;
    int end = chord->goes_on ? (chord->bottom + SUBROWS - 1) & -SUBROWS : chord->bottom;
    float from = to_grid(chord->x + chord->slope * (float)(y - chord->top));
    while (y < end) {  // where a chord passes from row to row it lies on sixteenths
      int next = min_int((y & -SUBROWS) + SUBROWS, end);
      float to = to_grid(chord->x + chord->slope * (float)(next - chord->top));
      add_clipped(from, y, to, next, direction, 1);
      from = to;
      y = next;
    }
  }
}

// An ellipse onto a 2D canvas: a circle through a matrix.
static void draw_oval(const float *color, float radius, const float *matrix) {
  if (!all_finite(color, 11)) return;
  Matrix m = read_matrix(matrix);
  radius = clamp_float(radius, 0, FAR);
  float reach_x = radius * sqrtf(m.a * m.a + m.c * m.c) + 1, reach_y = radius * sqrtf(m.b * m.b + m.d * m.d) + 1;
  if (!(reach_x < FAR && reach_y < FAR)) return;
  Point centre = {clamp_float(m.e, -FAR, FAR), clamp_float(m.f, -FAR, FAR)};
  Box around = {(int)(centre.x - reach_x) - 1, (int)(centre.y - reach_y) - 1, (int)(centre.x + reach_x) + 2,
                (int)(centre.y + reach_y) + 2};
  Box box = clip_box(around, width, height);
  if (is_empty(box)) return;
  Plane cover = {width, height, (width + TILE - 1) & -TILE, cover_pixels};
  aim_at(&cover, box.top, box.bottom);
  const Wheel *wheel = wheel_for(m, radius);
  add_side_of_oval(wheel, centre, radius, 1);
  add_side_of_oval(wheel, centre, radius, -1);
  sweep(&cover, false, (Paint){OVER, 255, 0, false});
  paint_cover(box, color, 255);
}

// ---- Further surfaces and masks

typedef struct {
  int width, height;
  uint8_t *pixels;  // NULL where there is none
} Surface;

static Surface surfaces[MAX_SURFACES];
static Plane masks[MAX_MASKS];
static Box dirty[MAX_MASKS];
static int aimed_fill, aimed_brush;
static uint8_t *pool;
static size_t pool_used;

static uint8_t *take(size_t size) {  // from the pool, zeroed
  if (!pool) pool = allocate(POOL);
  size = (size + 15) & ~(size_t)15;
  if (!pool || size > POOL - pool_used) return NULL;
  uint8_t *taken = pool + pool_used;
  pool_used += size;
  return memset(taken, 0, size);
}

static int read_id(float value, int low, int most) {  // -2 where it is none
  return value >= (float)low && value < (float)most && value == (float)(int)value ? (int)value : -2;
}

static bool is_side(float value) { return value >= 1 && value <= MAX_SIDE && value == (float)(int)value; }

static bool make_surface(const float *at) {
  int id = read_id(at[0], 1, MAX_SURFACES);
  if (id < 0 || !is_side(at[1]) || !is_side(at[2])) return false;
  Surface *made = surfaces + id;
  int wide = (int)at[1], high = (int)at[2];
  made->pixels = take((size_t)(wide * high * 4));
  made->width = wide;
  made->height = high;
  return made->pixels != NULL;
}

static bool make_mask(const float *at) {
  int id = read_id(at[0], 2, MAX_MASKS);
  if (id < 0 || !is_side(at[1]) || !is_side(at[2])) return false;
  int wide = (int)at[1], high = (int)at[2], pitch = (wide + TILE - 1) & -TILE;
  masks[id] = (Plane){wide, high, pitch, take((size_t)(pitch * high))};
  dirty[id] = NOTHING;
  return masks[id].pixels != NULL;
}

static bool aim_masks(const float *at) {
  int id = read_id(at[0], 0, MAX_SURFACES);
  int fill = read_id(at[1], -1, MAX_MASKS), brush = read_id(at[2], -1, MAX_MASKS);
  if (id < 0 || fill < -1 || brush < -1 || !surfaces[id].pixels) return false;
  const Surface *to = surfaces + id;
  for (int i = 0; i < 2; i++) {
    int which = i ? brush : fill;
    if (which < 0) continue;
    if (!masks[which].pixels || masks[which].width != to->width || masks[which].height != to->height) return false;
  }
  if (aimed_fill >= 0) dirty[aimed_fill] = fill_dirty;
  if (aimed_brush >= 0) dirty[aimed_brush] = brush_dirty;
  aimed_fill = fill;
  aimed_brush = brush;
  canvas = to->pixels;
  width = to->width;
  height = to->height;
  fill_mask = fill < 0 ? (Plane){0} : masks[fill];
  brush_mask = brush < 0 ? (Plane){0} : masks[brush];
  fill_dirty = fill < 0 ? NOTHING : dirty[fill];
  brush_dirty = brush < 0 ? NOTHING : dirty[brush];
  memset(live, 0xFF, sizeof live);
  return true;
}

static void lerp_pixels(const uint8_t *a, const uint8_t *b, float t, float *out) {
  for (int k = 0; k < 4; k++) out[k] = (float)a[k] + t * (float)(b[k] - a[k]);
}

// Draws a surface through the map m from pixels to its pixels, times a premultiplied colour.
static bool draw_image(const float *at) {
  int id = read_id(at[0], 0, MAX_SURFACES);
  if (id < 0 || !surfaces[id].pixels) return false;
  const Surface *from = surfaces + id;
  const float *color = at + 2, *m = at + 6, *points = at + 12;
  if (!all_finite(at, 20) || from->pixels == canvas) return true;
  const Matrix identity = {1, 0, 0, 1, 0, 0};
  aim_at(&(Plane){width, height, (width + TILE - 1) & -TILE, cover_pixels}, 0, height);
  Box box = NOTHING;
  for (int k = 0; k < 4; k++) {
    int next = (k + 1) & 3;
    Point a = transform(identity, points[2 * k], points[2 * k + 1]);
    add_sample_edge(a, transform(identity, points[2 * next], points[2 * next + 1]));
    unite(&box, (Box){(int)a.x - 1, (int)a.y - 1, (int)a.x + 2, (int)a.y + 2});
  }
  box = clip_box(box, width, height);
  float tint[4];
  for (int k = 0; k < 4; k++) tint[k] = clamp_float(color[k], 0, 1) / 255;
  for (int y = box.top; y < box.bottom; y++) {
    int winding = 0;
    int16_t *cells = accumulator + y * target_pitch;
    uint32_t *pixels = (uint32_t *)canvas + y * width;
    for (int x = box.left; x < box.right; x++) {
      winding += cells[x];
      cells[x] = 0;
      if (!winding) continue;
      float cx = (float)x + 0.5f, cy = (float)y + 0.5f;
      float u = clamp_float(m[0] * cx + m[2] * cy + m[4] - 0.5f, 0, (float)(from->width - 1));
      float v = clamp_float(m[1] * cx + m[3] * cy + m[5] - 0.5f, 0, (float)(from->height - 1));
      if (at[1] == 0) u = __builtin_floorf(u + 0.5f), v = __builtin_floorf(v + 0.5f);
      int left = (int)u, top = (int)v;
      float fu = u - (float)left, fv = v - (float)top, rows[2][4], texel[4];
      if (fu < 1.0f / 512) fu = 0;
      if (fv < 1.0f / 512) fv = 0;
      if (fu > 511.0f / 512) fu = 1;
      if (fv > 511.0f / 512) fv = 1;
      int right = min_int(left + 1, from->width - 1), bottom = min_int(top + 1, from->height - 1);
      const uint8_t *upper = from->pixels + 4 * (size_t)(top * from->width);
      const uint8_t *lower = from->pixels + 4 * (size_t)(bottom * from->width);
      lerp_pixels(upper + 4 * left, upper + 4 * right, fu, rows[0]);
      lerp_pixels(lower + 4 * left, lower + 4 * right, fu, rows[1]);
      for (int k = 0; k < 4; k++) texel[k] = (rows[0][k] + fv * (rows[1][k] - rows[0][k])) * tint[k];
      pixels[x] = over(texel, pixels[x]);
    }
  }
  if (!is_empty(box)) work_done += 32 * (uint64_t)(box.right - box.left) * (uint64_t)(box.bottom - box.top);
  return true;
}

// Returns how many floats the words are, or -1.
static int write_pixels(const float *at, int rest) {
  int id = read_id(at[0], 0, MAX_SURFACES);
  if (id < 0 || !surfaces[id].pixels || !is_side(at[3]) || !is_side(at[4])) return -1;
  const Surface *to = surfaces + id;
  int x = read_id(at[1], 0, to->width), y = read_id(at[2], 0, to->height), wide = (int)at[3], high = (int)at[4];
  if (x < 0 || y < 0 || x + wide > to->width || y + high > to->height || wide * high > rest) return -1;
  for (int row = 0; row < high; row++)
    memcpy(to->pixels + 4 * (size_t)((y + row) * to->width + x), at + 5 + row * wide, (size_t)wide * 4);
  work_done += (uint64_t)(wide * high);
  return wide * high;
}

// ---- The stream

static float *stream;
static size_t stream_capacity;
static size_t heap_top;
extern uint8_t __heap_base;

uint8_t *allocate(size_t size) {
  if (!heap_top) heap_top = (size_t)&__heap_base;
  size_t start = (heap_top + 15) & ~(size_t)15, end = start + size, have = __builtin_wasm_memory_size(0) * 65536ull;
  if (end < start) return NULL;
  if (end > have && __builtin_wasm_memory_grow(0, (end - have + 65535) / 65536) == (size_t)-1) return NULL;
  heap_top = end;
  return (uint8_t *)start;
}

// A count in the stream: a whole number of items of `size` floats that the rest of the stream can hold, or -1.
static int read_count(float value, int size, int rest) {
  if (!(value >= 0) || !(value * (float)size <= (float)rest)) return -1;
  int count = (int)value;
  return (float)count == value && (int64_t)count * size <= rest ? count : -1;
}

static int run_flat(const float *at, int rest) {
  if (rest < 6) return -1;
  int contours = read_count(at[5], 1, rest - 6), total = 0;
  if (contours < 0) return -1;
  const float *counts = at + 6;
  for (int i = 0; i < contours; i++) {
    int count = read_count(counts[i], 2, rest - 6 - contours - 2 * total);
    if (count < 0) return -1;
    total += count;
  }
  if (at[0] == 2) draw_sampled(at + 1, counts, contours, counts + contours, total);
  else if (at[0] == 3) draw_smooth(at + 1, counts, contours, counts + contours, total);
  else draw_flat(at[0] != 0, at + 1, counts, contours, counts + contours, total);
  return 6 + contours + 2 * total;
}

static int run_tips(int command, const float *at, int rest) {
  int size = command == 10 ? 8 : 5;
  if (rest < 2) return -1;
  int id = read_count(at[0], 1, MAX_TIPS - 1), count = read_count(at[1], size, rest - 2);
  if (id < 0 || count < 0) return -1;
  if (command == 10) draw_tip(id, at + 2, count);
  else
    for (int i = 0; i < count; i++) draw_stamp(id, at + 2 + 5 * i);
  return 2 + size * count;
}

// Runs one command whose arguments start at `at`; returns how many floats they are, or -1.
static int run_command(int command, const float *at, int rest) {
  static const int sizes[COMMANDS + 1] = {0, 7, 1, 2, 11, 0, 0, 4, 8, 1, 2, 2, 6, 3, 3, 3, 20, 5, 11};
  if (command < 1 || command > COMMANDS || rest < sizes[command]) return -1;
  bool fills = (command >= 2 && command <= 5) || (command == 8 && at[0] == 0);
  bool brushes = command == 6 || command == 9 || command == 11 || (command == 8 && at[0] != 0);
  if ((fills && !fill_mask.pixels) || (brushes && !brush_mask.pixels)) return -1;
  int count;
  switch (command) {
    case 1:
      count = read_count(at[0], 2, rest - 7);
      if (count < 0) return -1;
      set_path(at + 1, at + 7, count);
      return 7 + 2 * count;
    case 2: fill_path(at[0]); break;
    case 3: stroke_path(at[0], at[1]); break;
    case 4: draw_disc(at); break;
    case 5: clear_mask(&fill_mask, &fill_dirty); break;
    case 6: clear_mask(&brush_mask, &brush_dirty); break;
    case 7: draw_background(at); break;
    case 8: blend(at); break;
    case 9:
      count = read_count(at[0], 4, rest - 1);
      for (int i = 0; i < count; i++) draw_point(at + 1 + 4 * i);
      return count < 0 ? -1 : 1 + 4 * count;
    case 10:
    case 11: return run_tips(command, at, rest);
    case 12: return run_flat(at, rest);
    case 13: return make_surface(at) ? 3 : -1;
    case 14: return make_mask(at) ? 3 : -1;
    case 15: return aim_masks(at) ? 3 : -1;
    case 16: return draw_image(at) ? 20 : -1;
    case 18: draw_oval(at, at[4], at + 5); break;
    case 17:
      count = write_pixels(at, rest - 5);
      return count < 0 ? -1 : 5 + count;
  }
  return sizes[command];
}

// Copies the path out of the stream, which is about to be written anew.
static void keep_path(void) {
  static float *kept;
  static int capacity;
  if (path_count > capacity) {
    kept = (float *)allocate((size_t)path_count * 16);
    capacity = kept ? 2 * path_count : 0;
  }
  if (!kept) path_count = 0;
  if (path_count && path != kept) path = memcpy(kept, path, (size_t)path_count * 8);
}

// Starts a picture: the canvas becomes transparent, masks empty, tips forgotten.
EXPORT(begin) int begin(int new_width, int new_height) {
  if (new_width < 64 || new_width > MAX_SIDE || new_height < 64 || new_height > MAX_SIDE) return -1;
  if (byte_starts[1] == 0) make_tables();
  width = new_width;
  height = new_height;
  int pitch = (width + TILE - 1) & -TILE;
  fill_mask = (Plane){width, height, pitch, fill_pixels};
  brush_mask = (Plane){width, height, pitch, brush_pixels};
  fill_dirty = brush_dirty = NOTHING;
  canvas = sheet;
  memset(surfaces, 0, sizeof surfaces);
  memset(masks, 0, sizeof masks);
  surfaces[0] = (Surface){width, height, sheet};
  masks[0] = fill_mask;
  masks[1] = brush_mask;
  dirty[0] = dirty[1] = NOTHING;
  aimed_fill = 0;
  aimed_brush = 1;
  pool_used = 0;
  memset(sheet, 0, (size_t)(width * height * 4));
  memset(fill_pixels, 0, (size_t)(pitch * height));
  memset(brush_pixels, 0, (size_t)(pitch * height));
  memset(tip_drawn, 0, sizeof tip_drawn);
  memset(mixes, 0, sizeof mixes);
  batch.count = batch.waiting = 0;
  batch.number = 1;
  pigment_number = 1;
  path_count = 0;
  work_done = 0;
  return 0;
}

// Returns where the stream goes: room for `count` floats, or 0 where there is no memory left.
EXPORT(buffer) float *buffer(int count) {
  size_t needed = count > 0 ? (size_t)count : 1;
  if (needed > stream_capacity) {
    size_t capacity = needed > 2 * stream_capacity ? needed : 2 * stream_capacity;
    float *grown = (float *)allocate(capacity * sizeof(float));
    if (!grown) return NULL;
    stream = grown;
    stream_capacity = capacity;
  }
  return stream;
}

// Runs the stream; returns 0, or -(i + 1) where the malformed command that it stopped at starts at float i.
EXPORT(run) int run(int count) {
  if (!width || count < 0 || (size_t)count > stream_capacity) return -1;
  for (int i = 0; i < count;) {
    float opcode = stream[i];
    int used = opcode >= 1 && opcode <= COMMANDS && opcode == (float)(int)opcode
                   ? run_command((int)opcode, stream + i + 1, count - i - 1)
                   : -1;
    if (used < 0) {
      keep_path();  // what is cut off here may go on in the next run
      return -(i + 1);
    }
    i += 1 + used;
  }
  keep_path();
  return 0;
}

EXPORT(pixels) uint8_t *pixels(void) { return sheet; }

// The pixels of a surface, premultiplied, row 0 at the top; 0 where there is none.
EXPORT(surface) uint8_t *surface(int id) { return id >= 0 && id < MAX_SURFACES ? surfaces[id].pixels : NULL; }

// The fill mask (0) or the brush mask (1), for tests: rows are as long as the width, rounded up to 16.
EXPORT(mask) uint8_t *mask(int which) { return which ? brush_pixels : fill_pixels; }

// Covered mask pixels (in tiles), mixed pixels, and vertices since `begin`.
EXPORT(work) double work(void) { return (double)work_done; }
