// Loose garden roses and peonies: ruffled petals round a deep heart.
const palette = "blush";
const flower = "garden roses";
const composition = "three of different ages";
const layers = 5;
const bleed = 0.10;
const wetness = 0.40;
const ruffle = 0.30;
const seed = 31023;

const PAPER = "#fdf8ee";
const LEAF = ["#b8c9a2", "#628a5c", "#23503f"];
const INKS = {
  // lit rim, body, depth, heart, far wash, near wash
  blush: ["#fde3db", "#f2a09c", "#cc5570", "#842444", "#c3d8cc", "#ecd6b8"],
};
const [LIT, BODY, DEPTH, HEART, FAR, NEAR] = INKS[palette];
const SCENES = {
  "three of different ages": threeAges,
};
const isRose = flower === "garden roses";

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1);
  SCENES[composition]();
}

function threeAges() {
  wash(-100, 40, 180, 150, NEAR, 190);
  wash(110, -110, 160, 140, FAR, 190);
  stem([70, 290], [60, 160], [-36, 110], 5);
  stem([46, 196], [90, 60], [108, -46], 4.5);
  stem([15, 146], [44, -20], [-74, -130], 3.5);
  for (const [x, y, angle, len] of [[30, 150, 205, 110], [76, 120, -14, 120], [84, 20, 190, 90], [-24, -30, -20, 84], [64, 220, 30, 110]]) spray(x, y, angle + random(-12, 12), len);
  bud(-74, -128, -16, 0.8);
  bloom(112, -96, random(66, 76), 24, 2);
  bloom(-84, 66, random(106, 118), -14, 3);
}

const mix = (one, other, share) => "" + lerpColor(color(one), color(other), share);

// The curve from a over b to c.
const bow = (a, b, c) => (t) => [0, 1].map((k) => lerp(lerp(a[k], b[k], t), lerp(b[k], c[k], t), t));

// Points beside a curve, at a share of the half width that `half` tells for t.
function beside(curve, half, share) {
  return [0, 0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.92, 1].map((t) => {
    const [[x, y], [nextX, nextY]] = [curve(t), curve(t + 0.01)];
    const across = atan2(nextY - y, nextX - x) + 90;
    return [x + share * half(t) * cos(across), y + share * half(t) * sin(across)];
  });
}

function strip(curve, half, near = -1, far = 1) {
  return [...beside(curve, half, near), ...beside(curve, half, far).slice(1, -1).reverse()];
}

function blob(x, y, rx, ry, wobble = 0.6) {
  const from = random(100);
  return Array.from({ length: 18 }, (_, i) => {
    const r = 1 + wobble * (noise(from + 1.4 * cos(20 * i), from + 1.4 * sin(20 * i)) - 0.5);
    return [x + rx * r * cos(20 * i), y + ry * r * sin(20 * i)];
  });
}

function at(x, y, angle, size, draw) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  draw();
  pop();
}

function glaze(points, colour, opacity, spread, angle, border, grain = wetness, scatter = true) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(grain, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function lift(points, sides = [90, 270]) {
  for (const angle of sides) glaze(points, PAPER, 255, 0.04, angle, 0, 0, false);
}

function wash(x, y, rx, ry, colour, opacity) {
  glaze(blob(x, y, rx, ry, 1.1), colour, opacity, 0.3 + wetness / 4, random(360), 0.1);
}

function stem(foot, over, top, thick) {
  const curve = bow(foot, over, top);
  glaze(strip(curve, () => thick), "#94a878", 250, 0.04, 90, 0.6, 0.3, false);
  glaze(strip(curve, () => thick, 0.1, 0.9), mix("#5a6a44", DEPTH, 0.3), 225, 0.04, 0, 0.3, 0.3, false);
}

// Three leaflets on a stalk: broad and toothed for a rose, long for a peony.
function spray(x, y, angle, len) {
  at(x, y, angle, 1, () => {
    stem([0, 0], [len * 0.3, 4], [len * 0.6, 0], 1.4);
    for (const [from, turn, share] of [[0.3, -48, 0.5], [0.36, 46, 0.52], [0.5, random(-8, 8), 0.62]]) {
      at(len * from, 0, turn + random(-8, 8), 1, () => leaflet(len * share, len * share * (isRose ? 0.34 : 0.2)));
    }
  });
}

function leaflet(len, wide) {
  const curve = bow([0, 0], [len * 0.5, random(-0.2, 0.2) * len], [len, 0]);
  const half = (t) => wide * pow(sin(180 * pow(t, 0.75)), 0.85) * (isRose ? random(0.9, 1.1) : 1);
  glaze(strip(curve, half), LEAF[0], 235, 0.05, 90, 0.6);
  glaze(strip(curve, half, -0.95, -0.06), mix(LEAF[random() < 0.5 ? 1 : 2], DEPTH, 0.12), 225, bleed * 0.6, random([0, 180]), 0.4);
  if (layers > 2) glaze(strip(curve, half, 0.06, 0.95), mix(LEAF[1], FAR, 0.25), 210, bleed, 90, 0.3);
}

// A fan from (0, 0) upwards with a ruffled rim.
function fan(len, wide, from) {
  return Array.from({ length: 24 }, (_, i) => {
    const a = 8 + 15 * i;
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + 1.6 * ruffle * u * (noise(from + a / 20) - 0.5);
    return [wide * sin(a) * (0.4 + 0.75 * u) * r, -len * pow(u, 0.8) * r];
  });
}

// `tone` goes from 0, a pale petal in the light, to 1, one in the heart.
function petal(angle, out, len, wide, tone) {
  const from = random(100);
  at(0, 0, angle, 1, () => {
    translate(0, -out);
    lift(fan(len * 0.98, wide * 0.98, from), tone < 0.1 ? [90, 270] : [90]);
    glaze(fan(len, wide, from), LIT, 240, 0.05, 270, 0.7);
    glaze(fan(len * 0.93, wide * 0.92, from), mix(BODY, DEPTH, tone * 0.8), 245 - 35 * (1 - tone), bleed, random([0, 90, 180]), 0.4);
    if (layers > 2) glaze(fan(len * 0.6, wide * 0.7, from), mix(DEPTH, HEART, tone * 0.7), 225, bleed * 1.5, 90, 0.1);
  });
}

// The turned edge of a petal that stands round the heart; its lit rim faces outwards.
function crescent(r, start, span, thick, tone) {
  const curve = (t) => [r * cos(start + span * t), r * 0.9 * sin(start + span * t)];
  const wobble = random(100);
  const half = (t) => thick * pow(sin(180 * t), 0.6) * (1 + ruffle * 1.4 * (noise(wobble + 4 * t) - 0.5));
  lift(strip(curve, half), [270]);
  glaze(strip(curve, half, -0.7, 0.98), mix(BODY, DEPTH, tone), 235, bleed * 0.6, 90, 0.5);
  if (layers > 3) glaze(strip(curve, half, 0.15, 0.98), mix(DEPTH, HEART, tone), 210, bleed * 0.6, 0, 0.3);
}

// `detail` is 1 for a flower of the size of a thumbnail, 3 for one that fills the sheet.
function bloom(x, y, r, angle, detail) {
  at(x, y, angle, 1, () => {
    scale(1, 0.9);
    const guards = (isRose ? 4 : 6) + detail;
    for (let i = 0; i < guards; i++) petal((360 / guards) * i + random(-9, 9), r * 0.2, r * random(0.74, 0.88), r * 0.52, 0.05);
    if (isRose) roseHeart(r, detail);
    else peonyHeart(r, detail);
  });
}

function roseHeart(r, detail) {
  const inner = 2 + detail;
  for (let i = 0; i < inner; i++) petal((360 / inner) * i + 30 + random(-9, 9), r * 0.08, r * random(0.56, 0.64), r * 0.42, 0.4);
  translate(0, -r * 0.06);
  glaze(blob(0, 0, r * 0.44, r * 0.42, 0.3), mix(DEPTH, HEART, 0.5), 245, bleed + 0.06, 90, 0.2);
  const turns = 3 + 2 * detail;
  let start = random(360);
  for (let i = 0; i < turns; i++) {
    const depth = i / turns;
    crescent(r * lerp(0.42, 0.08, depth), start, random(150, 200), r * lerp(0.13, 0.06, depth), 0.3 + 0.6 * depth);
    start += random(120, 160);
  }
  if (layers > 4) glaze(blob(0, 0, r * 0.1, r * 0.08), HEART, 240, 0.15, 90, 0.3);
}

function peonyHeart(r, detail) {
  glaze(blob(0, 0, r * 0.5, r * 0.48, 0.5), mix(DEPTH, HEART, 0.6), 245, bleed + 0.08, 90, 0.2);
  const tufts = 5 + 4 * detail;
  for (let i = 0; i < tufts; i++) {
    const near = i / tufts;
    const turn = 137.5 * i + random(-14, 14);
    if (i === floor(tufts / 2)) glaze(blob(0, 0, r * 0.34, r * 0.32, 0.5), mix(DEPTH, HEART, 0.6), 235, bleed + 0.08, 90, 0.2);
    petal(turn, r * lerp(0.26, 0.02, near), r * lerp(0.36, 0.28, near), r * lerp(0.24, 0.17, near), lerp(0.2, 0.8, random()));
  }
  glaze(blob(0, 0, r * 0.12, r * 0.11), HEART, 245, 0.15, 90, 0.3);
  if (layers < 4) return;
  for (let i = 0; i < 4 + detail; i++) glaze(blob(random(-0.13, 0.13) * r, random(-0.13, 0.13) * r, r * 0.035, r * 0.03), "#f0b020", 255, 0.06, 0, 0.6, 0.1);
}

function bud(x, y, angle, size) {
  at(x, y, angle, size, () => {
    petal(-14, 0, 56, 24, 0.2);
    petal(13, 0, 54, 22, 0.5);
    petal(0, -2, 46, 18, 0.8);
    for (const turn of [-124, -60, -92]) at(0, 6, turn, 1, () => leaflet(34, 8));
  });
}

