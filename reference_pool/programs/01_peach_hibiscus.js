// Peach hibiscus, seen close: five ruffled petals glazed coral towards a crimson throat.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(11); noiseSeed(11);
  background("#fcf6ea");
  wash(-200, -190, 80, 90, "#a9c4b2", 160);
  wash(165, 150, 130, 120, "#c3d2b4", 150);
  leaf(108, 78, 36, 180, 48, 0.16);
  leaf(-66, 122, 116, 150, 44, -0.2);
  leaf(100, -82, -36, 150, 36, 0.12);
  bud(-184, -224, -30);
  translate(-8, 2);
  for (const i of [0, 2, 4, 1, 3]) petal(i * 72 + 14 + random(-5, 5), random(190, 210), random(98, 110));
  for (let i = 0; i < 5; i++) throat(i * 72 + 14);
  pistil();
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle); brush.fillTexture(texture, border, spread);
}

function wash(x, y, rx, ry, colour, opacity) {
  const r = (a) => 0.7 + 0.6 * noise(x + cos(a), y + sin(a));
  const points = [];
  for (let a = 0; a < 360; a += 30) points.push([x + rx * r(a) * cos(a), y + ry * r(a) * sin(a)]);
  push();
  paint(colour, opacity, 0.45, random(360), 0.5, 0.05);
  shape(points, true); pop();
}

function shape(points, close = false) {
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(close);
}

// Outline of a petal growing from (0, 0) upwards, with a broad, ruffled far edge.
function petalShape(len, wid, ruffle) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 8; a < 360; a += 16) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + ruffle * u * (noise(seed + a / 26) - 0.5);
    brush.vertex(wid * sin(a) * (0.3 + 0.85 * u) * r, -len * pow(u, 0.85) * r);
  }
  brush.endShape();
}

function petal(angle, len, wid) {
  push(); rotate(angle);
  paint("#fdf1de", 255, 0.04, 90, 0, 0); // lift the petal back to paper
  petalShape(len * 0.98, wid * 0.96, 0.1);
  paint(random(["#f7b78d", "#f5a983", "#f9c29b"]), 205, 0.09, 270, 0.4, 0.7);
  petalShape(len, wid, 0.34);
  paint(random(["#e8694a", "#e25c48"]), 210, 0.12, 90, 0.45, 0.15);
  petalShape(len * 0.88, wid * 0.84, 0.3); pop();
  push(); rotate(angle); scale(len / 210);
  brush.set("cpencil", "#e58d74", 0.6);
  for (let k = -2; k <= 2; k++) {
    const sway = random(-6, 6);
    brush.spline([[k * 5, -60, 1], [k * 13 + sway, -96, 0.9], [k * 24 + sway, -136, 0.6], [k * 27, 8 * abs(k) - 172, 0.3]], 0.9);
  }
  pop();
}

function throat(angle) {
  push(); rotate(angle);
  paint("#b3174a", 215, 0.2, 90, 0.3, 0.1);
  petalShape(random(84, 100), 32, 0.4);
  paint("#7d0f3a", 200, 0.12, 90, 0.2, 0.1);
  petalShape(50, 19, 0.3); pop();
}

function pistil() {
  push();
  for (const colour of ["#fdeccb", "#f29a86", "#d94a63"]) {
    paint(colour, 255, 0.04, 90, 0, 0.2);
    shape([[-6, 4], [24, -52], [72, -106], [79, -101], [36, -46], [8, 8]]);
  }
  pop();
  for (let i = 0; i < 30; i++) {
    const t = random(0.5, 1.08);
    const [x, y] = [75 * t + random(-13, 13), -104 * t + random(-12, 12)];
    push();
    brush.set("charcoal", random(["#e8a41c", "#f3bd35", "#c9780f"]), random(2.5, 4.5));
    brush.spline([[x, y, 1], [x + 1.2, y + 0.7, 1], [x + 2.4, y + 0.8, 1]], 0.5);
    pop();
  }
}

// A leaf along +x: a pale coat, then a dark one on the far side of the midrib.
function leaf(x, y, angle, len, wid, bend) {
  push(); translate(x, y); rotate(angle);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * wid * sin(180 * pow(t, 0.75)) * (0.9 + 0.3 * noise(x + t * 7, side + 2));
  const coat = (colour, under) => {
    paint(colour, 205, 0.07, 0, 0.4, 0.5);
    brush.beginShape(0.5);
    for (let t = 0; t <= 1; t += 0.1) brush.vertex(len * t, rim(t, -1));
    for (let t = 0.9; t > 0; t -= 0.1) brush.vertex(len * t, under(t));
    brush.endShape();
  };
  coat("#7f9f63", (t) => rim(t, 1));
  coat("#3f6b4a", (t) => mid(t) - 1);
  pop();
}

function bud(x, y, angle) {
  push(); translate(x, y + 76); rotate(angle);
  paint("#6f9459", 250, 0.04, 270, 0.3, 0.5, false);
  shape([[-2.5, -4], [-4, 10], [-3, 22], [0, 34], [3, 33], [2, 22], [1, 10], [2.5, -4]]);
  paint("#ef8f6c", 225, 0.08, 90, 0.4, 0.6);
  petalShape(74, 22, 0.2);
  paint("#c93f55", 180, 0.08, 90, 0.4, 0.3);
  petalShape(60, 12, 0.2);
  paint("#5f8750", 225, 0.06, 90, 0.3, 0.5);
  rotate(-16);
  petalShape(38, 11, 0.1); pop();
}
