// A lemon bough in fruit and flower, dropping in from the upper right.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(61); noiseSeed(61);
  background("#faf8f0");
  wash(70, -40, 210, 170, "#bcd2dc", 185);
  translate(-6, 36); scale(1.1);
  branch([[262, -236], [170, -176], [84, -128], [0, -104], [-84, -96], [-150, -66]], 7, 2.4);
  branch([[84, -128], [96, -70], [84, -34]], 3.4, 2);
  branch([[-20, -104], [-44, -50], [-46, -20]], 3, 2);
  for (const [x, y, a, len] of [[150, -164, 62, 130], [-20, -104, -118, 120], [60, -122, -58, 128], [-44, -52, 150, 118]]) leaf(x, y, a, len);
  for (const [x, y, a, len] of [[-150, -66, 118, 120], [-110, -84, -150, 110], [96, -70, 12, 130], [176, -180, 8, 90]]) leaf(x, y, a, len);
  lemon(84, -38, 8, 150, 62);
  lemon(-46, -24, -6, 166, 68);
  leaf(84, -40, 152, 104);
  leaf(-44, -26, 38, 92);
  blossom(-146, -62, 40);
  blossom(150, -150, 36);
  blossom(18, -112, 32);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle); brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, step = 20) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(seed + cos(a) * 1.4, seed + sin(a) * 1.4) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.45, 180, 0.5, 0);
  blob(x, y, rx, ry, 0.6); pop();
}

// A branch is a chain of short brush loads, each overlapping the last at a knot.
function branch(points, w0, w1) {
  const last = points.length - 1;
  for (let i = 0; i < last; i++) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    const w = lerp(w0, w1, i / last);
    const len = dist(ax, ay, bx, by) + 3;
    push(); translate(ax, ay); rotate(atan2(by - ay, bx - ax));
    for (const [colour, k] of [["#97a06a", 1], ["#5a5a3a", 0.65]]) {
      paint(colour, 245, 0.05, 0, 0.4, 0.4, false);
      brush.beginShape(0.6);
      for (let x = -2; x <= len; x += len / 4) brush.vertex(x, -w * k * random(0.5, 0.9));
      for (let x = len; x >= -2; x -= len / 4) brush.vertex(x, w * k * random(0.4, 0.8));
      brush.endShape();
    }
    pop();
  }
}

// A glossy leaf along +x: shaded half, lit half, and the midrib left as paper.
function leaf(x, y, angle, len) {
  push(); translate(x, y); rotate(angle);
  const bend = random(-0.2, 0.2);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * len * 0.25 * sin(180 * pow(t, 0.85)) * (0.85 + 0.35 * noise(x + t * 6, side + 2));
  const coat = (colour, angle, over, under) => {
    paint(colour, 235, 0.05, angle, 0.35, 0.5, false);
    brush.beginShape(0.5);
    for (let t = 0; t <= 1; t += 0.1) brush.vertex(len * t, over(t));
    for (let t = 0.9; t > 0; t -= 0.1) brush.vertex(len * t, under(t));
    brush.endShape();
  };
  coat("#c3d3a0", 0, (t) => rim(t, -1), (t) => rim(t, 1));
  coat("#2f6a48", 0, (t) => rim(t, -0.97), (t) => mid(t) - 1.2);
  coat("#5f9a54", 180, (t) => mid(t) + 1.2, (t) => rim(t, 0.93));
  pop();
}

// A lemon hanging from (0, 0): nippled end, lit left side, olive shadow on the right.
function lemon(x, y, angle, len, wid) {
  const skin = (k, dx) => {
    const seed = random(100);
    brush.beginShape(0.6);
    for (let a = 0; a < 360; a += 12) {
      const nipple = 1 + 0.13 * pow(max(0, -cos(a)), 30) + 0.05 * pow(max(0, cos(a)), 12);
      const r = k * nipple * (1 + 0.06 * (noise(seed + a / 60) - 0.5));
      brush.vertex(dx + wid * sin(a) * r, len * 0.5 - len * 0.47 * cos(a) * r);
    }
    brush.endShape(true);
  };
  push(); translate(x, y); rotate(angle);
  for (const [colour, opacity, side, texture, k, dx] of [
    ["#fdf6d4", 255, 90, 0, 0.98, 0], ["#fdf6d4", 255, 270, 0, 0.98, 0], ["#f9dc4e", 245, 180, 0.3, 1, 0],
    ["#f2c21f", 235, 180, 0.4, 0.95, 2], ["#dd9a1a", 215, 180, 0.45, 0.84, wid * 0.12], ["#9a8f35", 190, 180, 0.5, 0.6, wid * 0.3],
  ]) {
    paint(colour, opacity, 0.07, side, texture, texture ? 0.35 : 0, texture > 0);
    skin(k, dx);
  }
  paint("#fffdf0", 240, 0.15, 0, 0.2, 0, false);
  blob(-wid * 0.45, len * 0.34, wid * 0.1, len * 0.11, 0.5, 30);
  paint("#6f8a45", 245, 0.06, 0, 0.2, 0.5);
  blob(0, 4, 9, 5, 0.4, 36); pop();
}

function blossom(x, y, r) {
  push(); translate(x, y); rotate(random(72));
  for (let i = 0; i < 5; i++) {
    const at = (k) => [r * k * cos(i * 72), r * k * sin(i * 72)];
    const coats = [["#fffefa", 255, 90, 0.42], ["#fffefa", 255, 270, 0.42], ["#c6cde2", 225, i * 72, 0.42], ["#b79cc4", 215, i * 72, 0.3]];
    for (const [colour, opacity, side, k] of coats) {
      paint(colour, opacity, 0.06, side, opacity < 250 ? 0.35 : 0, 0.6, false);
      blob(...at(k < 0.4 ? 0.42 : 0.56), r * k, r * k, 0.5, 30);
    }
  }
  paint("#eab52c", 250, 0.12, 0, 0.2, 0.3);
  blob(0, 0, r * 0.2, r * 0.2, 0.5, 36); pop();
}
