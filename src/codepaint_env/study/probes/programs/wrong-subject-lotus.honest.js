// Old houses: sunlit walls left nearly white, roofs in one warm coat, cool shadows glazed over.
const palette = "terracotta";
const composition = "stacked up a hillside";
const layers = 3;
const bleed = 0.10;
const wetness = 0.45;
const crook = 1.4;
const seed = 31037;

const INKS = {
  // paper, sky, walls, roofs, other roofs, shutters, shadow, dark, green
  terracotta: ["#fcf5e8", "#5f94c4", "#f0d4a0", "#c64c22", "#d8803c", "#2f7c88", "#7672b0", "#33203a", "#68803a"],
};
const [PAPER, SKY, WALL, ROOF, TILE, SHUTTER, SHADOW, DARK, GREEN] = INKS[palette];
const LAMP = "#f8b43c";
const dusk = composition === "snowy roofs and lit windows at dusk";

const PICTURES = {
  "stacked up a hillside": hillside,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  PICTURES[composition]();
}

function hillside() {
  const side = random([-1, 1]);
  const size = random([1, 1.3, 1.8]);
  const peak = side * random(20, 110);
  const rows = round(5.6 / size);
  sky(-60);
  form(hill(-20, 70), blend(SKY, SHADOW, 0.5), 170, bleed + 0.05, 0.2, 0.3);
  meadow(40 + 60 * size);
  const gap = random([24, 24, 90, 0]); // between vines, between olive trees, or a bare field
  for (let y = 170 + 10 * size; gap && y < 270; y += 0.9 * gap) {
    for (let x = -260; x < 260; x += gap * random(0.9, 1.4)) bush(x, y - side * 0.1 * x, gap * 0.13 + y / 40);
  }
  wash(peak, 50, 120 * size, 110, blend(GREEN, SHADOW, 0.4), 180);
  tower(peak + side * 20, -70, 28 * size, random(70, 90) * size);
  for (let r = 0; r < rows; r++) {
    const t = r / (rows - 1);
    const reach = lerp(34, 150, pow(t, 0.8)) * size;
    for (let x = peak - reach; x < peak + reach; x += 50 * size * random(0.75, 1.2)) {
      const y = lerp(-60, 84 * size, t) + 0.2 * abs(x - peak) + random(-8, 8);
      if (random() < 0.3) cypress(x - 8, y, random(50, 84) * size);
      house(x, y, random(28, 40) * size, random(32, 50) * size, random([-1, 1, 1]) * random(16, 44) * size);
      if (random() < 0.5) bush(x + random(-20, 20), y + 6, random(12, 24) * size);
    }
  }
}

function street() {
  const eye = [random([-1, 1]) * random(20, 120), random(20, 80)];
  sky(0);
  tower(eye[0] - 26, eye[1] + 8, random(44, 64), random(130, 190));
  form([[eye[0] - 20, eye[1] + 10], [eye[0] + 20, eye[1] + 10], [290, 290], [-290, 290]], blend(WALL, SHADOW, 0.25), 190, bleed, 0.1);
  for (let i = 0; i < layers; i++) form([[eye[0] + 22, eye[1] + 12], [290, 180], [290, 290], [random(20, 110), 290]], SHADOW, 150, bleed);
  const wide = random([170, 250, 320]);
  if (random() < 0.35) for (const p of [0.2, 0.42, 0.8]) tree(lerp(eye[0], -240, p), eye[1] + 190 * p, 380 * p, GREEN);
  else terrace(eye, -wide);
  terrace(eye, wide);
  for (const p of [0.14, 0.24, 0.4, 0.62].slice(0, random([2, 3, 4]))) figure(lerp(eye[0], random(-0.6, 0.6) * wide, p), eye[1] + 190 * p, 100 * p);
}

const blend = (a, b, t) => "" + lerpColor(color(a), color(b), t);
const box = (x, y, w, h) => [[x, y], [x, y - h], [x + w, y - h], [x + w, y]];
const band = (over, under) => [...over, ...under.slice().reverse()];
const bent = (points) => points.map(([x, y]) => [x + random(-crook, crook), y + random(-crook, crook)]);

// Fills an outline; `spread` is how far the paint runs, `rim` how dark its edge dries.
function form(points, colour, opacity, spread = bleed * 0.4, rim = 0.4, curve = 0, grain = 0.1 + 0.4 * wetness) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", 90);
  brush.fillTexture(grain, rim, grain > 0.3);
  brush.beginShape(curve);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function lift(points, curve = 0, coats = 2) {
  for (let i = 0; i < coats; i++) form(points, PAPER, 255, 0.03, 0.1, curve, 0);
}

function blob(x, y, rx, ry, wobble) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += 18) {
    const r = 1 + wobble * (noise(from + 2 * cos(a), from + 2 * sin(a)) - 0.5);
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  return points;
}

function wash(x, y, rx, ry, colour, opacity) {
  form(blob(x, y, rx, ry, 1.2), colour, opacity, 0.2 + 0.35 * wetness, 0, 0.4);
}

function hill(y, high) {
  const from = random(100);
  const points = [[290, 290], [-290, 290]];
  for (let x = -290; x <= 290; x += 29) points.push([x, y - high * 2 * (noise(from + x / 140) - 0.3)]);
  return points;
}

// Coats of sky from the top down; paper stays white between their torn lower edges and the land.
function sky(low) {
  wash(random(-140, 140), low, 300, 50, blend(WALL, ROOF, 0.15), 130);
  for (let i = 0; i < layers; i++) {
    const from = random(100);
    const points = [[290, -290], [-290, -290]];
    for (let x = -290; x <= 290; x += 20) points.push([x, lerp(-250, low, (0.9 - 0.16 * i) * noise(from + x / 110) + 0.2 * noise(from + x / 25))]);
    form(points, SKY, 165, 0.1 + 0.3 * wetness, 0, 0.4);
  }
}

function meadow(y) {
  form(hill(y, 16), blend(GREEN, WALL, 0.5), 190, bleed + 0.05, 0.1, 0.3);
  for (let i = 0; i < layers; i++) wash(random(-240, 240), y + random(30, 120), random(90, 200), random(8, 24), GREEN, 190);
}

// Windows on a wall; `at` takes (across, up), each 0 to 1, to a point of it.
function windows(at, cols, rows, shutters = false) {
  const [a, b] = [0.17 / cols, 0.24 / rows];
  for (let i = 0; i < cols * rows; i++) {
    const [u, v] = [((i % cols) + 0.5) / cols, (floor(i / cols) + 0.55) / rows];
    const pane = (from, to) => [at(u + from * a, v - b), at(u + to * a, v - b), at(u + to * a, v + b), at(u + from * a, v + b)];
    if (dusk) lift(pane(-1.1, 1.1));
    form(pane(-1, 1), dusk ? LAMP : DARK, dusk ? 255 : 240, 0.03, 0.3, 0, 0.1);
    if (!dusk && layers > 2) form([pane(-1, 1)[3], pane(-1, 1)[2], at(u + a * random(-1, 1), v - b)], DARK, 240, 0.03, 0.3, 0, 0.1);
    if (shutters) for (const [from, to] of [[-2, -1.1], [1.1, 2]]) form(pane(from, to), SHUTTER, 225, 0.03, 0.4, 0, 0.1);
  }
}

// A house: w and h are of its gable wall, which stands on (x, y); it runs back by d, to the right or (less than 0) to the left.
function house(x, y, w, h, d) {
  const turned = d < 0;
  push();
  translate(x, y);
  scale(turned ? -1 : 1, 1);
  d = abs(d);
  const top = -h - w * random(0.38, 0.6);
  const roof = random([ROOF, ROOF, TILE]);
  const gable = bent([[0, 0], [0, -h], [w / 2, top], [w, -h], [w, 0]]);
  const flank = bent([[w, 0], [w, -h], [w + d, -h - 0.08 * d], [w + d, -0.14 * d]]);
  const slope = bent([[w * 0.48, top - 2], [w / 2 + d, top - 2 - 0.06 * d], [w * 1.07 + d, -h - 0.08 * d + w * 0.07], [w * 1.07, -h + w * 0.07]]);
  form(bent([[-2, 0], [w, 0], [w + d, -0.14 * d], [w + d + h * 0.4, -0.1 * d + h * 0.12], [w, h * 0.16]]), blend(SHADOW, GREEN, 0.3), 200, bleed * 0.6, 0.1);
  lift([gable[0], gable[1], gable[2], slope[1], slope[2], flank[3], gable[4]], 0, dusk || w > 70 ? 4 : 2);
  form(gable, dusk ? blend(ROOF, DARK, 0.3) : WALL, dusk ? 225 : random(130, 220));
  form(flank, dusk ? blend(ROOF, DARK, 0.5) : WALL, 190);
  for (let i = 0; i < layers; i++) form(turned ? gable : flank, dusk ? DARK : SHADOW, 130);
  windows((u, v) => [u * w, -v * h], w > 50 ? 2 : random([1, 2]), h > 1.2 * w ? 2 : 1, w > 54);
  if (w > 70) form(box(w * 0.4, 0, w * 0.2, h * 0.5), SHUTTER, 240, 0.03, 0.5);
  if (d > 20) windows((u, v) => [w + u * d, lerp(-0.14 * d * u, -h - 0.08 * d * u, v)], d > 60 ? 3 : 1, 1);
  tiles(slope, roof);
  form([[-w * 0.07, -h + w * 0.07], [w / 2, top - 4], [w * 1.07, -h + w * 0.07], [w, -h + w * 0.08], [w / 2, top + w * 0.06], [0, -h + w * 0.08]], dusk ? PAPER : roof, 245, 0.03, 0.4, 0, 0.1);
  form([[w, -h + w * 0.05], [w + d, -h - 0.06 * d], [w + d, -h - 0.06 * d + h * 0.09], [w, -h + w * 0.05 + h * 0.12]], DARK, 210, 0.03, 0.1);
  chimney(w * 0.6 + d * random(0.3, 0.7), top - 2, max(5, w * 0.13));
  pop();
}

function tiles(slope, roof) {
  const [a, b, c, e] = slope;
  const at = (u, v) => [lerp(lerp(a[0], b[0], u), lerp(e[0], c[0], u), v), lerp(lerp(a[1], b[1], u), lerp(e[1], c[1], u), v)];
  if (dusk) lift(slope);
  form(slope, dusk ? blend(SHADOW, PAPER, 0.6) : roof, dusk ? 120 : 240, bleed * 0.5, 0.5);
  for (let i = 0; i < layers; i++) {
    const [u, v] = [random(0, 0.5), random(0.3, 0.8)];
    form([at(u, v), at(u + random(0.3, 0.5), v), at(1, 1), at(u * 0.6, 1)], dusk ? SHADOW : blend(roof, DARK, 0.45), 170, bleed * 0.6, 0.2);
  }
}

function chimney(x, y, w) {
  lift(box(x, y + w, w, w * 2.6));
  form(box(x, y + w, w, w * 2.6), blend(ROOF, WALL, 0.4), 230);
  form(box(x + w / 2, y + w, w / 2, w * 2.6), DARK, 170, 0.03);
}

// A church tower with a spire, its right side in shade.
function tower(x, y, w, high) {
  const body = bent(box(x, y, w, high));
  const spire = bent([[x - w * 0.1, y - high], [x + w / 2, y - high - w * random(0.9, 2)], [x + w * 1.1, y - high]]);
  lift(body);
  form(body, dusk ? blend(SHADOW, DARK, 0.4) : WALL, 200);
  for (let i = 0; i < layers; i++) form(box(x + w * 0.6, y, w * 0.4, high), SHADOW, 150);
  lift(spire);
  form(spire, dusk ? blend(SHADOW, PAPER, 0.5) : ROOF, dusk ? 150 : 240, bleed * 0.4, 0.5);
  form([[x + w / 2, y - high - w * 0.9], [x + w * 1.1, y - high], [x + w * 0.6, y - high]], DARK, 140);
  form(box(x - w * 0.06, y - high + 3, w * 1.12, 3), DARK, 190, 0.02);
  windows((u, v) => [x + u * w * 0.9, y - high * (0.7 + 0.3 * v)], 1, 1);
}

// One side of a street that runs to `eye`, from afar to near; the right one is in the shade.
function terrace(eye, edge) {
  const at = (p, up) => [lerp(eye[0], edge, p), eye[1] + p * (190 - up)];
  let far = 0.1;
  while (abs(at(far, 0)[0]) < 270) {
    const [p, q, up] = [far, far * random(1.35, 1.7), random(300, 420)];
    const wall = bent([at(p, 0), at(p, up), at(q, up), at(q, 0)]);
    const eaves = [at(p, up - 8), at(p, up + 60), at(q * 0.96, up + 60), at(q * 1.03, up - 8)];
    lift(wall);
    form(wall, random([WALL, WALL, blend(WALL, ROOF, 0.4), blend(WALL, SKY, 0.3)]), random(170, 225));
    if (edge > 0) for (let i = 0; i < layers; i++) form(wall, SHADOW, 150, bleed * 0.5);
    windows((u, v) => at(lerp(p, q, u), up * (0.3 + 0.7 * v)), q > 0.5 ? 2 : 1, 2, q > 0.3);
    form([at(lerp(p, q, 0.36), 0), at(lerp(p, q, 0.36), 116), at(lerp(p, q, 0.64), 116), at(lerp(p, q, 0.64), 0)], random([SHUTTER, DARK]), 235, 0.03, 0.4);
    lift(eaves);
    form(eaves, random([ROOF, TILE]), 240, bleed * 0.4, 0.5);
    form([at(p, up - 6), at(q, up - 6), at(q, up - 24), at(p, up - 24)], DARK, 150, 0.04, 0.1);
    far = q;
  }
}

const GABLES = {
  point: [[0, 1], [0.5, 1.3], [1, 1]],
  step: [[0, 1], [0.15, 1], [0.15, 1.1], [0.32, 1.1], [0.32, 1.2], [0.68, 1.2], [0.68, 1.1], [0.85, 1.1], [0.85, 1], [1, 1]],
  bell: [[0, 1], [0.12, 1.03], [0.24, 1.18], [0.4, 1.28], [0.6, 1.28], [0.76, 1.18], [0.88, 1.03], [1, 1]],
};

function tree(x, y, high, leaf) {
  for (const [foot, bx, by, k] of [[0, 0.03, 0.66, 0.032], [0.24, -0.2, 0.7, 0.014], [0.24, 0.22, 0.74, 0.014]]) {
    const [low, tip, w] = [y - high * foot, y - high * by, high * k];
    const side = (s) => [[x + s * w, low], [x + s * w * 0.7, lerp(low, tip, 0.3)], [x + high * bx + s * w * 0.3, tip]];
    form(band(side(-1), side(1)), blend(DARK, ROOF, 0.25), 240, 0.04, 0.4, 0.3);
  }
  for (let i = 0; i < 20 + high / 13; i++) {
    const [a, r, size] = [random(360), sqrt(random()) * high * 0.32, high * random(0.04, 0.11)];
    const [cx, cy] = [x + 1.15 * r * cos(a), y - high * 0.66 + 0.85 * r * sin(a)];
    form(leafy(cx, cy, size), blend(leaf, random() < 0.5 ? WALL : GREEN, random(0.5)), random(150, 220), bleed + 0.03, 0.3);
    if (i < 5 * layers) form(leafy(cx + size * 0.3, cy + size * 0.5, size * 0.6), blend(leaf, DARK, 0.55), 190, bleed * 0.7, 0.2);
  }
}

// A patch of foliage with a broken edge, as of a brush pressed down dry.
function leafy(x, y, r) {
  const points = [];
  for (let a = 0; a < 360; a += 14) points.push([x + r * random(0.6, 1.25) * cos(a), y + 0.75 * r * random(0.6, 1.25) * sin(a)]);
  return points;
}

function bush(x, y, r) {
  form(leafy(x, y, r), blend(GREEN, WALL, random(0.3)), 220, bleed * 0.7);
  form(leafy(x + r * 0.25, y + r * 0.2, r * 0.7), blend(GREEN, DARK, 0.6), 200, bleed * 0.7, 0.2);
}

function cypress(x, y, high) {
  const outline = [[x, y], [x - high * 0.11, y - high * 0.25], [x - high * 0.07, y - high * 0.7], [x + random(-3, 3), y - high], [x + high * 0.07, y - high * 0.65], [x + high * 0.1, y - high * 0.2]];
  for (const colour of [blend(GREEN, DARK, 0.3), blend(GREEN, DARK, 0.7)]) form(outline, colour, 215, bleed * 0.6, 0.3, 0.4);
}

function figure(x, y, high) {
  const w = high * 0.13;
  form([[x - w, y - high * 0.8], [x + w, y - high * 0.8], [x + w * 1.2, y - high * 0.3], [x - w * 1.2, y - high * 0.3]], random([SHUTTER, ROOF]), 250, 0.05, 0.4, 0.4, 0);
  for (const k of [-0.8, 0.3]) form(box(x + k * w, y, w * 0.5, high * 0.34), DARK, 245, 0.04, 0.4, 0, 0);
  form(blob(x, y - high * 0.9, w * 0.6, high * 0.09, 0.1), DARK, 240, 0.04, 0.3, 0.6, 0);
  form(blob(x + high * 0.4, y, high * 0.4, high * 0.05, 0.4), SHADOW, 190, 0.06, 0.1, 0.5);
}
