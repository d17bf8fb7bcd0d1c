// A red fox sitting in autumn grass.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(184);
  noiseSeed(184);
  background("#fbf5e8");
  coat(blob(-20, -80, 250, 180), "#d4dcc4", 165, 0.4, 0.45, 0);
  coat(blob(90, 150, 260, 90), "#d9b878", 185, 0.35, 0.5, 0); coat(blob(-120, 190, 200, 70), "#b08a48", 170, 0.35, 0.5, 0);
  coat([[70, 176], [130, 190], [196, 150], [204, 90], [180, 60], [170, 110], [136, 140], [80, 130]], "#f2b27a", 255, 0.03, 0.1, 0.4, false);
  coat([[70, 176], [130, 190], [192, 150], [200, 100], [180, 90], [166, 130], [130, 152], [80, 140]], "#c9622a", 235, 0.08, 0.5, 0.5, false);
  coat([[204, 92], [212, 60], [186, 40], [178, 62], [180, 92]], "#fff8ea", 255, 0.04, 0.1, 0.4, false);
  const body = [[-40, -20], [-74, 40], [-86, 110], [-70, 180], [30, 192], [100, 182], [112, 120], [84, 50], [48, -10]];
  for (let i = 0; i < 2; i++) coat(body, "#f6c690", 255, 0.02, 0, 0.3, false);
  coat(body, "#d06a2c", 230, 0.06, 0.5, 0.5, false);
  coat([[30, 60], [84, 70], [108, 130], [92, 178], [40, 184], [60, 130]], "#a3421c", 180, 0.12, 0.5, 0.2, false);
  for (let i = 0; i < 2; i++) coat([[-44, 0], [-60, 60], [-46, 120], [-24, 150], [-6, 110], [10, 50], [6, 0]], "#fff9ee", 255, 0.05, 0.1, 0.2, false);
  for (const x of [-56, -20]) { coat([[x - 14, 96], [x + 16, 96], [x + 14, 180], [x + 18, 194], [x - 20, 194], [x - 14, 180]], "#cc682c", 245, 0.04, 0.5, 0.5, false); coat([[x - 13, 150], [x + 14, 150], [x + 16, 194], [x - 20, 194]], "#3a241f", 235, 0.06, 0.5, 0.4, false); }
  for (const [s, t] of [[-1, -100], [1, -96]]) { const x = -18 + s * 50; coat([[x - s * 26, t + 30], [x + s * 8, t - 50], [x + s * 26, t + 30], [x + s * 18, t + 54]], "#c45c28", 250, 0.04, 0.4, 0.5, false); coat([[x - s * 10, t + 24], [x + s * 6, t - 28], [x + s * 16, t + 30]], "#3a2420", 225, 0.08, 0.5, 0.3, false); }
  const head = [[-18, -116], [-60, -106], [-90, -60], [-62, -20], [-32, 14], [-18, 24], [-4, 14], [28, -20], [56, -60], [24, -106]];
  for (let i = 0; i < 2; i++) coat(head, "#f6c690", 255, 0.02, 0, 0.3, false);
  coat(head, "#d7702e", 230, 0.05, 0.5, 0.5, false);
  for (const s of [-1, 1]) { const q = (x, y) => [-18 + s * x, y]; for (let i = 0; i < 2; i++) coat([q(4, -10), q(26, -44), q(62, -56), q(44, -22), q(16, 10), q(4, 20)], "#fff9ee", 255, 0.04, 0, 0.3, false); coat([q(16, -54), q(26, -64), q(40, -58), q(30, -48)], "#f0b13c", 255, 0.02, 0, 0.4, false); coat(blob(-18 + s * 28, -56, 5.5, 7, 0.1, 40), "#1f1614", 255, 0.02, 0.1, 0.3, false); coat(blob(-18 + s * 28 - 2, -59, 1.8, 1.8, 0.1, 60), "#ffffff", 255, 0.01, 0, 0, false); }
  coat([[-18, -70], [-30, -30], [-24, 6], [-18, 12], [-12, 6], [-6, -30]], "#e28a4a", 220, 0.08, 0.4, 0.2, false);
  coat(blob(-18, 10, 11, 8, 0.2, 30), "#241a1c", 255, 0.04, 0.2, 0.4, false); pencil([[-18, 17], [-22, 25], [-32, 27]], "#3a2420", 1.4, "2B"); pencil([[-18, 17], [-14, 25], [-4, 27]], "#3a2420", 1.4, "2B");
  for (let i = 0; i < 34; i++) { const x = random(-60, 96), y = random(0, 170); pencil([[x, y], [x + 2, y + 8], [x + random(-4, 6), y + 18]], random(["#8f3c1a", "#f0b27a", "#b5521f"]), 0.9); }
  for (let i = 0; i < 60; i++) { const x = random(-256, 256), h = random(40, 110), l = random(-26, 26); pencil([[x, 262], [x + l * 0.4, 262 - h * 0.6], [x + l, 262 - h]], random(["#a8823c", "#c79a48", "#7d6a34", "#8a5c2a"]), 1.8); }
  for (let i = 0; i < 10; i++) coat(blob(random(-240, 240), random(-230, -60), 8, 5, 0.5, 40), random(["#c8642c", "#d99a3c"]), 215, 0.08, 0.4, 0.5, false);
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
