// The sacred lotus: cupped blooms, shield leaves, still water.
const palette = "rose";
const composition = "open above its own reflection";
const layers = 5;
const bleed = 0.08;
const wetness = 0.45;
const leaves = 4;
const seed = 31039;

const INKS = {
  // light, base, blush, tip, sky, shallow water, deep water
  rose: ["#fdf3f0", "#f7c4cf", "#e4809f", "#bf3566", "#cfdfd6", "#7fb0a6", "#1f5a62"],
};
const [LIGHT, BASE, BLUSH, TIP, SKY, SHALLOW, DEEP] = INKS[palette];
const GREENS = ["#dbe6bc", "#86ad68", "#3b7a50", "#164a42"];
const STEPS = [0, 0.06, 0.16, 0.28, 0.4, 0.52, 0.64, 0.76, 0.87, 0.95, 1];
const SCENES = {
  "open above its own reflection": reflected,
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

