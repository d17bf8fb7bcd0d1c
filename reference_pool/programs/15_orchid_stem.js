// White moth orchids with magenta lips on one arching stem against a deep teal wet wash.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(9); noiseSeed(9);
  background("#f9f6ee");
  wash(0, 0, 430, 410, "#3f7f80", 240, 270);
  wash(-80, -60, 420, 380, "#1f5560", 245, 300);
  wash(80, 250, 400, 130, "#173f4c", 240, 90);
  leaf(-120, 232, -22, 230, 34, 0.2);
  leaf(-130, 236, -152, 150, 32, -0.3);
  leaf(-122, 236, -64, 130, 28, 0.3);
  const spine = [[-124, 236], [-142, 120], [-140, 0], [-112, -100], [-44, -168], [50, -186], [134, -156], [190, -96], [214, -40]];
  stem(spine);
  for (const [x, y, r] of [[214, -36, 9], [196, -82, 12], [172, -122, 15]]) bud(x, y + 10, r);
  orchid(112, -128, 0.74, 16);
  orchid(34, -126, 0.9, -8);
  orchid(-42, -88, 1.06, 10);
  orchid(-96, 14, 1.22, -12);
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

function wash(x, y, rx, ry, colour, opacity, angle) {
  push();
  paint(colour, opacity, 0.4, angle, 0.45, 0);
  blob(x, y, rx, ry, 0.4); pop();
}

function stem(points) {
  push();
  brush.set("marker", "#a9c07a", 2.4);
  for (const pass of [1, 2, 3, 4]) brush.spline(points.map(([x, y], i) => [x, y, 1.3 - i * 0.08]), 0.9);
  pop();
}

function leaf(x, y, angle, len, wid, bend) {
  push(); translate(x, y); rotate(angle);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * wid * pow(sin(180 * pow(t, 0.8)), 0.7) * (0.9 + 0.2 * noise(x + t * 5, side + 2));
  const coat = (colour, over, under) => {
    paint(colour, 240, 0.05, 0, 0.35, 0.5, false);
    brush.beginShape(0.5);
    for (let t = 0; t <= 1; t += 0.0625) brush.vertex(len * t, over(t));
    for (let t = 0.9375; t > 0; t -= 0.0625) brush.vertex(len * t, under(t));
    brush.endShape();
  };
  coat("#dfe8c8", (t) => rim(t, -1), (t) => rim(t, 1));
  coat("#86a878", (t) => rim(t, -1), (t) => rim(t, 1));
  coat("#1f4a3c", (t) => mid(t) + 1.5, (t) => rim(t, 0.97));
  coat("#4a7a5a", (t) => rim(t, -0.92), (t) => mid(t) - 1.5);
  pop();
}

// A petal from (0, 0) upwards; `full` pushes the widest point outwards.
function petalShape(len, wid, full, wob = 0.14) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 10; a < 360; a += 16) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + wob * (noise(seed + a / 40) - 0.5);
    brush.vertex(wid * sin(a) * (1 - full + 1.1 * full * u) * r, -len * pow(u, 0.9) * r);
  }
  brush.endShape();
}

function petal(angle, len, wid, full) {
  push(); rotate(angle);
  for (const side of [90, 270, 90]) { // lift the paper white, from both ends
    paint("#fffdfa", 255, 0.04, side, 0, 0, false);
    petalShape(len, wid, full, 0.05);
  }
  paint("#d9c9e0", 205, 0.05, 90, 0.3, 0.9, false);
  petalShape(len, wid, full, 0.05);
  paint("#c9609f", 200, 0.1, 90, 0.3, 0);
  petalShape(len * 0.5, wid * 0.3, full); pop();
  push(); rotate(angle);
  brush.set("cpencil", "#d9a9cc", 0.5);
  for (const k of [-1, 0, 1]) brush.spline([[k * 2, -14, 0.9], [k * wid * 0.14, -len * 0.3, 0.7], [k * wid * 0.22, -len * 0.48, 0.3]], 0.8);
  pop();
}

function orchid(x, y, s, tilt) {
  push(); translate(x, y); rotate(tilt); scale(s);
  for (const a of [0, 128, -128]) petal(a, 66, 26, 0.3);
  for (const a of [72, -72]) petal(a, 70, 46, 0.55);
  for (const [a, len, wid] of [[140, 26, 11], [-140, 26, 11], [180, 38, 15]]) {
    push(); rotate(a);
    paint("#f7d9e6", 255, 0.05, 90, 0, 0, false);
    petalShape(len, wid, 0.5);
    paint("#c2257f", 245, 0.08, 270, 0.3, 0.5);
    petalShape(len, wid, 0.5);
    paint("#7d0f58", 235, 0.08, 270, 0.3, 0.3);
    petalShape(len * 0.8, wid * 0.6, 0.5); pop();
  }
  paint("#fdf3d4", 255, 0.06, 0, 0, 0.1, false);
  blob(0, -1, 8, 8, 0.2, 36);
  paint("#e8b02f", 245, 0.08, 90, 0.2, 0.4);
  blob(0, 4, 7, 5, 0.3, 36); pop();
}

function bud(x, y, r) {
  push();
  paint("#fffdfa", 255, 0.05, 0, 0, 0, false);
  blob(x, y, r * 0.85, r * 1.15, 0.2, 30);
  paint("#d9c2d6", 235, 0.08, 45, 0.3, 0.6);
  blob(x, y, r * 0.85, r * 1.15, 0.2, 30);
  paint("#9fb27c", 225, 0.08, 270, 0.3, 0.2);
  blob(x, y - r * 0.5, r * 0.5, r * 0.5, 0.3, 30); pop();
}
