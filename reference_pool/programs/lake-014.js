// A still lake at the edge of the day, the shore doubled in the water.
// subject: lake
// prompt: a {palette} lake at {light} in watercolour, {composition}
const palette = "rose"; // one of: peach, violet, rose, silver, teal, copper
const composition = "an island with pines"; // one of: hills mirrored in still water, reeds close in front, an island with pines, a jetty and a rowing boat
const light = "dusk"; // one of: dusk, dawn
const layers = 4; // 1 to 5
const bleed = 0.06; // 0.02 to 0.30
const wetness = 0.49; // 0.10 to 0.90
const seed = 2217; // seed

const INKS = {
  // paper, high sky, glow, far hills, near shore, deep water
  peach: ["#fdf4e8", "#6d8cb4", "#f4a468", "#9a94b4", "#2a3450", "#4a6a94"],
  violet: ["#f8f2f4", "#4c4c94", "#e89ab4", "#8078b4", "#241c4c", "#3c3c80"],
  rose: ["#fcf1ec", "#8c7cb0", "#ee7c7c", "#b07c9c", "#48203c", "#7c5c8c"],
  silver: ["#f4f4f0", "#8aa0ae", "#e4dcc8", "#92a4ae", "#2c3e4a", "#6c8696"],
  teal: ["#f6f5e8", "#2c7c8c", "#f0c870", "#6ca09c", "#0c3438", "#1c5c68"],
  copper: ["#f0e2cc", "#8a6a4c", "#d88434", "#a07850", "#4a2c18", "#7c5838"],
};
const [PAPER, SKY, GLOW, FAR, SHORE, DEEP] = INKS[palette];

const PICTURES = {
  "hills mirrored in still water": hillsMirrored,
  "reeds close in front": reedsInFront,
  "an island with pines": island,
  "a jetty and a rowing boat": jetty,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  PICTURES[composition]();
}

function hillsMirrored() {
  const horizon = random([-20, 40]);
  const x = random([-1, 1]) * random(50, 120);
  sky(horizon);
  water(horizon);
  sun(x, horizon - 84, 26);
  const hills = [[120, 0.1], [90, 0.45], [60, 0.8]].map(([high, near]) => ridge(high, near));
  mirrored(horizon, (soft) => hills.forEach((hill) => hill(soft)));
  mist(horizon);
  glitter(x, horizon + 40, 250, 40);
  ripples(horizon + 30, 9);
}

function reedsInFront() {
  const horizon = -100;
  const side = random([-1, 1]);
  sky(horizon);
  water(horizon);
  sun(-side * 90, horizon - 60, 34);
  const hills = [[50, 0.05], [26, 0.4]].map(([high, near]) => ridge(high, near));
  mirrored(horizon, (soft) => hills.forEach((hill) => hill(soft)));
  mist(horizon);
  glitter(-side * 90, horizon + 40, 240, 56);
  ripples(horizon + 40, 8);
  for (let i = 0; i < 34; i++) {
    const x = side * lerp(270, -120, pow(random(), 1.6));
    reed(x, 272, random(-50, 50) - side * 24, random(90, 330), i / 34);
  }
  for (let i = 0; i < 7; i++) bulrush(side * random(20, 220), random(-26, 26), random(240, 400));
}

function island() {
  const horizon = -50;
  const [x, y] = [random([-1, 1]) * random(60, 100), 40];
  sky(horizon);
  water(horizon);
  sun(-x * 1.6, horizon - 90, 20);
  const hills = [[80, 0], [46, 0.25]].map(([high, near]) => ridge(high, near));
  mirrored(horizon, (soft) => hills.forEach((hill) => hill(soft)));
  mist(horizon);
  const pines = [];
  for (let i = 0; i < 11; i++) pines.push([x + random(-84, 84), random(50, 90), random(1000)]);
  pines.push([x - 20, 150, random(1000)], [x + 26, 124, random(1000)]);
  mirrored(y, (soft) => {
    for (const [px, high, from] of pines) pine(px, -4, high, from, soft);
    form(blob(x, 0, 120, 13, 0.4), SHORE, 235, soft ? bleed * 1.5 : bleed, 0.3, 0.6);
  });
  glitter(-x * 1.6, y + 20, 240, 30);
  ripples(y + 16, 9);
  form(blob(x, y, 130, 2.4, 0.8), PAPER, 230, 0.04, 0, 0.6, 0);
}

function jetty() {
  const horizon = -90;
  const side = random([-1, 1]);
  sky(horizon);
  water(horizon);
  sun(side * 110, horizon - 50, 24);
  const hills = [[90, 0.05], [50, 0.35]].map(([high, near]) => ridge(high, near));
  mirrored(horizon, (soft) => hills.forEach((hill) => hill(soft)));
  mist(horizon);
  glitter(side * 110, horizon + 40, 120, 30);
  ripples(horizon + 50, 8);
  rowingBoat(side * 116, 74, side, random(0.9, 1.2));
  planks(-side);
}

function tone(near) {
  return "" + lerpColor(color(FAR), color(SHORE), near);
}

// Fills an outline; `spread` is how far the paint runs, `rim` how dark its edge dries.
function form(points, colour, opacity, spread, rim = 0.3, curve = 0.2, grain = 0.15 + 0.35 * wetness) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", 90);
  brush.fillTexture(grain, rim, grain > 0);
  brush.beginShape(curve);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function blob(x, y, rx, ry, wobble) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += 20) {
    const r = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  return points;
}

function wash(x, y, rx, ry, colour, opacity) {
  form(blob(x, y, rx, ry, 0.6), colour, opacity, 0.2 + 0.4 * wetness, 0, 0.6);
}

// Draws what stands on y = 0 twice: upside down and soft in the water, then as it is.
function mirrored(y, draw) {
  for (const soft of [true, false]) {
    push();
    translate(0, y);
    scale(1, soft ? -0.85 : 1);
    draw(soft);
    pop();
  }
}

// A graded sky, deeper at dusk, with bars of cloud.
function sky(horizon) {
  wash(random(-80, 80), horizon - 20, 400, 110, GLOW, 215);
  const coats = light === "dusk" ? 4 : 2;
  for (let i = 0; i < coats; i++) wash(random(-100, 100), -300, 460, (horizon + 300) * (0.72 - 0.14 * i), SKY, 150);
  for (let i = 0; i < 3; i++) {
    const y = lerp(-200, horizon - 90, i / 2) + random(-14, 14);
    wash(random(-200, 200), y, random(110, 190), random(7, 14), i % 2 ? PAPER : SKY, 150);
  }
}

// The sky again, the other way up: its glow lies far out, its depth at our feet.
function water(horizon) {
  wash(0, (horizon + 280) / 2, 420, (280 - horizon) / 2, FAR, 150);
  wash(random(-60, 60), horizon + 40, 400, 70, GLOW, 200);
  for (let i = 0; i < layers; i++) {
    const from = random(100);
    const points = [[284, 290], [-284, 290]];
    for (let x = -284; x <= 284; x += 24) points.push([x, lerp(horizon + 100, 230, i / layers) + 50 * (noise(from + x / 120) - 0.5)]);
    form(points, DEEP, light === "dusk" ? 205 : 165, 0.06 + 0.24 * wetness, 0);
  }
}

function sun(x, y, r) {
  for (const pass of [1, 2, 3]) form(blob(x, y, r, r, 0.06), PAPER, 255, 0.04, 0.2, 0.6, 0);
  form(blob(x, y, r, r, 0.06), GLOW, 130, 0.1, 0, 0.6);
}

function mist(horizon) {
  const opacity = light === "dawn" ? 200 : 110;
  for (const x of [-140, 120]) wash(x + random(-80, 80), horizon + 2, 220, light === "dawn" ? 18 : 8, PAPER, opacity);
}

// Returns a way to draw one row of hills on y = 0, the same each time.
function ridge(high, near) {
  const from = random(1000);
  const top = (x) => -high * (0.1 + 1.1 * pow(noise(from + x / 130), 1.2)) - 5 * noise(from + x / 9);
  return (soft) => {
    for (let i = 0; i < (soft ? 1 : layers); i++) {
      const points = [];
      for (let x = -280; x <= 280; x += 14) points.push([x, top(x)]);
      for (let x = 280; x >= -280; x -= 40) points.push([x, i ? top(x) * (0.2 + 0.5 * noise(from + 9 * i + x / 40)) : 3]);
      form(points, tone(near), soft ? 205 : i ? 190 : 225 + 20 * near, soft ? bleed + 0.08 : bleed, soft ? 0 : 0.3);
    }
  };
}

// The path of light on the water: strokes that widen towards us.
function glitter(x, top, bottom, wide) {
  for (let i = 0; i < 24; i++) {
    const t = random();
    const long = wide * random(0.15, 0.7) * (0.4 + t);
    const dash = blob(x + random(-0.7, 0.7) * wide * (0.3 + t), lerp(top, bottom, t * t), long, random(0.8, 1.4) + 1.6 * t, 1.2);
    form(dash, PAPER, random(190, 250), 0.05, 0, 0.6, 0);
  }
}

function ripples(top, count) {
  for (let i = 0; i < count; i++) {
    const t = (i + random()) / count;
    form(blob(random(-250, 250), lerp(top, 256, t), lerp(30, 110, t), lerp(1, 4, t), 0.9), i % 2 ? DEEP : SKY, 190, bleed * 0.6, 0.1, 0.6);
  }
}

function reed(x, y, lean, len, age) {
  const ts = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const at = (t, k) => [x + lean * t * t * (1 + t) + k * (1.15 - t) * 4, y - len * t * (1 - 0.1 * t * abs(lean) / 60)];
  const points = [...ts.map((t) => at(t, -1)), ...ts.slice(0, 5).reverse().map((t) => at(t, 1))];
  form(points, tone(0.35 + 0.65 * age), 240, bleed * 0.4, 0.3, 0.6, 0);
}

function bulrush(x, lean, len) {
  reed(x, 272, lean, len, 1);
  const [hx, hy] = [x + lean * 1.5, 272 - len * 0.88];
  push();
  translate(hx, hy);
  rotate(lean * 0.5);
  for (const k of [1, 0.8]) form(blob(0, 0, 6 * k, 27 * k, 0.2), SHORE, 245, bleed * 0.5, 0.4, 0.6);
  pop();
}

// A pine with its foot at (x, y), the same for the same `from`.
function pine(x, y, high, from, soft) {
  const left = [];
  const right = [];
  for (let i = 1; i <= 7; i++) {
    const reach = (side) => high * 0.036 * i * (0.5 + noise(from + i * 3, side + 5));
    const level = y - high * (1 - i / 8);
    left.push([x - reach(-1), level], [x - high * 0.03, level - 2]);
    right.unshift([x + high * 0.03, level - 2], [x + reach(1), level]);
  }
  const outline = [[x, y - high], ...left, [x - 2, y + 4], [x + 2, y + 4], ...right];
  form(outline, tone(0.75), soft ? 190 : 225, soft ? bleed + 0.04 : bleed * 0.5, 0.3, 0.1, wetness / 2);
  if (!soft && layers > 1) form(outline.map(([px, py]) => [lerp(x + 2, px, 0.8), py]), SHORE, 225, bleed * 0.5, 0.3, 0.1, wetness / 2);
}

function rowingBoat(x, y, side, size) {
  push();
  translate(x, y);
  scale(side * size, size);
  const hull = [[-92, -18], [-40, -6], [30, -6], [84, -22], [66, 12], [40, 20], [-56, 20], [-80, 8]];
  form(hull.map(([hx, hy]) => [hx * 0.92, 26 - (hy - 20) * 0.5]), SHORE, 190, 0.1 + bleed / 2, 0, 0.4);
  for (const pass of [1, 2]) form(hull, PAPER, 255, 0.03, 0.2, 0.4, 0);
  form(hull, GLOW, 200, bleed * 0.5, 0.5, 0.4);
  for (let i = 0; i < layers; i++) form([[-86, 0], [-40, 8], [34, 8], [76, -4], [64, 13], [40, 20], [-56, 20], [-78, 9]], SHORE, 200, bleed * 0.6, 0.4, 0.4);
  form([[-90, -18], [-40, -7], [30, -7], [82, -22], [34, 2], [-40, 2]], tone(0.8), 235, bleed * 0.5, 0.4, 0.4);
  for (const sx of [-36, 18]) form([[sx, -6], [sx + 12, -6], [sx + 10, 1], [sx - 2, 1]], GLOW, 245, 0.03, 0.4, 0.1);
  pop();
}

// A jetty that runs from the near corner on one side out into the lake, on dark posts.
function planks(side) {
  const at = (t, k) => [side * (lerp(150, 20, t) + k * lerp(86, 14, t)), lerp(270, 10, pow(t, 0.8))];
  const posts = [0.15, 0.42, 0.64, 0.8, 0.92];
  for (const t of posts) {
    for (const k of [-1, 1]) {
      const [x, y] = at(t, k);
      const w = lerp(8, 2, t);
      form([[x - w, y], [x + w, y], [x + w * 0.7, y + w * 14], [x - w * 0.7, y + w * 13]], SHORE, 190, bleed, 0.1, 0.3);
    }
  }
  const deck = [at(0, -1), at(0.5, -1), at(1, -1), at(1, 1), at(0.5, 1), at(0, 1)];
  for (const pass of [1, 2]) form(deck, PAPER, 255, 0.03, 0.2, 0, 0);
  form(deck, tone(0.4), 250, bleed * 0.4, 0.5, 0);
  for (let i = 1; i < 16; i++) {
    const [t, u] = [i / 16, (i + random(0.3, 0.9)) / 16];
    form([at(t, -1), at(t, 1), at(u, 1), at(u, -1)], tone(random(0.5, 1)), 225, bleed * 0.3, 0.4, 0);
  }
  for (const t of posts) {
    const [x, y] = at(t, -1);
    const w = lerp(9, 2.4, t);
    form([[x - w, y + w], [x - w, y - w * 7], [x + w, y - w * 7.4], [x + w, y + w * 2]], SHORE, 240, bleed * 0.4, 0.4, 0.1);
  }
}
