// A snow cabin among pines by moonlight, smoke rising.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(173);
  noiseSeed(173);
  background("#eef0f2");
  coat(blob(-20, -150, 360, 230), "#3f5a80", 235, 0.35, 0.5, 0);
  coat(blob(40, -220, 340, 110), "#22365c", 220, 0.35, 0.5, 0);
  coat(blob(-130, -150, 80, 80), "#a9bcd0", 150, 0.4, 0.3, 0);
  for (let i = 0; i < 3; i++) coat(blob(-130, -150, 36, 36, 0.04, 18), "#fff8e0", 255, 0.03, 0, 0, false);
  for (let i = 0; i < 26; i++) coat(blob(random(-256, 256), random(-250, -60), random(1, 2.2), random(1, 2.2), 0.1, 60), "#fffbe8", 255, 0.02, 0, 0, false);
  coat(land(-10, 90, 0.01), "#6f86a4", 225, 0.1, 0.5, 0.3);
  for (let i = 0; i < 22; i++) pine(-270 + i * 25 + random(-8, 8), 66 + random(-8, 8), random(60, 110), "#2c4356");
  for (let i = 0; i < 2; i++) coat(land(66, 24, 0.01), "#f4f6f8", 255, 0.04, 0.1, 0.2, false);
  coat(blob(-80, 150, 210, 40), "#a9bcd4", 165, 0.3, 0.4, 0); coat(blob(150, 220, 200, 40), "#8fa6c6", 165, 0.3, 0.4, 0);
  cabin(60, 92);
  for (const [x, y, h] of [[-196, 186, 220], [-130, 150, 150], [218, 176, 210], [170, 132, 120], [-238, 220, 170]]) { pine(x, y, h, "#1f3a3c"); for (let k = 1; k < 5; k++) coat([[x - h * 0.04 * (6 - k), y - h * k * 0.17], [x - h * 0.02, y - h * (k * 0.17 + 0.07)], [x + h * 0.02, y - h * (k * 0.17 + 0.02)]], "#eef3f6", 240, 0.06, 0.1, 0.2, false); }
  coat(ribbon([[62, 140], [30, 180], [60, 220], [20, 290]], 8, 26), "#c3d0e0", 200, 0.1, 0.4, 0.2, false);
  coat(blob(62, 160, 46, 15), "#f6cf80", 140, 0.3, 0.3, 0);
}
function pine(x, y, h, c) { for (let k = 0; k < 6; k++) { const w = h * 0.24 * (1 - k / 7); coat([[x - w, y - h * k / 7.5], [x - w * 0.3, y - h * (k + 1) / 7.5], [x, y - h * (k + 2.4) / 7.5], [x + w * 0.3, y - h * (k + 1) / 7.5], [x + w, y - h * k / 7.5]], c, 225, 0.05, 0.5, 0.4, false); } }
function cabin(x, y) {
  coat([[x - 58, y], [x + 58, y], [x + 58, y + 54], [x - 58, y + 54]], "#6d4630", 250, 0.03, 0.4, 0.5, false);
  for (let i = 1; i < 5; i++) pencil([[x - 56, y + i * 11], [x, y + i * 11 + 1], [x + 56, y + i * 11]], "#3a241c", 1.6, "2B");
  coat([[x + 26, y - 66], [x + 42, y - 66], [x + 42, y - 26], [x + 26, y - 26]], "#5a4440", 250, 0.03, 0.4, 0.4, false);
  for (let i = 0; i < 2; i++) coat([[x - 76, y + 6], [x, y - 62], [x + 76, y + 6], [x + 62, y + 8], [x, y - 38], [x - 62, y + 8]], "#f8fafb", 255, 0.03, 0, 0.4, false);
  coat([[x - 60, y + 4], [x, y - 40], [x + 60, y + 4]], "#7d5238", 250, 0.02, 0.4, 0.4, false);
  for (const [a, b, c, d] of [[-44, 14, 24, 22], [20, 14, 24, 22], [-12, -20, 22, 16]]) coat([[x + a, y + b], [x + a + c, y + b], [x + a + c, y + b + d], [x + a, y + b + d]], "#ffd977", 255, 0.03, 0, 0.5, false);
  coat([[x - 10, y + 14], [x + 10, y + 14], [x + 10, y + 54], [x - 10, y + 54]], "#3a241c", 250, 0.02, 0.3, 0.3, false);
  for (let i = 0; i < 6; i++) coat(blob(x + 34 + i * 8 + random(-5, 5), y - 76 - i * 22, 9 + i * 4, 8 + i * 2), "#d7dee6", 150, 0.3, 0.2, 0);
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
