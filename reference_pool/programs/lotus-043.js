// The sacred lotus: cupped blooms, shield leaves, still water.
// subject: lotus
// prompt: a {palette} lotus in watercolour, {composition}
const palette = "pearl"; // one of: rose, pearl, peach, magenta, lilac, tawny
const composition = "scattered over a wide misty pond"; // one of: open above its own reflection, seen from above among broad leaves, on tall stalks against a pale sky, scattered over a wide misty pond
const layers = 5; // 2 to 5
const bleed = 0.06; // 0.02 to 0.30
const wetness = 0.29; // 0.10 to 0.80
const leaves = 4; // 2 to 6
const seed = 42299; // seed

const INKS = {
  // light, base, blush, tip, sky, shallow water, deep water
  rose: ["#fdf3f0", "#f7c4cf", "#e4809f", "#bf3566", "#cfdfd6", "#7fb0a6", "#1f5a62"],
  pearl: ["#fffdf4", "#eeeed0", "#cdd49c", "#8aa06c", "#c3d6dc", "#5f9aa0", "#143f4e"],
  peach: ["#fff4e4", "#fcd0a8", "#f29c6c", "#cc5634", "#f0dcc6", "#84b4ac", "#245a68"],
  magenta: ["#fdeaf4", "#f0a2cc", "#d4489a", "#8a125e", "#d8d2e4", "#7f9cb8", "#22386a"],
  lilac: ["#f8f2fc", "#d9c2ee", "#a682d2", "#64409c", "#e6d6de", "#98a6cc", "#34407e"],
  tawny: ["#f7ead0", "#d2a874", "#a06c40", "#5c3820", "#dcd2b4", "#a6a680", "#565a3c"],
};
const [LIGHT, BASE, BLUSH, TIP, SKY, SHALLOW, DEEP] = INKS[palette];
const GREENS = ["#dbe6bc", "#86ad68", "#3b7a50", "#164a42"];
const STEPS = [0, 0.06, 0.16, 0.28, 0.4, 0.52, 0.64, 0.76, 0.87, 0.95, 1];
const SCENES = {
  "open above its own reflection": reflected,
  "seen from above among broad leaves": fromAbove,
  "on tall stalks against a pale sky": tall,
  "scattered over a wide misty pond": pond,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#f7f5ec");
  SCENES[composition]();
}

function reflected() {
  const x = random([-1, 1]) * random(30, 56);
  wash(0, -180, 430, 230, SKY, 190);
  water(-10, 4);
  const places = [[-180, 66, 92], [190, 52, 74], [-150, 168, 118], [196, 190, 124], [20, 236, 90], [-30, 40, 50]];
  for (const [px, py, r] of places.slice(0, leaves)) leaf(px + random(-16, 16), py, r, r * 0.26);
  push();
  translate(x, 88);
  scale(1, -0.7);
  for (const angle of [-74, 74, -46, 46, -16, 16]) lay(cupped(angle, 140, 34), [[BLUSH, 245, 0.3, 90, 0], [TIP, 140, 0.3, 90, 0, 0.7, 0.3]]);
  pop();
  for (let i = 0; i < 5; i++) ripple(x + random(-60, 60), 112 + i * 24, random(30, 84));
  stalk([-x * 3 + 14, 84, -x * 3 + 16, 0, -x * 3, -90], 3.4);
  bud(-x * 3, -76, 0.9, -x / 6);
  lotus(x, 72, random(0.94, 1.06), layers);
}

function fromAbove() {
  wash(0, 0, 420, 400, SHALLOW, 215);
  const [bx, by] = [random(-60, -24), random(16, 50)];
  for (let i = 0; i < 4; i++) wash(bx + random(-130, 130), by + random(-150, 150), 200, 160, DEEP, 235);
  const places = [[180, -150, 150], [-210, 200, 140], [200, 176, 128], [-170, -190, 124], [20, -250, 86], [30, 262, 90]];
  for (const [x, y, r] of places.slice(0, leaves)) leaf(x + random(-14, 14), y + random(-14, 14), r, r * 0.94);
  openBloom(bx, by, random(0.96, 1.1));
  if (leaves > 3) bud(196, 30, 0.9, 40);
}

function tall() {
  wash(90, -120, 210, 150, SKY, 200);
  wash(-60, 40, 150, 110, SHALLOW, 110);
  wash(0, 250, 330, 50, SHALLOW, 210);
  wash(20, 268, 300, 30, DEEP, 190);
  scale(random([-1, 1]), 1);
  const places = [[150, 70, 104, 14], [-176, 96, 86, -10], [40, 176, 96, 4], [-90, 206, 90, 0], [214, 190, 84, -8], [-206, -40, 66, 18]];
  for (const [x, y, r, turn] of places.slice(0, leaves)) {
    stalk([x * 0.8, 270, x * 0.86, 160, x, y], 3);
    parasol(x, y, r, turn);
  }
  stalk([-40, 274, -20, 110, -64, -60], 4.4);
  stalk([60, 274, 96, 60, 76, -150], 3.4);
  stalk([-90, 274, -120, 120, -168, -8], 3.2);
  bud(76, -138, 1.1, 8);
  seedPod(-168, -8, 0.9, -16);
  lotus(-64, -56, random(0.8, 0.92), layers);
}

function pond() {
  wash(0, -200, 380, 130, SKY, 200);
  wash(random(-200, 200), -104, 260, 80, SHALLOW, 190);
  wash(random(-200, 200), -72, 240, 40, DEEP, 140);
  water(-66, 3);
  const depths = Array.from({ length: 6 + leaves * 3 }, () => pow(random(), 1.3)).sort((a, b) => a - b);
  for (const near of depths) {
    const [x, y, r] = [random(-270, 270), lerp(-30, 236, near), lerp(12, 70, near)];
    leaf(x, y, r, r * lerp(0.14, 0.3, near), near > 0.4 ? layers : 2);
    if (near < 0.5 && random() < 0.45) lotus(x, y, lerp(0.18, 0.5, near), 2, FEW);
  }
  for (let i = 0; i < 4; i++) ripple(random(-180, 180), random(30, 220), random(30, 90));
  const x = random([-96, 104]);
  leaf(x + 20, 176, 120, 34);
  lotus(x, 168, random(0.56, 0.66), layers);
}

function paint(colour, opacity, spread, angle, texture, border, out = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(texture, border, out);
}

// A round form; one that ends before 360 degrees is notched to its middle.
function blob(x, y, rx, ry, rough, end = 360) {
  const from = random(100);
  brush.beginShape(0.5);
  for (let a = 0; a < end; a += 15) {
    const k = 1 + rough * (noise(from + cos(a), from + sin(a)) - 0.5);
    brush.vertex(x + rx * k * cos(a), y + ry * k * sin(a));
  }
  if (end < 360) brush.vertex(x, y);
  brush.endShape();
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.25 + wetness / 3, 90, wetness, 0);
  blob(x, y, rx, ry, 0.6);
  pop();
}

// Water from the line `top` down, darker towards the foot of the sheet.
function water(top, coats) {
  wash(0, 150 + top, 440, 180, SHALLOW, 215);
  for (let i = 0; i < coats; i++) wash(random(-150, 150), top + 130 + i * 44, 330, 100 - i * 10, DEEP, 190 + i * 10);
}

function dab(x, y, rx, ry, colour) {
  push();
  paint(colour, 240, 0.06, 90, 0.3, 0.4, false);
  blob(x, y, rx, ry, 0.2);
  pop();
}

const ripple = (x, y, w) => dab(x, y, w, 1.8, "#e9f1ea");

function leaf(x, y, rx, ry, coats = layers) {
  push();
  translate(x, y);
  scale(1, ry / rx);
  rotate(random(360));
  const shades = [[GREENS[0], 255, 0.04, 0.98, 335], [GREENS[1], 235, bleed, 1, 335], [GREENS[2], 225, bleed * 1.4, 0.93, 335], [GREENS[3], 200, bleed * 2, 0.8, 180]];
  for (const [colour, opacity, spread, k, end] of shades.slice(0, coats + 1)) {
    paint(colour, opacity, spread, random(360), wetness, 0.4, opacity < 255);
    blob(0, 0, rx * k, rx * k, 0.16, end);
  }
  pop();
  if (coats < 4) return;
  push();
  translate(x, y);
  scale(1, ry / rx);
  brush.set("cpencil", GREENS[0], 1);
  for (let a = random(20); a < 360; a += 30) {
    const bend = random(-8, 8);
    brush.spline([[0.06, 0, 1], [0.5, bend / 2, 0.8], [0.88, bend, 0.3]].map(([k, turn, force]) => [rx * k * cos(a + turn), rx * k * sin(a + turn), force]), 0.5);
  }
  pop();
}

// A leaf held over the water, seen from the side, its near rim hanging.
function parasol(x, y, r, turn) {
  push();
  translate(x, y);
  rotate(turn);
  leaf(0, 0, r, r * 0.34);
  lay({ spine: [-r, 0, 0, r * 0.62, r * 0.97, -2], wid: r * 0.14, profile: (t) => sin(180 * t) }, [[GREENS[1], 255, 0.04, 90, 0.3], [GREENS[3], 225, bleed, 270, 0.3]]);
  pop();
}

// A place at t of a bent spine (root, bend, tip), `off` to its side.
function beside([ax, ay, bx, by, cx, cy], t, off) {
  const turn = atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t));
  return [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t) - off * sin(turn), lerp(lerp(ay, by, t), lerp(by, cy, t), t) + off * cos(turn)];
}

// A form along a spine; `k` narrows it, `root` starts it higher up, `lo` leaves one side out.
function form({ spine, wid, profile, from = 0 }, k = 1, root = 0, lo = -1) {
  const edge = (u, side) => {
    const t = lerp(root, 1, u);
    return beside(spine, t, side * wid * k * profile(t) * (root > 0 ? pow(u, 0.6) : 1) * (0.85 + 0.3 * noise(from + t * 4, from + side * 3)));
  };
  brush.beginShape(0.5);
  for (const u of STEPS) brush.vertex(...edge(u, lo));
  for (const u of STEPS.slice(1, -1).reverse()) brush.vertex(...edge(u, 1));
  brush.endShape();
}

// Coats over one form; an opaque first coat lifts what lies beneath.
function lay(shape, coats, loose = true) {
  push();
  for (const [colour, opacity, spread, angle, border, ...cut] of coats) {
    paint(colour, opacity, spread, angle, opacity < 255 ? wetness : 0, border, loose && opacity < 255);
    form(shape, ...cut);
  }
  pop();
}

// A petal's outline: it leaves the heart at an angle from upright, hollow like a spoon.
function cupped(angle, len, wid, hook = 26) {
  const out = angle + Math.sign(angle) * hook;
  const spine = [0, 0, len * 0.62 * sin(out), -len * 0.62 * cos(out), len * sin(angle), -len * cos(angle)].map((v) => v + random(-4, 4));
  return { spine, wid: wid * random(0.9, 1.1), profile: (t) => sin(180 * pow(t, 0.86)), from: random(100) };
}

function petal(angle, len, wid, coats, hook) {
  const shape = cupped(angle, len, wid, hook);
  const lift = [LIGHT, 255, 0.04, 90, 0.2, 0.98];
  lay(shape, [lift, lift]);
  lay(shape, [
    [BASE, 240, bleed, 270, 0.7],
    [BLUSH, 235, bleed * 1.4, 270, 0.3, 0.92, 0.2],
    [TIP, 225, bleed * 2, 270, 0.1, 0.86, 0.55],
    [BLUSH, 190, bleed, 180, 0.4, 0.94, 0.1, 0.25],
  ].slice(0, coats));
  if (coats < 5) return;
  push();
  brush.set("cpencil", TIP, 0.4);
  for (const k of [-0.5, -0.2, 0.15, 0.45]) brush.spline([[0.36, 0.5, 0.3], [0.6, 1, 0.6], [0.86, 0.3, 0.3]].map(([t, fan, force]) => [...beside(shape.spine, t, k * fan * wid), force]), 0.5);
  pop();
}

// Rings of a bloom from the back to the front: length, breadth, angles.
const FULL = [[152, 40, -36, 38, -14, 15], [146, 39, -70, 72, -52, 54], [116, 38, -90, 91, -56, 58], [100, 42, -26, 27, 1]];
const FEW = [[116, 30, -30, 32], [104, 30, -66, 64, 2]];

function lotus(x, y, size, coats, rings = FULL) {
  push();
  translate(x, y);
  scale(size);
  rotate(random(-6, 6));
  rings.forEach(([len, wid, ...angles], ring) => {
    if (ring === 2) stamens(0, -58, 26, 10);
    for (const angle of angles) petal(angle, len, wid, coats);
  });
  pop();
}

// A bloom looked into: rings of petals round the seed pod.
function openBloom(x, y, size) {
  push();
  translate(x, y);
  scale(size, size * 0.88);
  for (const [count, len, wid, turn] of [[8, 186, 54, 0], [7, 156, 52, 22], [6, 120, 46, 10]]) {
    wash(0, 0, len * 0.5, len * 0.5, TIP, 150);
    for (let i = 0; i < count; i++) {
      push();
      rotate((360 / count) * i + turn + random(-7, 7));
      petal(random(-6, 6), len * random(0.94, 1.05), wid, layers, 4);
      pop();
    }
  }
  stamens(0, 0, 58, 58);
  for (const [colour, r] of [["#d9d27a", 36], ["#a9ad4c", 35], ["#8a9440", 30]]) dab(0, 0, r, r, colour);
  dab(0, 0, 4, 4, "#4f5a24");
  for (let a = 0; a < 360; a += 45) dab(21 * cos(a), 21 * sin(a), 4, 4, "#4f5a24");
  pop();
}

function stamens(x, y, rx, ry) {
  push();
  paint("#f4c440", 250, 0.2, 90, 0.4, 0.2);
  blob(x, y, rx, ry, 0.4);
  pop();
  push();
  brush.set("cpencil", "#c07a14", 1.2);
  for (let a = 0; a < 360; a += 11) {
    const far = random(0.9, 1.25);
    brush.spline([[0.5, 0.6], [0.8, 0.8], [1, 1]].map(([k, force]) => [x + rx * far * k * cos(a + k * 8), y + ry * far * k * sin(a + k * 8), force]), 0.5);
  }
  pop();
}

function stalk(spine, wid) {
  lay({ spine, wid, profile: () => 1 }, [[GREENS[0], 255, 0.04, 90, 0.4], [GREENS[1], 250, 0.04, 90, 0.5], [GREENS[2], 240, 0.04, 90, 0.3, 1, 0, 0]], false);
}

function bud(x, y, size, angle) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  for (const [turn, len] of [[-14, 84], [15, 80], [2, 74]]) petal(turn, len, 21, layers);
  pop();
}

function seedPod(x, y, size, angle) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  lay({ spine: [0, 4, 0, -20, 0, -46], wid: 32, profile: (t) => 0.12 + 0.88 * pow(t, 1.4) }, [["#c9c88a", 255, 0.04, 90, 0.5], ["#8f9a52", 240, 0.06, 90, 0.5], ["#5f6e34", 230, 0.06, 90, 0.3, 1, 0, 0.1]], false);
  dab(0, -46, 34, 12, "#b7b866");
  for (const [dx, dy] of [[-18, 0], [0, -5], [2, 5], [18, 1]]) dab(dx, dy - 46, 5, 2, "#434a1e");
  pop();
}
