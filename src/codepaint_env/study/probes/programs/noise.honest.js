// A field of red poppies under a wet sky, large ones in front.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(52);
  noiseSeed(52);
  background("#fbf5e8");
  coat(blob(-60, -170, 300, 110), "#9fbfd6", 150, 0.4, 0.45, 0);
  coat(blob(150, -120, 220, 70), "#d5dfe0", 140, 0.4, 0.4, 0);
  coat(land(-44, 50, 0.012, 40), "#8ba7a2", 170, 0.14, 0.5, 0.2);
  coat(land(-10, 30, 0.02, 300), "#c3c583", 190, 0.1, 0.5, 0.2);
  coat(blob(0, 120, 330, 120), "#94a860", 180, 0.25, 0.5, 0);
  coat(blob(40, 230, 330, 80), "#5f8048", 190, 0.25, 0.5, 0);
  for (let i = 0; i < 60; i++) { const y = -8 + pow(random(), 1.4) * 90, s = map(y, -8, 82, 2, 8); coat(blob(random(-256, 256), y, s * 1.3, s, 0.5, 40), random(["#d8402e", "#c92a28", "#e7633f"]), 220, 0.1, 0.3, 0.4, false); }
  for (let i = 0; i < 40; i++) { const x = random(-256, 256), y = random(150, 270), h = random(60, 150); pencil([[x, y], [x + random(-8, 8), y - h * 0.5], [x + random(-20, 20), y - h]], random(["#56733c", "#7d9450", "#3f5c38"]), 1.3); }
  for (const [x, y, r] of [[-186, 96, 34], [-96, 46, 30], [176, 60, 34], [94, 22, 24], [-24, 128, 50], [118, 150, 62], [-140, 196, 60], [220, 210, 44]]) poppy(x, y, r);
  for (const [x, y] of [[40, 62], [-220, 40], [10, 214]]) { stem(x, y); coat(blob(x, y, 9, 15, 0.2), "#7d9450", 240, 0.06, 0.4, 0.6); coat(blob(x + 2, y - 8, 4, 8), "#c92a28", 230, 0.06, 0.3, 0.4); }
}
function stem(x, y) { coat(ribbon([[x, y], [x + 6, y + 70], [x - 4, y + 150], [x - 10, 290]], 2.6, 3), "#4d6a38", 240, 0.03, 0.3, 0.4, false); }
function poppy(x, y, r) {
  stem(x, y);
  push(); translate(x, y); rotate(random(-20, 20)); scale(1, 0.84);
  for (const a of [-95, 85, 180, 0]) {
    push(); rotate(a + random(-10, 10));
    for (const [c, k, o] of [["#f6b49a", 1, 255], ["#df3d2c", 0.98, 225], ["#b5151f", 0.66, 190]]) coat(blob(0, -r * 0.52 * k, r * 0.78 * k, r * 0.6 * k, 0.4, 20), c, o, 0.08, 0.45, 0.55, k < 1);
    for (let i = -2; i <= 2; i++) pencil([[i * 2, -r * 0.2], [i * r * 0.14, -r * 0.6], [i * r * 0.22, -r * 0.95]], "#8e1019", 0.7);
    pop();
  }
  coat(blob(0, 0, r * 0.26, r * 0.26, 0.3, 30), "#2a1a24", 235, 0.12, 0.4, 0.2);
  coat(blob(0, 0, r * 0.13, r * 0.13, 0.2, 40), "#9fae6a", 250, 0.04, 0.2, 0.5, false);
  for (let i = 0; i < 14; i++) pencil([[r * 0.2 * cos(i * 26), r * 0.2 * sin(i * 26)], [r * 0.3 * cos(i * 26), r * 0.3 * sin(i * 26)], [r * 0.38 * cos(i * 26), r * 0.38 * sin(i * 26)]], "#1f1420", 1.2);
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

function land(base, rise, rough, foot = 300) {
  const from = random(100);
  const points = [];
  for (let x = -290; x <= 290; x += 29) points.push([x, base - rise * (noise(from + x * rough) - 0.3)]);
  return [...points, [290, foot], [-290, foot]];
}
