// The sea under a wet sky: sails, a lighthouse, surf on the sand.
// subject: seaside
// prompt: a {palette} sea in watercolour, {composition}
const palette = "cobalt"; // one of: turquoise, cobalt, stormy, coral, pearly, mustard
const composition = "a lighthouse on the rocks"; // one of: white sails far out, one boat close by, a lighthouse on the rocks, surf on an empty beach
const layers = 1; // 1 to 5
const bleed = 0.15; // 0.02 to 0.30
const wetness = 0.25; // 0.10 to 0.90
const swell = 0.8; // 0.1 to 1.0
const seed = 375004; // seed

const INKS = {
  // paper, sky, glow on the horizon, shallow water, deep water, rocks and hulls, accent
  turquoise: ["#fbf7ec", "#6ca8cc", "#f4dcb4", "#54b0b0", "#14607c", "#2c3a44", "#c4442c"],
  cobalt: ["#faf7f0", "#5c8ccc", "#f4d8c8", "#5c94cc", "#183c84", "#2c2c40", "#d06030"],
  stormy: ["#f0f0ec", "#5c6c80", "#d8d4c4", "#7c98a0", "#24404c", "#20262e", "#a83c34"],
  coral: ["#fdf2e6", "#8c9cc4", "#f48c6c", "#a49cb8", "#3c487c", "#3c2838", "#b83440"],
  pearly: ["#fbf9f6", "#c4ced8", "#f4e4dc", "#c4d4d4", "#94aab4", "#7c848c", "#d09c90"],
  mustard: ["#f6ecd0", "#b89c54", "#e0a828", "#a8a468", "#5c6430", "#44381c", "#9c3c1c"],
};
const [PAPER, SKY, GLOW, SHALLOW, DEEP, ROCK, ACCENT] = INKS[palette];

const PICTURES = {
  "white sails far out": sailsFarOut,
  "one boat close by": boatCloseBy,
  "a lighthouse on the rocks": lighthouseOnRocks,
  "surf on an empty beach": surfOnBeach,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  PICTURES[composition]();
}

function sailsFarOut() {
  const horizon = random([20, 90]);
  const side = random([-1, 1]);
  sky(horizon);
  clouds(side, horizon);
  sea(horizon);
  headland(-side, horizon, 170, 44);
  const boats = [[90, 26, 100], [-20, 8, 44], [160, 4, 30], [-90, 12, 60], [36, 3, 24]];
  for (const [x, down, high] of boats.slice(0, random([3, 4, 5])).reverse()) sailboat(side * x, horizon + down, high * random(0.9, 1.15), side);
  gulls(-side * 80, horizon - 120);
}

function boatCloseBy() {
  const side = random([-1, 1]);
  sky(70);
  clouds(-side, 70);
  sea(70);
  sailboat(-side * 180, 74, 40, side);
  sailboat(side * random(20, 60), 150, random(310, 350), side);
  waves(190, 260, 4);
  gulls(-side * 140, -110);
}

function lighthouseOnRocks() {
  const side = random([-1, 1]);
  const horizon = 60;
  const x = side * random(60, 110);
  sky(horizon);
  clouds(-side, horizon);
  sea(horizon);
  sailboat(-side * 170, horizon + 5, 36, side);
  lighthouse(x, 98, random(200, 250));
  rocks(x, 110, 150);
  rocks(x - side * 130, 158, 60);
  foam(x - side * 60, 164, 170);
  waves(180, 262, 4);
  gulls(-side * 60, -90);
}

function surfOnBeach() {
  const side = random([-1, 1]);
  const horizon = -130;
  sky(horizon);
  sea(horizon);
  headland(side, horizon, 240, 60);
  sailboat(-side * 90, horizon + 8, 34, side);
  sand(side);
  for (const [y, deep] of [[-30, 9], [30, 14], [96, 20]]) surf(side, y, deep);
  for (let i = 0; i < 14; i++) form(blob(side * random(-230, 250), random(180, 250), random(2, 5), random(1, 3), 0.6), ROCK, 190, bleed, 0.3, 0.6);
  gulls(-side * 100, -190);
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

// Covers what is below with paper.
function lift(points, curve = 0.2) {
  for (const pass of [1, 2, 3]) form(points, PAPER, 255, 0.03, 0.1, curve, 0);
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

// A graded sky: coats of one colour that each reach less far down, over a glow at the horizon.
function sky(horizon) {
  wash(random(-80, 80), horizon - 20, 380, 100, GLOW, 200);
  for (let i = 0; i < 4; i++) {
    wash(random(-100, 100), -300, 460, (horizon + 300) * (0.9 - 0.17 * i) - 20, SKY, 150);
  }
  wash(random([-160, 160]), lerp(-256, horizon, 0.35), 220, 30, SKY, 130);
}

function clouds(side, horizon) {
  for (let i = 0; i < 3; i++) {
    cloud(side * lerp(110, -150, i / 2) + random(-50, 50), lerp(-160, horizon - 50, i / 2), lerp(150, 70, i / 2) * random(0.8, 1.2));
  }
}

// A heap of cloud: its lit top lifted to paper, its belly in shadow.
function cloud(x, y, wide) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += 9) {
    const puff = 0.5 + noise(from + 3.5 * cos(a), from + 3.5 * sin(a));
    points.push([x + wide * puff * cos(a), y + wide * puff * sin(a) * (a > 180 ? 0.55 : 0.2)]);
  }
  for (const pass of [1, 2, 3]) form(points, PAPER, 245, 0.1 + 0.2 * wetness, 0, 0.6, 0);
  wash(x + wide * 0.1, y + wide * 0.08, wide * 0.7, wide * 0.12, SKY, 140);
}

// Water laid in bands that darken towards us, with a crisp horizon.
function sea(horizon) {
  const bands = 1 + layers;
  for (let i = 0; i < bands; i++) {
    const top = lerp(horizon, 220, pow(i / bands, 1.2));
    const from = random(100);
    const points = [];
    for (let x = -284; x <= 284; x += 20) points.push([x, top + (i ? 26 * swell * (i + 1) * (noise(from + x / 110) - 0.5) : 0)]);
    points.push([284, 290], [-284, 290]);
    form(points, "" + lerpColor(color(SHALLOW), color(DEEP), i / bands), i ? 215 : 225, i ? bleed : 0.03, 0.25);
  }
  waves(horizon + 10, 250, 9);
}

// Strokes of dark and of light water, longer and wider apart towards us.
function waves(top, bottom, count) {
  for (let i = 0; i < count; i++) {
    const t = (i + random()) / count;
    const y = lerp(top, bottom, t * t);
    const long = lerp(24, 90, t) * random(0.7, 1.3);
    form(blob(random(-250, 250), y, long, lerp(1, 3, t) + 4 * swell * t, 1.2), DEEP, 200, bleed * 0.6, 0.2, 0.6);
    form(blob(random(-250, 250), y + 8 * t, long * 0.8, lerp(0.8, 1.6, t) + 2 * swell * t, 1.2), PAPER, 230, 0.04, 0, 0.6, 0);
  }
}

function headland(side, horizon, wide, high) {
  const from = random(100);
  for (let i = 0; i < min(layers, 3); i++) {
    const points = [];
    const tall = (t) => high * (1 - 0.25 * i) * pow(1 - t, 0.6) * (0.5 + noise(from + t * 6));
    for (let t = 0; t < 1; t += 0.08) points.push([side * lerp(284, 284 - wide, t), horizon + 2 - tall(t)]);
    points.push([side * 284, horizon + 2]);
    form(points, i ? DEEP : SKY, 190, bleed * 0.6, 0.3, 0.1);
  }
}

// A sloop at (x, y) on its waterline, leaning with the wind, `high` to the top of the mast.
function sailboat(x, y, high, side) {
  const at = (u, v) => [u * high, v * high];
  const shade = (from, to) => "" + lerpColor(color(from), color(to), 0.4);
  push();
  translate(x, y);
  scale(side, 1);
  form([at(-0.2, 0.06), at(0.2, 0.06), at(0.1, 0.3), at(0.16, 0.5), at(-0.02, 0.62), at(-0.14, 0.34)], PAPER, 150, 0.12 + bleed, 0, 0.5);
  rotate(random(3, 9));
  const main = [at(-0.02, -0.98), at(-0.16, -0.66), at(-0.3, -0.14), at(-0.02, -0.13)];
  const jib = [at(0.03, -0.86), at(0.17, -0.5), at(0.3, -0.12), at(0.05, -0.16), at(0.08, -0.5)];
  for (const sail of [main, jib]) lift(sail, 0.15);
  form([at(-0.02, -0.96), at(-0.1, -0.6), at(-0.16, -0.14), at(-0.02, -0.13)], shade(SKY, GLOW), 190, bleed, 0.5, 0.2);
  form([at(0.05, -0.8), at(0.1, -0.46), at(0.14, -0.14), at(0.05, -0.16), at(0.08, -0.5)], GLOW, 210, bleed, 0.5, 0.2);
  form([at(-0.006, -1), at(0.004, -1), at(0.009, -0.05), at(-0.009, -0.05)], ROCK, 245, 0.02, 0.3, 0, 0);
  const hull = [at(-0.33, -0.09), at(0, -0.06), at(0.38, -0.12), at(0.26, 0.05), at(0.04, 0.08), at(-0.28, 0.06)];
  lift(hull);
  for (const pass of [1, 2]) form(hull, ACCENT, 255, bleed * 0.4, 0.5);
  for (let i = 0; i < layers; i++) form([at(-0.3, 0), at(0, 0.02), at(0.3, -0.02), at(0.26, 0.05), at(0.04, 0.08), at(-0.28, 0.06)], ROCK, 190, bleed * 0.6, 0.3);
  pop();
  form(blob(x, y + high * 0.07, high * 0.44, 1 + high * 0.014, 0.8), PAPER, 240, 0.04, 0, 0.6, 0);
}

function lighthouse(x, y, high) {
  const at = (u, v) => [x + u * high, y - v * high];
  const wid = (v) => lerp(0.13, 0.075, v);
  const belt = (low, top, k) => [at(wid(low) * k, low), at(wid(low), low), at(wid(top), top), at(wid(top) * k, top)];
  lift([at(-0.13, 0), at(-0.075, 0.8), at(-0.075, 0.92), at(0, 1.02), at(0.075, 0.92), at(0.075, 0.8), at(0.13, 0)], 0);
  for (const [low, top] of [[0.12, 0.3], [0.48, 0.64]]) form(belt(low, top, -1), ACCENT, 240, bleed * 0.3, 0.4, 0);
  for (let i = 0; i < min(layers, 3); i++) form(belt(0, 0.8, 0.1 + 0.25 * i), i ? DEEP : SKY, 150, 0.02, 0.2, 0);
  form([at(-0.11, 0.8), at(0.11, 0.8), at(0.11, 0.835), at(-0.11, 0.835)], ROCK, 245, 0.02, 0.4, 0, 0);
  form([at(-0.055, 0.835), at(0.055, 0.835), at(0.055, 0.92), at(-0.055, 0.92)], GLOW, 255, 0.03, 0.4, 0, 0);
  for (const u of [-0.05, 0, 0.05]) form([at(u - 0.006, 0.835), at(u + 0.006, 0.835), at(u + 0.006, 0.92), at(u - 0.006, 0.92)], ROCK, 245, 0.02, 0.2, 0, 0);
  form([at(-0.075, 0.915), at(0.075, 0.915), at(0.04, 0.98), at(0, 1.02), at(-0.04, 0.98)], ACCENT, 250, bleed * 0.3, 0.5, 0.1);
  for (const v of [0.2, 0.4, 0.68]) form([at(-0.014, v), at(0.014, v), at(0.014, v + 0.05), at(-0.014, v + 0.05)], ROCK, 240, 0.02, 0.3, 0, 0);
}

// A heap of rocks around (x, y): lit faces above, dark clefts below.
function rocks(x, y, wide) {
  const from = random(100);
  const top = (u) => y - wide * 0.42 * pow(cos(90 * u), 0.5) * (0.1 + 1.5 * noise(from + u * 7));
  const points = [];
  for (let u = -0.98; u <= 0.99; u += 0.14) points.push([x + u * wide, top(u)]);
  points.push([x + wide * 0.8, y + 30], [x + wide * 0.3, y + 44], [x - wide * 0.4, y + 32], [x - wide * 0.9, y + 40]);
  lift(points, 0.1);
  form(points, "" + lerpColor(color(ROCK), color(GLOW), 0.35), 255, bleed * 0.6, 0.4, 0.1);
  for (let i = 0; i < 9 + 2 * layers; i++) {
    const u = random(-0.85, 0.7);
    const [ax, ay, w, h] = [x + u * wide, top(u) + random(0, 40), wide * random(0.2, 0.45), wide * random(0.16, 0.4)];
    const facet = [[ax, ay], [ax + w * 0.6, ay + h * 0.1], [ax + w, ay + h * 0.7], [ax + w * 0.5, ay + h], [ax + w * 0.1, ay + h * 0.6]];
    form(facet, ROCK, random(200, 250), bleed * 0.6, 0.4, 0.1);
  }
}

// Broken white water: lifted patches and flying drops.
function foam(x, y, wide) {
  for (let i = 0; i < 9; i++) form(blob(x + random(-1, 1) * wide, y + random(-12, 22), random(20, 60), random(4, 8 + 8 * swell), 1.2), PAPER, 235, 0.12, 0.1, 0.6, 0);
  for (let i = 0; i < 16; i++) form(blob(x + random(-1, 1) * wide * 0.8, y - random(4, 30 + 50 * swell), random(1, 2.6), random(1, 2.6), 0.4), PAPER, 250, 0.03, 0, 0.6, 0);
}

// The line where the water ends, curving down from the far end of the beach.
function shore(side, x, from) {
  const t = (side * x + 284) / 568;
  return lerp(210, -70, pow(t, 1.5)) + 16 * swell * (noise(from + x / 60) - 0.5);
}

function sand(side) {
  const points = [];
  for (let x = -284; x <= 284; x += 20) points.push([x, shore(side, x, 3)]);
  lift([...points, [284, 290], [-284, 290]]);
  form([...points, [284, 290], [-284, 290]], GLOW, 235, bleed, 0.2);
  wash(side * 160, 220, 240, 70, "" + lerpColor(color(GLOW), color(ROCK), 0.3), 200);
  form([...points.map(([x, y]) => [x, y + 4]), ...points.reverse().map(([x, y]) => [x, y + 44])], "" + lerpColor(color(SKY), color(ROCK), 0.2), 170, bleed, 0.1);
}

// A breaking line that runs along the shore, `y` below the last one.
function surf(side, y, deep) {
  const from = random(100);
  const line = (x, k) => [x, shore(side, x, from) + (y - 96) * 0.7 + k * deep * (0.3 + 1.4 * noise(from + k + x / 36))];
  const over = [];
  const under = [];
  for (let x = -284; x <= 284; x += 14) {
    over.push(line(x, -0.6));
    under.unshift(line(x, 0.6));
  }
  form([...over.map(([px, py]) => [px, py - deep]), ...over.slice().reverse()], DEEP, 170, bleed, 0.1);
  form([...over, ...under], PAPER, 255, 0.05, 0.2, 0.3, 0);
  form([...over, ...under], PAPER, 255, 0.05, 0.2, 0.3, 0);
}

function gulls(x, y) {
  for (let i = 0; i < 4; i++) {
    const [bx, by, w] = [x + random(-70, 70), y + random(-34, 34), random(5, 11)];
    push();
    brush.set("cpencil", ROCK, 1.3);
    brush.spline([[bx - w, by - w * 0.4, 0.6], [bx - w * 0.4, by - w * 0.6, 1], [bx, by, 1], [bx + w * 0.4, by - w * 0.6, 1], [bx + w, by - w * 0.4, 0.6]], 0.6);
    pop();
  }
}
