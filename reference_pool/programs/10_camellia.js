// A formal camellia in deep crimson, close and off-centre, with dark glossy leaves.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(5); noiseSeed(5);
  background("#faf3e4");
  wash(60, 40, 200, 190, "#e6d3bd", 160);
  twig([[262, 214], [190, 150], [110, 90], [40, 30]], 6);
  twig([[190, 150], [200, 70], [192, 10]], 4);
  leaf(124, 96, 66, 166, 46, 0.2);
  leaf(-20, 92, 104, 160, 48, -0.2);
  leaf(88, -84, -34, 170, 46, 0.16);
  leaf(-140, 44, 150, 130, 44, 0.2);
  leaf(-96, -150, -124, 110, 38, -0.2);
  bud(192, 16, 8);
  camellia(-36, -34);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle); brush.fillTexture(texture, border, spread);
}

function wash(x, y, rx, ry, colour, opacity) {
  push(); translate(x, y); scale(1, ry / rx);
  paint(colour, opacity, 0.45, 0, 0.5, 0);
  blob(0, 0, rx); pop();
}

function twig(points, w) {
  for (let i = 0; i < points.length - 1; i++) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    push(); translate(ax, ay); rotate(atan2(by - ay, bx - ax));
    const len = dist(ax, ay, bx, by) + 4;
    for (const [colour, k] of [["#a08a70", 1], ["#4a3428", 0.7]]) {
      paint(colour, 245, 0.05, 0, 0.4, 0.4, false);
      brush.beginShape(0.6);
      for (let x = -3; x <= len; x += len / 4) brush.vertex(x, -w * k * random(0.5, 0.9));
      for (let x = len; x >= -3; x -= len / 4) brush.vertex(x, w * k * random(0.4, 0.8));
      brush.endShape();
    }
    pop();
  }
}

// A leaf along +x: lit side pale, shaded side nearly black-green, midrib left light.
function leaf(x, y, angle, len, wid, bend) {
  push(); translate(x, y); rotate(angle);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * wid * sin(180 * pow(t, 0.8)) * (0.9 + 0.3 * noise(x + t * 7, side + 2));
  const coat = (colour, over, under) => {
    paint(colour, 235, 0.06, 0, 0.35, 0.5, false);
    brush.beginShape(0.5);
    for (let t = 0; t <= 1; t += 0.1) brush.vertex(len * t, over(t));
    for (let t = 0.9; t > 0; t -= 0.1) brush.vertex(len * t, under(t));
    brush.endShape();
  };
  coat("#9db58a", (t) => rim(t, -1), (t) => rim(t, 1));
  coat("#2c5a40", (t) => rim(t, -0.98), (t) => mid(t) - 1.5);
  coat("#163d30", (t) => rim(t, -0.9), (t) => lerp(rim(t, -0.9), mid(t), 0.7));
  coat("#4a7a52", (t) => mid(t) + 1.5, (t) => rim(t, 0.9));
  pop();
}

function blob(x, y, r) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 18) {
    const k = r * (0.9 + 0.2 * noise(seed + cos(a), seed + sin(a)));
    brush.vertex(x + k * cos(a), y + k * sin(a));
  }
  brush.endShape(true);
}

// A round petal standing on (0, 0), notched at the top.
function petalShape(len, wid) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 12; a < 360; a += 16) {
    const u = 0.5 - 0.5 * cos(a);
    const notch = abs(a - 180) < 10 ? 0.95 : 1;
    const r = (1 + 0.14 * (noise(seed + a / 40) - 0.5)) * notch;
    brush.vertex(wid * sin(a) * (0.4 + 0.75 * u) * r, -len * pow(u, 0.8) * r);
  }
  brush.endShape();
}

function petal(angle, from, len, wid, deep) {
  push(); rotate(angle); translate(0, -from);
  paint("#f7c9bd", 255, 0.04, 90, 0, 0, false); // the light rim
  petalShape(len, wid);
  petalShape(len, wid);
  paint("#cf2a40", 240, 0.06, 90, 0.3, 0.6);
  petalShape(len * 0.985, wid * 0.98);
  paint(deep, 250, 0.08, 90, 0.4, 0.3);
  petalShape(len * 0.94, wid * 0.9); pop();
}

function camellia(x, y) {
  push(); translate(x, y);
  const rings = [[8, 36, 118, 64, "#a80f24"], [7, 26, 90, 56, "#a00c24"], [6, 16, 68, 46, "#940a22"]];
  rings.push([5, 8, 50, 36, "#8a0820"], [4, 2, 34, 25, "#7a061c"], [3, -2, 22, 16, "#640418"]);
  rings.forEach(([count, from, len, wid, deep], ring) => {
    if (ring > 0) {
      paint("#5a0418", 225, 0.12, 135, 0.3, 0.1); // the hollow each ring of petals rises from
      blob(0, 0, (from + len) * 0.99);
    }
    for (let i = 0; i < count; i++) petal((360 / count) * i + ring * 27 + random(-5, 5), from, len * random(0.95, 1.05), wid, deep);
  });
  pop();
}

function bud(x, y, angle) {
  push(); translate(x, y); rotate(angle);
  petal(-6, 4, 58, 22, "#a80f2c");
  petal(10, 4, 52, 16, "#960a28");
  paint("#6f9460", 245, 0.06, 90, 0.3, 0.5);
  for (const a of [-24, 20, -2]) {
    push(); rotate(a);
    petalShape(30, 13); pop();
  }
  pop();
}
