// p5.brush's fills (its class FillPolygon): a polygon that bleeds is grown again and again at random, and each of some
// ninety layers is a path of the stream, filled and outlined. Every number is p5.brush's own, in its order.

#include "desk.h"

enum {
  MOST_GIVEN = 4096,    // vertices of a polygon that is taken
  MOST = 16384,         // of what it becomes
  GAUSSIANS = 512,
  PATH_OP = 1, FILL_OP = 2, STROKE_OP = 3, DISC_OP = 4, DISC = 12,
  PATH_HEADER = 8, AFTER_PATH = 8,
  ROUNDS = 20,
};

typedef struct {
  double x, y;
} Spot;

typedef struct {
  int count;
  Spot *at;
  double *bleed;   // p5.brush's m
  uint8_t *out;    // its dir
} Shape;

// What compiled.js sets for a fill, besides the desk; in the order of its list WASH.
typedef struct {
  double count, opacity, texture, size_x, size_y, middle_x, middle_y, largest, part, strength, border, is_outwards,
    scatters, most, left, right, top, bottom, dealt, stroke_alpha, fill_alpha, line_width;
} Wash;
static Wash wash;
static double given[5 * MOST_GIVEN];      // x, y, bleed, out of each vertex; side by side
static double factors[2][GAUSSIANS];      // p5.brush's mn
EXPORT(wash_at) Wash *wash_at(void) { return &wash; }
EXPORT(given_at) double *given_at(void) { return given; }
EXPORT(factors_at) double *factors_at(void) { return factors[0]; }

enum { GIVEN, GROWN, SPARE, FIRST, SECOND, THIRD, SCATTERED, TRIMMED, ONE, TWO, SHAPES };
static Shape shapes[SHAPES];
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

static void copy_out(const Shape *from, Shape *to) {
  to->count = from->count;
  memcpy(to->at, from->at, (size_t)from->count * sizeof(Spot));
  memcpy(to->bleed, from->bleed, (size_t)from->count * sizeof(double));
  memcpy(to->out, from->out, (size_t)from->count);
}

static void flip(Shape *shape) {
  for (int i = 0; i < shape->count; i++) shape->out[i] ^= 1;
}

// trim(): replaces a part of the outline by a nearly straight line.
static const Shape *trim(const Shape *from, double part, Shape *to) {
  int e = from->count;
  if (part >= 1 || part < 0 || e <= 8) return from;
  int r = js_int((1 - part) * e), n = js_int(e / 2. - r / 2.), end = n + r;
  Spot s = from->at[(n - 1 + e) % e], a = from->at[end % e];
  double c = a.x - s.x, l = a.y - s.y, h = js_hypot(c, l);
  int u = n >= 2 ? js_int(random_between(0, n - 1)) : end < e - 1 ? end : 0;
  Spot f = from->at[u], m = from->at[(u + 1) % e];
  double d = js_max(1, js_hypot(m.x - f.x, m.y - f.y)), added = js_max(2, ceil(h / d * 0.05));
  if (!(added <= MOST - e)) {
    give_up();  // p5.brush throws here, or has more vertices than fit
    return from;
  }
  int g = (int)added, v = n;
  to->count = e - r + g;
  memcpy(to->at, from->at, (size_t)n * sizeof(Spot));
  memcpy(to->bleed, from->bleed, (size_t)n * sizeof(double));
  memcpy(to->out, from->out, (size_t)n);
  double shake = 0.06 * h;
  for (int t = 0; t < g; t++, v++) {
    double along = (double)(t + 1) / (g + 1);
    to->at[v].x = s.x + c * along + random_between(-shake, shake);
    to->at[v].y = s.y + l * along + random_between(-shake, shake);
    to->bleed[v] = random_between(0.3, 0.5);
    to->out[v] = from->out[n % e];
  }
  memcpy(to->at + v, from->at + end, (size_t)(e - end) * sizeof(Spot));
  memcpy(to->bleed + v, from->bleed + end, (size_t)(e - end) * sizeof(double));
  memcpy(to->out + v, from->out + end, (size_t)(e - end));
  return to;
}

static bool is_in(const Shape *shape, Spot h) {
  int crossings = 0;
  for (int i = 0; i < shape->count; i++) {
    Spot e = shape->at[i], r = shape->at[i + 1 < shape->count ? i + 1 : 0];
    if ((e.y > h.y) == (r.y > h.y)) continue;
    double o = (h.y - e.y) / (r.y - e.y);
    if (h.x < e.x + o * (r.x - e.x)) crossings++;
  }
  return crossings % 2 != 0;
}

// scatter(): some of the vertices, those outside drawn in.
static void scatter(const Shape *from, double part, Shape *to) {
  int e = from->count, r = js_int(e * part);
  if (r < 3) r = 3;
  double n = (double)e / r, i = 0.8 * n;
  for (int t = 0; t < r; t++) {
    int k = js_int(t * n + random_between(0, i)) % e;
    Spot h = from->at[k];
    bool is_outside;
    if (h.x < wash.left || h.x > wash.right || h.y < wash.top || h.y > wash.bottom) is_outside = true;
    else {
      spend(3. * shapes[GIVEN].count);
      is_outside = !is_in(&shapes[GIVEN], h);
    }
    if (is_outside) {
      double x = wash.middle_x + (h.x - wash.middle_x) * random_between(0.3, 0.6);
      h = (Spot){x, wash.middle_y + (h.y - wash.middle_y) * random_between(0.3, 0.6)};
    }
    to->at[t] = h;
    to->bleed[t] = from->bleed[k];
    to->out[t] = !from->out[k];
  }
  to->count = r;
}

// Where an edge breaks, by the first three of its four random numbers.
static inline Spot broken(Spot y, Spot b, bool out, double bleed, const double *random) {
  double h = wash.is_outwards != 0 ? -90 : 90;
  int entry = angle_entry((out ? h : -h) + 5 * (-1 + random[0] * 2));
  double E = (double)COSINE_TABLE[entry], M = (double)SINE_TABLE[entry];
  double S = b.x - y.x, P = b.y - y.y, T = E * S + M * P, k = E * P - M * S;
  double C = factors[0][(int)(random[1] * GAUSSIANS)] * (0.65 + random[2] * (1.35 - 0.65)) * bleed;
  return (Spot){y.x + 0.5 * S + T * C, y.y + 0.5 * P + k * C};
}

static Spot between(Spot y, Spot b) { return (Spot){(y.x + b.x) / 2, (y.y + b.y) / 2}; }

// grow(): breaks every edge; of too many vertices each so-manieth is kept. How much they bleed is needed below 997 only.
static const Shape *grow(const Shape *given_shape, double part, Shape *to) {
  static const double broken_edge[5] = {20, 12, 20, 20, 20}, kept_edge[4] = {20, 20, 20, 20};
  const Shape *from = trim(given_shape, part, &shapes[TRIMMED]);
  int count = from->count;
  bool own = part < 997;
  double bleed = part == 999 ? random_between(0.6, 0.8) : wash.strength;
  int active = bleed < 0.05 ? 0 : count;
  if (own) {
    active = 0;
    for (int o = 0; o < count; o++) active += !(from->bleed[o] < 0.05);
  }
  int step = 1;
  if (2 * count > wash.most) step = (int)ceil(2 * count / wash.most);
  if (step >= 2 && step % 2 == 0) {
    spend_in_turn(active, kept_edge, 4, 80);
    seed += 4 * (uint32_t)active * STRIDE;
    if (from != &shapes[TRIMMED]) return from;
    copy_out(from, to);
    return to;
  }
  spend_in_turn(active, broken_edge, 5, 92);
  double random[4];
  if (!own) {
    int n = 0;
    for (int i = 0; i < 2 * count; i += step, n++) {
      int o = i >> 1;
      to->out[n] = from->out[o];
      Spot y = from->at[o];
      if (i % 2 == 0) {
        to->at[n] = y;
        continue;
      }
      Spot b = from->at[o + 1 < count ? o + 1 : 0];
      if (active) {
        draw_four(seed + 4 * (uint32_t)o * STRIDE, random);
        to->at[n] = broken(y, b, from->out[o], bleed, random);
      } else {
        to->at[n] = between(y, b);
      }
    }
    seed += 4 * (uint32_t)active * STRIDE;
    to->count = n;
    return to;
  }
  int n = 0, next = 0;  // vertices kept, and which is the next
  for (int o = 0; o < count; o++) {
    Spot y = from->at[o], b = from->at[o + 1 < count ? o + 1 : 0];
    double v = from->bleed[o];
    bool out = from->out[o], breaks = !(v < 0.05);
    if (2 * o == next) {
      to->at[n] = y;
      to->bleed[n] = v;
      to->out[n++] = out;
      next += step;
    }
    if (2 * o + 1 == next) {
      if (breaks) draw_four(seed, random);
      to->at[n] = breaks ? broken(y, b, out, v, random) : between(y, b);
      to->bleed[n] = breaks ? v + factors[1][(int)(random[3] * GAUSSIANS)] : v;
      to->out[n++] = out;
      next += step;
    }
    if (breaks) seed += 4 * STRIDE;
  }
  to->count = n;
  return to;
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
