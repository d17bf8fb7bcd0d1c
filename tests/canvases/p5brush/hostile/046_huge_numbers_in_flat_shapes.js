// engine: ok
// page: ok
function setup() {
  {CANVAS}
  for (const size of [1e300, -1e300, 5e-324, 2 ** 31, -(2 ** 53)]) {
    rect(size, size, size, size);
    circle(0, 0, size);
    triangle(0, 0, size, 0, 0, -size);
  }
  {PETAL}
}
