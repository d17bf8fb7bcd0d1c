// Things on a table by a window: pots, cups, fruit and flowers, and the shadows that they throw.
// subject: still life
// prompt: a {palette} still life in watercolour, {composition}
const palette = "blue and white"; // one of: blue and white, terracotta, rosy, sea-green, sunny, grey
const composition = "flowers in a glass jar"; // one of: flowers in a glass jar, a bowl heaped with fruit, two cups seen close, a row of bottles and a sprig
const layers = 6; // 2 to 6
const bleed = 0.11; // 0.02 to 0.30
const wetness = 0.58; // 0.10 to 0.80
const shadow = 1.32; // 0.30 to 1.50
const seed = 222970; // seed

const INKS = {
  // pot and fruit: light, body, dark
  "blue and white": { wall: "#d3dbe0", table: "#e0d2b8", pot: ["#e6ecf2", "#a9bdd6", "#4f6a9c"], band: "#2a4a9c", fruit: ["#f7cf3c", "#e8a51c", "#96702c"], petal: ["#dfe4f6", "#5a76cc"], shadow: "#5a6c9a" },
  terracotta: { wall: "#ccd8d4", table: "#e8d6bc", pot: ["#f0b48c", "#d2703f", "#833420"], band: "#f4e2c4", fruit: ["#c9cf5c", "#93a33a", "#4f5f2a"], petal: ["#fbdccb", "#e2683f"], shadow: "#6c6484" },
  rosy: { wall: "#dfe0cf", table: "#ead2cc", pot: ["#f6dcd8", "#e09aa0", "#8f4a62"], band: "#b8385c", fruit: ["#f79a7c", "#d9484a", "#7f1f3a"], petal: ["#fbdfe2", "#dc5a82"], shadow: "#75648c" },
  "sea-green": { wall: "#ecdccb", table: "#d3dcd0", pot: ["#d0e6dc", "#6fae9f", "#23605f"], band: "#174a52", fruit: ["#f9b060", "#e57a2c", "#8f4426"], petal: ["#fdf0d0", "#f0a03c"], shadow: "#52727c" },
  sunny: { wall: "#c6dbe4", table: "#f2e0b0", pot: ["#fae8ae", "#eebc3c", "#a3691c"], band: "#d2572a", fruit: ["#f2684a", "#cc2f2c", "#6f1826"], petal: ["#fff0c0", "#f2b01c"], shadow: "#66709c" },
  grey: { wall: "#d8d8d4", table: "#cfcbc4", pot: ["#dedcd8", "#aaa6a2", "#605c5c"], band: "#77706c", fruit: ["#c6bd9c", "#9a8c66", "#5a5040"], petal: ["#e6e2e2", "#a0949c"], shadow: "#77757a" },
};
const INK = INKS[palette];
const PAPER = "#fbf7ec";

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1); // the window is on the left or on the right
  const scenes = { "flowers in a glass jar": jarOfFlowers, "a bowl heaped with fruit": heapedBowl, "two cups seen close": twoCups };
  (scenes[composition] || rowOfBottles)();
}

function jarOfFlowers() {
  room(random(70, 100), 170);
  const x = random(-80, -50);
  castShadow(x, 196, 62, 170);
  castShadow(118, 184, 38, 60);
  const heads = [[-92, -70, 60], [72, -158, 50], [-34, -140, 66], [124, -76, 48], [30, -60, 62], [-116, -170, 40]];
  const picked = heads.slice(0, floor(random(4, 6.99))).map(([dx, dy, r]) => [x + dx + random(-12, 12), dy + random(-12, 12), r]);
  for (const [hx, hy, r] of picked) wash(lerp(hx, x, 0.3), hy + r * 0.7, r * 0.7, r * 0.6, "#a9c08a", 150);
  for (const [hx, hy] of picked) stem([[hx, hy], [lerp(hx, x, 0.5), lerp(hy, 60, 0.6)], [lerp(x, hx, 0.12), 70], [lerp(x, hx, -0.24), 184]]);
  for (const [dx, dy, angle] of [[-10, 10, 200], [16, 0, -24], [4, -30, -70]]) leaf(x + dx, dy, angle + random(-14, 14), random(80, 112));
  glassJar(x, 196);
  for (const [hx, hy, r] of picked) flower(hx, hy, r, random(360));
  fruit(120, 148, 38);
  if (random() < 0.5) fruit(182, 172, 30);
}

function heapedBowl() {
  room(random(20, 50), 210);
  const x = random(-50, -20);
  const rim = [[104, 156], [92, 154], [58, 134], [28, 94], [12, 56], [0, 54]];
  castShadow(x, 186, 110, 120);
  castShadow(166, 206, 46, 70);
  vessel(x, 190, rim, () => {
    const heap = [[-84, -118, 48], [88, -120, 46], [-10, -180, 46], [2, -122, 54], [-64, -168, 40], [60, -172, 38]];
    for (const [dx, dy, r] of heap.slice(0, floor(random(4, 6.99)))) fruit(dx + random(-8, 8), dy, r);
    leaf(20, -196, -40 + random(-16, 16), 82);
    leaf(-20, -190, 196 + random(-16, 16), 74);
  });
  band(x, 190, rim, 96, 88);
  for (let t = -0.84; t < 0.9; t += 0.24) {
    push();
    translate(x + t * 132, 190 - 62 + 22 * (1 - t * t));
    rotate(-30 * t);
    for (const angle of [-52, 0, 52]) dab(angle, 22, 6, INK.band);
    pop();
  }
  fruit(166, 162, 46);
}

function twoCups() {
  wash(-30, -150, 260, 130, INK.wall, 205);
  wash(20, 120, 300, 180, INK.table, 220);
  for (const y of [10, 60, 200, 238]) glaze(ribbon(-262, y, 262, y + random(-26, 6), random(4, 9)), INK.band, 110, { spread: 0.06, scatter: false });
  cup(122, 64, 0.92);
  const [x, y] = [-64, 186];
  castShadow(x, y, 150, 70);
  plate(x, y - 6, 176, 50);
  cup(x, y - 12, 1.42);
  castShadow(176, 190, 44, 60);
  fruit(180, 152, 46);
}

function rowOfBottles() {
  glaze(oval(10, -60, 300, 210, 0.3), INK.shadow, 190, { spread: 0.3, border: 0 });
  glaze(oval(-60, -120, 180, 150, 0.5), INK.band, 110, { spread: 0.4, border: 0 });
  lift([[-270, 92], [-80, 88], [100, 94], [270, 90], [270, 270], [-270, 270]]);
  glaze([[-270, 94], [-80, 90], [100, 96], [270, 92], [250, 230], [60, 256], [-150, 240], [-262, 250]], INK.table, 225, { spread: 0.1 + wetness / 6 });
  const bottle = (h, w) => [[h, w * 0.32], [h * 0.95, w * 0.36], [h * 0.92, w * 0.28], [h * 0.66, w * 0.3], [h * 0.54, w * 0.86], [h * 0.46, w], [h * 0.06, w], [0, w * 0.84]];
  const pot = (h, w) => [[h, w * 0.5], [h * 0.88, w * 0.42], [h * 0.66, w * 0.84], [h * 0.36, w], [h * 0.1, w * 0.76], [0, w * 0.6]];
  const box = (h, w) => [[h, w], [h * 0.5, w * 0.98], [0, w]];
  const row = [[-150, bottle, 250, 44], [-70, pot, 132, 60], [24, bottle, 300, 40], [92, box, 120, 36], [160, pot, 104, 50], [-208, pot, 90, 34]];
  const shown = row.slice(0, floor(random(4, 6.99))).map(([x, make, h, w]) => [x, random(140, 176), make(h * random(0.85, 1.1), w), w]);
  shown.sort((a, b) => a[1] - b[1]);
  for (const [x, y, profile, w] of shown) castShadow(x, y, w, profile[0][0] * 0.6);
  for (const [x, y, profile] of shown) {
    vessel(x, y, profile);
    if (random() < 0.4) band(x, y, profile, profile[0][0] * 0.42, profile[0][0] * 0.34);
  }
  const [x, y, profile] = shown.reduce((low, one) => (one[2][0][0] < low[2][0][0] ? one : low));
  sprig(x, y - profile[0][0]);
}

function glaze(points, colour, opacity, { spread = bleed, side = 180, texture = wetness, border = 0.4, scatter = true, round = true } = {}) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", side);
  brush.fillTexture(texture, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(round);
  pop();
}

function oval(x, y, rx, ry, wobble = 0.2, step = 18) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function ribbon(x0, y0, x1, y1, w) {
  const ts = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const edge = (side) => ts.map((t) => [lerp(x0, x1, t), lerp(y0, y1, t) + side * w * random(0.6, 1)]);
  return [...edge(-1), ...edge(1).reverse()];
}

function wash(x, y, rx, ry, colour, opacity) {
  for (const k of [1, 0.6]) glaze(oval(x + random(-0.3, 0.3) * rx, y + random(-0.2, 0.2) * ry, rx * k, ry * k, 1.2, 24), colour, opacity, { spread: 0.25 + wetness / 3, side: random(360), border: 0 });
}

function lift(points) {
  for (const side of [90, 270]) glaze(points, "#fffcf4", 255, { spread: 0.04, side, texture: 0, border: 0, scatter: false });
}

// A wall that fades out before the edge of the sheet, and a table from y downwards.
function room(y, depth) {
  wash(random(-50, 30), y - 150, 250, 150, INK.wall, 205);
  const edge = (level, rough) => [-270, -200, -130, -60, 10, 80, 150, 220, 270].map((x) => [x, level + rough * (noise(x / 90, level) - 0.5)]);
  for (const side of [270, 0]) glaze([...edge(y, 8), ...edge(y + depth * 0.85, depth * 0.8).reverse()], INK.table, 210, { spread: 0.06 + wetness / 8, side, border: 0.3, round: false });
}

function castShadow(x, y, w, h) {
  const throwOf = (k) => {
    const [dx, dy] = [h * shadow * k, h * shadow * k * 0.2];
    const ts = [0, 0.2, 0.4, 0.6, 0.8, 1];
    const edge = (side, from, to) => ts.map((t) => [x + lerp(from, to + dx, t), y + dy * t + side * w * lerp(0.16, 0.08, t) * random(0.8, 1.1)]);
    return [[x - w, y - 2], ...edge(1, -w * 0.5, w * 0.6), [x + w * 0.9 + dx, y + dy], ...edge(-1, 0, w * 0.6).reverse()];
  };
  glaze(throwOf(1), INK.shadow, 220, { spread: 0.05 + bleed, side: 0, border: 0.3 });
  glaze(throwOf(0.4), INK.shadow, 190, { spread: 0.1, side: 0, border: 0.1 });
  glaze(oval(x + w * 0.1, y + 1, w * 0.9, w * 0.1), INK.pot[2], 210, { spread: 0.08, side: 0, border: 0.1 });
}

// Turned on a wheel: heights and half widths from the lip down; what is inside is painted before the front.
function vessel(x, y, profile, inside = () => {}) {
  const [top, lip] = profile[0];
  const strip = (from, to) => [...profile.map(([h, w]) => [from * w, -h]), ...[...profile].reverse().map(([h, w]) => [to * w, -h])];
  const front = [[0, -top + lip * 0.17], ...strip(1, -1)];
  push();
  translate(x, y);
  lift(oval(0, -top, lip, lip * 0.17, 0.04));
  glaze(oval(0, -top, lip, lip * 0.17, 0.04), INK.pot[1], 230, { spread: 0.04 });
  glaze(oval(-lip * 0.15, -top, lip * 0.8, lip * 0.12, 0.1), INK.pot[2], 200, { spread: 0.06 });
  inside();
  for (let i = 0; i < 3; i++) lift(front);
  const coats = [[front, INK.pot[0], 235], [strip(-0.72, 1), INK.pot[1], 190], [strip(0.1, 1), INK.pot[1], 225], [strip(0.42, 0.97), INK.pot[2], 215], [strip(-0.1, 0.9), INK.pot[1], 190], [strip(0.66, 0.98), INK.pot[2], 225]];
  for (const [points, colour, opacity] of coats.slice(0, layers)) glaze(points, colour, opacity, { spread: bleed, side: 180, border: 0.5, scatter: false });
  glaze(strip(-0.66, -0.5).map(([px, py]) => [px, py * 0.6 - top * 0.22]), "#fffdf6", 225, { spread: 0.08, texture: 0.1, border: 0, scatter: false });
  pop();
}

function band(x, y, profile, from, to) {
  const widthAt = (h) => {
    const i = max(1, profile.findIndex(([level]) => level <= h));
    const [[above, wide], [below, narrow]] = [profile[i - 1], profile[i]];
    return map(h, below, above, narrow, wide);
  };
  const ts = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];
  const edge = (h) => ts.map((t) => [x + t * widthAt(h), y - h + 0.17 * widthAt(h) * (1 - t * t)]);
  glaze([...edge(from), ...edge(to).reverse()], INK.band, 225, { spread: 0.04, scatter: false });
}

function plate(x, y, rx, ry) {
  for (const [k, dy] of [[1, 0], [0.62, -4]]) {
    lift(oval(x, y + dy, rx * k, ry * k, 0.03));
    glaze(oval(x, y + dy, rx * k, ry * k, 0.03), INK.pot[0], 225, { spread: 0.04, border: 0.9 });
    glaze(oval(x + 14 * k, y + dy + 4, rx * k * 0.9, ry * k * 0.84, 0.1), INK.pot[1], 120, { spread: 0.12 });
  }
}

function cup(x, y, size) {
  const profile = [[104, 78], [92, 77], [60, 72], [30, 58], [10, 38], [0, 34]].map(([h, w]) => [h * size, w * size]);
  const loop = [[66, -92], [98, -100], [124, -78], [114, -44], [88, -26], [50, -22], [54, -36], [82, -42], [96, -54], [103, -74], [92, -84], [66, -78]].map(([px, py]) => [x + size * px, y + size * py]);
  if (size < 1) castShadow(x, y, 56 * size, 90 * size);
  for (const colour of ["#fffcf4", ...INK.pot.slice(0, 2)]) glaze(loop, colour, 230, { spread: 0.04, side: random([0, 90, 270]), scatter: false, round: false });
  vessel(x, y, profile, () => glaze(oval(4, -96 * size, 62 * size, 8 * size), "#8a4a24", 220, { spread: 0.06 }));
  band(x, y, profile, 96 * size, 90 * size);
  for (let t = -0.7; t < 0.8; t += 0.35) {
    push();
    translate(x + t * 70 * size, y - size * (58 - 11 * (1 - t * t)));
    for (let a = 0; a < 360; a += 72) dab(a + random(-8, 8), 15 * size, 4.4 * size, INK.band);
    pop();
  }
}

// One touch of a pointed brush, from (0, 0) outwards.
function dab(angle, len, w, colour) {
  push();
  rotate(angle);
  glaze([[0, 0], [-w, -len * 0.6], [0, -len], [w, -len * 0.6]], colour, 225, { spread: 0.06, scatter: false });
  pop();
}

function fruit(x, y, r) {
  const [pale, body, dark] = INK.fruit;
  push();
  translate(x, y);
  const skin = oval(0, 0, r * 1.04, r, 0.2);
  lift(skin);
  const coats = [[pale, 240, 1, 0], [pale, 210, 0.95, 0.04], [body, 230, 0.82, 0.14], [dark, 205, 0.56, 0.34], [body, 200, 0.7, 0.2], [dark, 225, 0.44, 0.43]];
  for (const [colour, opacity, k, away] of coats.slice(0, layers)) {
    glaze(skin.map(([px, py]) => [px * k + r * away, py * k + r * away * 0.6]), colour, opacity, { spread: bleed * (k < 0.9 ? 1.8 : 0.8), border: k < 0.9 ? 0.1 : 0.6 });
  }
  glaze(oval(r * 0.08, -r * 0.7, r * 0.13, r * 0.07, 0.5, 40), "#5a5f34", 235, { spread: 0.08, scatter: false });
  glaze(oval(-r * 0.4, -r * 0.36, r * 0.14, r * 0.18, 0.5, 30), "#fffdf4", 235, { spread: 0.14, texture: 0.1, border: 0, scatter: false });
  pop();
}

function stem(points) {
  const edge = (side) => points.map(([x, y]) => [x + side * random(1.4, 2.6), y]);
  for (const side of [90, 270]) glaze([...edge(-1), ...edge(1).reverse()], random(["#6f8f4c", "#3f6f44"]), 240, { spread: 0.04, side, texture: 0.2, scatter: false, round: false });
}

function leaf(x, y, angle, len) {
  const bend = random(-0.2, 0.2);
  const rim = (t, side) => [len * t, bend * len * t * t + side * len * 0.2 * sin(180 * pow(t, 0.8))];
  const ts = [0, 0.2, 0.4, 0.6, 0.8, 1];
  push();
  translate(x, y);
  rotate(angle);
  for (const [colour, over, under] of [["#b4c48a", -1, 1], ["#4f7f4c", -0.96, -0.05], ["#2f5f48", -0.6, 0.5]].slice(0, max(2, layers - 2))) {
    glaze([...ts.map((t) => rim(t, over)), ...[...ts].reverse().map((t) => rim(t, under))], colour, 225, { spread: bleed * 0.8, scatter: false, round: false });
  }
  pop();
}

function flower(x, y, r, turn) {
  const [pale, deep] = INK.petal;
  push();
  translate(x, y);
  scale(1, random(0.76, 0.96));
  for (let i = 0; i < 7; i++) {
    push();
    rotate(turn + i * 51 + random(-7, 7));
    const petal = (k) => [[-r * 0.08, -r * 0.1], [-r * 0.3 * k, -r * 0.6 * k], [-r * 0.18 * k, -r * k], [r * 0.14 * k, -r * k * 1.04], [r * 0.3 * k, -r * 0.66 * k], [r * 0.08, -r * 0.1]];
    lift(petal(1));
    glaze(petal(1), pale, 235, { border: 0.7 });
    glaze(petal(random(0.62, 0.94)), deep, 205, { spread: bleed * 1.5, side: 90 });
    pop();
  }
  glaze(oval(0, 0, r * 0.24, r * 0.22), "#d99a1c", 245, { spread: 0.1 });
  glaze(oval(r * 0.06, r * 0.06, r * 0.15, r * 0.12), "#5f3a1c", 230, { spread: 0.12 });
  pop();
}

function glassJar(x, y) {
  const profile = [[142, 58], [130, 56], [118, 60], [96, 74], [50, 78], [14, 72], [0, 60]];
  const strip = (from, to, below = 200) => {
    const rows = profile.filter(([h]) => h < below);
    return [...rows.map(([h, w]) => [x + from * w, y - h]), ...rows.reverse().map(([h, w]) => [x + to * w, y - h])];
  };
  glaze(strip(-1, 1), "#a9c4cc", 190, { spread: 0.04, border: 1, scatter: false });
  glaze(strip(-0.96, 0.96, 100), "#6f9cae", 190, { spread: 0.05, border: 0.6, scatter: false });
  if (layers > 3) glaze(strip(0.5, 0.98, 100), INK.shadow, 180, { spread: bleed, scatter: false });
  glaze(oval(x, y - 142, 58, 7, 0.05), "#5f8496", 200, { spread: 0.04, border: 1, scatter: false });
  glaze(strip(-0.84, -0.7, 92), "#fffef8", 245, { spread: 0.05, texture: 0.1, border: 0, scatter: false });
}

function sprig(x, y) {
  const tip = [x + random(20, 50), y - random(100, 140)];
  stem([tip, [lerp(x, tip[0], 0.4), lerp(y, tip[1], 0.6)], [x, y + 6]]);
  for (const t of [0.35, 0.6, 0.8, 1]) {
    for (const side of t === 1 ? [-60] : [-130, 10]) leaf(lerp(x, tip[0], t * t), lerp(y, tip[1], t), side + random(-16, 16), random(46, 64));
  }
  flower(tip[0], tip[1], 34, random(360));
}
