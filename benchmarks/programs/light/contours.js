// Hills as contour lines under a thin moon: noise bends a dozen long splines.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(9); noiseSeed(9);
  background("#f6f3ea");
  brush.set("HB", "#a98b3a", 1.8);
  brush.circle(120, -150, 40);
  for (let row = 0; row < 12; row++) {
    const points = [];
    for (let x = -236; x <= 236; x += 59) {
      const rise = 150 * noise(x * 0.006 + 3, row * 0.16) * (1 - row / 16);
      points.push([x, -30 + row * 22 - rise + 30, 0.7 + 0.5 * noise(x, row)]);
    }
    brush.set(row % 3 ? "2B" : "cpencil", ["#35566b", "#4b7381", "#6d8f8c"][row % 3], 1.2 + row * 0.12);
    brush.spline(points, 0.7);
  }
}

function draw() {
  noLoop();
}
