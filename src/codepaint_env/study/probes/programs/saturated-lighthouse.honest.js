// A lighthouse on a rocky coast in the evening, with gulls and a low surf.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(74);
  noiseSeed(74);
  background("#faf1e0");
  coat(blob(40, -200, 330, 90), "#8094b4", 175, 0.4, 0.45, 0);
  coat(blob(-90, -120, 280, 60), "#e2b5a0", 150, 0.4, 0.4, 0);
  coat(blob(-30, -60, 300, 44), "#f6cf96", 165, 0.35, 0.3, 0);
  coat([[-290, -14], [290, -16], [290, 300], [-290, 300]], "#5f8a9c", 205, 0.06, 0.5, 0.2);
  coat(blob(-140, 40, 200, 34), "#f0c49a", 120, 0.35, 0.4, 0);
  coat(blob(0, 190, 340, 90), "#2f5f78", 180, 0.25, 0.5, 0);
  for (let i = 0; i < 40; i++) { const x = random(-256, 60), y = 0 + pow(random(), 1.3) * 230; pencil([[x, y], [x + 16, y - 3], [x + random(30, 70), y]], random(["#d8e6e4", "#3b6a80", "#a9c8cc"]), 1); }
  coat([[30, 60], [70, 20], [130, 4], [200, -6], [290, -20], [290, 220], [190, 190], [110, 150], [20, 130]], "#6a5f58", 240, 0.06, 0.5, 0.5, false);
  coat([[60, 60], [120, 20], [190, 16], [180, 60], [120, 90]], "#9a8b78", 210, 0.1, 0.6, 0.3);
  coat([[120, 100], [230, 60], [290, 90], [290, 210], [190, 180]], "#3c3a40", 220, 0.08, 0.5, 0.4);
  coat(blob(210, 4, 80, 18), "#7f8f56", 215, 0.12, 0.5, 0.3);
  const tower = (a, b, c, o, t) => coat([[150 - lerp(30, 19, a), lerp(6, -160, a)], [150 + lerp(30, 19, a), lerp(6, -160, a)], [150 + lerp(30, 19, b), lerp(6, -160, b)], [150 - lerp(30, 19, b), lerp(6, -160, b)]], c, o, 0.02, t, 0.4, false);
  tower(0, 1, "#fffaf0", 255, 0); tower(0, 1, "#fffaf0", 255, 0);
  for (const a of [0.1, 0.46, 0.8]) tower(a, a + 0.17, "#c23a2c", 240, 0.3);
  coat([[156, 6], [180, 6], [169, -160], [158, -160]], "#5a4a5c", 110, 0.1, 0.4, 0.1, false);
  coat([[122, -160], [178, -160], [178, -168], [122, -168]], "#3b3640", 250, 0.02, 0.2, 0.3, false);
  coat([[134, -168], [166, -168], [166, -196], [134, -196]], "#ffe7a0", 255, 0.03, 0, 0.3, false);
  coat([[128, -194], [172, -194], [150, -222]], "#a32f28", 250, 0.03, 0.3, 0.5, false);
  for (const x of [142, 150, 158]) pencil([[x, -168], [x, -182], [x, -195]], "#3b3640", 1.2, "2B");
  for (let i = 0; i < 3; i++) coat([[132, -184], [-250, -206 - i * 6], [-250, -120 + i * 14]], "#fdeebc", 60, 0.12, 0.1, 0);
  for (let i = 0; i < 9; i++) coat(blob(20 + i * 21 + random(-8, 8), 142 + i * 9 + random(-8, 8), random(12, 24), random(5, 9), 0.6), "#fbf8ee", 235, 0.2, 0.2, 0.1);
  for (const [x, y, s] of [[-60, -120, 13], [-110, -96, 9], [-20, -86, 10], [-170, -140, 8]]) pencil([[x - s, y - s * 0.5], [x - s * 0.4, y - s * 0.4], [x, y + 1], [x + s * 0.4, y - s * 0.5], [x + s, y - s * 0.6]], "#3c3c4a", 1.6, "2B");
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
