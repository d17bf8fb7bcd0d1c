// What p5.brush's JavaScript and its hot paths in C hand each other, and what these paths share: the random stream, the
// table of angles, the meter of cost.js, and JavaScript's own arithmetic.

#pragma once

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))

// The fields that compiled.js writes and reads by name; all are doubles, in the order of its list FIELDS.
typedef struct {
  double meter, most;              // what was spent, and may be; of cost.js
  double covered_fill, covered_brush;
  double width, height;            // of the largest surface, as cost.js knows it
  double seed;                     // the state of p5.brush's random numbers, an int32
  double has_spare, spare;         // the second one of a pair of Gaussian numbers
  double used, capacity, need;     // floats of the stream: written, there, and how many more are wanted
  double dirty, left, top, right, bottom;  // whether and where the mask was drawn on
  double mask_width, mask_height;
  double a, b, c, d, e, f;         // the matrix from p5.brush's units to pixels
} Desk;
extern Desk desk;

// Why C comes back to JavaScript.
enum { DONE, BLENDS, NEEDS_ROOM, REFUSED, FAILED };

extern bool refused, failed;
extern uint32_t seed;
extern float COSINE_TABLE[1441], SINE_TABLE[1441];

float *buffer(int count);       // of raster.c: where the stream lies
uint8_t *allocate(size_t size);  // of raster.c
double m_log(double x);         // of maths.c
double m_cos(double x);
double m_sin(double x);

void take_desk(void);   // from the fields to what is used here
int leave(int why);     // and back
void give_up(void);     // from here on nothing is spent
double js_hypot(double x, double y);
double gaussian(double mean, double deviation);
void spend_in_turn(int times, const double *units, int count, double sum);

// ---- JavaScript's arithmetic

// Math.min and Math.max: NaN wins, and -0 is below 0.
static inline double js_min(double a, double b) { return wasm_f64x2_extract_lane(wasm_f64x2_min(wasm_f64x2_splat(a), wasm_f64x2_splat(b)), 0); }
static inline double js_max(double a, double b) { return wasm_f64x2_extract_lane(wasm_f64x2_max(wasm_f64x2_splat(a), wasm_f64x2_splat(b)), 0); }

// ~~x
static inline int32_t js_int(double x) {
  if (fabs(x) < 0x1p31) return (int32_t)x;
  return isfinite(x) ? (int32_t)(uint32_t)(int64_t)fmod(trunc(x), 0x1p32) : 0;
}

// Math.round
static inline double js_round(double x) {
  double down = floor(x);
  return x - down >= 0.5 ? down + 1 : down;
}

// k(): Math.max(Math.min(x, high), low)
static inline double clamp(double x, double low, double high) { return js_max(js_min(x, high), low); }

// T(): maps a range to another one
static inline double map_to(double x, double from, double to, double low, double high) {
  return low + (x - from) / (to - from) * (high - low);
}
static inline double map_within(double x, double from, double to, double low, double high) {
  double y = map_to(x, from, to, low, high);
  return low < high ? clamp(y, low, high) : clamp(y, high, low);
}

// ---- The meter: what costs is counted before it is done, in cost.js's order. Once something was refused, nothing
// more is spent.

static const double RANDOM = 20, ANGLE = 12, COMMAND = 200, VERTEX = 40, ROW = 4, COVERED = 1.2, POINT = 5, STAMP = 8;

static inline void spend(double units) {
  if (!(units > 0)) return;
  if (desk.meter + units > desk.most) {
    refused = true;
    desk.most = -INFINITY;
  } else {
    desk.meter += units;
  }
}

static inline double overlap(double from, double to, double side) {
  double length = js_max(0, js_min(to, side) - js_max(from, 0));
  return isnan(length) ? 0 : length;
}

static inline double area(double left, double top, double right, double bottom) {
  return overlap(left, right, desk.width) * overlap(top, bottom, desk.height);
}

static inline void cover_fill(double pixels, double each) {
  desk.covered_fill += pixels;
  spend(COMMAND + each * pixels);
}

// ---- The random stream: a counter that is scrambled

static const uint32_t STRIDE = 1831565813;
static const double UNIT = 2.3283064365386963e-10;

// A number that is not counted.
static inline double draw(void) {
  seed += STRIDE;
  uint32_t t = (seed ^ seed >> 15) * (1 | seed);
  t ^= t + (t ^ t >> 7) * (61 | t);
  return UNIT * (double)(t ^ t >> 14);
}

// d()
static inline double random_number(void) {
  spend(RANDOM);
  return draw();
}

// w()
static inline double random_between(double low, double high) { return low + random_number() * (high - low); }

// The four numbers from `from` on, which are not counted.
static inline void draw_four(uint32_t from, double *numbers) {
  v128_t e = wasm_i32x4_add(wasm_i32x4_splat((int)from), wasm_u32x4_make(STRIDE, 2 * STRIDE, 3 * STRIDE, 4 * STRIDE));
  v128_t t = wasm_i32x4_mul(wasm_v128_xor(e, wasm_u32x4_shr(e, 15)), wasm_v128_or(e, wasm_i32x4_splat(1)));
  v128_t u = wasm_i32x4_mul(wasm_v128_xor(t, wasm_u32x4_shr(t, 7)), wasm_v128_or(t, wasm_i32x4_splat(61)));
  t = wasm_v128_xor(t, wasm_i32x4_add(t, u));
  t = wasm_v128_xor(t, wasm_u32x4_shr(t, 14));
  v128_t unit = wasm_f64x2_splat(UNIT);
  wasm_v128_store(numbers, wasm_f64x2_mul(wasm_f64x2_convert_low_u32x4(t), unit));
  v128_t high = wasm_i32x4_shuffle(t, t, 2, 3, 2, 3);
  wasm_v128_store(numbers + 2, wasm_f64x2_mul(wasm_f64x2_convert_low_u32x4(high), unit));
}

// ---- Angles

// D(): the entry of an angle in degrees
static inline int angle_entry(double t) {
  if (t < 0) {
    if (t >= -360) return js_int(4 * (t + 360));
    t = fmod(t, 360);
    return js_int(4 * (t < 0 ? t + 360 : t));
  }
  if (t < 360) return js_int(4 * t);
  if (t < 720) return js_int(4 * (t - 360));
  if (t < 1080) return js_int(4 * (t - 720));
  t = fmod(t, 360);
  return js_int(4 * (t < 0 ? t + 360 : t));
}

static inline int counted_angle(double t) {
  spend(ANGLE);
  return angle_entry(t);
}
