// splines by curvature and number of points (two points curve to nothing), arcs of all sweeps
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  const zig = [[-230, -200], [-150, -240], [-70, -170], [10, -240], [90, -180]];
  [0, 0.25, 0.5, 1].forEach((curvature, i) => {
    brush.set("2B", ["#264653", "#2a9d8f", "#e9c46a", "#e76f51"][i], 1.5);
    brush.spline(zig.map(([x, y]) => [x, y + i * 26, 1]), curvature);
  });
  brush.set("marker", "#9b2226", 1);
  brush.spline([[130, -230, 1], [230, -180, 1]], 0.5); // no length: takes the next line of its colour with it
  brush.line(130, -235, 230, -235);
  brush.set("marker", "#bb3e03", 1);
  brush.spline([[130, -200], [230, -150]], 0);
  brush.spline([[130, -150], [180, -110], [230, -150]]);
  const kept = brush.spline([[-230, -40, 1], [-160, -90, 1], [-90, -40, 0.4]], 1);
  kept.draw();
  [30, 90, 180, 270, 359, -90, 360, 0].forEach((sweep, i) => {
    brush.set("pen", "#005f73", 1.5);
    brush.arc(-180 + (i % 4) * 120, 60 + floor(i / 4) * 120, 46, 20 * i, 20 * i + sweep);
  });
  const wedge = brush.arc(190, -40, 30, 0, 200);
  brush.hatch(6, 45);
  wedge.hatch(190, -40);
}

function draw() {
  noLoop();
}
