// Pink lotus above dark water, its reflection running wet below the pads.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(6); noiseSeed(6);
  background("#f4f3ea");
  wash(0, -220, 420, 200, "#c9d9cc", 190, 90);
  wash(-20, 40, 430, 130, "#8db3a8", 200, 90);
  wash(70, 210, 390, 180, "#2f6b70", 225, 90);
  wash(-40, 270, 420, 130, "#16454f", 240, 90);

  pad(-186, 62, 86, 20);
  pad(196, 44, 74, 16);
  reflection(40, 76);
  pad(-96, 152, 112, 30);
  pad(190, 178, 128, 36);
  ripple(30, 128, 90);
  ripple(56, 156, 60);
  ripple(14, 182, 84);
  ripple(70, 206, 40);

  stalk(-132, 60, -150, -96, 3);
  bud(-150, -84, -8);
  lotus(40, 58);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, from = 0, to = 360) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = from; a < to; a += 18) {
    const r = 1 + wobble * (noise(seed + cos(a) * 1.4, seed + sin(a) * 1.4) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  if (to - from < 360) brush.vertex(x, y);
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity, angle) {
  push();
  paint(colour, opacity, 0.4, angle, 0.4, 0);
  blob(x, y, rx, ry, 0.5); pop();
}

function pad(x, y, rx, ry) {
  push();
  paint("#cfdcae", 255, 0.04, 90, 0, 0.2, false);
  blob(x, y, rx, ry, 0.14, -60, 276);
  paint("#7fa35c", 235, 0.06, 0, 0.4, 0.4);
  blob(x, y, rx, ry, 0.14, -60, 276);
  paint("#2f6a45", 225, 0.08, 90, 0.5, 0.3);
  blob(x, y + ry * 0.1, rx * 0.93, ry * 0.85, 0.2, -60, 276); pop();
}

function ripple(x, y, w) {
  push();
  paint("#d9ebe4", 200, 0.05, 0, 0.4, 0.1, false);
  blob(x, y, w, 2.2, 0.6); pop();
}

function stalk(x0, y0, x1, y1, w) {
  push();
  paint("#5d8a55", 250, 0.04, 90, 0.2, 0.5, false);
  brush.beginShape(0.6);
  for (const t of [0, 0.35, 0.7, 1]) brush.vertex(lerp(x0, x1, t * t) - w, lerp(y0, y1, t));
  for (const t of [1, 0.7, 0.35, 0]) brush.vertex(lerp(x0, x1, t * t) + w, lerp(y0, y1, t));
  brush.endShape(); pop();
}

// A pointed lotus petal growing from (0, 0) upwards.
function petalShape(len, wid, lean) {
  const seed = random(100);
  const edge = (t, side) => side * wid * sin(180 * pow(t, 0.8)) * (0.8 + 0.5 * noise(seed + t * 3, side));
  brush.beginShape(0.5);
  for (let t = 0; t <= 1; t += 0.1) brush.vertex(edge(t, -1) + lean * t * t, -len * t);
  for (let t = 0.95; t > 0; t -= 0.1) brush.vertex(edge(t, 1) + lean * t * t, -len * t);
  brush.endShape();
}

function petal(angle, len, wid, lean, deep) {
  push(); rotate(angle);
  paint("#fdf0ee", 255, 0.04, 90, 0, 0.2, false);
  petalShape(len, wid, lean);
  paint("#f3b3c3", 225, 0.06, 270, 0.35, 0.6);
  petalShape(len, wid, lean);
  paint(deep, 220, 0.08, 270, 0.4, 0.3);
  petalShape(len * 0.98, wid * 0.85, lean); pop();
}

function lotus(x, y) {
  push(); translate(x, y);
  for (const [angle, lean] of [[-34, -8], [34, 8], [-12, 0], [12, 0]]) petal(angle, 150, 32, lean, "#e685a4");
  for (const [angle, lean] of [[-72, -26], [72, 26], [-52, -16], [52, 16]]) petal(angle, 140, 30, lean, "#dd6f96");
  paint("#f2c64a", 245, 0.15, 90, 0.2, 0.3);
  blob(0, -46, 26, 14, 0.4);
  for (const [angle, lean] of [[-88, 34], [88, -34], [-26, -10], [26, 10], [0, 0]]) petal(angle, angle ? 112 : 100, 30, lean, "#d2557f");
  pop();
}

function reflection(x, y) {
  push(); translate(x, y); scale(1, -0.72);
  for (const [angle, len] of [[-74, 120], [74, 120], [-46, 140], [46, 140], [-16, 150], [16, 150], [0, 110]]) {
    push(); rotate(angle);
    paint("#eeb4c2", 245, 0.35, 90, 0.35, 0);
    petalShape(len * 0.92, 32, 0); pop();
  }
  pop();
}

function bud(x, y, angle) {
  push(); translate(x, y); rotate(angle);
  petal(-4, 76, 20, -2, "#d2557f");
  petal(6, 68, 14, 4, "#c23f70");
  pop();
}
