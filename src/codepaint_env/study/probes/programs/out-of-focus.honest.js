// A tree through the seasons: crowns in glazes from light to dark, white birches, a bough seen close.
const palette = "golden";
const composition = "leaning over still water";
const layers = 5;
const bleed = 0.10;
const wetness = 0.40;
const fullness = 0.8;
const lean = 4;
const seed = 31067;

const PAPER = "#fbf7ec";
const INKS = {
  golden: { sky: "#a3c2d6", far: "#a4a9b0", ground: "#c9ac5c", bark: "#43302c", leaf: ["#fae27c", "#f2b022", "#cc7416", "#7e3d18"] },
};
const ink = INKS[palette];
const SCENES = {
  "leaning over still water": lakeside,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  SCENES[composition]();
}

function hill() {
  const x = random([-60, 44]) - 3 * lean;
  wash(-x, -150, 190, 80, ink.sky, 190);
  wash(x, -40, 220, 70, ink.sky, 120);
  coat(ridge(84, 50, 3), ink.far, { opacity: 170, spread: 0.14, rim: 0.1 });
  for (let i = 0; i < 8; i++) coat(ragged(-x * 2.2 + (i - 4) * random(14, 20), random(112, 120), random(9, 24)), ink.far, { opacity: 210 });
  coat(ridge(140, 40, 8), ink.ground, { spread: 0.06 });
  coat(blob(x + 66, 168, 118, 13, 0.6), earth(), { opacity: 220, spread: 0.14, rim: 0.1 });
  foliage(grow(x, 166, -90 + lean, 104, 10.5, 3));
  coat(ridge(224, 40, 14), earth(), { opacity: 150, spread: 0.16, rim: 0.1 });
  flecks(x, 160, 150, 24, 14);
}

function lakeside() {
  wash(90, -170, 220, 90, ink.sky, 180);
  wash(-60, -60, 220, 60, ink.leaf[0], 110);
  coat(blob(120, 50, 250, 34, 0.8), ink.far, { opacity: 180, spread: 0.14, rim: 0.1 });
  coat(ridge(64, 4, 20), ink.sky, { opacity: 190, spread: 0.05, rim: 0.2 });
  const crown = grow(-128, 84, -72 + lean, 92, 12, 3);
  const below = ([x, y, r], slip) => blob(x + slip, 136 - y * 0.62 + slip, r * 1.5, r * 0.4, 1.2);
  for (const tip of clumps(crown.tips)) {
    coat(below(tip, random(-14, 12)), random(ink.leaf.slice(0, 3)), { opacity: 190, spread: 0.18, rim: 0 });
  }
  const [{ from: foot, to: fork }] = crown.limbs;
  limb({ from: [foot[0] + 8, 92], to: [fork[0], 136 - fork[1] * 0.62], w: 9 });
  wash(60, 256, 260, 30, ink.far, 190);
  const bank = [[-270, 62], [-200, 66], [-130, 74], [-60, 88], [-20, 100], [-90, 112], [-180, 128], [-270, 150]];
  coat(bank, ink.ground, { spread: 0.06 });
  coat(bank.map(([x, y]) => [x - 40, y * 0.7 + 40]), earth(), { opacity: 190, spread: 0.1 });
  for (let i = 0; i < 7; i++) coat(ragged(random(-256, -60), random(78, 108), random(8, 16)), earth(), { opacity: 150 });
  foliage(crown);
  for (let i = 0; i < 6; i++) lift(blob(random(-140, 200), 120 + i * 22, random(24, 70), 1.6, 0.5));
}

function birches() {
  for (const [tone, low] of [[0, 130], [0, 40], [1, -30], [1, -110], [2, -170]]) {
    coat(canopy(low), ink.leaf[tone], { opacity: 170, spread: 0.2 + wetness / 4, side: 270, rim: 0, bend: 0.6 });
  }
  coat(ridge(150, 40, 2), ink.ground, { spread: 0.16, rim: 0.1 });
  coat(ridge(206, 50, 9), earth(), { opacity: 150, spread: 0.2, rim: 0.1 });
  for (let i = 0; i < 14; i++) coat(ragged(random(-256, 256), random(-256, -60), random(18, 60)), random(ink.leaf.slice(0, 3)), { opacity: 170, rim: 0.1 });
  for (let x = -220; x < 250; x += random(50, 80)) farTrunk(x + random(-20, 20));
  const flip = random([-1, 1]);
  for (const [x, w, foot] of [[150, 11, 186], [-34, 14, 200], [-112, 27, 280]]) {
    const px = flip * x + random(-16, 16);
    birch(px, w, foot);
    for (const k of [3, 2]) coat(blob(px, foot + w * 0.3, w * k, w * 0.36, 1), earth(), { opacity: 210, spread: 0.15, rim: 0.1 });
  }
  for (const x of [-240, -190, -70, -10, 70, 190, 238]) drape(flip * x, random(-290, -250), random(90, 250));
  flecks(0, 0, 240, 150, 12);
  flecks(0, 226, 240, 24, 22);
}

function bough() {
  const flip = random([-1, 1]);
  const spine = [[270, -186], [180, -150], [92, -96], [10, -82], [-74, -30], [-140, 6], [-178, 66]].map(([x, y]) => [flip * x, y + random(-12, 12)]);
  wash(flip * 40, -60, 220, 150, ink.sky, 170);
  wash(flip * -60, 60, 150, 90, ink.leaf[0], 150);
  const ends = [];
  spine.slice(0, -1).forEach((from, i) => limb({ from, to: spine[i + 1], w: 9 - i * 1.2 }));
  spine.slice(1, -1).forEach(([x, y], i) => {
    const turn = i % 2 ? 1 : -1;
    const to = [x - flip * random(10, 50), y + turn * random(60, 96) + (turn > 0 ? 20 : 0)];
    limb({ from: [x, y], to, w: 3 });
    ends.push(to, [lerp(x, to[0], 0.5), lerp(y, to[1], 0.5)]);
  });
  const spots = [...ends, ...spine.slice(2)].filter(() => random() < 0.35 + 0.65 * fullness);
  for (const [x, y] of spots) {
    if (palette === "cherry-pink") for (const r of [random(16, 24), random(26, 38)]) blossom(x + random(-22, 22), y + random(-16, 16), r);
    else for (const turn of [-1, 1]) leaf(x, y, 90 + turn * random(20, 75), random(62, 92));
  }
}

// One coat of paint in an outline; the pigment pools at `side`: 0 left, 90 below, 180 right, 270 above.
function coat(points, colour, { opacity = 225, spread = bleed, side = 90, grain = wetness, rim = 0.4, scatter = true, bend = 0.5 } = {}) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", side);
  brush.fillTexture(grain, rim, scatter);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function wash(x, y, rx, ry, colour, opacity) {
  coat(blob(x, y, rx, ry, 1.3), colour, { opacity, spread: 0.3 + wetness / 3, side: random(360), rim: 0 });
}

// Takes paint off again, down to the paper.
function lift(points) {
  for (const side of [90, 270]) coat(points, PAPER, { opacity: 255, spread: 0.03, side, grain: 0, rim: 0, scatter: false });
}

function blob(x, y, rx, ry, wobble) {
  const from = random(100);
  const around = Array.from({ length: 20 }, (_, i) => i * 18);
  return around.map((a) => {
    const k = 1 + wobble * (noise(from + 1.3 * cos(a), from + 1.3 * sin(a)) - 0.5);
    return [x + rx * k * cos(a), y + ry * k * sin(a)];
  });
}

// The top of a hill or of water across the sheet, closed along `low`.
function ridge(top, height, from, low = 290) {
  const xs = Array.from({ length: 18 }, (_, i) => -289 + i * 34);
  return [...xs.map((x) => [x, top - height * (noise(from + x / 130) - 0.3)]), [289, low], [-289, low]];
}

// Leaves in the mass, from the top of the sheet down to a broken edge.
function canopy(low) {
  const xs = Array.from({ length: 24 }, (_, i) => 300 - i * 26);
  return [[-300, -300], [300, -300], ...xs.map((x) => [x, low + 120 * (noise(low, x / 110) - 0.5) + random(-22, 22)])];
}

// Limbs fork three ways at the first joint, then two; leaves will be at the `tips`.
function grow(x, y, angle, len, w, order, crown = { limbs: [], tips: [] }) {
  const to = [x + len * cos(angle), y + len * sin(angle)];
  crown.limbs.push({ from: [x, y], to, w, flare: crown.limbs.length ? 0 : 0.9 });
  if (order < 3) crown.tips.push(to);
  if (order > 0) for (const turn of order === 3 ? [-1.5, 0.1, 1.4] : [-1, 1]) {
    grow(...to, angle + turn * random(14, 34), len * random(0.62, 0.76), w * 0.56, order - 1, crown);
  }
  return crown;
}

function clumps(tips) {
  return tips.filter(() => random() < 0.3 + 0.7 * fullness).map(([x, y]) => [x, y, random(34, 52)]);
}

// All light coats first, then the limbs, then darker and smaller coats that slip down, away from the light.
function foliage({ limbs, tips }) {
  const masses = clumps(tips);
  for (let k = 0; k < layers; k++) {
    for (const [x, y, r] of masses) {
      if (k > 1 && random() < 0.2) continue;
      const [size, slip] = [r * 1.25 * pow(0.76, k), random(0.1, 0.3) * r * k];
      const points = ragged(x + slip + random(-10, 10), y + slip + random(-8, 8), size);
      coat(points, ink.leaf[min(k, 3)], { opacity: k ? 200 : 180, side: 180, rim: 0.3, bend: 0.35 });
    }
    if (k === 0) limbs.forEach(limb);
  }
  for (const [x, y, r] of masses) flecks(x, y, r * 1.6, r * 1.4, 2);
}

// Earth and shade: the ground with bark in it.
function earth() {
  return "" + lerpColor(color(ink.ground), color(ink.bark), 0.45);
}

function ragged(x, y, r) {
  const around = Array.from({ length: 28 }, (_, i) => (i * 360) / 28);
  return around.map((a) => [x + r * random(0.72, 1.12) * cos(a), y + 0.8 * r * random(0.72, 1.12) * sin(a)]);
}

function flecks(x, y, rx, ry, count) {
  for (let i = 0; i < count; i++) {
    const [a, d] = [random(360), sqrt(random())];
    const [px, py, r] = [x + rx * d * cos(a), y + ry * d * sin(a), random(2, 4.5)];
    coat([[px - r, py], [px, py - r * 0.6], [px + r * 1.2, py + r * 0.3], [px, py + r * 0.7]], random(ink.leaf.slice(1)), { spread: 0.05, grain: 0.1 });
  }
}

// A hanging twig of birch leaves.
function drape(x, y, len) {
  for (let d = 0; d < len; d += random(14, 24)) {
    const px = x + random(-18, 18);
    if (random() < 0.3 + 0.7 * fullness) leaf(px, y + d, 90 + random(-60, 60), random(16, 26), 1);
  }
}

function limb({ from: [ax, ay], to: [bx, by], w, flare = 0 }) {
  const a = atan2(by - ay, bx - ax);
  const edge = (t, side, k) => {
    const h = side * k * w * lerp(1, 0.62, t) * random(0.8, 1.1) * (1 + flare * pow(1 - t, 4));
    return [lerp(ax, bx, t) - h * sin(a), lerp(ay, by, t) + h * cos(a)];
  };
  const ts = [-0.03, 0.15, 0.4, 0.7, 1.03];
  const outline = (over, under) => [...ts.map((t) => edge(t, -1, over)), ...ts.toReversed().map((t) => edge(t, 1, under))];
  coat(outline(1, 1), ink.bark, { opacity: 245, spread: 0.04, grain: 0.3, side: 0, scatter: false });
  if (w > 3) coat(outline(-0.1, 0.95), ink.bark, { opacity: 245, spread: 0.04, grain: 0.3, side: 180, scatter: false });
}

function trunk(x, w, foot) {
  const middle = (y) => x + lean * ((foot - y) / 120) + 22 * (noise(x, y / 160) - 0.5);
  const ys = Array.from({ length: 12 }, (_, i) => lerp(foot, -272, i / 11));
  const side = (k) => ys.map((y) => [middle(y) + k * w * lerp(1.1, 0.75, (foot - y) / 500) * random(0.94, 1.06), y]);
  return { middle, strip: (left, right) => [...side(left), ...side(right).reverse()] };
}

function farTrunk(x) {
  coat(trunk(x, random(3, 6), random(120, 160)).strip(-1, 1), PAPER, { opacity: 225, spread: 0.04, grain: 0.1, rim: 0, scatter: false });
}

// White bark is the paper; the shaded side is cool, the marks run round the trunk from its edges.
function birch(x, w, foot) {
  const { middle, strip } = trunk(x, w, foot);
  lift(strip(-1, 1));
  lift(strip(-1, 0.8));
  coat(strip(0.35, 1), "#8d93b0", { opacity: 150, spread: 0.06, scatter: false });
  coat(strip(0.72, 1.02), "#6a6c88", { opacity: 170, spread: 0.05, scatter: false });
  coat(strip(-1, -0.82), "#8d93b0", { opacity: 120, spread: 0.04, scatter: false });
  for (let y = foot - 12; y > -256; y -= random(14, 44)) {
    const edge = random([-1, -1, 1]);
    const [px, reach, h] = [middle(y) + edge * w * lerp(1, 0.76, (foot - y) / 500), -edge * w * random(0.4, 1.3), random(1.2, w * 0.2)];
    coat([[px, y - h], [px + reach * 0.6, y - h * 0.5], [px + reach, y + 1], [px + reach * 0.5, y + h], [px, y + h]], ink.bark, { opacity: 245, spread: 0.06, grain: 0.2, scatter: false });
  }
}

// A leaf from its stalk: a light coat over all, a darker one on the half away from the light.
function leaf(x, y, angle, len, coats = layers) {
  const droop = random(-0.15, 0.15) * len;
  const at = (t, s) => {
    const [u, v] = [len * t, droop * t * t + s * len * 0.26 * sin(180 * pow(t, 0.75)) * random(0.93, 1.07)];
    return [x + u * cos(angle) - v * sin(angle), y + u * sin(angle) + v * cos(angle)];
  };
  const ts = [0, 0.12, 0.3, 0.5, 0.7, 0.88, 1];
  const half = (over, under) => [...ts.map((t) => at(t, over)), ...ts.slice(1, -1).toReversed().map((t) => at(t, under))];
  const tone = random(coats > 1 ? [0, 0, 1] : [1, 2, 3]);
  coat(half(-1, 1), ink.leaf[tone], { side: 270, rim: 0.6, scatter: false });
  if (coats > 1) coat(half(-0.97, 0.92), ink.leaf[tone + 1], { opacity: 215, rim: 0.5, scatter: false });
  if (coats > 3) coat(half(0.06, 0.92), ink.leaf[tone + 2], { opacity: 200, scatter: false });
}

function blossom(x, y, r) {
  const turn = random(72);
  const rosette = (k) => Array.from({ length: 30 }, (_, i) => {
    const d = r * k * (0.6 + 0.4 * pow(abs(cos(2.5 * (i * 12))), 0.6)) * random(0.94, 1.05);
    return [x + d * cos(i * 12 + turn), y + d * sin(i * 12 + turn)];
  });
  lift(rosette(0.96));
  [1, 0.96, 0.62, 0.4, 0.28, 0.2].slice(0, layers).forEach((k, i) => {
    coat(rosette(k), ink.leaf[min(i, 3)], { opacity: 205, side: random(360), rim: i < 2 ? 0.6 : 0.2, scatter: false });
  });
  push();
  brush.set("cpencil", "#fbe6b4", 1);
  for (let a = turn; a < 360 + turn; a += 40) {
    const d = r * random(0.3, 0.5);
    brush.spline([[x, y, 1], [x + d * 0.5 * cos(a + 4), y + d * 0.5 * sin(a + 4), 0.9], [x + d * cos(a), y + d * sin(a), 0.7]], 0.5);
  }
  pop();
}
