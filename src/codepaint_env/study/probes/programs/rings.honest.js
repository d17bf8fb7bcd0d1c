// Mushrooms on a forest floor: domes glazed from a lit side to a dark one, pale stems, gills, moss, fern and leaf litter.
const palette = "scarlet";
const composition = "in a family of five";
const layers = 5;
const bleed = 0.06;
const wetness = 0.40;
const warts = 9;
const lean = 8;
const seed = 31061;

const PAPER = "#faf5e8";
const INKS = {
  // cap from its lit side to its shadow, then what lies behind and below
  scarlet: { cap: ["#f8a585", "#e43e28", "#ac1620", "#5c0c1c"], mist: "#a9c0b8", moss: ["#bccb74", "#6f9444", "#2f5638"], litter: ["#c99a5c", "#8a5a34"] },
};
const ink = INKS[palette];
const SHADE = "#8d8298";
const SCENES = {
  "in a family of five": family,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  SCENES[composition]();
}

function family() {
  const flip = random([-1, 1]);
  wash(flip * -40, -40, 220, 150, ink.mist, 190);
  wash(flip * 150, 70, 120, 90, ink.moss[0], 150);
  floorOf(140);
  litter(12, 215);
  fern(flip * -200, 180, -90 - flip * 16, 170);
  for (const [x, y, h, w, view] of [[96, 148, 150, 62, -0.5], [-92, 160, 116, 70, 0.5], [10, 176, 216, 96, -0.6], [154, 190, 74, 46, 0.4], [-36, 212, 62, 44, 0.7]]) {
    mushroom(flip * (x + random(-10, 10)), y, h * random(0.9, 1.1), w, flip * x * 0.16 + lean, view);
    tuft(flip * x, y + 14, w * 0.5, 7);
  }
}

function forest() {
  const flip = random([-1, 1]);
  wash(0, -140, 310, 240, ink.mist, 200);
  wash(flip * -80, 10, 240, 110, ink.moss[0], 140);
  for (const [depth, step] of [[0.3, 60], [0.62, 120], [1, 260]]) {
    for (let x = -250; x < 260; x += step * random(0.7, 1.3)) trunk(x, depth);
    coat(blob(random(-60, 60), 40 + 60 * depth, 290, 50, 0.5), PAPER, { opacity: 150, spread: 0.25, rim: 0 });
  }
  for (let i = 0; i < 5; i++) coat(blob(-230 + i * 115, random(118, 136), random(60, 100), random(16, 34), 1), random([ink.moss[0], ink.moss[1]]), { opacity: 190, spread: 0.2, rim: 0.1 });
  floorOf(136);
  litter(8, 225);
  fern(flip * -170, 190, -90 - flip * 10, 120);
  fern(flip * -206, 200, -90 + flip * 30, 100);
  mushroom(flip * 126, 176, 66, 40, lean, 0.4);
  mushroom(flip * 66, 196, 112, 62, lean, -0.5);
  mushroom(flip * 22, 210, 44, 27, -lean, 0.5);
  for (const x of [20, 70, 130, -150]) tuft(flip * x, 222, 38, 9);
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
function lift(points, colour = PAPER) {
  for (const side of [90, 270]) coat(points, colour, { opacity: 255, spread: 0.03, side, grain: 0, rim: 0, scatter: false });
}

function strokes(lines, colour, w, kind = "cpencil") {
  push();
  brush.set(kind, colour, w);
  for (const points of lines) brush.spline(points, 0.6);
  pop();
}

function blob(x, y, rx, ry, wobble, step = 18) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + 1.3 * cos(a), from + 1.3 * sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

// The forest floor: a light coat, a darker one below it, hollows in the dark.
function floorOf(y) {
  const top = (low, wave, from) => [...Array.from({ length: 15 }, (_, i) => [-273 + i * 39, low + wave * (noise(from, i / 2.5) - 0.5) + random(-5, 5)]), [273, 266], [-273, 266]];
  coat(top(y, 50, 1), ink.moss[0], { spread: 0.12, rim: 0.2 });
  coat(top(y + 24, 60, 9), ink.moss[1], { opacity: 200, spread: 0.14, rim: 0.1 });
  for (let i = 0; i < 4; i++) coat(blob(random(-240, 240), random(y + 40, 256), random(50, 110), random(8, 18), 0.8), random([ink.moss[2], ink.litter[1]]), { opacity: 170, spread: 0.2, rim: 0 });
}

// Blades that stand in one fan, in two coats.
function tuft(x, y, reach, count) {
  for (const tone of [1, 2]) {
    const points = [[x - reach * 0.6, y + 6]];
    for (let i = 0; i < count; i++) {
      const t = i / (count - 1) - 0.5;
      points.push([x + reach * (2 * t + random(-0.2, 0.2)), y - reach * random(0.4, 1) * (1.1 - abs(t))], [x + reach * t * 1.2 + 2, y]);
    }
    coat([...points, [x + reach * 0.6, y + 6]], ink.moss[tone], { opacity: 215, spread: 0.04, grain: 0.3, scatter: false, bend: 0.1 });
  }
}

// A frond is one saw-toothed outline about a rib that droops.
function fern(x, y, angle, len) {
  const droop = (angle < -90 ? -1 : 1) * 0.35;
  const at = (t, s) => {
    const [u, v] = [len * t, len * (droop * t * t + s)];
    return [x + u * cos(angle) - v * sin(angle), y + u * sin(angle) + v * cos(angle)];
  };
  const teeth = Array.from({ length: 15 }, (_, i) => 0.14 + i * 0.058);
  const edge = (side, k) => teeth.flatMap((t) => [at(t, side * 0.012), at(t + 0.07, side * k * 0.27 * sin(180 * pow(1.03 - t, 1.3)) * random(0.85, 1.1))]);
  for (const [tone, k] of [[1, 1], [2, 0.7]]) {
    const outline = [at(0, -0.008), ...edge(-1, k), at(1.04, 0), ...edge(1, k).reverse(), at(0, 0.008)];
    coat(outline, ink.moss[tone], { opacity: tone > 1 ? 150 : 205, spread: 0.03, grain: wetness * 0.7, scatter: false, bend: 0.1 });
  }
}

function litter(count, y) {
  for (let i = 0; i < count; i++) {
    const [px, py, r, a] = [random(-240, 240), y + random(-26, 26), random(7, 15), random(-40, 40)];
    const leaf = [[-1, 0], [-0.4, -0.4], [0.3, -0.42], [1, 0], [0.4, 0.34], [-0.4, 0.36]].map(([u, v]) => [px + r * (u * cos(a) - v * sin(a)), py + r * (u * sin(a) + v * cos(a)) * 0.7]);
    coat(leaf, random(ink.litter), { opacity: 230, spread: 0.06, grain: 0.3, scatter: false });
  }
}

function trunk(x, depth) {
  const w = lerp(5, 17, depth * depth) * random(0.7, 1.2);
  const drift = random(-14, 14);
  const foot = 90 + 50 * depth;
  const side = (s) => [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1].map((t) => [x + drift * t + s * w * (0.8 + 0.7 * pow(t, 6)) * random(0.9, 1.1), lerp(-270, foot, t)]);
  const bark = "" + lerpColor(color(ink.mist), color("#3d3a44"), depth * 0.8);
  coat([...side(-1), ...side(1).reverse()], bark, { opacity: 100 + 90 * depth, spread: 0.05, rim: 0.2, scatter: false });
  if (depth === 1) coat([...side(0.2), ...side(1).reverse()], bark, { opacity: 150, spread: 0.05, scatter: false });
}

// A mushroom that stands at (x, y). Its cap is seen from below where `view` is negative, and from above where it is positive.
function mushroom(x, y, h, w, bow, view) {
  const [cx, cy] = [x + bow, y - h];
  const mouth = abs(view) * w * 0.36;
  coat(blob(x + w * 0.5, y + 4, w * 0.9, w * 0.12, 0.4), ink.moss[2], { opacity: 200, spread: 0.15, rim: 0 });
  if (view > 0) stem(x, y, cx, cy + mouth * 0.7, w);
  cap(cx, cy, w, view < 0 ? -mouth * 0.8 : mouth, bow * 0.25);
  if (view < 0) {
    gills(cx, cy, w, mouth, bow * 0.25);
    stem(x, y, cx, cy + mouth * 0.1, w);
  }
}

function stem(x, y, tx, ty, w) {
  const half = w * lerp(0.2, 0.15, w / 150);
  const at = (t, s) => [lerp(x, tx, t * t) + s * half * (0.8 + 0.75 * pow(1 - t, 3)) * random(0.97, 1.03), lerp(y, ty, t)];
  const ts = [0, 0.1, 0.25, 0.5, 0.75, 1];
  const strip = (left, right) => [...ts.map((t) => at(t, left)), ...ts.toReversed().map((t) => at(t, right))];
  const clean = { spread: 0.05, scatter: false };
  lift(strip(-1, 1));
  lift(strip(-1, 1), "#f8eedb");
  coat(strip(-1, 1), "#e2d0b4", { ...clean, opacity: 130, rim: 0.9 });
  coat(strip(0.2, 1), SHADE, { ...clean, opacity: 110, spread: 0.14, rim: 0 });
  coat(strip(0.6, 1), SHADE, { ...clean, opacity: 150, rim: 0 });
  coat([at(0.84, -1), at(1, -1), at(1, 1), at(0.76, 1)], SHADE, { ...clean, opacity: 190, rim: 0 });
  if (w < 60) return;
  const skirt = [at(0.82, -0.9), at(0.72, -1.3), at(0.64, -2), at(0.62, -1.2), at(0.64, -0.5), at(0.6, 0.2), at(0.63, 0.9), at(0.62, 1.9), at(0.72, 1.3), at(0.82, 0.9)];
  lift(skirt, "#f8eedb");
  coat(skirt, "#d8c4ac", { ...clean, opacity: 150, rim: 1, side: 180 });
}

function cap(cx, cy, w, lip, turn) {
  const [dome, from] = [w * random(0.62, 0.86), random(100)];
  const points = (k, bound = -2) => {
    const rim = [];
    for (let a = 180; a < 540; a += 12) {
      const r = 1 + 0.08 * (noise(from + cos(a), from + sin(a)) - 0.5);
      const v = k * r * (sin(a) < 0 ? -dome * pow(-sin(a), 0.85) : lip * sin(a));
      const u = w * r * k * cos(a);
      const shadow = w * (bound + 0.8 * pow(v / dome, 2) + random(-0.05, 0.05)); // where the shadow begins at this height
      const [px, py] = [max(u, min(shadow, abs(u))), v];
      rim.push([cx + px * cos(turn) - py * sin(turn), cy + px * sin(turn) + py * cos(turn)]);
    }
    return rim;
  };
  lift(points(0.99));
  [-2, -2, -0.6, -0.15, 0.2, 0.45].slice(0, layers).forEach((bound, i) => {
    const wet = i < 2 ? { rim: 0.6 } : { rim: 0, spread: 0.14 + bleed };
    coat(points(i ? 0.97 : 1, bound), ink.cap[min(i, 3)], { opacity: i < 2 ? 250 : 190, side: random([0, 90, 180]), ...wet });
  });
  const gleam = [[196, 0.86], [212, 0.88], [230, 0.88], [246, 0.86], [230, 0.8], [212, 0.78]];
  coat(gleam.map(([a, k]) => [cx + w * k * cos(a), cy + dome * k * pow(-sin(a), 0.85) * -1]), PAPER, { opacity: 200, spread: 0.12, grain: 0, rim: 0, scatter: false });
  for (let i = 0; i < min(warts, w / 7); i++) {
    const [a, d] = [random(195, 345), sqrt(random(0.05, 0.8))];
    const r = w * random(0.04, 0.085) * (1.2 - 0.6 * d);
    const [px, py] = [cx + w * d * cos(a), cy + dome * d * sin(a) * 0.96];
    if (w > 40) coat(blob(px + r * 0.4, py + r * 0.5, r, r * 0.8, 0.5, 40), ink.cap[3], { opacity: 170, spread: 0.08, scatter: false });
    lift(blob(px, py, r, r * 0.8, 0.6, 40));
  }
}

function gills(cx, cy, w, mouth, turn) {
  const at = (a, k) => {
    const [px, py] = [w * 0.97 * k * cos(a), mouth * k * sin(a)];
    return [cx + px * cos(turn) - py * sin(turn), cy + px * sin(turn) + py * cos(turn)];
  };
  const disc = (k) => Array.from({ length: 24 }, (_, i) => at(i * 15, k));
  lift(disc(1), "#f6ead2");
  coat(disc(1), "#dcc3a0", { opacity: 190, spread: 0.04, rim: 0.8, scatter: false });
  coat(disc(0.62), SHADE, { opacity: 200, spread: 0.14, rim: 0, scatter: false });
  const count = round(w / 2.6);
  const lines = Array.from({ length: count }, (_, i) => (i * 360) / count).map((a) => [0.2, 0.6, random(0.86, 0.95)].map((k) => [...at(a, k), 0.8]));
  strokes(lines, "#b39a84", w > 60 ? 0.8 : 0.5);
}
