// What bleeding.c and washes.c share: polygons, and what p5.brush's fill was told.

#pragma once

#include "desk.h"

enum {
  MOST_GIVEN = 4096,    // vertices of a polygon that is taken
  MOST = 16384,         // of what it becomes
  GAUSSIANS = 512,
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
extern Wash wash;

extern double factors[2][GAUSSIANS];  // p5.brush's mn

enum { GIVEN, GROWN, SPARE, FIRST, SECOND, THIRD, SCATTERED, TRIMMED, ONE, TWO, SHAPES };
extern Shape shapes[SHAPES];

void copy_out(const Shape *from, Shape *to);
void flip(Shape *shape);
void scatter(const Shape *from, double part, Shape *to);
const Shape *grow(const Shape *given, double part, Shape *to);
