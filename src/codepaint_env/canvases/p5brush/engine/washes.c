// p5.brush's fills: a polygon that bleeds is laid in some ninety layers, each of which is a path of the stream, filled
// and outlined; discs take some of it away again. Every number is p5.brush's own, in its order.

#include "washes.h"

enum {
  PATH_OP = 1, FILL_OP = 2, STROKE_OP = 3, DISC_OP = 4, DISC = 12,
  PATH_HEADER = 8, AFTER_PATH = 8,
  ROUNDS = 20,
};

Wash wash;
static double given[4 * MOST_GIVEN];  // x, y, bleed and out of each vertex
EXPORT(wash_at) Wash *wash_at(void) { return &wash; }
EXPORT(given_at) double *given_at(void) { return given; }
EXPORT(factors_at) double *factors_at(void) { return factors[0]; }

static const Shape *layer;   // what is to be written
static double layer_alpha;

void make_angles(void);
bool open_strokes(void);

// Takes memory, once, before anybody looks at what there is: to take more moves it.
EXPORT(open_geometry) int open_geometry(void) {
  make_angles();
  const size_t size = MOST * (sizeof(Spot) + sizeof(double) + 1);
  uint8_t *room = allocate(SHAPES * size);
  if (!room) return 0;
  for (int i = 0; i < SHAPES; i++, room += size)
    shapes[i] = (Shape){0, (Spot *)room, (double *)(room + MOST * sizeof(Spot)), room + MOST * (sizeof(Spot) + sizeof(double))};
  return open_strokes();
}

// ---- The stream

static double valid_alpha(double alpha, double before) {
  return isfinite(alpha) || isinf(alpha) ? (alpha < 0 ? 0 : alpha > 1 ? 1 : alpha) : before;
}

// As $r and cost.js's path and Context2D's finish do.
static void write_layer(int round, float *stream) {
  double e = wash.largest, width = map_within(round, 0, 24, e / 25, e / 30) * wash.border;
  if (width > 0 && isfinite(width)) wash.line_width = width;
  wash.fill_alpha = valid_alpha(layer_alpha, wash.fill_alpha);
  int count = layer->count, start = (int)desk.used;
  float *at = stream + start + PATH_HEADER;
  v128_t ab = wasm_f64x2_make(desk.a, desk.b), cd = wasm_f64x2_make(desk.c, desk.d), ef = wasm_f64x2_make(desk.e, desk.f);
  v128_t low = wasm_f64x2_splat(INFINITY), high = wasm_f64x2_splat(-INFINITY), near = low, far = high;
  double rows = 0, last = NAN;
  for (int i = 0; i < count; i++) {
    Spot spot = layer->at[i];
    v128_t p = wasm_f64x2_add(wasm_f64x2_add(wasm_f64x2_mul(ab, wasm_f64x2_splat(spot.x)),
                                             wasm_f64x2_mul(cd, wasm_f64x2_splat(spot.y))), ef);
    near = i ? wasm_f64x2_min(near, p) : p;
    far = i ? wasm_f64x2_max(far, p) : p;
    float x = (float)spot.x, y = (float)spot.y;
    at[2 * i] = x;
    at[2 * i + 1] = y;
    p = wasm_f64x2_add(wasm_f64x2_add(wasm_f64x2_mul(ab, wasm_f64x2_splat((double)x)),
                                      wasm_f64x2_mul(cd, wasm_f64x2_splat((double)y))), ef);
    low = wasm_f64x2_pmin(low, p);
    high = wasm_f64x2_pmax(high, p);
    double down = wasm_f64x2_extract_lane(p, 1), rise = fabs(down - last);
    if (rise > 0) rows += js_min(rise, desk.height);
    last = down;
  }
  double pad = wash.line_width;
  pad = pad <= 0 ? 1 : 1 + pad * js_max(js_hypot(desk.a, desk.c), js_hypot(desk.b, desk.d)) / 2;
  double box[4] = {wasm_f64x2_extract_lane(near, 0) - pad, wasm_f64x2_extract_lane(near, 1) - pad,
                   wasm_f64x2_extract_lane(far, 0) + pad, wasm_f64x2_extract_lane(far, 1) + pad};
  double left = js_max(0, floor(js_min(box[0], box[2]))), top = js_max(0, floor(js_min(box[1], box[3])));
  double right = js_min(desk.mask_width, ceil(js_max(box[0], box[2])));
  double bottom = js_min(desk.mask_height, ceil(js_max(box[1], box[3])));
  if (!(right <= left || bottom <= top)) {
    bool is_first = desk.dirty == 0;
    desk.left = is_first ? left : js_min(desk.left, left);
    desk.top = is_first ? top : js_min(desk.top, top);
    desk.right = is_first ? right : js_max(desk.right, right);
    desk.bottom = is_first ? bottom : js_max(desk.bottom, bottom);
    desk.dirty = 1;
  }
  float *header = stream + start;
  header[0] = PATH_OP;
  header[1] = (float)count;
  header[2] = (float)desk.a, header[3] = (float)desk.b, header[4] = (float)desk.c;
  header[5] = (float)desk.d, header[6] = (float)desk.e, header[7] = (float)desk.f;
  spend(VERTEX * count + ROW * rows);
  double pixels = area(wasm_f64x2_extract_lane(low, 0), wasm_f64x2_extract_lane(low, 1),
                       wasm_f64x2_extract_lane(high, 0) + 1, wasm_f64x2_extract_lane(high, 1) + 1);
  cover_fill(pixels, COVERED);
  at += 2 * count;
  *at++ = FILL_OP;
  *at++ = (float)wash.fill_alpha;
  cover_fill(js_min(pixels, (rows + count) * (wash.line_width + 2)), COVERED + ROW);
  *at++ = STROKE_OP;
  *at++ = (float)wash.stroke_alpha;
  *at++ = (float)wash.line_width;
  desk.used = (double)(at - stream);
}

// erase(): discs that take some of the mask away again
static int discs;
static double strength_of_erasing(void) { return 3 * (3 * wash.texture); }

static void begin_erasing(void) {
  discs = js_int(random_between(80, 110) * map_to(strength_of_erasing(), 0, 1, 2, 3.5));
}

static void erase(float *stream) {
  double t = strength_of_erasing(), n = wash.size_x / 1.3, i = wash.size_y / 1.3;
  double o = 1.3 * js_min(wash.size_x, wash.size_y), s = 0.03 * o, a = 0.45 * o;
  double alpha = valid_alpha((5 - map_within(wash.opacity, 80, 100, 0.3, 0.7)) * t / 255, wash.fill_alpha);
  double reaches = js_max(fabs(desk.a) + fabs(desk.c), fabs(desk.b) + fabs(desk.d));
  float *at = stream + (int)desk.used;
  for (int k = 0; k < discs && !refused; k++) {
    double x = wash.middle_x + gaussian(0, n), y = wash.middle_y + gaussian(0, i), radius = random_between(s, a) / 2;
    if (k % 5 == 0) continue;
    double across = desk.a * x + desk.c * y + desk.e, down = desk.b * x + desk.d * y + desk.f;
    double reach = fabs(radius) * reaches + 1;
    cover_fill(area(across - reach, down - reach, across + reach, down + reach), COVERED);
    const double values[DISC] = {DISC_OP, 1, alpha, x, y, radius, desk.a, desk.b, desk.c, desk.d, desk.e, desk.f};
    for (int j = 0; j < DISC; j++) at[j] = (float)values[j];
    at += DISC;
  }
  desk.used = (double)(at - stream);
}

// ---- The fill, in steps: it stops where JavaScript has to blend, or to make room in the stream

static int round_, step;
static Shape *grown, *spare;

// One growth of p5.brush's `u`.
static void grow_on(void) {
  const Shape *bigger = grow(grown, 1, spare);
  if (bigger == grown) return;
  Shape *before = grown;
  grown = spare;
  spare = before;
}

static void deal(void) {
  for (int t = 0; t < GAUSSIANS; t++) {
    factors[0][t] = gaussian(0.5, 0.2);
    factors[1][t] = gaussian(0, 0.02);
  }
  wash.dealt = 1;
}

EXPORT(begin_wash) int begin_wash(void) {
  take_desk();
  Shape *shape = &shapes[GIVEN];
  shape->count = (int)wash.count;
  for (int i = 0; i < shape->count; i++) {
    shape->at[i] = (Spot){given[4 * i], given[4 * i + 1]};
    shape->bleed[i] = given[4 * i + 2];
    shape->out[i] = given[4 * i + 3] != 0;
  }
  if (wash.dealt == 0) deal();
  grown = &shapes[GROWN];
  spare = &shapes[SPARE];
  const Shape *first = grow(shape, 1, grown);
  if (first != grown) copy_out(first, grown);
  scatter(shape, 0.1, &shapes[ONE]);
  scatter(grow(&shapes[ONE], 1, &shapes[TWO]), 0.75, &shapes[SCATTERED]);
  flip(&shapes[SCATTERED]);
  round_ = step = 0;
  return leave(DONE);
}

enum { GROWS, LAYERS, SCATTERS = LAYERS + 3, PARTLY, ERASES, MIXES, NEXT };

// Finds the next layer of a step, if it has one.
static void make_layer(void) {
  double alpha = 2 * wash.opacity * (1 + wash.texture / 2);
  Shape *one = &shapes[ONE], *two = &shapes[TWO];
  layer = NULL;
  if (step < SCATTERS) {
    layer = grow(grow(&shapes[FIRST + step - LAYERS], 999, one), 997, two);
    layer_alpha = alpha / 100;
  } else if (step == SCATTERS && wash.scatters != 0) {
    const Shape *bigger = grow(&shapes[SCATTERED], 999, one);
    if (bigger != one) {
      one->count = bigger->count;
      memcpy(one->at, bigger->at, (size_t)bigger->count * sizeof(Spot));
      memcpy(one->out, bigger->out, (size_t)bigger->count);
    }
    flip(one);
    layer = grow(one, 997, two);
    layer_alpha = alpha * (3 * wash.texture) / 100;
  } else if (step == PARTLY && round_ % 2 == 0) {
    layer = grow(grow(grown, wash.part, one), 999, two);
    layer_alpha = 2 * alpha / 100;
  }
}

EXPORT(go_on_with_wash) int go_on_with_wash(void) {
  take_desk();
  for (; round_ < ROUNDS; round_++, step = GROWS) {
    if (step == GROWS) {
      if (round_ % 4 == 0) grow_on();
      if (round_ % 2 == 0)
        for (int i = 0; i < 3; i++) {
          const double parts[3] = {1 - 0.0125 * round_, 0.7 - 0.0125 * round_, 0.4 - 0.0125 * round_};
          Shape *to = &shapes[FIRST + i];
          const Shape *made = grow(grown, parts[i], to);
          if (made != to) copy_out(made, to);
        }
      layer = NULL;
      step = LAYERS;
    }
    for (; step < ERASES; step++) {
      if (!layer) make_layer();
      if (failed || refused) return leave(DONE);
      if (!layer) continue;
      desk.need = PATH_HEADER + 2 * layer->count + 2 * AFTER_PATH;
      if (desk.used + desk.need > desk.capacity) return leave(NEEDS_ROOM);
      write_layer(round_, buffer(1));
      if (refused) return leave(DONE);
      layer = NULL;
    }
    if (round_ % 8 != 0 && round_ != ROUNDS - 1) continue;
    if (step == ERASES) {
      discs = -1;
      step = MIXES;
      if (3 * wash.texture != 0) begin_erasing();
    }
    if (step == MIXES) {
      if (discs >= 0) {
        desk.need = DISC * discs;
        if (desk.used + desk.need > desk.capacity) return leave(NEEDS_ROOM);
        erase(buffer(1));
      }
      if (refused) return leave(DONE);
      step = NEXT;
      return leave(BLENDS);
    }
  }
  return leave(DONE);
}
