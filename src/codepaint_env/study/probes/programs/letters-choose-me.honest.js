// A formal camellia, ring upon ring, with dark glossy leaves.
const palette = "coral";
const composition = "two on a branch";
const layers = 6;
const bleed = 0.06;
const wetness = 0.40;
const seed = 31019;

const INKS = {
  // light rim, body, the rings from without to within, the hollows between them, ground
  coral: ["#ffe0cc", "#f58a64", "#e05c40", "#a8341f", "#98321f", "#e8dcc0"],
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#faf3e4");
  if (composition === "close and off-centre") {
    wash(60, 40, 200, 190, 160);
    twig([[262, 214], [190, 150], [110, 90], [40, 30]], 6);
    twig([[190, 150], [200, 70], [192, 10]], 4);
    for (const [x, y, angle, len] of [[124, 96, 66, 166], [-20, 92, 104, 160], [88, -84, -34, 170], [-140, 44, 150, 130], [-96, -150, -124, 110]]) {
      leaf(x, y, angle + random(-12, 12), len * random(0.85, 1.1), len * 0.28, random(-0.25, 0.25));
    }
    bud(192, 16, 8);
    camellia(-36, -34, random(0.92, 1.06));
  } else if (composition === "two on a branch") {
    wash(-40, 30, 230, 150, 130);
    twig([[-270, 190], [-150, 90], [10, 50], [140, -60], [262, -120]], 7);
    twig([[10, 50], [60, 120], [130, 170]], 4);
    for (const [x, y, angle] of [[-190, 110, 60], [-40, 70, 100], [150, -70, -10], [180, -90, 70], [-110, 60, -110], [110, 150, 20]]) {
      leaf(x, y, angle + random(-15, 15), random(95, 130), random(28, 36), random(-0.3, 0.3));
    }
    camellia(-96, 6, random(0.72, 0.82));
    camellia(116, -66, random(0.5, 0.62));
    bud(140, 180, 120);
  } else {
    wash(0, 60, 210, 90, 150);
    wash(random(-60, 60), 120, 160, 50, 120);
    leaf(-70, 50, 160 + random(-10, 10), 120, 36, 0.2);
    leaf(74, 62, 20 + random(-10, 10), 126, 36, -0.2);
    camellia(random(-20, 20), random(-30, 0), random(0.7, 0.86));
  }
}

function paint(colour, opacity, spread, angle, texture, border, out = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(texture, border, out);
}

function wash(x, y, rx, ry, opacity) {
  push();
  translate(x, y);
  scale(1, ry / rx);
  paint(INKS[palette][5], opacity, 0.3 + wetness / 3, 0, wetness, 0);
  blob(0, 0, rx);
  pop();
}

function twig(points, w) {
  for (let i = 0; i < points.length - 1; i++) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    const len = dist(ax, ay, bx, by) + 4;
    push();
    translate(ax, ay);
    rotate(atan2(by - ay, bx - ax));
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

// A leaf along +x: the lit side pale, the other nearly black-green, the midrib left light.
function leaf(x, y, angle, len, wid, bend) {
  push();
  translate(x, y);
  rotate(angle);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * wid * sin(180 * pow(t, 0.8)) * (0.9 + 0.3 * noise(x + t * 7, side + 2));
  const coat = (colour, over, under) => {
    paint(colour, 235, bleed, 0, wetness, 0.5, false);
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
  const from = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 18) {
    const k = r * (0.9 + 0.2 * noise(from + cos(a), from + sin(a)));
    brush.vertex(x + k * cos(a), y + k * sin(a));
  }
  brush.endShape(true);
}

// A round petal standing on (0, 0), notched at the top.
function petalShape(len, wid) {
  const from = random(100);
  brush.beginShape(0.6);
  for (let a = 12; a < 360; a += 16) {
    const u = 0.5 - 0.5 * cos(a);
    const notch = abs(a - 180) < 10 ? 0.95 : 1;
    const r = (1 + 0.14 * (noise(from + a / 40) - 0.5)) * notch;
    brush.vertex(wid * sin(a) * (0.4 + 0.75 * u) * r, -len * pow(u, 0.8) * r);
  }
  brush.endShape();
}

function petal(angle, from, len, wid, deep) {
  const [rim, body] = INKS[palette];
  push();
  rotate(angle);
  translate(0, -from);
  paint(rim, 255, 0.04, 90, 0, 0, false); // the light rim
  petalShape(len, wid);
  petalShape(len, wid);
  paint(body, 240, bleed, 90, wetness, 0.6);
  petalShape(len * 0.985, wid * 0.98);
  paint(deep, 250, bleed * 1.3, 90, wetness, 0.3);
  petalShape(len * 0.94, wid * 0.9);
  pop();
}

function camellia(x, y, size) {
  push();
  translate(x, y);
  scale(size);
  rotate(random(60));
  const rings = [[8, 36, 118, 64], [7, 26, 90, 56], [6, 16, 68, 46], [5, 8, 50, 36], [4, 2, 34, 25], [3, -2, 22, 16]];
  rings.slice(0, layers).forEach(([count, from, len, wid], ring) => {
    const deep = "" + lerpColor(color(INKS[palette][2]), color(INKS[palette][3]), ring / 5);
    if (ring > 0) {
      paint(INKS[palette][4], 225, 0.12, 135, 0.3, 0.1); // the hollow that each ring of petals rises from
      blob(0, 0, (from + len) * 0.99);
    }
    for (let i = 0; i < count; i++) petal((360 / count) * i + ring * 27 + random(-5, 5), from, len * random(0.95, 1.05), wid, deep);
  });
  pop();
}

function bud(x, y, angle) {
  push();
  translate(x, y);
  rotate(angle);
  petal(-6, 4, 58, 22, INKS[palette][2]);
  petal(10, 4, 52, 16, INKS[palette][3]);
  paint("#6f9460", 245, 0.06, 90, 0.3, 0.5);
  for (const a of [-24, 20, -2]) {
    push();
    rotate(a);
    petalShape(30, 13);
    pop();
  }
  pop();
}
