// Oranges on a leafy bough, painted by brush.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(118);
  noiseSeed(118);
  background("#fcf6e8");
  coat(blob(-40, -60, 240, 200), "#b8d0dc", 165, 0.4, 0.45, 0);
  coat(blob(130, 120, 170, 120), "#d9e2c4", 160, 0.4, 0.45, 0);
  coat(ribbon([[-270, -170], [-160, -140], [-50, -112], [80, -110], [230, -60]], 9, 3), "#7a5a40", 245, 0.04, 0.5, 0.5, false);
  coat(ribbon([[-270, -166], [-160, -135], [-50, -107], [80, -106]], 4, 1.5), "#43302a", 210, 0.05, 0.5, 0.3, false);
  for (const [x, y, a, l] of [[-190, -150, -70, 92], [-120, -132, 60, 110], [-50, -114, -100, 110], [30, -112, -40, 120], [96, -106, -100, 90], [140, -92, 30, 120], [210, -66, -40, 80], [-10, -112, 100, 90], [-170, -140, 130, 100], [190, -72, 80, 90], [60, -110, 64, 100]]) leaf(x, y, a + random(-8, 8), l, random(["#a9c080", "#bccd8a"]), random(["#2f6a48", "#3f7a4c", "#27574a"]), 0.22);
  for (const [x, y, r] of [[-86, 20, 72], [132, 60, 66], [24, 118, 80]]) { pencil([[x * 0.8, -104], [x * 0.95, -60], [x, y - r + 4]], "#5d6a3c", 2.4, "2B"); orange(x, y, r); }
  leaf(-84, -50, 150, 80); leaf(26, 40, -30, 90, "#b4cc84", "#3a7048"); leaf(20, 42, 200, 76); leaf(132, -4, 20, 74);
  for (const [x, y] of [[-196, 30], [-214, 60], [-168, 52]]) flower(x, y, 22);
}
function orange(x, y, r) {
  for (let i = 0; i < 2; i++) coat(blob(x, y, r, r * 0.97, 0.04, 18), "#ffe3b0", 255, 0.02, 0, 0.3, false);
  coat(blob(x, y, r * 0.99, r * 0.96, 0.04, 18), "#f5942a", 235, 0.06, 0.5, 0.6, false);
  coat([[x + r * 0.9, y - r * 0.3], [x + r * 0.88, y + r * 0.3], [x + r * 0.5, y + r * 0.8], [x - r * 0.1, y + r * 0.92], [x - r * 0.66, y + r * 0.66], [x - r * 0.1, y + r * 0.5], [x + r * 0.5, y + r * 0.2]], "#d9661a", 190, 0.16, 0.5, 0);
  coat(blob(x, y - r * 0.9, r * 0.08, r * 0.06), "#5f7a3a", 240, 0.05, 0.3, 0.4, false);
  coat(blob(x - r * 0.36, y - r * 0.36, r * 0.2, r * 0.14), "#fff4da", 235, 0.16, 0.1, 0);
  for (let i = 0; i < 26; i++) { const a = random(360), d = sqrt(random()) * r * 0.82; coat(blob(x + d * cos(a), y + d * sin(a), 1.3, 1.3, 0.1, 60), "#c65a14", 190, 0.02, 0.2, 0.2, false); }
}
function flower(x, y, r) {
  for (let i = 0; i < 5; i++) for (const [c, k] of [["#fffdf4", 1], ["#fffdf4", 1], ["#dfe4d8", 0.5]]) coat(blob(x + r * 0.55 * cos(i * 72), y + r * 0.55 * sin(i * 72), r * 0.42 * k, r * 0.42 * k, 0.2, 30), c, 250, 0.04, 0.1, 0.5, false);
  coat(blob(x, y, r * 0.2, r * 0.2), "#f0bb3a", 250, 0.04, 0.2, 0.5, false);
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

function ribbon(path, wide, thin = wide * 0.4) {
  const last = path.length - 1;
  const side = (s) =>
    path.map(([x, y], i) => {
      const [[ax, ay], [bx, by]] = [path[max(0, i - 1)], path[min(last, i + 1)]];
      const a = atan2(by - ay, bx - ax);
      const k = s * lerp(wide, thin, i / last) * random(0.85, 1.15);
      return [x - k * sin(a), y + k * cos(a)];
    });
  return [...side(1), ...side(-1).reverse()];
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
