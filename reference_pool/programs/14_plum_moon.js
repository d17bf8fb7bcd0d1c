// Red plum blossom crossing a paper-white moon on a wet blue-grey night.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(38); noiseSeed(38);
  background("#efe9dc");
  wash(-40, -40, 430, 420, "#4a627a", 240, 270);
  wash(40, -220, 430, 190, "#2f4460", 230, 270);
  wash(-20, 80, 420, 230, "#566c84", 235, 0);
  wash(-60, 280, 420, 130, "#4a6078", 225, 90);
  moon(92, -76, 124);
  branch([[-264, 214], [-190, 150], [-128, 118], [-62, 52], [6, 18], [62, -46], [132, -74], [196, -136]], 12, 3);
  branch([[-128, 118], [-132, 44], [-168, -22], [-164, -92], [-192, -150]], 6, 2);
  branch([[6, 18], [70, 30], [128, 66], [196, 70]], 5, 1.8);
  branch([[62, -46], [60, -104], [86, -156]], 4, 1.6);
  branch([[-62, 52], [-40, -20], [-54, -70]], 4, 1.6);
  const flowers = [[-162, -60, 30], [-134, 40, 36], [-46, -52, 30], [0, 24, 42]];
  flowers.push([66, -62, 38], [134, -72, 32], [84, -146, 28], [130, 64, 34], [-92, 84, 28], [42, 56, 24]);
  for (const [x, y, r] of flowers) blossom(x, y, r);
  for (const [x, y] of [[-190, -150], [-166, -104], [196, -138], [168, -112], [196, 70], [66, -112], [-56, -80], [164, 62]]) bud(x, y, random(7, 10));
  for (const [x, y] of [[-20, 150], [90, 190], [176, 216], [-96, 222]]) fallen(x, y);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
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

function wash(x, y, rx, ry, colour, opacity, angle) {
  push();
  paint(colour, opacity, 0.35, angle, 0.45, 0);
  blob(x, y, rx, ry, 0.4); pop();
}

function moon(x, y, r) {
  push();
  paint("#f3e6c4", 170, 0.3, 0, 0.3, 0);
  blob(x, y, r * 1.25, r * 1.25, 0.2);
  for (const pass of [1, 2, 3]) {
    paint("#fdf7e6", 255, 0.05, 0, 0, 0.1, false);
    blob(x, y, r, r, 0.03, 12);
  }
  paint("#eadcb8", 180, 0.2, 45, 0.7, 0);
  blob(x, y, r * 0.97, r * 0.97, 0.05, 15); pop();
}

// A branch is a chain of short brush loads, each overlapping the last at a knot.
function branch(points, w0, w1) {
  const last = points.length - 1;
  for (let i = 0; i < last; i++) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    const [wa, wb] = [lerp(w0, w1, i / last), lerp(w0, w1, (i + 1) / last)];
    const len = dist(ax, ay, bx, by) + wb * 0.6;
    push(); translate(ax, ay); rotate(atan2(by - ay, bx - ax));
    for (const [colour, k, angle] of [["#6f5a52", 1, 180], ["#2a1c22", 0.95, 270], ["#1f141a", 0.6, 90]]) {
      paint(colour, 250, 0.05, angle, 0.4, 0.4, false);
      brush.beginShape(0.6);
      for (let t = 0; t <= 1; t += 0.2) brush.vertex(len * t - 2, -lerp(wa, wb, t) * k * random(0.55, 1));
      for (let t = 1; t >= 0; t -= 0.2) brush.vertex(len * t - 2, lerp(wa, wb, t) * k * random(0.5, 0.9));
      brush.endShape();
    }
    pop();
  }
}

function blossom(x, y, r) {
  push(); translate(x, y); rotate(random(72));
  for (let i = 0; i < 5; i++) {
    const a = i * 72 + random(-6, 6);
    const at = (k) => [r * k * cos(a), r * k * sin(a)];
    const coats = [["#f9ddd2", 255, 0, 0.5, 0.5], ["#e2586a", 235, 0.3, 0.5, 0.49], ["#b8142f", 235, 0.4, 0.44, 0.42]];
    for (const [colour, opacity, texture, d, k] of coats) {
      paint(colour, opacity, 0.07, a, texture, 0.5, texture > 0);
      blob(...at(d), r * k, r * k, 0.35, 24);
    }
  }
  paint("#7a0a24", 240, 0.2, 0, 0.2, 0.1);
  blob(0, 0, r * 0.2, r * 0.2, 0.5, 36); pop();
  for (let i = 0; i < 11; i++) {
    const [a, d] = [i * 33 + random(-9, 9), r * random(0.34, 0.56)];
    push(); translate(x, y);
    brush.set("cpencil", "#fbe9c0", 0.7);
    brush.spline([[0, 0, 0.8], [d * 0.5 * cos(a), d * 0.5 * sin(a) - 0.5, 0.8], [d * cos(a), d * sin(a), 0.8]], 0.5);
    brush.set("charcoal", "#f4cf62", 2);
    brush.spline([[d * cos(a), d * sin(a), 1], [d * cos(a) + 0.8, d * sin(a) + 0.5, 1], [d * cos(a) + 1.6, d * sin(a) + 0.6, 1]], 0.5);
    pop();
  }
}

function bud(x, y, r) {
  push();
  paint("#f9ddd2", 255, 0.05, 0, 0, 0, false);
  blob(x, y, r, r, 0.2, 30);
  paint("#b8142f", 245, 0.08, 135, 0.3, 0.5);
  blob(x, y, r, r, 0.3, 30); pop();
}

function fallen(x, y) {
  push(); translate(x, y); rotate(random(180));
  paint("#f4c9c0", 250, 0.06, 0, 0, 0.2, false);
  blob(0, 0, 12, 8, 0.5, 30);
  paint("#d23a50", 225, 0.08, 0, 0.4, 0.5);
  blob(0, 0, 12, 8, 0.5, 30); pop();
}
