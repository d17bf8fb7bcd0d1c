// Misty ranges one behind another, each paler than the one before it.
const palette = "blue-grey";
const composition = "range behind range";
const layers = 3;
const bleed = 0.10;
const wetness = 0.50;
const mist = 0.6;
const seed = 31031;

const INKS = {
  // paper, sky, glow on the horizon, farthest range, nearest range, trees
  "blue-grey": ["#f6f2ea", "#6f92ba", "#f0cdae", "#8aa6c4", "#23405f", "#101f33"],
};
const [PAPER, SKY, GLOW, FAR, NEAR, TREES] = INKS[palette];

const PICTURES = {
  "range behind range": ranges,
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
