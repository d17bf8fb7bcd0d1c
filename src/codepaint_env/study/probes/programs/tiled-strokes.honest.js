// A wheat field with a farmhouse and a path, storm light behind.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(63);
  noiseSeed(63);
  background("#fbf4e2");
  coat(blob(-100, -190, 300, 110), "#6f87a0", 190, 0.4, 0.5, 0);
  coat(blob(120, -140, 260, 80), "#9db0bd", 160, 0.4, 0.5, 0);
  coat(blob(40, -70, 320, 36), "#f4dfb4", 170, 0.35, 0.3, 0);
  coat(land(-40, 40, 0.012, 0), "#64807a", 190, 0.1, 0.5, 0.3);
  coat(land(-18, 24, 0.02, 10), "#87965a", 195, 0.1, 0.5, 0.3);
  coat([[-290, -4], [290, -12], [290, 300], [-290, 300]], "#e9c25c", 215, 0.08, 0.5, 0.1);
  coat(blob(-120, 120, 250, 90), "#d79a35", 170, 0.3, 0.5, 0);
  coat(blob(150, 220, 220, 90), "#b9762a", 180, 0.3, 0.5, 0);
  coat([[-30, -8], [-14, -8], [40, 60], [20, 150], [150, 300], [-60, 300], [-50, 150], [6, 60]], "#f3e0b4", 235, 0.06, 0.4, 0.3, false);
  house(96, -28);
  for (const [x, s] of [[36, 30], [52, 22], [158, 34], [182, 24], [-200, 20], [-178, 26], [-160, 18]]) for (let i = 0; i < 4; i++) coat(blob(x + random(-s, s) * 0.4, -22 - s * random(0.1, 0.9), s * 0.5, s * 0.5), random(["#3f5f40", "#5a7a48", "#2f4c3c"]), 200, 0.14, 0.5, 0.3);
  for (let row = 0; row < 5; row++) for (let i = 0; i < 44; i++) {
    const x = -262 + i * 12.2 + random(-6, 6), y = 70 + row * 48 + random(-8, 8), h = 26 + row * 14;
    if (x > -64 + row * 2 && x < 46 + row * 26 && row < 5) continue;
    const l = random(2, 12) + row * 2;
    pencil([[x, y], [x + l * 0.4, y - h * 0.6], [x + l, y - h]], random(["#a8742a", "#c9962f", "#8a5c22"]), 0.9 + row * 0.12);
    if (row > 1) coat(blob(x + l * 1.15, y - h - 4 - row, 1.6 + row * 0.7, 5 + row * 2.4, 0.2, 40), random(["#f0c552", "#d99a32", "#c17f28"]), 240, 0.05, 0.4, 0.5, false);
  }
  for (const [x, y] of [[-90, -120], [-62, -134], [-116, -140]]) pencil([[x - 9, y - 4], [x, y + 1], [x + 9, y - 5]], "#2f3440", 1.2, "2B");
}
function house(x, y) {
  coat([[x - 32, y], [x + 30, y], [x + 30, y + 36], [x - 32, y + 36]], "#fff6e2", 255, 0.02, 0.1, 0.5, false);
  coat([[x + 4, y], [x + 30, y], [x + 30, y + 36], [x + 4, y + 36]], "#d9b894", 200, 0.04, 0.4, 0.3, false);
  coat([[x - 40, y + 3], [x - 26, y - 28], [x + 26, y - 28], [x + 38, y + 3]], "#a8452f", 245, 0.04, 0.4, 0.5, false);
  coat([[x - 18, y + 14], [x - 6, y + 14], [x - 6, y + 36], [x - 18, y + 36]], "#4a3a34", 240, 0.02, 0.3, 0.3, false);
  coat([[x + 12, y + 10], [x + 22, y + 10], [x + 22, y + 20], [x + 12, y + 20]], "#55708a", 240, 0.02, 0.3, 0.3, false);
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

function blob(x, y, rx, ry = rx, wobble = 0.4, step = 24) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function land(base, rise, rough, foot = 300) {
  const from = random(100);
  const points = [];
  for (let x = -290; x <= 290; x += 29) points.push([x, base - rise * (noise(from + x * rough) - 0.3)]);
  return [...points, [290, foot], [-290, foot]];
}
