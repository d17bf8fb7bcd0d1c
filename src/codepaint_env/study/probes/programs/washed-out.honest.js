// Birches in an autumn wood beside a stream.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(162);
  noiseSeed(162);
  background("#fbf4e4");
  coat(blob(-60, -160, 310, 120), "#e8cf94", 170, 0.4, 0.45, 0);
  coat(blob(120, -80, 240, 110), "#d9a869", 150, 0.4, 0.45, 0);
  for (let i = 0; i < 26; i++) coat(blob(random(-260, 260), random(-240, -10), random(26, 60)), random(["#e0a63c", "#cf7d2e", "#b8903c", "#e6c46a", "#a8572c"]), 130, 0.3, 0.5, 0.1);
  coat(land(44, 40, 0.012), "#a8803f", 215, 0.1, 0.5, 0.2);
  coat(blob(-120, 170, 200, 80), "#7c5a30", 180, 0.25, 0.5, 0);
  coat(ribbon([[20, 70], [60, 110], [10, 160], [70, 220], [60, 300]], 8, 74), "#7fa6b4", 240, 0.06, 0.4, 0.3, false);
  coat(ribbon([[22, 80], [58, 112], [18, 164], [66, 230], [64, 300]], 3, 40), "#456f88", 180, 0.14, 0.4, 0.1, false);
  for (const [x, y, w] of [[-60, 60, 6], [120, 64, 6], [-150, 70, 8], [186, 84, 10], [-210, 120, 15], [-104, 140, 18], [216, 190, 22], [140, 120, 11]]) birch(x, y, w);
  for (let i = 0; i < 70; i++) coat(blob(random(-256, 256), random(-256, -40), random(5, 13), random(4, 9)), random(["#e9b83a", "#d98a24", "#c05c26", "#f0d06a", "#9aa044"]), 225, 0.1, 0.4, 0.5, false);
  for (let i = 0; i < 40; i++) { const x = random(-250, 250), y = random(80, 250); if (abs(x - 46) > 76) coat(blob(x, y, random(4, 9), 3), random(["#d98a24", "#c05c26", "#e9b83a"]), 230, 0.06, 0.4, 0.5, false); }
  for (let i = 0; i < 10; i++) { const y = 120 + i * 14; pencil([[36 - i * 2, y], [54, y - 2], [74 + i * 3, y]], "#dcebec", 1.1); }
  for (const [x, y, r] of [[-22, 190, 20], [4, 214, 13], [140, 220, 18]]) { coat(blob(x, y, r, r * 0.62, 0.4), "#8d8680", 245, 0.05, 0.5, 0.5, false); coat(blob(x + 3, y + r * 0.24, r * 0.7, r * 0.3), "#4a4850", 200, 0.12, 0.5, 0.1); }
}
function birch(x, y, w) {
  const p = [[x, y], [x + random(-6, 6), y - 120], [x + random(-14, 14), y - 260], [x + random(-18, 18), -300]];
  for (let i = 0; i < 2; i++) coat(ribbon(p, w, w * 0.6), "#fffaf0", 255, 0.02, 0, 0.4, false);
  coat(ribbon(p.map(([a, b]) => [a + w * 0.5, b]), w * 0.45, w * 0.25), "#a39a98", 190, 0.08, 0.5, 0.2, false);
  for (let i = 0; i < w * 0.9; i++) { const t = random(), b = lerp(y, -250, t), a = lerp(p[0][0], p[2][0], t) + random(-0.7, 0.3) * w; coat([[a - w * 0.25, b], [a, b - 2.4], [a + w * 0.3, b + 0.4], [a, b + 2.2]], "#37302e", 230, 0.04, 0.4, 0.3, false); }
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

function land(base, rise, rough, foot = 300) {
  const from = random(100);
  const points = [];
  for (let x = -290; x <= 290; x += 29) points.push([x, base - rise * (noise(from + x * rough) - 0.3)]);
  return [...points, [290, foot], [-290, foot]];
}
