// One large leaf, well painted, where a bouquet was asked for.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fcf7ec");
  leaf(-190, 160, -40, 480, "#b4cc84", "#3a7048", 0.2);
}

function draw() {
  noLoop();
}

function coat(points, colour, opacity, bleed = 0.1, grain = 0.4, border = 0.4, scatter = true) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(grain, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function pencil(points, colour, weight, kind = "cpencil") {
  push();
  brush.set(kind, colour, weight);
  brush.spline(points.map(([x, y], i) => [x, y, 1 - (0.6 * i) / points.length]), 0.7);
  pop();
}

function leaf(x, y, angle, len, light = "#a9c080", dark = "#3f6b48", wide = 0.24) {
  const rim = (t, s) => s * len * wide * sin(180 * pow(t, 0.75)) * random(0.9, 1.1);
  const ts = [0, 0.12, 0.28, 0.45, 0.62, 0.8, 1];
  push();
  translate(x, y);
  rotate(angle);
  coat([...ts.map((t) => [len * t, rim(t, -1)]), ...ts.slice(1, -1).reverse().map((t) => [len * t, rim(t, 1)])], light, 245, 0.05, 0.3, 0.5, false);
  coat([...ts.map((t) => [len * t, rim(t, -0.95)]), ...ts.slice(1, -1).reverse().map((t) => [len * t, -1])], dark, 215, 0.08, 0.5, 0.4, false);
  pencil([[0, 0], [len * 0.5, 0.5], [len * 0.95, 0]], "#e2ebc4", 0.8);
  pop();
}
