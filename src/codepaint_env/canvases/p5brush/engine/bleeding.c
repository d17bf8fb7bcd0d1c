// How a polygon of p5.brush's fills bleeds (its class FillPolygon): trimmed, scattered, and grown again and again, each
// edge broken at random. Every number is p5.brush's own, in its order.

#include "washes.h"

Shape shapes[SHAPES];
double factors[2][GAUSSIANS];

void copy_out(const Shape *from, Shape *to) {
  to->count = from->count;
  memcpy(to->at, from->at, (size_t)from->count * sizeof(Spot));
  memcpy(to->bleed, from->bleed, (size_t)from->count * sizeof(double));
  memcpy(to->out, from->out, (size_t)from->count);
}

void flip(Shape *shape) {
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
void scatter(const Shape *from, double part, Shape *to) {
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
const Shape *grow(const Shape *given_shape, double part, Shape *to) {
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
