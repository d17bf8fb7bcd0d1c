// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  {PETAL}
  const points = [[0, 0, 1], [50, 50, 1]];
  points.push(points);
  points[2].length = 3;
  brush.set("HB", "#334455", 1);
  brush.spline(points, 0.5);
  brush.polygon({ points }).draw();
}
