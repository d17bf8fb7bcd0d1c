// The desk between JavaScript and C: see desk.h.

#include "desk.h"

Desk desk;
bool refused, failed;
uint32_t seed;
float COSINE_TABLE[1441], SINE_TABLE[1441];

EXPORT(desk_at) Desk *desk_at(void) { return &desk; }

void take_desk(void) {
  seed = (uint32_t)(int32_t)desk.seed;
  refused = failed = false;
}

int leave(int why) {
  desk.seed = (double)(int32_t)seed;
  return failed ? FAILED : refused ? REFUSED : why;
}

void give_up(void) {
  failed = !refused;
  desk.most = -INFINITY;
}

void make_angles(void) {
  const double step = 2 * 3.141592653589793 / 1440;
  for (int i = 0; i <= 1440; i++) {
    COSINE_TABLE[i] = (float)m_cos(i * step);
    SINE_TABLE[i] = (float)m_sin(i * step);
  }
}

// Math.hypot of math.js
double js_hypot(double x, double y) {
  double sizes[2] = {fabs(x), fabs(y)}, largest = 0;
  if (isinf(x) || isinf(y)) return INFINITY;
  if (isnan(x) || isnan(y)) return NAN;
  for (int i = 0; i < 2; i++)
    if (sizes[i] > largest) largest = sizes[i];
  if (largest == 0) return 0;
  double sum = 0, compensation = 0;
  for (int i = 0; i < 2; i++) {
    double ratio = sizes[i] / largest, summand = ratio * ratio - compensation, preliminary = sum + summand;
    compensation = preliminary - sum - summand;
    sum = preliminary;
  }
  return sqrt(sum) * largest;
}

// P()
double gaussian(double mean, double deviation) {
  if (desk.has_spare != 0) {
    desk.has_spare = 0;
    return desk.spare * deviation + mean;
  }
  double r = 1 - random_number(), n = random_number();
  double i = sqrt(-2 * m_log(r)), turn = 360 * n;
  desk.spare = i * (double)SINE_TABLE[counted_angle(turn)];
  desk.has_spare = 1;
  return i * (double)COSINE_TABLE[counted_angle(turn)] * deviation + mean;
}

// Spends some whole units in turn, so many times; `sum` is that of one turn. Between two powers of two whole numbers
// are added without rounding, so they may be added at once.
void spend_in_turn(int times, const double *units, int count, double sum) {
  double total = sum * times, after = desk.meter + total;
  int exponent;
  frexp(desk.meter, &exponent);
  if (after <= desk.most && desk.meter >= 1 && after < ldexp(1, exponent)) {
    desk.meter = after;
    return;
  }
  for (int i = 0; i < times && !refused; i++)
    for (int k = 0; k < count; k++) spend(units[k]);
}
