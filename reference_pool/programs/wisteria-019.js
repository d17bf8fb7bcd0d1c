// Wisteria: long hanging clusters over an old vine, wet at their edges and crisp at their heart.
// subject: wisteria
// prompt: a {palette} wisteria in watercolour, {composition}
const palette = "violet"; // one of: lilac, violet, blue, plum, rose, smoky
const composition = "leaning over still water"; // one of: hanging from an old vine, one cluster seen close, a curtain fading into mist, leaning over still water
const layers = 4; // 2 to 5
const bleed = 0.06; // 0.02 to 0.30
const wetness = 0.45; // 0.10 to 0.80
const clusters = 2; // 2 to 4
const sway = -21; // -40 to 40
const seed = 70213; // seed

const INKS = {
  // light, underpainting, banners pale and mid, keels, darkest, ground, far ground
  lilac: ["#f8f3fc", "#d3c4f0", "#c4b0ec", "#a98ee0", "#7046b8", "#3c1c7c", "#d8d2ea", "#ccd8bc"],
  violet: ["#f4ecfa", "#bd9ee4", "#ac86de", "#8452c4", "#4c1c92", "#260a54", "#dccce0", "#c8d4b4"],
  blue: ["#eff4fc", "#b4c8f0", "#9fb6ee", "#6e8ade", "#3a4cb4", "#1a2470", "#c8dae6", "#d0d8b8"],
  plum: ["#f9eaf0", "#d8accc", "#cb90bc", "#a85490", "#6e2060", "#3a0832", "#e6d0d6", "#c8d2ac"],
  rose: ["#fdf2f4", "#f3c4d2", "#f0b0c4", "#de7e9e", "#b0406e", "#6a1844", "#eed8d2", "#d0dab8"],
  smoky: ["#f0ebe4", "#bfb2b0", "#a89a9e", "#84747e", "#58464e", "#30242a", "#cfc8bc", "#bfc0a0"],
};
const [LIGHT, UNDER, PALE, MID, KEEL, DARK, GROUND, FAR] = INKS[palette];
const RUN = 0.02 + bleed * 0.6; // the florets are too small to run far
const LEAVES = ["#b7cb88", "#7ba256", "#3f7444", "#a98a4a"];
const SCENES = {
  "hanging from an old vine": vineyard,
  "one cluster seen close": macro,
  "a curtain fading into mist": curtain,
  "leaning over still water": overWater,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fbf8f0");
  SCENES[composition]();
}

function vineyard() {
  const flip = random([-1, 1]);
  wash(-60 * flip, 0, 200, 180, GROUND, 190);
  wash(120 * flip, -180, 170, 100, FAR, 190);
  for (const [x, angle, len] of [[-206, 112, 150], [150, 64, 170], [34, 50, 120]]) frond(x * flip, -206, 90 + (angle - 90) * flip, len);
  vine([[-268, -168], [-180, -206], [-60, -208], [70, -222], [180, -200], [268, -224]].map(([x, y]) => [x * flip, y]), 9);
  const places = [[8, 400, 82], [-142, 286, 70], [150, 220, 58], [86, 150, 44]].slice(0, clusters).reverse();
  for (const [x, len, wid] of places) raceme(x * flip + random(-16, 16), -198, len * random(0.9, 1.06), wid, 38);
  frond(-70 * flip, -212, 90 + 58 * flip, 110);
}

function macro() {
  const x = random([-70, 66]);
  wash(x, -20, 210, 230, GROUND, 200);
  wash(-x * 2, 120, 150, 150, FAR, 210);
  wash(-x * 2.4, -180, 130, 90, FAR, 210);
  for (let i = 1; i < clusters; i++) raceme(-x * (1.1 + i * 0.9), -290, 400 - i * 60, 62, 46, 1);
  frond(-x * 0.6, -250, x > 0 ? 122 : 58, 250);
  raceme(x, -284, 500, 104, 62);
  frond(x + 20, -262, x > 0 ? 50 : 130, 180);
}

function curtain() {
  wash(random(-90, 90), -70, 350, 270, GROUND, 210);
  wash(random(-120, 120), 240, 320, 90, FAR, 180);
  for (let i = 0; i < 3; i++) raceme(-150 + i * 150 + random(-24, 24), -270, random(200, 340), random(34, 46), 36, 1);
  for (let i = 0; i < 4; i++) frond(-200 + i * 130 + random(-40, 40), -262, random(60, 120), random(90, 130));
  for (let i = 0; i < clusters; i++) {
    const x = -190 + (380 / (clusters - 1)) * i + random(-22, 22);
    raceme(x, -266, 190 + 210 * noise(i * 3 + 1) + random(40), random(50, 62), 40);
  }
}

function overWater() {
  scale(random([-1, 1]), 1);
  wash(40, -70, 210, 150, GROUND, 190);
  wash(0, 230, 400, 84, "#8fb0b4", 215);
  const places = [[-34, -184, 290, 66], [70, -142, 210, 52], [-136, -194, 190, 48], [134, -96, 120, 38]].slice(0, clusters);
  for (const [x, , len, wid] of places) wash(x, 206, wid * 0.36, 20 + len * 0.16, UNDER, 190);
  wash(-60, 248, 380, 56, "#5f8a94", 200);
  frond(-200, -180, 100, 130);
  frond(90, -140, 10, 130);
  vine([[-270, -140], [-190, -186], [-90, -198], [10, -176], [90, -136], [150, -88]], 9);
  for (const [x, y, len, wid] of places) raceme(x + random(-10, 10), y + 12, len * random(0.92, 1.08), wid, 33);
  frond(-70, -190, 56, 100);
  push();
  paint(LIGHT, 235, 0.04, 0, 0.2, 0, false);
  for (const [x, y, w] of [[-30, 186, 80], [70, 206, 60], [-120, 224, 70]]) blob(x + random(-20, 20), y, w, 1.6, 0.4);
  pop();
}

function paint(colour, opacity, spread, angle, texture, border, out = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(texture, border, out);
}

function blob(x, y, rx, ry, rough) {
  const from = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 30) {
    const k = 1 + rough * (noise(from + cos(a), from + sin(a)) - 0.5);
    brush.vertex(x + rx * k * cos(a), y + ry * k * sin(a));
  }
  brush.endShape();
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.25 + wetness / 3, random(360), wetness, 0);
  blob(x, y, rx, ry, 0.7);
  pop();
}

// The breadth of a cluster, full at the shoulder and drawn out to a tip.
const girth = (t) => pow(sin(180 * min(1, 0.16 + t * 0.84)), 0.7) * (1 - 0.4 * t);
const axis = (x, len, t) => x + sway * (len / 300) * sin(t * 150);

// The wet mass of a cluster: a chain of soft touches.
function haze(x, y, len, wid) {
  push();
  for (const t of [0.12, 0.38, 0.64]) {
    paint(random([UNDER, UNDER, MID]), 200, 0.14 + wetness / 6, 90, wetness, 0);
    blob(axis(x, len, t) + random(-0.15, 0.15) * wid, y + len * t, wid * girth(t) * 0.8, len * 0.2, 0.8);
  }
  pop();
}

// Passes from wet and pale to dry and dark; the sun comes from the left.
function raceme(x, y, len, wid, size, coats = layers) {
  haze(x, y, len, wid * 0.9);
  const passes = [
    [1, 1, 0, (s) => single(s, PALE, 215, RUN * 2)],
    [3.2, 0.8, 0, (s, t) => floret(s, t)],
    [1.4, 0.5, 0.25, (s) => single(s * 0.9, KEEL, 235, RUN)],
    [1, 0.6, -0.3, (s) => lit(s)],
    [1.2, 0.5, 0.15, (s) => single(s * 0.5, DARK, 245, RUN)],
  ];
  for (const [share, breadth, side, draw] of passes.slice(0, coats)) {
    const count = (share * len) / size;
    for (let i = 0; i < count; i++) {
      const t = pow((i + random(0.9)) / count, 0.92) * 0.98;
      const off = constrain(side + random(-1, 1) * breadth, -1, 1);
      push();
      translate(axis(x, len, t) + off * wid * 0.86 * girth(t), y + len * t);
      rotate(180 - off * 62 + random(-14, 14));
      draw(lerp(size, size * 0.42, t), t);
      pop();
    }
  }
}

function single(size, colour, opacity, spread) {
  paint(colour, opacity, spread, 90, wetness, 0.4);
  petal(size, size * 0.7);
}

// A banner with the keel folded into it; towards the tip they are buds, nearly all keel.
function floret(size, t) {
  paint(random([PALE, MID, MID]), 245, RUN, 90, wetness, 0.6);
  petal(size * 1.15, size * 0.8);
  paint("" + lerpColor(color(MID), color(KEEL), random(0.5, 1)), 245, RUN, 90, wetness, 0.4);
  rotate(random(-24, 24));
  petal(size * lerp(0.74, 1, t), size * 0.42);
}

// A floret that catches the light: lifted to the paper, its throat yellow.
function lit(size) {
  paint(LIGHT, 255, 0.04, 90, 0, 0, false);
  petal(size * 1.2, size * 0.8);
  paint(PALE, 180, RUN, 270, wetness, 0.6);
  petal(size * 1.15, size * 0.76);
  paint(size > 40 ? "#e2bc3c" : KEEL, 225, RUN, 90, wetness, 0.3);
  petal(size * 0.45, size * 0.26);
}

function petal(len, wid) {
  const from = random(100);
  brush.beginShape(0.6);
  for (let a = 15; a < 360; a += 30) {
    const u = 0.5 - 0.5 * cos(a);
    brush.vertex(wid * sin(a) * (0.45 + 0.55 * u) * (0.8 + 0.4 * noise(from + a)), -len * u);
  }
  brush.endShape();
}

// Old wood: short loads of the brush, pale above and dark below.
function vine(points, w) {
  for (let i = 0; i < points.length - 1; i++) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    const len = dist(ax, ay, bx, by) + 5;
    const thick = w * (1 - (0.6 * i) / points.length);
    push();
    translate(ax, ay);
    rotate(atan2(by - ay, bx - ax));
    for (const [colour, top] of [["#a8947e", -1], ["#6a5248", -0.3], ["#35262a", 0.25]]) {
      paint(colour, 240, 0.05, 90, wetness, 0.4, false);
      brush.beginShape(0.6);
      for (let x = -4; x <= len; x += len / 6) brush.vertex(x, thick * top * random(0.7, 1.1));
      for (let x = len; x >= -4; x -= len / 6) brush.vertex(x, thick * random(0.6, 1));
      brush.endShape();
    }
    pop();
  }
}

// A compound leaf: leaflets in pairs along a drooping rib, bronze at the tip.
function frond(x, y, angle, len) {
  const at = (t) => [x + len * t * cos(angle), y + len * t * sin(angle) + len * 0.18 * t * t];
  push();
  brush.set("2B", LEAVES[1], 1);
  brush.spline([[x, y, 1], [...at(0.5), 0.9], [...at(1), 0.6]], 0.6);
  pop();
  for (let t = 0.28; t <= 1.05; t += 0.18) {
    for (const side of t > 0.99 ? [0] : [-1, 1]) {
      push();
      translate(...at(t));
      rotate(angle + 90 + side * 56 + random(-10, 10));
      paint(t > 0.8 ? LEAVES[3] : LEAVES[0], 230, bleed * 0.6, 90, wetness, 0.5);
      petal(len * 0.34, len * 0.075);
      paint(random([LEAVES[1], LEAVES[2]]), 215, bleed * 0.6, 90, wetness, 0.3);
      petal(len * 0.32, len * 0.04);
      pop();
    }
  }
}
