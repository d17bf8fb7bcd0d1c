// A sailing boat on a bright sea, its sails in the sun, a far coast behind.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(96);
  noiseSeed(96);
  background("#fbf6ea");
  coat(blob(-40, -200, 330, 100), "#86b2d0", 175, 0.4, 0.5, 0);
  coat(blob(130, -110, 240, 60), "#c7dbe2", 140, 0.4, 0.4, 0);
  for (const [x, y, r] of [[-170, -120, 50], [-120, -136, 42], [-80, -116, 36], [190, -176, 44], [150, -164, 36]]) coat(blob(x, y, r, r * 0.5), "#fffcf4", 240, 0.25, 0.1, 0.05);
  coat(land(2, 40, 0.014, 24), "#93a9ae", 180, 0.1, 0.5, 0.2);
  coat([[-290, 22], [290, 20], [290, 300], [-290, 300]], "#4f9cae", 215, 0.05, 0.5, 0.2);
  coat(blob(0, 120, 330, 60), "#2f7f9c", 175, 0.3, 0.5, 0);
  coat(blob(-40, 230, 340, 80), "#175f80", 195, 0.25, 0.5, 0);
  for (let i = 0; i < 60; i++) { const y = 30 + pow(random(), 1.3) * 220, x = random(-270, 240), w = map(y, 30, 250, 16, 70); pencil([[x, y], [x + w * 0.5, y - w * 0.08], [x + w, y]], random(["#e2f0ec", "#bfe0e0", "#134f70"]), map(y, 30, 250, 0.8, 1.8)); }
  coat(blob(10, 158, 90, 34), "#eef0e2", 130, 0.3, 0.4, 0);
  coat([[-110, 104], [140, 98], [108, 142], [-72, 146]], "#7c3a2a", 250, 0.03, 0.4, 0.5, false);
  coat([[-106, 106], [140, 98], [132, 110], [-98, 118]], "#e9d8b2", 250, 0.02, 0.2, 0.4, false);
  coat([[-80, 130], [118, 126], [106, 142], [-70, 146]], "#3c2024", 220, 0.05, 0.4, 0.3, false);
  coat(ribbon([[10, 106], [8, -60], [6, -214]], 3.4, 2.4), "#6b4a34", 250, 0.02, 0.3, 0.5, false);
  const main = [[14, 86], [14, -70], [10, -206], [60, -110], [104, -10], [132, 80]], jib = [[-2, 84], [-2, -40], [2, -196], [-44, -100], [-84, 0], [-116, 92]];
  for (const s of [main, jib]) for (let i = 0; i < 2; i++) coat(s, "#fffdf4", 255, 0.02, 0, 0.3, false);
  coat([[14, 86], [60, 40], [84, -30], [104, -10], [132, 80]], "#e0b27c", 165, 0.16, 0.4, 0.1, false);
  coat([[-2, 84], [-2, -40], [2, -160], [-22, -60], [-40, 30], [-90, 90]], "#a9b8cc", 165, 0.16, 0.4, 0.1, false);
  for (const y of [-110, -40, 30]) pencil([[14, y], [50 + (y + 110) * 0.2, y + 8], [60 + (y + 110) * 0.36, y + 2]], "#b9a27e", 0.9);
  coat([[8, -214], [40, -206], [8, -198]], "#c92f2c", 245, 0.04, 0.3, 0.5, false);
  coat(blob(66, 88, 8, 12), "#2f4466", 245, 0.05, 0.3, 0.4, false); coat(blob(66, 72, 6, 6), "#c98a68", 245, 0.03, 0.3, 0.4, false);
  for (let i = 0; i < 8; i++) coat(blob(-110 + i * 32, 146 + random(-3, 5), random(14, 26), 5, 0.5), "#fdfbf2", 235, 0.18, 0.1, 0.05);
  for (const [x, y, s] of [[-150, -40, 12], [-190, -66, 8], [180, -70, 10]]) pencil([[x - s, y - s * 0.4], [x - s * 0.4, y - s * 0.45], [x, y], [x + s * 0.4, y - s * 0.5], [x + s, y - s * 0.5]], "#44505c", 1.5, "2B");
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
