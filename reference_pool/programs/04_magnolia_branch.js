// Magnolia on a bare branch: goblet flowers, rose at the base and white at the tips.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(8); noiseSeed(8);
  background("#eef0ee");

  wash(60, -110, 250, 190, "#9fb6c2", 200);
  wash(-120, 60, 200, 150, "#b9c6c8", 180);

  branch([[-256, 226], [-170, 168], [-84, 132], [4, 66], [66, 8], [118, -56], [144, -114]], 9, 3);
  branch([[-84, 132], [-112, 70], [-124, 10], [-118, -36]], 5, 3);
  branch([[4, 66], [72, 66], [132, 92], [176, 84]], 5, 2.4);
  branch([[66, 8], [40, -60], [52, -104]], 3.4, 2);

  bud(52, -100, 8, 0.8);
  bud(178, 86, 62, 1);
  bloom(-116, -26, -6, 1.02);
  bloom(144, -100, 14, 0.8);
  youngLeaf(-170, 168, -70, 56);
  youngLeaf(116, -52, 40, 48);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.45, 0, 0.5, 0);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 30) {
    const r = 0.7 + 0.6 * noise(x + cos(a), y + sin(a));
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
  pop();
}

// A branch is a chain of short brush loads, each overlapping the last at a knot.
function branch(points, w0, w1) {
  for (let i = 0; i < points.length - 1; i++) {
    const [ax, ay] = points[i];
    const [bx, by] = points[i + 1];
    const w = lerp(w0, w1, i / (points.length - 1));
    push(); translate(ax, ay); rotate(atan2(by - ay, bx - ax));
    twig(dist(ax, ay, bx, by), w, "#927a6c", 0);
    twig(dist(ax, ay, bx, by), w * 0.75, "#35232a", 180);
    pop();
  }
}

function twig(len, w, colour, angle) {
  paint(colour, 245, 0.05, angle, 0.4, 0.4, false);
  brush.beginShape(0.6);
  brush.vertex(-w, 0);
  for (let x = 0; x <= len; x += len / 5) brush.vertex(x, -w * random(0.7, 1.1));
  brush.vertex(len + w * 0.6, 0);
  for (let x = len; x >= 0; x -= len / 5) brush.vertex(x, w * random(0.6, 1));
  brush.endShape();
}

// Long spoon-shaped petal from (0, 0) upwards with a soft point.
function petalShape(len, wid, lean) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 6; a < 360; a += 15) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + 0.16 * (noise(seed + a / 40) - 0.5);
    brush.vertex(wid * sin(a) * (0.55 + 0.5 * u) * r + lean * u * u, -len * pow(u, 0.95) * r);
  }
  brush.endShape();
}

function petal(angle, len, wid, lean, deep) {
  push(); rotate(angle);
  paint("#fdfaf8", 255, 0.04, 90, 0, 0, false); // keep the paper white
  petalShape(len, wid, lean);
  paint("#f6e3e6", 220, 0.07, 270, 0.3, 0.9);
  petalShape(len, wid, lean);
  paint("#e295b2", 205, 0.1, 90, 0.4, 0.4);
  petalShape(len * 0.93, wid * 0.86, lean);
  paint(deep, 205, 0.12, 90, 0.35, 0.15);
  petalShape(len * 0.62, wid * 0.6, lean * 0.4);
  pop();
}

function bloom(x, y, angle, s) {
  push(); translate(x, y); rotate(angle); scale(s);
  petal(-4, 150, 34, 4, "#c76a94");
  petal(-30, 146, 34, -16, "#bd5488");
  petal(28, 148, 34, 18, "#bd5488");
  petal(-58, 128, 30, -30, "#a93c76");
  petal(60, 126, 30, 32, "#a93c76");
  petal(-13, 134, 36, -8, "#a8346f");
  petal(17, 124, 34, 10, "#9a2c66");
  paint("#6f5a48", 235, 0.08, 90, 0.3, 0.5);
  petalShape(26, 13, 0);
  pop();
}

function bud(x, y, angle, s) {
  push(); translate(x, y); rotate(angle); scale(s);
  petal(-7, 86, 17, -6, "#a9386f");
  petal(9, 78, 16, 7, "#97295f");
  paint("#7a6a52", 235, 0.08, 90, 0.4, 0.5);
  petalShape(34, 13, -3);
  pop();
}

function youngLeaf(x, y, angle, len) {
  push(); translate(x, y); rotate(angle);
  paint("#8fa86a", 220, 0.06, 90, 0.3, 0.6);
  petalShape(len, len * 0.2, 8);
  paint("#5f8250", 190, 0.06, 90, 0.3, 0.3);
  petalShape(len * 0.9, len * 0.1, 8);
  pop();
}
