// p5.brush's strokes: the steps of a brush along a line, in a field, or along a plot, and the points that it leaves.
// Every number is p5.brush's own, in its order. Sprays and tips, which leave many marks a step, stay with p5.brush.

#include "desk.h"

enum {
  MOST_STEPS = 1 << 15,
  MOST_PARTS = 1 << 12,  // segments of a plot
  MOST_CELLS = 1 << 18,  // of a field
  PRESSURE_STEPS = 10,   // a pressure holds for so many
};

// What compiled.js sets for a stroke, besides the desk; in the order of its list STROKE.
typedef struct {
  double steps, spacing, length, scale, is_plot, is_marker, direction, sine, cosine;
  double x, y, plotted, shift_x, shift_y, column, row;
  double in_field, wiggle, field_left, field_top, cell, columns, rows, wide, high;
  double centre_x, centre_y, density, zoom;
  double thickness, weight, scatter, sharpness, grain, alpha;
  double is_custom, slope, rise, shift, warp, stretch, tilt, low, high_pressure, first, second, third;
  double plot_length, plot_turn, parts, is_curve, part, part_start, angle;
  double gaussians, points, has_box, left, top, right, bottom, pressure_age, pressure;
} Stroke;
static Stroke stroke;
static double *plot;       // of each part: its angle, its pressure, its length and where it starts; and one more
static double *gaussians;  // p5.brush's cr
static float *field;       // column by column
static float *points;      // x, y, radius and alpha of each

EXPORT(stroke_at) Stroke *stroke_at(void) { return &stroke; }
EXPORT(plot_at) double *plot_at(void) { return plot; }
EXPORT(gaussians_at) double *gaussians_at(void) { return gaussians; }
EXPORT(field_at) float *field_at(void) { return field; }
EXPORT(points_at) float *points_at(void) { return points; }

double m_pow(double base, double exponent);

bool open_strokes(void) {
  plot = (double *)allocate(4 * (MOST_PARTS + 1) * sizeof(double));
  gaussians = (double *)allocate(2 * MOST_STEPS * sizeof(double));
  field = (float *)allocate(MOST_CELLS * sizeof(float));
  points = (float *)allocate(4 * MOST_STEPS * sizeof(float));
  return plot && gaussians && field && points;
}

enum { TURN, PRESSES, LONG, STARTS };
static double of_part(int part, int what) { return plot[4 * part + what]; }

static void find_part(double t) {
  int count = (int)stroke.parts, n = stroke.part < stroke.parts ? (int)stroke.part : count - 1;
  while (n + 1 < count && of_part(n + 1, STARTS) <= t) n++;
  if (of_part(n, STARTS) > t) {
    int low = 0, high = n - 1;
    while (low < high) {
      int middle = (low + high + 1) >> 1;
      if (of_part(middle, STARTS) <= t) low = middle;
      else high = middle - 1;
    }
    n = low;
  }
  stroke.part = n;
  stroke.part_start = of_part(n, STARTS);
}

static double plot_angle(double t) {
  if (t > stroke.plot_length) return of_part((int)stroke.parts, TURN);
  find_part(t);
  int n = (int)stroke.part;
  double e = of_part(n, TURN);
  if (stroke.is_curve == 0) return e + stroke.plot_turn;
  double r = of_part(n + 1, TURN), length = of_part(n, LONG);
  if (fabs(r - e) > 180) {
    if (r > e) r = -(360 - r);
    else e = -(360 - e);
  }
  return e + (length == 0 ? 0 : (t - stroke.part_start) / length) * (r - e) + stroke.plot_turn;
}

static double plot_pressure(double t) {
  if (t > stroke.plot_length) return of_part((int)stroke.parts, PRESSES);
  int n = (int)stroke.part;
  double e = of_part(n, PRESSES), r = of_part(n + 1, PRESSES), length = of_part(n, LONG);
  return length == 0 ? e : e + (t - stroke.part_start) / length * (r - e);
}

static double brush_pressure(void) {
  if (stroke.is_custom == 0) {
    double t = 0.5 + stroke.first * stroke.slope, e = 1 - stroke.second * stroke.rise, o = t * stroke.length;
    double s = (stroke.plotted < o ? 1.2 * e : 0.8 * e) * (stroke.length / 2);
    double bell = 1 / (1 + m_pow(fabs((stroke.plotted - o) / s), 2 * stroke.shift));
    return map_to(bell, 0, 1, stroke.low, stroke.high_pressure);
  }
  double t = stroke.plotted / stroke.length;
  double at = js_max(0, js_min(1, 0.5 + (t - 0.5 + stroke.warp) * stroke.stretch));
  double y = at < 0.5 ? stroke.first + (stroke.second - stroke.first) * at * 2
                      : stroke.second + (stroke.third - stroke.second) * (at - 0.5) * 2;
  return map_within(y + stroke.shift + stroke.tilt * (t - 0.5), 0, 1, stroke.low, stroke.high_pressure);
}

static double pressure(void) {
  if (stroke.pressure_age >= PRESSURE_STEPS) {
    double brush = brush_pressure();
    stroke.pressure = stroke.is_plot != 0 ? brush * plot_pressure(stroke.plotted) : brush;
    stroke.pressure_age = 0;
  }
  stroke.pressure_age++;
  return stroke.pressure;
}

// Ge(): a point on the mask.
static void leave_point(double x, double y, double size, double alpha) {
  double i = x - stroke.centre_x, o = y - stroke.centre_y;
  double across = desk.a * i + desk.c * o + desk.e + stroke.centre_x;
  double down = desk.b * i + desk.d * o + desk.f + stroke.centre_y;
  double radius = stroke.density * size * stroke.zoom / 2;
  float *point = points + 4 * (int)stroke.points++;
  point[0] = (float)across;
  point[1] = (float)down;
  point[2] = (float)radius;
  point[3] = (float)(alpha / 255);
  double h = across * stroke.density, u = down * stroke.density;
  double left = h - radius - 1, top = u - radius - 1, right = h + radius + 1, bottom = u + radius + 1;
  bool is_first = stroke.has_box == 0;
  if (is_first || left < stroke.left) stroke.left = left;
  if (is_first || top < stroke.top) stroke.top = top;
  if (is_first || right > stroke.right) stroke.right = right;
  if (is_first || bottom > stroke.bottom) stroke.bottom = bottom;
  stroke.has_box = 1;
}

// dr()
static void mark(double t) {
  double n = stroke.thickness * stroke.scatter, i = n * random_between(-1, 1), o = n * random_between(-1, 1);
  double alpha = stroke.alpha * js_max(0.8, t) * random_between(0.9, 1.1);
  leave_point(stroke.x + i, stroke.y + o, stroke.thickness * stroke.weight * t, alpha);
}

// xr()
static void grain(double t) {
  if (random_between(0, 1) >= stroke.grain * t) return;
  double any = gaussians[js_int(random_number() * stroke.gaussians)];
  double e = stroke.thickness * stroke.scatter * (stroke.sharpness + (1 - stroke.sharpness) * any / t);
  double cosine = stroke.cosine, sine = stroke.sine;
  if (stroke.is_plot != 0) {
    cosine = (double)COSINE_TABLE[counted_angle(stroke.angle)];
    sine = (double)SINE_TABLE[counted_angle(stroke.angle)];
  }
  double s = e * random_between(-1, 1), a = 0.3 * e * random_between(-1, 1);
  double r = s * sine + a * cosine, n = s * cosine - a * sine;
  double size = t * t * stroke.weight * random_between(0.85, 1.15) * stroke.thickness;
  double alpha = js_max(0.9, t) * stroke.alpha * random_between(0.75, 1.1);
  leave_point(stroke.x + r, stroke.y + n, size, alpha);
}

static bool is_in(void) {
  if (stroke.in_field != 0)
    return stroke.column >= 0 && stroke.row >= 0 && stroke.column < stroke.columns && stroke.row < stroke.rows;
  double x = stroke.x + stroke.shift_x, y = stroke.y + stroke.shift_y, wide = stroke.wide, high = stroke.high;
  return x >= -0.5 * wide && x <= 1.5 * wide && y >= -0.5 * high && y <= 1.5 * high;
}

static void move_to(double x, double y) {
  stroke.x = x;
  stroke.y = y;
  if (stroke.in_field == 0) return;
  stroke.column = js_round((x + stroke.shift_x - stroke.field_left) / stroke.cell);
  stroke.row = js_round((y + stroke.shift_y - stroke.field_top) / stroke.cell);
}

static void step_on(void) {
  bool is_plot = stroke.is_plot != 0, in_field = stroke.in_field != 0;
  double r = stroke.spacing, forward = is_plot ? r / stroke.scale : r;
  if (is_in()) {
    double angle;
    if (is_plot || in_field) {
      spend(80);
      double turn = in_field ? (double)field[(int)stroke.column * (int)stroke.rows + (int)stroke.row] * stroke.wiggle : 0;
      angle = turn - (is_plot ? stroke.angle : stroke.direction);
    } else {
      spend(2);
      angle = -stroke.direction;
    }
    int entry = counted_angle(angle);
    move_to(stroke.x + r * (double)COSINE_TABLE[entry], stroke.y + r * (double)SINE_TABLE[entry]);
  }
  stroke.plotted += forward;
}

EXPORT(run_stroke) int run_stroke(void) {
  take_desk();
  int steps = (int)stroke.steps;
  for (; stroke.gaussians < 2. * steps && !refused; stroke.gaussians++)
    gaussians[(int)stroke.gaussians] = gaussian(0, 1);
  for (int i = 0; i < steps && !refused; i++) {
    if (stroke.is_plot != 0) stroke.angle = plot_angle(stroke.plotted);
    double t = pressure();
    if (stroke.is_marker != 0) mark(t);
    else grain(t);
    step_on();
  }
  return leave(DONE);
}
