// The functions of JavaScript's Math, correctly rounded: the double nearest to the true value, on every machine.
//
// Each takes two steps (Ziv, "Fast evaluation of elementary mathematical functions with correctly rounded last
// bit", 1991). The first computes a pair of doubles with a relative error near 2^-70. Where every number within the
// error bound rounds to the same double, that is the result. Otherwise, once in some thousands of calls, the second
// computes more than 160 correct bits with 320-bit numbers and textbook series. Searches for the hardest arguments
// (Lefevre and Muller, "Worst cases for correct rounding of the elementary functions in double precision", 2001)
// found some that need 120 bits. That one needs 160 is less likely than 2^-40 over all doubles, and than 2^-100 for
// a call with two. Only x^y can lie exactly between two doubles; the others are transcendental there (Lindemann;
// Gelfond and Schneider), or a cubic root of more than 53 bits.
//
// The numbers of maths.h are made by maths.py. Floats must not be contracted or reordered.

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define SECOND static __attribute__((noinline, minsize))

enum { WIDE = 10 };

typedef struct {
  double h, l;  // the number is h + l, and h the double nearest to it
} Pair;

typedef struct {
  double reciprocal;  // of about the middle of the cell, in 12 bits
  Pair log;           // -log(reciprocal), less log(2) in the cells from LOG_WRAP on
} Cell;

typedef struct {
  uint32_t digits[WIDE];  // the last first; the first bit is set unless all is 0
  int exponent;           // the number is +-0.digits * 2^exponent
  bool negative;
} Wide;

#include "maths.h"

// ---- Doubles

static const uint64_t FRACTION = (1ull << 52) - 1;

static inline uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline double two_to(int n) { return from_bits((uint64_t)(n + 1023) << 52); }  // -1023 (as 0) to 1023

// x * 2^n; exact unless the result is subnormal or overflows.
static inline double scale(double x, int n) { return x * two_to(n / 2) * two_to(n - n / 2); }

// e where 2^e <= |x| < 2^(e + 1)
static inline int exponent_of(double x) {
  if (fabs(x) < 0x1p-1022) return (int)(bits_of(x * 0x1p54) >> 52 & 2047) - 1077;
  return (int)(bits_of(x) >> 52 & 2047) - 1023;
}

// ---- Pairs. The relative errors of add, multiply, divide and root are below 2^-100 unless leading bits cancel.

// Exact; Knuth, "The Art of Computer Programming", 4.2.2, theorem B.
static inline Pair sum(double a, double b) {
  double h = a + b, part = h - a;
  return (Pair){h, (a - (h - part)) + (b - part)};
}

// Exact where |a| >= |b| or a = 0; Dekker, "A floating-point technique for extending the available precision", 1971.
static inline Pair quick_sum(double a, double b) {
  double h = a + b;
  return (Pair){h, b - (h - a)};
}

// Halves of 26 and 27 bits: exact but for the 54th bit of the lowest product. Dekker 1971, split by a mask.
static inline Pair product(double a, double b) {
  const uint64_t head = ~0ull << 27;
  double ah = from_bits(bits_of(a) & head), al = a - ah;
  double bh = from_bits(bits_of(b) & head), bl = b - bh, h = a * b;
  return (Pair){h, ((ah * bh - h) + ah * bl + al * bh) + al * bl};
}

// These four: Hida, Li and Bailey, "Algorithms for quad-double precision floating point arithmetic", 2001.
static inline Pair add(Pair a, Pair b) {
  Pair s = sum(a.h, b.h);
  return quick_sum(s.h, s.l + (a.l + b.l));
}

static inline Pair multiply(Pair a, Pair b) {
  Pair p = product(a.h, b.h);
  return quick_sum(p.h, p.l + (a.h * b.l + a.l * b.h));
}

static inline Pair divide(Pair a, Pair b) {
  double h = a.h / b.h;
  Pair p = product(h, b.h);
  return quick_sum(h, (((a.h - p.h) - p.l) + (a.l - h * b.l)) / b.h);
}

static inline Pair root(Pair a) {
  if (!(a.h > 0)) return (Pair){0, 0};
  double h = sqrt(a.h);
  Pair p = product(h, h);
  return quick_sum(h, (((a.h - p.h) - p.l) + a.l) / (2 * h));
}

static inline Pair negative(Pair a) { return (Pair){-a.h, -a.l}; }
static inline Pair half(Pair a) { return (Pair){a.h / 2, a.l / 2}; }

// Ziv's test: whether all numbers within `error` of the pair round to one double.
static inline bool settles(Pair x, double error, double *rounded) {
  *rounded = x.h + (x.l + error);
  return *rounded == x.h + (x.l - error);
}

// ---- Wide numbers, for the second step. Errors are a few units in the last of 320 bits.

// Shifts until the first bit is 1.
SECOND Wide normal(Wide a) {
  int words = 0;
  while (words < WIDE && !a.digits[WIDE - 1 - words]) words++;
  if (words == WIDE) return (Wide){{0}, -100000, false};
  int bits = __builtin_clz(a.digits[WIDE - 1 - words]);
  for (int i = WIDE - 1; i >= 0; i--) {
    uint64_t high = i >= words ? a.digits[i - words] : 0, low = i > words ? a.digits[i - words - 1] : 0;
    a.digits[i] = (uint32_t)((high << 32 | low) << bits >> 32);
  }
  a.exponent -= 32 * words + bits;
  return a;
}

SECOND Wide wide(double x) {
  Wide w = {{0}, exponent_of(x) + 1, x < 0};
  uint64_t whole = x == 0 ? 0 : bits_of(scale(x, -exponent_of(x))) << 11 | 1ull << 63;
  w.digits[WIDE - 1] = (uint32_t)(whole >> 32);
  w.digits[WIDE - 2] = (uint32_t)whole;
  return normal(w);
}

SECOND Wide wide_scale(Wide a, int n) {
  a.exponent += n;
  return a;
}

SECOND Wide wide_add(Wide a, Wide b) {
  if (a.exponent < b.exponent) {
    Wide swapped = a;
    a = b, b = swapped;
  }
  int words = (a.exponent - b.exponent) / 32, bits = (a.exponent - b.exponent) % 32;
  if (words >= WIDE) return a;
  bool unlike = a.negative != b.negative;
  uint64_t carry = unlike;  // two's complement
  for (int i = 0; i < WIDE; i++) {
    uint64_t low = i + words < WIDE ? b.digits[i + words] : 0;
    uint64_t high = i + words + 1 < WIDE ? b.digits[i + words + 1] : 0;
    uint32_t digit = (uint32_t)((high << 32 | low) >> bits);
    carry += (uint64_t)a.digits[i] + (unlike ? ~digit : digit);
    a.digits[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (unlike && !carry) {  // b was the larger
    a.negative = b.negative;
    for (int i = 0; i < WIDE; i++) a.digits[i] = ~a.digits[i];  // and one unit less
  } else if (!unlike && carry) {
    for (int i = 0; i < WIDE; i++) a.digits[i] = a.digits[i] >> 1 | (i + 1 < WIDE ? a.digits[i + 1] : 1) << 31;
    a.exponent++;
  }
  return normal(a);
}

SECOND Wide wide_minus(Wide a) {
  a.negative = !a.negative;
  return a;
}

SECOND Wide wide_subtract(Wide a, Wide b) { return wide_add(a, wide_minus(b)); }

SECOND Wide wide_multiply(Wide a, Wide b) {
  uint32_t digits[2 * WIDE] = {0};
  for (int i = 0; i < WIDE; i++) {
    uint64_t carry = 0;
    for (int j = WIDE - 2 - i > 0 ? WIDE - 2 - i : 0; j < WIDE; j++) {  // digits below do not matter
      carry += (uint64_t)a.digits[i] * b.digits[j] + digits[i + j];
      digits[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
    digits[i + WIDE] = (uint32_t)carry;
  }
  memcpy(a.digits, digits + WIDE, sizeof a.digits);
  a.exponent += b.exponent;
  a.negative ^= b.negative;
  return normal(a);
}

SECOND Wide wide_divide_by(Wide a, uint32_t n) {
  uint64_t rest = 0;
  for (int i = WIDE - 1; i >= 0; i--) {
    rest = rest << 32 | a.digits[i];
    a.digits[i] = (uint32_t)(rest / n);
    rest %= n;
  }
  return normal(a);
}

// The nearest double; of two equally near the even one.
SECOND double narrow(Wide a) {
  int size = a.exponent + 1074 < 53 ? a.exponent + 1074 : 53;  // bits of the result
  if (size < 0) return a.negative ? -0.0 : 0.0;
  uint64_t top = (uint64_t)a.digits[WIDE - 1] << 32 | a.digits[WIDE - 2], rest = top << size;
  uint64_t kept = size ? top >> (64 - size) : 0;
  bool more = false;
  for (int i = 0; i < WIDE - 2; i++) more |= a.digits[i] != 0;
  if (rest > 1ull << 63 || (rest == 1ull << 63 && (more || (kept & 1)))) kept++;
  if (a.exponent > 1024) return a.negative ? -INFINITY : INFINITY;
  double x = scale((double)kept, a.exponent - size);
  return a.negative ? -x : x;
}

// Newton's iteration for 1/b, from 53 bits.
SECOND Wide wide_divide(Wide a, Wide b) {
  int exponent = b.exponent;
  b.exponent = 0;
  Wide guess = wide(1 / narrow(b)), one = wide(1);
  for (int i = 0; i < 3; i++)
    guess = wide_add(guess, wide_multiply(guess, wide_subtract(one, wide_multiply(b, guess))));
  return wide_scale(wide_multiply(a, guess), -exponent);
}

// Newton's iteration, from 53 bits.
SECOND Wide wide_root(Wide a) {
  int shift = a.exponent >> 1;
  a.exponent -= 2 * shift;
  Wide guess = wide(sqrt(narrow(a)));
  for (int i = 0; i < 3; i++) guess = wide_scale(wide_add(guess, wide_divide(a, guess)), -1);
  return wide_scale(guess, shift);
}

// ---- Exponentials

typedef struct {
  Pair step, rest;
  int exponent;
} Power;  // (step + rest) * 2^exponent

// e^(h + l) for |h| < 746: Tang, "Table-driven implementation of the exponential function", 1989, with 128 steps of
// 2^(i/128); |r| <= log(2)/256, and e^r - 1 by Taylor. The error is below 2^-72 of the result and of the result - 1.
static Power exponential(double h, double l) {
  double k = rint(h * (128 / 0x1.62e42fefa39efp-1));
  int count = (int)k;
  Pair r = sum(h - k * POWER_STEP[0], -k * POWER_STEP[1]);
  r = quick_sum(r.h, r.l + (l - k * POWER_STEP[2]));
  Pair square = product(r.h, r.h), p = quick_sum(r.h, 0.5 * square.h);
  double tail = 1. / 6 + r.h * (1. / 24 + r.h * (1. / 120 + r.h * (1. / 720 + r.h * (1. / 5040))));
  p = quick_sum(p.h, p.l + (0.5 * square.l + r.l + r.l * r.h + square.h * r.h * tail));
  Pair step = POWERS[count & 127];
  return (Power){step, multiply(step, p), count >> 7};
}

// e^x - 1 for |x| < 60.
static Pair exponential_less_1(double x) {
  Power power = exponential(x, 0);
  Pair less = sum(power.step.h, -two_to(-power.exponent));
  less = add((Pair){less.h, less.l + power.step.l}, power.rest);
  double factor = two_to(power.exponent);
  return (Pair){less.h * factor, less.l * factor};
}

// Taylor at x / 2^8, squared eight times.
SECOND Wide wide_exponential(Wide x) {
  int k = (int)rint(narrow(x) / 0x1.62e42fefa39efp-1);
  x = wide_scale(wide_subtract(x, wide_multiply(wide(k), WIDE_LN2)), -8);
  Wide one = wide(1), y = one;
  for (uint32_t n = 25; n > 0; n--) y = wide_add(one, wide_divide_by(wide_multiply(x, y), n));
  for (int i = 0; i < 8; i++) y = wide_multiply(y, y);
  return wide_scale(y, k);
}

EXPORT(m_exp) double m_exp(double x) {
  if (!(x < 709.79)) return x * INFINITY;  // or NaN
  if (x < -745.14) return 0;
  Power power = exponential(x, 0);
  Pair y = add(power.step, power.rest);
  double rounded;
  if (power.exponent > -1022 && settles(y, 0x1p-70, &rounded)) return scale(rounded, power.exponent);
  return narrow(wide_exponential(wide(x)));
}

EXPORT(m_expm1) double m_expm1(double x) {
  if (!(x < 709.79)) return x * INFINITY;
  if (x < -37.5) return -1;
  if (fabs(x) < 0x1p-54) return x;
  double rounded;
  if (x < 60) {
    Pair y = exponential_less_1(x);
    if (settles(y, 0x1p-68 * fabs(y.h), &rounded)) return rounded;
  } else {
    Power power = exponential(x, 0);  // the error bound covers the 1
    Pair y = add(power.step, power.rest);
    if (settles(y, 0x1p-68, &rounded)) return scale(rounded, power.exponent);
  }
  return narrow(wide_subtract(wide_exponential(wide(x)), wide(1)));
}

// (e^x + 1/e^x) / 2 with sign 1, (e^x - 1/e^x) / 2 with sign -1, for x > 0; beyond 40, 1/e^x does not show in a pair.
static double hyperbolic(double x, int sign) {
  if (!(x < 710.48)) return x * INFINITY;
  double rounded;
  if (x < 40) {
    Pair less = exponential_less_1(x), whole = add((Pair){1, 0}, less), y;
    y = half(sign < 0 ? add(less, divide(less, whole)) : add(whole, divide((Pair){1, 0}, whole)));
    if (settles(y, 0x1p-68 * y.h, &rounded)) return rounded;
  } else {
    Power power = exponential(x, 0);
    Pair y = add(power.step, power.rest);
    if (settles(y, 0x1p-68, &rounded)) return scale(rounded, power.exponent - 1);
  }
  Wide power = wide_exponential(wide(x)), inverse = wide_divide(wide(1), power);
  return narrow(wide_scale(sign < 0 ? wide_subtract(power, inverse) : wide_add(power, inverse), -1));
}

EXPORT(m_sinh) double m_sinh(double x) { return fabs(x) < 0x1p-27 ? x : copysign(hyperbolic(fabs(x), -1), x); }

EXPORT(m_cosh) double m_cosh(double x) { return hyperbolic(fabs(x), 1); }

// (e^2x - 1) / (e^2x + 1)
EXPORT(m_tanh) double m_tanh(double x) {
  double size = fabs(x), rounded;
  if (size < 0x1p-27 || isnan(x)) return x;
  if (size > 20) return copysign(1, x);
  Pair less = exponential_less_1(2 * size), y = divide(less, add((Pair){2, 0}, less));
  if (!settles(y, 0x1p-68 * y.h, &rounded)) {
    Wide power = wide_exponential(wide(2 * size)), one = wide(1);
    rounded = narrow(wide_divide(wide_subtract(power, one), wide_add(power, one)));
  }
  return copysign(rounded, x);
}

// ---- Logarithms

// log(h + l) for finite h > 0; l must be 0 where h is subnormal. Tang, "Table-driven implementation of the logarithm
// function", 1990: cells of 1/128 around 1, 1 + 1/128, ..., r = x * reciprocal - 1 with |r| < 2^-7.9, and log(1 + r)
// by Taylor. Cells around powers of two add 0, so that the error is below 2^-75 of the result also near 1.
static Pair logarithm(double h, double l) {
  int exponent = -1023;
  if (h < 0x1p-1022) h *= 0x1p54, exponent -= 54;
  uint64_t bits = bits_of(h), fraction = bits & FRACTION;
  exponent += (int)(bits >> 52);
  int i = (int)((fraction + (1ull << 44)) >> 45);
  const Cell *cell = LOGS + i;
  if (l != 0) l *= two_to(-exponent);
  double m = from_bits(fraction | bits_of(1)), high = from_bits(bits_of(m) & ~0ull << 21);
  Pair r = quick_sum(high * cell->reciprocal - 1, (m - high) * cell->reciprocal);  // exact
  r = quick_sum(r.h, r.l + l * cell->reciprocal);

  Pair square = product(r.h, r.h), cube = product(square.h, r.h);
  square.l += 2 * r.h * r.l;
  cube.l += square.l * r.h + square.h * r.l;
  Pair third = multiply(cube, THIRD);
  double tail = 1. / 5 - r.h * (1. / 6 - r.h * (1. / 7 - r.h * (1. / 8 - r.h * (1. / 9 - r.h * (1. / 10)))));
  tail = square.h * square.h * (r.h * tail - 0.25);
  Pair first = quick_sum(r.h, -0.5 * square.h), second = quick_sum(first.h, third.h);
  Pair series = quick_sum(second.h, second.l + (first.l + ((tail + third.l) + (r.l - 0.5 * square.l))));

  if (i >= LOG_WRAP) exponent++;
  Pair base = sum(exponent * LN2.h, cell->log.h);
  return add((Pair){base.h, base.l + (cell->log.l + exponent * LN2.l)}, series);
}

// A double guess y, and log(1 + d) = d - d^2/2 + d^3/3 - ... for d = x e^-y - 1, which is below 2^-40.
SECOND Wide wide_logarithm(Wide x) {
  Wide mantissa = wide_scale(x, -x.exponent), one = wide(1), y = wide(0);
  double guess = logarithm(narrow(mantissa), 0).h + x.exponent * (LN2.h + LN2.l);
  Wide d = wide_subtract(wide_multiply(x, wide_exponential(wide(-guess))), one);
  for (uint32_t n = 8; n > 0; n--) y = wide_multiply(d, wide_subtract(wide_divide_by(one, n), y));
  return wide_add(wide(guess), y);
}

EXPORT(m_log) double m_log(double x) {
  if (!(x > 0 && x < INFINITY)) return x < 0 ? NAN : x == 0 ? -INFINITY : x;
  Pair y = logarithm(x, 0);
  double rounded;
  return settles(y, 0x1p-72 * fabs(y.h), &rounded) ? rounded : narrow(wide_logarithm(wide(x)));
}

static double scaled_logarithm(double x, Pair factor, Wide divisor) {
  if (!(x > 0 && x < INFINITY)) return x < 0 ? NAN : x == 0 ? -INFINITY : x;
  Pair y = multiply(logarithm(x, 0), factor);
  double rounded;
  if (settles(y, 0x1p-72 * fabs(y.h), &rounded)) return rounded;
  return narrow(wide_divide(wide_logarithm(wide(x)), divisor));
}

EXPORT(m_log2) double m_log2(double x) { return scaled_logarithm(x, LOG2_E, WIDE_LN2); }
EXPORT(m_log10) double m_log10(double x) { return scaled_logarithm(x, LOG10_E, WIDE_LN10); }

EXPORT(m_log1p) double m_log1p(double x) {
  if (!(x > -1 && x < INFINITY)) return x < -1 ? NAN : x == -1 ? -INFINITY : x;
  if (fabs(x) < 0x1p-54) return x;
  Pair whole = sum(1, x), y = logarithm(whole.h, whole.l);
  double rounded;
  if (settles(y, 0x1p-72 * fabs(y.h), &rounded)) return rounded;
  return narrow(wide_logarithm(wide_add(wide(1), wide(x))));
}

// log(x + root(x^2 + sign)) for x > 0; from 2^60 on, log(2 x).
static double area(double x, int sign) {
  if (!(x < INFINITY)) return x;
  Pair y;
  if (x < 0x1p60) {
    Pair square = sign > 0 ? add((Pair){1, 0}, product(x, x)) : multiply(sum(x, -1), sum(x, 1));
    y = add((Pair){x, 0}, root(square));
    y = logarithm(y.h, y.l);
  } else {
    y = add(logarithm(x, 0), LN2);
  }
  double rounded;
  if (settles(y, 0x1p-70 * y.h, &rounded)) return rounded;
  Wide w = wide(x), square = wide_add(wide_multiply(w, w), wide(sign));
  return narrow(wide_logarithm(wide_add(w, wide_root(square))));
}

EXPORT(m_asinh) double m_asinh(double x) { return fabs(x) < 0x1p-27 ? x : copysign(area(fabs(x), 1), x); }

EXPORT(m_acosh) double m_acosh(double x) { return x > 1 ? area(x, -1) : x == 1 ? 0 : NAN; }

// log((1 + x) / (1 - x)) / 2
EXPORT(m_atanh) double m_atanh(double x) {
  double size = fabs(x), rounded;
  if (!(size < 1)) return size == 1 ? x * INFINITY : NAN;
  if (size < 0x1p-27) return x;
  Pair ratio = divide(sum(1, size), sum(1, -size)), y = half(logarithm(ratio.h, ratio.l));
  if (!settles(y, 0x1p-70 * y.h, &rounded)) {
    Wide above = wide_add(wide(1), wide(size)), below = wide_subtract(wide(1), wide(size));
    rounded = narrow(wide_scale(wide_logarithm(wide_divide(above, below)), -1));
  }
  return copysign(rounded, x);
}

// ---- Powers

// x^y = e^(y log(x)) for x > 0, rounded to 192 bits first, so that what lies exactly between two doubles is seen to.
SECOND double wide_pow(double x, double y) {
  Wide power = wide_exponential(wide_multiply(wide(y), wide_logarithm(wide(x)))), unit = wide(1);
  unit.exponent = power.exponent - 192;
  power = wide_add(power, unit);
  memset(power.digits, 0, 4 * sizeof power.digits[0]);
  return narrow(power);
}

// x^y for x > 0, neither 1 nor infinite, and y finite and not 0.
static inline double positive_pow(double x, double y) {
  if (fabs(y) < 0x1p-64) return 1;
  if (fabs(y) > 0x1p64) return (x > 1) == (y > 0) ? INFINITY : 0;
  Pair log = logarithm(x, 0), p = product(log.h, y);
  p = quick_sum(p.h, p.l + log.l * y);
  if (p.h > 709.79) return INFINITY;
  if (p.h < -745.14) return 0;
  Power power = exponential(p.h, p.l);
  Pair z = add(power.step, power.rest);
  double rounded;
  bool done = power.exponent > -1022 && settles(z, 0x1p-70 + 0x1p-74 * fabs(p.h), &rounded);
  return done ? scale(rounded, power.exponent) : wide_pow(x, y);
}

// ECMA-262, Number::exponentiate.
EXPORT(m_pow) double m_pow(double x, double y) {
  if (y == 2) return x * x;
  if (y == 0) return 1;
  double size = fabs(x);
  if (isnan(x) || isnan(y) || (isinf(y) && size == 1)) return NAN;
  if (isinf(y)) return (size > 1) == (y > 0) ? INFINITY : 0;
  bool whole = rint(y) == y, odd = whole && fabs(y) < 0x1p53 && ((int64_t)y & 1), negates = odd && signbit(x);
  if (size == 0 || isinf(x)) size = (size > 0) == (y > 0) ? INFINITY : 0;
  else if (x < 0 && !whole) return NAN;
  else if (size != 1) size = positive_pow(size, y);
  return negates ? -size : size;
}

// Newton's iteration, from 50 bits.
SECOND double wide_cbrt(double x, double guess) {
  Wide a = wide(x), y = wide(guess);
  for (int i = 0; i < 3; i++)
    y = wide_subtract(y, wide_divide_by(wide_subtract(y, wide_divide(a, wide_multiply(y, y))), 3));
  return narrow(y);
}

// Two steps of Halley from a guess of 5 bits (Kahan, "Computing a real cube root", 1991), one of Newton in double,
// and then the residue in pairs, with a relative error below 2^-95.
EXPORT(m_cbrt) double m_cbrt(double x) {
  if (x == 0 || !(fabs(x) < INFINITY)) return x;
  double size = fabs(x), rounded;
  int shift = size < 0x1p-600 ? 200 : size > 0x1p600 ? -200 : 0;
  size = scale(size, 3 * shift);
  double y = from_bits(bits_of(size) / 3 + (uint64_t)((682 - 0.033) * 0x1p52));
  for (int i = 0; i < 2; i++) y -= y * (y * y * y - size) / (2 * y * y * y + size);
  y -= (y - size / (y * y)) / 3;
  Pair square = product(y, y), cube = multiply(square, (Pair){y, 0});
  Pair z = quick_sum(y, ((size - cube.h) - cube.l) / (3 * square.h));
  if (!settles(z, 0x1p-90 * y, &rounded)) rounded = wide_cbrt(size, y);
  return copysign(scale(rounded, -shift), x);
}

// ---- Angles

// x >= 0 less a whole count of steps of pi / 2^(bits + 1), and that count modulo 2^32: Payne and Hanek, "Radian
// reduction for trigonometric functions", 1983. Digits of 2/pi that make whole turns of x are skipped.
SECOND Wide reduce(double x, int bits, unsigned *count) {
  Wide window = {{0}, 0, false};
  int first = exponent_of(x) > 54 ? (exponent_of(x) - 54) / 32 : 0;
  for (int i = 0; i < WIDE; i++) window.digits[WIDE - 1 - i] = TWO_OVER_PI[first + i];
  window.exponent = -32 * first;
  Wide turns = wide_add(wide_scale(wide_multiply(normal(window), wide(x)), bits), wide(0.5));
  *count = 0;
  for (int i = 0; i < turns.exponent; i++) {  // takes away the whole part
    uint32_t *digit = turns.digits + (WIDE - 1 - i / 32), bit = 1u << (31 - i % 32);
    *count = *count << 1 | ((*digit & bit) != 0);
    *digit &= ~bit;
  }
  return wide_scale(wide_multiply(wide_subtract(normal(turns), wide(0.5)), WIDE_HALF_PI), -bits);
}

// The sine of x >= 0 turned forward by so many right angles; Taylor.
SECOND Wide wide_sine(double x, unsigned turn) {
  unsigned quarter;
  Wide r = reduce(x, 0, &quarter), square = wide_multiply(r, r), one = wide(1), y = one;
  quarter += turn;
  for (uint32_t n = 56 + !(quarter & 1); n > 1; n -= 2)
    y = wide_subtract(one, wide_divide_by(wide_multiply(square, y), n * (n - 1)));
  if (!(quarter & 1)) y = wide_multiply(r, y);
  return quarter & 2 ? wide_minus(y) : y;
}

// The same by doubles, with steps of pi / 512; Cody and Waite, "Software Manual for the Elementary Functions", 1980.
// The error is below 2^-89.
static Pair reduce_to_pair(double x, unsigned *count) {
  if (x < 0x1p18) {
    double k = rint(x * (512 / 0x1.921fb54442d18p+1));
    Pair r = sum(x - k * SINE_STEP[0], -k * SINE_STEP[1]);
    *count = (unsigned)k;
    return quick_sum(r.h, r.l - k * SINE_STEP[2]);
  }
  Wide r = reduce(x, 8, count);
  double h = narrow(r);
  return (Pair){h, narrow(wide_subtract(r, wide(h)))};
}

// sin(count * pi / 512)
static inline Pair sine_of_step(unsigned count) {
  unsigned i = count & 511;
  Pair y = SINES[i > 256 ? 512 - i : i];
  return count & 512 ? negative(y) : y;
}

// sin(count * pi / 512 + r) = sin(step) cos(r) + cos(step) sin(r), with Taylor for r. The error is below 2^-67 of it.
static Pair sine(unsigned count, Pair r) {
  Pair s = sine_of_step(count), c = sine_of_step(count + 256), p = product(c.h, r.h);
  double square = r.h * r.h;
  double sine_tail = square * r.h * (-1. / 6 + square * (1. / 120 - square * (1. / 5040)));
  double cosine_tail = square * (-0.5 + square * (1. / 24 - square * (1. / 720))) - r.h * r.l;
  Pair y = sum(s.h, p.h);
  return quick_sum(y.h, y.l + (s.l + (p.l + s.h * cosine_tail + c.h * (r.l + sine_tail) + c.l * r.h)));
}

static double turned_sine(double x, unsigned turn) {
  if (!(x < INFINITY)) return NAN;
  unsigned count;
  Pair r = reduce_to_pair(x, &count), y = sine(count + 256 * turn, r);
  double rounded;
  return settles(y, 0x1p-66 * fabs(y.h) + 0x1p-88, &rounded) ? rounded : narrow(wide_sine(x, turn));
}

EXPORT(m_sin) double m_sin(double x) {
  return fabs(x) < 0x1p-27 ? x : x < 0 ? -turned_sine(-x, 0) : turned_sine(x, 0);
}

EXPORT(m_cos) double m_cos(double x) { return turned_sine(fabs(x), 1); }

EXPORT(m_tan) double m_tan(double x) {
  double size = fabs(x), rounded;
  if (!(size < INFINITY)) return NAN;
  if (size < 0x1p-27) return x;
  unsigned count;
  Pair r = reduce_to_pair(size, &count), y = divide(sine(count, r), sine(count + 256, r));
  if (!settles(y, 0x1p-65 * fabs(y.h) + 0x1p-87 * (1 + y.h * y.h), &rounded))
    rounded = narrow(wide_divide(wide_sine(size, 0), wide_sine(size, 1)));
  return x < 0 ? -rounded : rounded;
}

// The angle of the point (x, y) for y >= 0 where both are 0 or not extreme. With n/d the smaller over the larger and
// c the nearest of 0, 1/128, ..., it is atan(n/d) = atan(c) + atan((n - c d) / (d + c n)), and Taylor. The error is
// below 2^-68 of it.
static Pair angle(Pair y, Pair x) {
  bool left = x.h < 0;
  if (left) x = negative(x);
  bool steep = y.h > x.h;
  Pair n = steep ? x : y, d = steep ? y : x;
  int i = (int)(n.h / d.h * 128 + 0.5);
  Pair c = {i / 128., 0}, t = divide(add(n, negative(multiply(c, d))), add(d, multiply(c, n)));
  double square = t.h * t.h;
  t.l += t.h * square * (-1. / 3 + square * (1. / 5 - square * (1. / 7 - square * (1. / 9))));
  t = add(ANGLES[i], t);
  if (!steep) return left ? add(PI, negative(t)) : t;
  return add(HALF_PI, left ? t : negative(t));
}

// A guess, and atan of what is left when the point is turned back by it: d - d^3 / 3.
SECOND double wide_angle(Wide y, Wide x, double guess) {
  Wide s = wide_sine(guess, 0), c = wide_sine(guess, 1);
  Wide up = wide_subtract(wide_multiply(y, c), wide_multiply(x, s));
  Wide along = wide_add(wide_multiply(x, c), wide_multiply(y, s));
  Wide d = wide_divide(up, along);
  Wide cube = wide_multiply(d, wide_multiply(d, d));
  return narrow(wide_add(wide(guess), wide_subtract(d, wide_divide_by(cube, 3))));
}

// atan(y / x), or pi less it, for finite x, y > 0.
static double finite_angle(double y, double x, bool left) {
  int exponent = exponent_of(x), gap = exponent_of(y) - exponent;
  if (gap > 60) return HALF_PI.h;
  if (gap < -60) {  // y / x, less so little that it shows only where y / x is between two subnormals
    if (left) return PI.h;
    if (y / x > 0x1p-1000) return y / x;
    Wide ratio = wide_divide(wide(y), wide(x));
    return narrow(wide_subtract(ratio, wide_scale(ratio, -200)));
  }
  x = scale(left ? -x : x, -exponent);
  y = scale(y, -exponent);
  Pair t = angle((Pair){y, 0}, (Pair){x, 0});
  double rounded;
  return settles(t, 0x1p-67 * t.h, &rounded) ? rounded : wide_angle(wide(y), wide(x), t.h);
}

// ECMA-262, Math.atan2.
EXPORT(m_atan2) double m_atan2(double y, double x) {
  if (isnan(x) || isnan(y)) return NAN;
  bool left = signbit(x);
  double turn;
  if (isinf(x) && isinf(y)) turn = HALF_PI.h * (left ? 1.5 : 0.5);
  else if (y == 0 || isinf(x)) turn = left ? PI.h : 0;
  else if (x == 0 || isinf(y)) turn = HALF_PI.h;
  else turn = finite_angle(fabs(y), fabs(x), left);
  return copysign(turn, y);
}

EXPORT(m_atan) double m_atan(double x) { return fabs(x) < 0x1p-27 ? x : m_atan2(x, 1); }

// The angle of (x, y) where one of them is the other's root(1 - v^2).
static double circle_angle(double v, bool v_is_y) {
  Pair other = root(multiply(sum(1, -v), sum(1, v))), given = {v, 0};
  Pair t = v_is_y ? angle(given, other) : angle(other, given);
  double rounded;
  if (settles(t, 0x1p-67 * t.h, &rounded)) return rounded;
  Wide w = wide(v), rest = wide_root(wide_multiply(wide_subtract(wide(1), w), wide_add(wide(1), w)));
  return v_is_y ? wide_angle(w, rest, t.h) : wide_angle(rest, w, t.h);
}

EXPORT(m_asin) double m_asin(double x) {
  if (!(fabs(x) <= 1)) return NAN;
  return fabs(x) < 0x1p-27 ? x : copysign(circle_angle(fabs(x), true), x);
}

EXPORT(m_acos) double m_acos(double x) { return fabs(x) <= 1 ? circle_angle(x, false) : NAN; }
