// Tulips: cupped petals with flamed tips over broad blue-green leaves.
// subject: tulips
// prompt: a study of {palette} tulips in watercolour, {composition}
const palette = "plum"; // one of: scarlet, apricot, rose, lemon, plum, russet
const composition = "one seen close"; // one of: three leaning apart, one seen close, five in a glass jar, a field under a wide sky
const layers = 3; // 2 to 5
const bleed = 0.24; // 0.02 to 0.30
const wetness = 0.8; // 0.10 to 0.80
const openness = 0.84; // 0.00 to 1.00
const lean = -11; // -14 to 14
const seed = 599347; // seed

const PAPER = "#fcf7ec";
const LEAF = ["#b9cfae", "#5f9475", "#1d5149"];
const INKS = {
  // light edge, body, shadow, flame at the tips, far wash, near wash
  scarlet: ["#f7b49c", "#d92c1e", "#8f0f1e", "#f4a93a", "#b9d3dc", "#ecd8a8"],
  apricot: ["#fbdcae", "#f08a3c", "#c04420", "#f6cf4e", "#bdd3e0", "#e8d2b8"],
  rose: ["#fad3d6", "#e2618a", "#a3205a", "#f7b98a", "#c4dacb", "#ecd9c4"],
  lemon: ["#fdf3b4", "#f3c82c", "#cc7a1a", "#a9c04a", "#b4c8e4", "#d9dcb4"],
  plum: ["#d9b6dc", "#7c2c82", "#3c0e4a", "#cf4a74", "#d4dcb8", "#cfc6e0"],
  russet: ["#d8c49a", "#8a6a35", "#4c3a22", "#7d8a3a", "#cfcbaa", "#c6b898"],
};
const [LIGHT, BODY, SHADE, FLAME, FAR, NEAR] = INKS[palette];
const SCENES = {
  "three leaning apart": threeLeaning,
  "one seen close": oneClose,
  "five in a glass jar": fiveInJar,
  "a field under a wide sky": field,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1);
  SCENES[composition]();
}

function threeLeaning() {
  wash(-110, -70, 150, 160, NEAR, 170);
  wash(130, 60, 150, 170, FAR, 180);
  const blooms = [[-126, 40, -24, 0.86], [118, -20, 16, 0.94], [-24, -88, -6, 1.1]];
  const foot = (i) => [[0, 280], [48, 280], [20, 280]][i];
  for (const spot of blooms) for (const k of [0, 1]) spot[k] += random(-14, 14);
  blooms.forEach(([x, y, angle], i) => stem(foot(i), [foot(i)[0] * 0.6 + x * 0.3, 130], [x, y], angle, 5));
  leaf([50, 285], [110, 130], [204, 40 + random(-30, 30)], 34);
  leaf([-6, 285], [-70, 170], [-216, 108 + random(-30, 30)], 32);
  leaf([26, 290], [40, 120], [70 + random(-20, 20), -40], 30);
  leaf([0, 290], [-60, 190], [-86, 40], 28);
  for (const [x, y, angle, size] of blooms) tulip(x, y, angle + lean, size);
}

function oneClose() {
  wash(-40, -60, 270, 230, FAR, 215);
  wash(150, 170, 200, 130, NEAR, 190);
  leaf([120, 300], [250, 90], [176, -180], 62);
  stem([26, 300], [40, 220], [-24, 130], lean, 12);
  leaf([-20, 300], [-80, 190], [-250, 90], 54);
  tulip(214, 84, 16 + lean, 1.1);
  tulip(-30, 128, lean - 4, random(1.9, 2.2));
  leaf([70, 300], [60, 180], [150, 60], 40);
}

function fiveInJar() {
  wash(-30, -120, 220, 150, FAR, 190);
  wash(10, 226, 340, 60, NEAR, 215);
  glaze(blob(126, 204, 130, 14, 0.4), mix(FAR, SHADE, 0.45), 215, 0.12, 0, 0.1);
  const blooms = [[-20, -122, -4, 0.84], [80, -92, 20, 0.76], [-108, -72, -28, 0.76], [152, 2, 62, 0.66], [-44, -24, -10, 0.72]];
  for (const spot of blooms) for (const k of [0, 1]) spot[k] += random(-10, 10);
  for (const [x, y, angle] of blooms) stem([10 - x * 0.14, 192], [x * 0.14, 40], [x, y], angle, 3.6);
  leaf([10, 110], [60, 10], [176, -50], 20);
  leaf([-10, 110], [-90, 40], [-178, 74], 20);
  jar(6, 56);
  for (const [x, y, angle, size] of blooms) tulip(x, y, angle + lean, size);
  glaze(petalForm(bow([-96, 216], [-130, 196], [-160, 220]), 14, 1, 1), BODY, 235, bleed, 90, 0.5);
}

function field() {
  wash(-90, -200, 300, 100, FAR, 220);
  wash(120, -100, 230, 46, mix(NEAR, FLAME, 0.25), 180);
  ridge(-46, 44, mix(FAR, LEAF[2], 0.35), 200);
  ridge(-22, 26, mix(FAR, LEAF[1], 0.6), 200);
  for (const [y, size, gap] of [[-12, 0.1, 15], [6, 0.14, 22], [34, 0.2, 32], [76, 0.3, 47]]) {
    wash(random(-60, 60), y + 60 * size, 300, 130 * size, LEAF[1], 175);
    for (let x = -262; x < 262; x += gap * random(0.6, 1.4)) distantTulip(x, y + random(-30, 30) * size, size * random(0.8, 1.3));
  }
  wash(-40, 150, 340, 70, mix(LEAF[1], NEAR, 0.3), 190);
  wash(30, 226, 340, 66, mix(LEAF[2], NEAR, 0.2), 200);
  const shift = random(-30, 30);
  for (const [place, y, size] of [[206, 66, 0.4], [-30, 74, 0.42], [-214, 104, 0.56], [98, 150, 0.72], [-100, 112, 0.92]]) {
    const x = place + shift + random(-14, 14);
    const foot = [x + random(-16, 16), 290];
    stem(foot, [foot[0], 190], [x, y], lean, 5 * size);
    leaf(foot, [foot[0] + 30, 230], [x + random(50, 90), y + random(60, 110)], 26 * size);
    leaf(foot, [foot[0] - 30, 230], [x - random(50, 90), y + random(60, 130)], 26 * size);
    tulip(x, y, lean + random(-8, 8), size);
  }
}

const mix = (one, other, share) => "" + lerpColor(color(one), color(other), share);

// The curve from a over b to c.
const bow = (a, b, c) => (t) => [0, 1].map((k) => lerp(lerp(a[k], b[k], t), lerp(b[k], c[k], t), t));

// Points beside a curve, at a share of the half width that `half` tells for t.
function beside(curve, half, share) {
  return [0, 0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.92, 1].map((t) => {
    const [[x, y], [nextX, nextY]] = [curve(t), curve(t + 0.01)];
    const across = atan2(nextY - y, nextX - x) + 90;
    return [x + share * half(t, share) * cos(across), y + share * half(t, share) * sin(across)];
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

function lift(points) {
  for (const angle of [90, 270]) glaze(points, PAPER, 255, 0.04, angle, 0, 0, false);
}

function wash(x, y, rx, ry, colour, opacity) {
  glaze(blob(x, y, rx, ry, 1.1), colour, opacity, 0.3 + wetness / 4, random(360), 0.1);
}

function ridge(y, height, colour, opacity) {
  const from = random(100);
  const xs = [-280, -210, -140, -70, 0, 70, 140, 210, 280];
  const top = xs.map((x) => [x, y - height * noise(from + x / 110)]);
  glaze([...top, ...xs.reverse().map((x) => [x, y + 20])], colour, opacity, 0.08, 90, 0.2);
}

// A stalk that comes into the flower along the flower's own axis.
function stem(foot, over, [x, y], angle, thick) {
  const neck = [lerp(over[0], x - 60 * sin(angle), 0.6), lerp(over[1], y + 60 * cos(angle), 0.6)];
  const curve = bow(foot, neck, [x, y]);
  glaze(strip(curve, () => thick), "#93ad74", 250, 0.04, 90, 0.6, 0.3, false);
  glaze(strip(curve, () => thick, 0.1, 0.9), mix("#4d7a4c", SHADE, 0.15), 230, 0.04, 0, 0.3, 0.3, false);
}

// A broad blade: pale, then its lower part, then the side that lies in shadow.
function leaf(foot, over, tip, wide) {
  const curve = bow(foot, over, tip);
  const from = random(100);
  const half = (t, side) => wide * pow(sin(180 * pow(0.04 + 0.96 * t, 0.7)), 0.8) * (0.8 + 0.4 * noise(from + 3 * t, side + 2));
  glaze(strip(curve, half), LEAF[0], 235, 0.05, 270, 0.6);
  glaze(strip(curve, half, -0.96, -0.02), mix(LEAF[1], FAR, 0.15), 220, bleed, 180, 0.3);
  if (layers > 2) glaze(strip(curve, half, 0.1, 0.96), mix(LEAF[2], SHADE, 0.12), 215, bleed * 0.7, 90, 0.4);
}

function petalForm(curve, wide, reach, share, near = -1, far = 1, from = random(100)) {
  const half = (t, side) => share * wide * pow(sin(180 * pow(t, 0.66)), 0.8) * (0.84 + 0.32 * noise(from + 3 * t, 3 + side));
  return strip((t) => curve(t * reach), half, near, far);
}

// A petal that bulges to the side `turn` (-1 to 1) and closes or opens at the tip.
function petal(turn, len, wide, deep) {
  const tip = [turn * lerp(10, 84, openness), -len * (1 - 0.22 * openness * abs(turn))];
  const curve = bow([0, 4], [turn * 54, -len * 0.34], tip);
  const from = random(100);
  const form = (reach, share, near, far) => petalForm(curve, wide, reach, share, near, far, from);
  lift(form(1, 1));
  glaze(form(1, 1), LIGHT, 240, 0.05, 270, 0.7);
  glaze(form(0.98, 0.92), deep, 235, bleed, 90, 0.4);
  if (layers > 2) glaze(form(0.62, 0.8), SHADE, 215, bleed * 1.4, 90, 0.2);
  if (layers > 3) glaze(blob(...curve(0.84), wide * 0.34, len * 0.14), FLAME, 190, bleed + 0.12, 270, 0);
  if (layers > 4) glaze(form(0.94, 0.96, 0.3, 1), mix(deep, SHADE, 0.5), 170, bleed + 0.06, 0, 0.1);
  push();
  brush.set("cpencil", SHADE, 0.7);
  for (const share of [-0.5, -0.15, 0.25]) {
    const line = petalForm(curve, wide, random(0.6, 0.85), 1, share, share, from).slice(1, 7);
    brush.spline(line.map(([x, y], i) => [x, y, 0.8 - 0.13 * i]), 0.6);
  }
  pop();
}

function tulip(x, y, angle, size) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  const inside = mix(BODY, SHADE, 0.45);
  petal(-0.5, random(132, 142), 34, inside);
  petal(0.55, random(128, 138), 34, inside);
  petal(-1, random(120, 128), 34, BODY);
  petal(1, random(118, 126), 34, BODY);
  petal(random(-0.15, 0.15), random(106, 116), 42, mix(BODY, FLAME, 0.12));
  pop();
}

function distantTulip(x, y, size) {
  const tip = [x + random(-8, 8) * size, y - 120 * size];
  glaze(petalForm(bow([x, y], [x, y - 60 * size], tip), 60 * size, 1, 1), random([BODY, BODY, LIGHT, SHADE, FLAME]), 235, bleed, 90, 0.5);
}

function jar(x, y) {
  const side = [[-46, 0], [-44, 14], [-58, 34], [-64, 70], [-64, 112], [-54, 142]];
  const glass = [...side, ...side.map(([px, py]) => [-px, py]).reverse()].map(([px, py]) => [x + px, y + py]);
  const water = glass.filter(([, py]) => py > y + 20);
  glaze(glass, FAR, 215, 0.04, 90, 1, 0.3, false);
  glaze(water, mix(FAR, LEAF[2], 0.3), 200, 0.06, 180, 0.8);
  glaze(blob(x, y + 3, 46, 5, 0.1), mix(FAR, LEAF[2], 0.5), 200, 0.04, 0, 0.6, 0.2, false);
  lift(strip(bow([x - 50, y + 46], [x - 56, y + 80], [x - 50, y + 118]), (t) => 4 * sin(180 * t)));
}
