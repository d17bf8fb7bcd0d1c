// Nasturtiums trailing down the sheet: shield leaves and orange, scarlet and saffron flowers.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(23); noiseSeed(23);
  background("#fdf9f0");
  wash(-110, -110, 170, 150, "#e9e2b4", 170);
  wash(110, 110, 150, 130, "#cfe0cc", 160);
  const trail = [[-262, -222], [-160, -180], [-96, -100], [-10, -50], [40, 40], [130, 84], [176, 170], [200, 228]];
  stem(trail, 2.4);
  const leaves = [[-190, -96, 56, -176, -190], [-30, -176, 62, -124, -140], [-96, 20, 66, -40, -66], [86, -60, 60, 8, -20]];
  leaves.push([6, 150, 58, 44, 44], [178, 12, 44, 96, 70], [122, 196, 46, 166, 150], [216, 196, 24, 188, 200]);
  for (const [x, y, , fx, fy] of leaves) stem([[fx, fy], [lerp(fx, x, 0.4) + 8, lerp(fy, y, 0.5) + 10], [x, y]], 1.5);
  for (const [x, y, r] of leaves) shield(x, y, r);
  flower(-134, -172, 0.9, -30, "#f7c04a", "#ee8a1c", "#b8321a");
  flower(20, -84, 1.15, 18, "#f5a05a", "#e8561c", "#8a1a18");
  flower(64, 78, 1.0, -20, "#ee8a6a", "#cf2a1c", "#6a0f1c");
  bud(208, 118, 30, [176, 150]);
  bud(-52, 104, -160, [20, 14]);
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
  paint(colour, opacity, 0.45, random(360), 0.5, 0);
  blob(x, y, rx, ry, 0.6); pop();
}

function stem(points, w) {
  push();
  brush.set("marker", "#7f9a4f", w);
  for (const pass of [1, 2, 3]) brush.spline(points.map(([x, y]) => [x, y, 1]), 0.8);
  pop();
}

// A round leaf with the stalk set off-centre and pale veins radiating from it.
function shield(x, y, r) {
  const turn = random(360);
  push(); translate(x, y); rotate(turn);
  paint("#f2f3dc", 255, 0.04, 0, 0, 0, false);
  blob(0, 0, r * 0.97, r * 0.88, 0.12);
  paint(random(["#a9c07a", "#9dbb82"]), 230, 0.07, 0, 0.35, 0.6);
  blob(0, 0, r, r * 0.9, 0.2);
  paint(random(["#4f8250", "#5f8f48", "#3f7558"]), 215, 0.1, random([0, 90, 180]), 0.5, 0.3);
  blob(r * 0.04, 0, r * 0.93, r * 0.84, 0.25); pop();
  push(); translate(x, y); rotate(turn);
  brush.set("cpencil", "#e4edc4", 1);
  for (let a = 0; a < 360; a += 45) {
    const d = r * random(0.72, 0.84);
    const b = a + random(-8, 8);
    brush.spline([[-r * 0.12, 0, 1], [d * 0.5 * cos(a) - r * 0.06, d * 0.46 * sin(a), 0.9], [d * cos(b), d * 0.88 * sin(b), 0.4]], 0.7);
  }
  brush.set("charcoal", "#eef3d4", 2.6);
  brush.spline([[-r * 0.12, 0, 1], [1 - r * 0.12, 0.6, 1], [2 - r * 0.12, 0.8, 1]], 0.5);
  pop();
}

// A clawed, frilled petal from (0, 0) upwards.
function petalShape(len, wid) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 8; a < 360; a += 14) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + 0.4 * u * (noise(seed + a / 15) - 0.5);
    brush.vertex(wid * sin(a) * (0.24 + 0.95 * u) * r, -len * pow(u, 0.9) * r);
  }
  brush.endShape();
}

function flower(x, y, s, tilt, pale, mid, deep) {
  push(); translate(x, y); rotate(tilt); scale(s);
  for (const a of [180, 108, 252, 36, -36]) {
    push(); rotate(a + random(-5, 5));
    const len = abs(a) === 36 ? 68 : 76;
    for (const side of [90, 270]) {
      paint("#fdf3dc", 255, 0.04, side, 0, 0, false);
      petalShape(len * 0.95, 44);
    }
    paint(pale, 235, 0.08, 90, 0.3, 0.6);
    petalShape(len, 47);
    paint(mid, 230, 0.1, 270, 0.4, 0.4);
    petalShape(len * 0.96, 41);
    paint(deep, 225, 0.12, 90, 0.3, 0.1);
    petalShape(len * 0.55, 20); pop();
  }
  pop();
  push(); translate(x, y); rotate(tilt); scale(s);
  brush.set("cpencil", deep, 0.8);
  for (const a of [36, -36]) for (const k of [-12, -4, 4, 12])
    brush.spline([[16 * sin(a), -16 * cos(a), 1], [32 * sin(a + k * 0.6), -32 * cos(a + k * 0.6), 0.9], [46 * sin(a + k), -46 * cos(a + k), 0.4]], 0.6);
  brush.set("charcoal", "#fbe08a", 2.6);
  for (const [px, py] of [[4, 0], [2, 3.5], [-2, 3.5], [-4, 0], [-2, -3.5], [2, -3.5]])
    brush.spline([[px, py, 1], [px + 1, py + 0.6, 1], [px + 2, py + 0.8, 1]], 0.5);
  pop();
}

function bud(x, y, angle, from) {
  stem([from, [lerp(from[0], x, 0.5) + 6, lerp(from[1], y, 0.5)], [x, y]], 1.4);
  push(); translate(x, y); rotate(angle);
  paint("#ef9a3a", 240, 0.08, 270, 0.3, 0.5);
  petalShape(36, 14);
  paint("#d2481c", 220, 0.08, 270, 0.3, 0.4);
  petalShape(34, 9);
  paint("#9fb565", 240, 0.06, 90, 0.3, 0.5);
  petalShape(20, 11); pop();
}
