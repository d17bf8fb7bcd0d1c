// A misty lake at dawn: hills in three distances, their mirror image, reeds in front.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(41);
  noiseSeed(41);
  background("#f8f1e2");
  coat(blob(30, -170, 330, 120), "#f3c9a4", 150, 0.4, 0.4, 0);
  coat(blob(-110, -120, 260, 70), "#eab0a0", 120, 0.4, 0.4, 0);
  for (let i = 0; i < 2; i++) coat(blob(86, -128, 34, 34, 0.05, 18), "#fff3cf", 255, 0.04, 0, 0, false);
  coat(land(-62, 100, 0.009, 6), "#a3b4c6", 170, 0.12, 0.45, 0.2);
  coat(land(-26, 80, 0.013, 10), "#728ea4", 190, 0.1, 0.5, 0.3);
  coat(land(4, 60, 0.02, 16), "#466a72", 205, 0.08, 0.5, 0.4);
  coat([[-290, 18], [290, 16], [290, 300], [-290, 300]], "#bcd0d2", 165, 0.1, 0.4, 0);
  coat(blob(-120, 62, 190, 34), "#55787e", 150, 0.3, 0.4, 0);
  coat(blob(160, 48, 150, 24), "#6d8c96", 140, 0.3, 0.4, 0);
  coat(blob(86, 110, 22, 70, 0.3), "#fbe6bd", 190, 0.2, 0.3, 0);
  for (let i = 0; i < 4; i++) coat(blob(random(-200, 200), 20 + random(-12, 14), random(90, 150), 9), "#f6ecdc", 200, 0.35, 0.2, 0);
  for (let i = 0; i < 16; i++) { const x = random(-250, 250), y = random(60, 200); pencil([[x, y], [x + random(20, 50), y + 1], [x + random(60, 100), y]], "#7f9ea4", 0.8); }
  for (const [x, h, w] of [[-190, 92, 26], [-158, 62, 20], [-222, 70, 22]]) for (let k = 0; k < 5; k++) coat([[x - w * (1 - k / 6), 16 - h * k / 6], [x, 16 - h * (k + 2.2) / 6], [x + w * (1 - k / 6), 16 - h * k / 6]], "#2c4a48", 215, 0.06, 0.5, 0.4, false);
  for (let i = 0; i < 34; i++) { const x = 250 - pow(random(), 1.6) * 250, y = 262, h = random(70, 190), l = random(-34, 18); coat(ribbon([[x, y], [x + l * 0.3, y - h * 0.5], [x + l, y - h]], 2.6, 0.8), random(["#2f4a34", "#55683a", "#3c5a4a"]), 230, 0.03, 0.3, 0.3, false); if (i % 4 === 0) coat(blob(x + l, y - h, 4, 15, 0.1), "#6b452c", 240, 0.04, 0.4, 0.5, false); }
  coat(blob(180, 258, 170, 26), "#3d5638", 200, 0.15, 0.5, 0.2);
  for (const x of [-52, -24, -70]) { const y = -96 + x * 0.4; pencil([[x - 10, y - 4], [x, y + 2], [x + 10, y - 5]], "#3c4652", 1.1, "2B"); }
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
