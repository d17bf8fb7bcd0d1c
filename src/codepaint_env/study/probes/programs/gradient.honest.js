// Sunset over rolling hills with cypresses and a winding road.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(129);
  noiseSeed(129);
  background("#fcf3e0");
  coat(blob(0, -220, 340, 90), "#7a6f9c", 180, 0.4, 0.5, 0);
  coat(blob(-40, -140, 320, 60), "#dd8476", 175, 0.4, 0.45, 0);
  coat(blob(30, -80, 320, 50), "#f5b765", 185, 0.35, 0.4, 0);
  for (let i = 0; i < 2; i++) coat(blob(-60, -74, 40, 40, 0.04, 18), "#fff0b8", 255, 0.05, 0, 0, false);
  for (const [x, y, w] of [[110, -170, 90], [-150, -176, 70], [60, -128, 80]]) coat(blob(x, y, w, 9, 0.5), "#c65e68", 190, 0.25, 0.4, 0.1);
  for (const [b, r, f, c] of [[-36, 60, 0.009, "#9c7f9e"], [0, 64, 0.011, "#7d6c88"], [44, 60, 0.013, "#7a7a54"], [96, 60, 0.012, "#5d7044"], [160, 60, 0.01, "#3f5638"]]) coat(land(b, r, f), c, 215, 0.07, 0.5, 0.4);
  for (let i = 0; i < 14; i++) { const x = -256 + i * 38; pencil([[x, 256], [x * 0.8 + 12, 214], [x * 0.62 + 24, 176]], "#83945a", 1.2); }
  coat(ribbon([[40, 290], [96, 220], [30, 176], [-30, 140], [30, 112], [64, 92]], 24, 2), "#f0d6a8", 235, 0.05, 0.4, 0.3, false);
  for (const [x, y, h] of [[-176, 150, 120], [-148, 158, 92], [-204, 164, 84], [166, 120, 96], [190, 128, 118], [84, 92, 44], [98, 92, 38], [-66, 96, 46], [-54, 98, 36]]) {
    coat([[x - h * 0.11, y], [x - h * 0.13, y - h * 0.4], [x - h * 0.05, y - h * 0.85], [x, y - h], [x + h * 0.05, y - h * 0.85], [x + h * 0.13, y - h * 0.4], [x + h * 0.11, y]], "#2f4634", 240, 0.05, 0.5, 0.5, false);
    coat([[x - h * 0.1, y - 4], [x - h * 0.11, y - h * 0.4], [x - h * 0.03, y - h * 0.85], [x - h * 0.02, y - h * 0.3]], "#a88a4a", 150, 0.08, 0.4, 0.1, false);
  }
  coat([[112, 84], [150, 84], [150, 108], [112, 108]], "#f7e2bf", 255, 0.02, 0.1, 0.5, false);
  coat([[106, 86], [120, 66], [144, 66], [157, 86]], "#b2523a", 245, 0.03, 0.4, 0.5, false);
  coat([[126, 92], [134, 92], [134, 108], [126, 108]], "#4a3640", 240, 0.02, 0.2, 0.3, false);
  for (const [x, y, s] of [[40, -150, 9], [64, -164, 7], [20, -170, 6]]) pencil([[x - s, y - s * 0.5], [x, y], [x + s, y - s * 0.6]], "#4a3a52", 1.4, "2B");
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
