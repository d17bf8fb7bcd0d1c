// Bearded iris in ultramarine and violet, one flower and a bud among sword leaves.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(4); noiseSeed(4);
  background("#f1f2f0");

  wash(60, -60, 170, 150, "#b9c8e2", 180);
  wash(-110, 170, 130, 100, "#c5d3bb", 140);

  blade(-50, 275, -46, 250, 17);
  blade(10, 275, 14, 300, 15);
  blade(70, 275, 30, 250, 16);
  blade(-20, 275, -12, 250, 15);
  stem([[18, 262], [26, 170], [34, 90], [34, 40]], 7);
  stem([[14, 240], [-40, 150], [-104, 80], [-136, 34]], 5);
  bud(-136, 44, -26);
  iris(40, -22);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle); brush.fillTexture(texture, border, spread);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.4, random(360), 0.5, 0);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 30) {
    const r = 0.7 + 0.6 * noise(x + cos(a), y + sin(a));
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true); pop();
}

// A petal from (0, 0) upwards, swelling late, with a frilled rim.
function petalShape(len, wid, frill, droop = 0) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 8; a < 360; a += 14) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + frill * u * (noise(seed + a / 17) - 0.5);
    brush.vertex(wid * sin(a) * (0.3 + 0.9 * pow(u, 1.2)) * r + droop * u * u, -len * pow(u, 0.9) * r);
  }
  brush.endShape();
}

function petal(angle, len, wid, pale, deep, from, droop = 0) {
  push(); rotate(angle);
  for (const side of [90, 270]) { // lift back to paper
    paint("#f4f2f2", 255, 0.04, side, 0, 0, false);
    petalShape(len * 0.97, wid * 0.95, 0.1, droop);
  }
  paint(pale, 215, 0.08, 270, 0.4, 0.7);
  petalShape(len, wid, 0.5, droop);
  paint(deep, 200, 0.1, from, 0.45, 0.3);
  petalShape(len * 0.93, wid * 0.85, 0.4, droop); pop();
}

function iris(x, y) {
  push(); translate(x, y);
  // standards: pale and upright, the far one first
  petal(3, 182, 58, "#b4bdee", "#6f7cd4", 90);
  petal(-32, 172, 62, "#a3aeea", "#5560c4", 90, 34);
  petal(34, 168, 64, "#a9aeea", "#6464c6", 90, -34);
  // falls: deep, hanging
  petal(-104, 168, 54, "#6f7cd2", "#2f2a94", 270, -46);
  petal(102, 172, 56, "#6a74d0", "#322890", 270, 46);
  petal(184, 164, 74, "#5f66c8", "#241c7c", 270);
  for (const a of [-106, 104, 184]) beard(a);
  // small crests fold over the heart
  petal(-60, 66, 20, "#a59be0", "#5b3fa6", 90);
  petal(58, 66, 20, "#a59be0", "#5b3fa6", 90);
  pop();
}

function beard(angle) {
  push(); rotate(angle);
  paint("#f6f0dc", 230, 0.15, 90, 0.2, 0.1);
  petalShape(78, 20, 0.3);
  paint("#efb51f", 255, 0.1, 90, 0.2, 0.2);
  petalShape(62, 10, 0.3); pop();
  push(); rotate(angle);
  brush.set("cpencil", "#5d52b0", 0.6);
  for (let k = -3; k <= 3; k++) {
    brush.spline([[k * 3, -58, 1], [k * 7, -84, 0.9], [k * 10, -106 + 3 * abs(k), 0.4]], 0.5);
  }
  pop();
}

function stem(points, w) {
  push();
  paint("#6b8f5a", 245, 0.04, 90, 0.3, 0.6, false);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x - w, y);
  for (const [x, y] of [...points].reverse()) brush.vertex(x + w * 0.6, y + 2);
  brush.endShape(); pop();
}

function blade(x, y, lean, len, w) {
  const at = (t, side) => [side * w * pow(1 - t, 0.6) * (1 + 0.2 * noise(x, t * 4)), -len * t];
  push(); translate(x, y); rotate(lean * 0.6);
  const curve = (t) => lean * 1.4 * t * t;
  const half = (from, to, colour, opacity) => {
    paint(colour, opacity, 0.05, 90, 0.4, 0.6, false);
    brush.beginShape(0.5);
    for (let t = 0; t <= 1; t += 0.125) brush.vertex(at(t, from)[0] + curve(t), at(t, from)[1]);
    for (let t = 0.875; t >= 0; t -= 0.125) brush.vertex(at(t, to)[0] + curve(t), at(t, to)[1]);
    brush.endShape();
  };
  half(-1, 1, "#8fae7c", 210);
  half(-1, 0.1, "#44744f", 200);
  pop();
}

function bud(x, y, angle) {
  push(); translate(x, y); rotate(angle);
  petal(-5, 92, 18, "#8f8be0", "#3d2f9c", 270);
  petal(7, 80, 14, "#7a72d2", "#33258c", 270);
  paint("#7d9d62", 225, 0.05, 90, 0.3, 0.5);
  petalShape(46, 15, 0.1);
  rotate(14);
  petalShape(40, 11, 0.1); pop();
}
