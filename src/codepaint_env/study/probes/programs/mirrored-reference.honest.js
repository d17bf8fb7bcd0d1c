// Three tulips of its own drawing: yellow, coral and plum, leaning apart before a soft ground.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(107);
  noiseSeed(107);
  background("#fcf6ea");
  coat(blob(-90, -60, 200, 190), "#c5d6d2", 165, 0.4, 0.45, 0);
  coat(blob(120, 60, 180, 180), "#ecd9be", 160, 0.4, 0.45, 0);
  const heads = [[-104, -96, -16, "#fbe7a4", "#f2bd3a", "#cf7d1c"], [118, -64, 20, "#ecc6dc", "#a2487e", "#5f1c52"], [4, -136, 3, "#fbd0c0", "#ec6a52", "#b92c30"]];
  for (const [x, y] of heads) coat(ribbon([[x, y + 50], [x * 0.86, y + 150], [x * 0.45, 190], [x * 0.2, 290]], 6, 7), "#6d9150", 245, 0.03, 0.4, 0.55, false);
  for (const [x, y] of heads) coat(ribbon([[x + 3, y + 50], [x * 0.86 + 3, y + 150], [x * 0.45 + 3, 190], [x * 0.2 + 3, 290]], 2.4, 3), "#37603c", 205, 0.04, 0.4, 0.2, false);
  for (const [x, a, len] of [[-30, -128, 230], [36, -46, 220], [-8, -104, 190], [20, -70, 250]]) leaf(x, 262, a, len, "#aecb96", "#4c7f58", 0.13);
  for (const h of heads) tulip(...h);
}
function tulip(x, y, lean, light, body, deep) {
  push(); translate(x, y + 56); rotate(lean);
  for (const [a, w, k] of [[-24, 0.62, 0.92], [24, 0.62, 0.92], [0, 0.6, 1], [-13, 0.58, 0.84], [14, 0.56, 0.82]]) {
    const len = 128 * k * random(0.96, 1.04), wide = 70 * w * random(0.95, 1.05);
    const edge = [[0, 0], [-wide * 0.7, -len * 0.16], [-wide, -len * 0.45], [-wide * 0.72, -len * 0.8], [random(-5, 5), -len], [wide * 0.74, -len * 0.8], [wide, -len * 0.45], [wide * 0.7, -len * 0.16]];
    const part = (m, n, s) => edge.map(([u, v]) => [u * m + s, v * n]);
    push(); rotate(a);
    for (let i = 0; i < 2; i++) coat(edge, light, 255, 0.03, 0, 0.3, false);
    coat(part(0.98, 0.98, 0), body, 225, 0.08, 0.45, 0.6);
    coat(part(0.5, 0.7, wide * 0.2), deep, 180, 0.14, 0.5, 0.1);
    coat(part(0.7, 0.34, 0), deep, 170, 0.16, 0.5, 0);
    for (let i = -2; i <= 2; i++) pencil([[i * 3, -len * 0.1], [i * wide * 0.22, -len * 0.5], [i * wide * 0.16, -len * 0.86]], deep, 0.8);
    pop();
  }
  pop();
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
