// Misty ranges one behind another, each paler than the one before it.
// subject: mountains
// prompt: a {palette} mountain landscape in watercolour, {composition}
const palette = "jade"; // one of: blue-grey, rosy, golden, jade, violet, brown-green
const composition = "range behind range"; // one of: range behind range, one great peak above the mist, a valley with a river, low hills under a wide sky
const layers = 4; // 1 to 5
const bleed = 0.26; // 0.02 to 0.30
const wetness = 0.86; // 0.10 to 0.90
const mist = 0.9; // 0.1 to 1.0
const seed = 173717; // seed

const INKS = {
  // paper, sky, glow on the horizon, farthest range, nearest range, trees
  "blue-grey": ["#f6f2ea", "#6f92ba", "#f0cdae", "#8aa6c4", "#23405f", "#101f33"],
  rosy: ["#fbf1ea", "#9d8cc0", "#f2a08c", "#c48fac", "#522c5c", "#261634"],
  golden: ["#fdf4de", "#7fa8b4", "#f2b748", "#d2a566", "#4c4a30", "#242a1c"],
  jade: ["#f3f3e6", "#7cb2b0", "#efdc9c", "#8abcaa", "#154e4a", "#0a2a2e"],
  violet: ["#f5f0f2", "#6068b4", "#f0bcba", "#9c96cc", "#32276c", "#181440"],
  "brown-green": ["#efe6cf", "#a39a6c", "#c9ab6a", "#a79a68", "#54491f", "#3a3018"],
};
const [PAPER, SKY, GLOW, FAR, NEAR, TREES] = INKS[palette];

const PICTURES = {
  "range behind range": ranges,
  "one great peak above the mist": greatPeak,
  "a valley with a river": valley,
  "low hills under a wide sky": wideSky,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  PICTURES[composition]();
}

function ranges() {
  const count = random([3, 4, 5]);
  const side = random([-1, 1]);
  sky(20);
  wash(0, 170, 340, 140, FAR, 190);
  sun(-side * random(60, 150), random(-170, -120), random(20, 32));
  for (let i = 0; i < count; i++) {
    const near = i / (count - 1);
    const foot = lerp(20, 256, near);
    range(foot, 40 + 240 / count, near, side * 0.2 * near);
    if (near < 1) fog(foot + 44, 36);
  }
  for (let i = 0; i < 9; i++) fir(side * random(90, 262), 266, random(60, 150));
  birds(-side * 60, -60);
}

function greatPeak() {
  const side = random([-1, 1]);
  sky(190);
  range(30, 60, 0.1);
  wash(0, 180, 340, 130, FAR, 190);
  peak(side * random(40, 90), random(-190, -160), random(250, 310), 290);
  fog(84, 50);
  range(130, 70, 0.45);
  fog(180, 36);
  range(262, 120, 0.8);
  for (let i = 0; i < 12; i++) fir(-side * random(60, 270), 264 + random(-6, 6), random(40, 120));
  for (let i = 0; i < 4; i++) fir(side * random(180, 270), 264, random(30, 70));
}

function valley() {
  const side = random([-1, 1]);
  sky(-60);
  range(-30, 120, 0);
  fog(-20, 40);
  wash(0, 160, 330, 130, tone(0.35), 225);
  const spurs = [[1, -50, -150, -6, 0.2], [-1, 30, -110, 16, 0.4], [1, -10, -40, 60, 0.6], [-1, -60, 0, 130, 0.8]];
  for (const [turn, tip, top, foot, near] of spurs) {
    spur(side * turn, side * tip, top + random(-20, 20), foot, near);
    fog(foot + 4, 16 + 10 * near);
  }
  river(side);
  spur(side, side * 130, 90, 262, 1);
  for (let i = 0; i < 8; i++) fir(side * random(170, 262), random(190, 250), random(60, 120));
  for (let i = 0; i < 7; i++) fir(-side * random(150, 256), random(126, 150), random(24, 50));
}

function wideSky() {
  sky(110);
  clouds(random([-1, 1]), 120);
  const x = random([-1, 1]) * random(80, 150);
  wash(0, 220, 340, 70, FAR, 190);
  range(150, 70, 0.1);
  fog(156, 20);
  range(180, 60, 0.4);
  fog(190, 16);
  range(216, 40, 0.6);
  wash(0, 276, 330, 44, NEAR, 220);
  for (const [dx, h] of [[0, 140], [30, 96], [-26, 70], [54, 50]]) fir(x + dx, 238 + random(-3, 3), h * random(0.9, 1.1));
  birds(-x, -10);
}

// The colour of what is 0 far to 1 near.
function tone(near) {
  return "" + lerpColor(color(FAR), color(NEAR), constrain(near, 0, 1));
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

function sun(x, y, r) {
  for (const pass of [1, 2, 3]) form(blob(x, y, r, r, 0.06), PAPER, 255, 0.04, 0.2, 0.6, 0);
  form(blob(x, y, r, r, 0.06), GLOW, 130, 0.1, 0, 0.6);
}

function fog(y, h) {
  const white = "" + lerpColor(color(PAPER), color(GLOW), 0.2);
  for (const x of [-150, 130]) wash(x + random(-60, 60), y + random(-8, 8), 230, h * (0.5 + mist), white, 110 + 120 * mist);
}

// A range whose crests rise `height` over `foot`, falling off to one side by `tilt`; lower shoulders stand before it.
function range(foot, height, near, tilt = 0) {
  const from = random(1000);
  const crest = (x, shift) => {
    const fold = 1 - abs(2 * noise(from + shift + x / 170) - 1);
    return height * (1.5 * fold - 0.6 + 0.3 * noise(from + x / 24)) + tilt * x;
  };
  slope((x) => foot - crest(x, 0), foot + 50, tone(near), 215 + 40 * near);
  for (let i = 1; i < min(layers, 3); i++) {
    const lower = (x) => foot - min(crest(x, 0), crest(x, 40 * i) - 0.3 * i * height);
    slope(lower, foot, tone(near + 0.05 * i), 120 + 110 * near);
  }
}

function slope(top, foot, colour, opacity) {
  const points = [];
  for (let x = -280; x <= 280; x += 14) points.push([x, min(top(x), foot)]);
  for (let x = 280; x >= -280; x -= 28) points.push([x, foot + 36 * noise(x / 60)]);
  form(points, colour, opacity, bleed, 0.3, 0.2, 0.1 + 0.15 * wetness);
}

// A hillside that comes down from one side of the sheet to a tip at the water.
function spur(side, tip, top, foot, near) {
  const from = random(1000);
  for (let i = 0; i < layers; i++) {
    const points = [];
    for (let t = 0; t <= 1.01; t += 0.05) {
      points.push([side * lerp(284, side * tip, t), lerp(top, foot, pow(t, 1.3)) - (110 * noise(from + t * 6) + 40 * noise(from + t * 20) - 75) * (1 - t)]);
    }
    for (let t = 0.9; t >= 0; t -= 0.1) {
      points.push([side * lerp(284, side * tip, t), foot + 14 * (1 - t) - i * (foot - top) * 0.2 * (1 - t) * (0.5 + noise(from + 9 * i + t * 6))]);
    }
    form(points, tone(near + 0.06 * i), i ? 190 + 50 * near : 235, bleed);
  }
}

function river(side) {
  const mid = (t) => side * (70 * sin(300 * t) * t - 30 + 10 * t);
  const wid = (t) => 3 + 70 * t * t;
  const ts = [0, 0.12, 0.25, 0.4, 0.55, 0.7, 0.85, 1];
  const at = (t, k) => [mid(t) + k * wid(t), lerp(30, 270, t)];
  const bank = [...ts.map((t) => at(t, -1)), ...ts.slice().reverse().map((t) => at(t, 1))];
  for (const pass of [1, 2, 3]) form(bank, PAPER, 255, 0.04, 0.1, 0.6, 0);
  form(bank, GLOW, 130, bleed, 0.2, 0.6);
}

// A white mountain; its shaded side and its foot are painted, the lit snow is left.
function peak(x, y, wide, high) {
  const from = random(1000);
  const rough = (s) => 110 * abs(s) * (noise(from + s * 5) - 0.5) + 70 * min(1, 4 * abs(s)) * (noise(from + 30 + s * 18) - 0.5);
  const edge = (s) => [x + s * wide, y + high * pow(abs(s), 0.8) + rough(s)];
  const sides = [];
  for (let s = -1; s <= 1.01; s += 0.05) sides.push(edge(s));
  for (const pass of [1, 2, 3, 4]) form(sides, PAPER, 255, 0.03, 0.2, 0.1, 0);
  for (let i = 0; i < layers; i++) {
    const shade = [];
    for (let s = 0; s <= 1; s += 0.1) shade.push(edge(s * (1 - 0.1 * i)));
    for (let t = 0.9; t > 0; t -= 0.1) shade.push([x + wide * (t * 0.3 * (i + 0.2) + 0.26 * (noise(from + 9 * i + t * 9) - 0.5)), y + high * t]);
    form(shade, tone(0.3 + 0.15 * i), 225, bleed, 0.4, 0.05);
  }
  const rock = [];
  for (let s = -0.22; s >= -1; s -= 0.06) rock.push(edge(s));
  for (let s = -1; s <= -0.2; s += 0.05) rock.push([x + s * wide * 0.8, y + high * (0.35 + 0.6 * noise(from + 50 + s * 14))]);
  form(rock, tone(0.25), 215, bleed, 0.4, 0.05);
  wash(x - wide * 0.4, y + high * 0.8, wide * 0.4, 30, FAR, 170);
}

// A fir with its foot at (x, y).
function fir(x, y, h) {
  const bough = (i, side, reach) => [x + side * h * 0.04 * (i + 0.5) * reach, y - h * (1 - i / 7.5)];
  const left = [];
  const right = [];
  for (let i = 1; i <= 7; i++) {
    left.push(bough(i, -1, random(0.8, 1.3)), bough(i - 0.2, -1, 0.4));
    right.unshift(bough(i - 0.2, 1, 0.4), bough(i, 1, random(0.8, 1.3)));
  }
  const outline = [[x, y - h], ...left, [x - h * 0.02, y], [x + h * 0.02, y], ...right];
  form(outline, tone(0.9), 245, bleed * 0.6, 0.3, 0.1, wetness / 2);
  if (layers > 1) form(outline, TREES, 245, bleed * 0.4, 0.3, 0.1, wetness / 2);
}

function birds(x, y) {
  for (let i = 0; i < 5; i++) {
    const [bx, by, w] = [x + random(-60, 60), y + random(-30, 30), random(4, 8)];
    push();
    brush.set("cpencil", TREES, 1.2);
    brush.spline([[bx - w, by - w * 0.4, 0.6], [bx - w * 0.4, by - w * 0.6, 1], [bx, by, 1], [bx + w * 0.4, by - w * 0.6, 1], [bx + w, by - w * 0.4, 0.6]], 0.6);
    pop();
  }
}
