// Trees drawn from the wood outward: a skeleton of charcoal limbs that fork, then leaves as single dabs.
// subject: tree
// prompt: a tree in charcoal and {palette} dabs, {composition}
const palette = "green"; // one of: green, autumn, blossom
const composition = "its roots showing"; // one of: its roots showing, bent by the wind, beside a path with poplars behind
const spread = 27; // 22 to 34
const leaves = 0.7; // 0.4 to 1.0
const gust = 0.4; // 0.0 to 1.0
const seed = 3; // seed

const TONES = {
  green: { sheet: "#f4f1e6", dabs: ["#4c7d2e", "#7fa63a", "#2f5a2c", "#a8bf52"], soil: "#8a8f5c", sky: "#9fc0d4" },
  autumn: { sheet: "#f7efe0", dabs: ["#c9541c", "#e08e22", "#9a2f1c", "#edbb45"], soil: "#a8834f", sky: "#b9c2c4" },
  blossom: { sheet: "#f2f1f3", dabs: ["#eda3b8", "#d96f92", "#f7cbd6", "#b9486f"], soil: "#93a36c", sky: "#a9bfe0" },
};
const tone = TONES[palette];
const BARK = "#3a2e2a";
const wood = []; // every limb: from, to, thickness
const twigs = []; // where leaves may hang

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(tone.sheet);
  first(tone.sheet);
  const scenes = { "its roots showing": rooted, "bent by the wind": windy, "beside a path with poplars behind": avenue };
  scenes[composition]();
}

function draw() {
  noLoop();
}

// p5.brush loses what it filled just before its first stroke: so that comes here, in the colour of the sheet.
function first(colour) {
  push();
  brush.set("pen", colour, 0.3);
  brush.line(-255, -255, -253, -255);
  pop();
}

function rooted() {
  const x = random(-20, 20);
  scrub(-256, 256, 168, 250, tone.soil, 60);
  fork(x, 172, -90, 84, 24, 8, 0);
  for (let a = 12; a <= 168; a += 22) root(x, 168, a + random(-8, 8), random(60, 120));
  draft();
  crown(1);
}

function windy() {
  for (let i = 0; i < 26; i++) {
    const y = random(-240, 120);
    sweep([[-256, y], [random(-120, 60), y - random(6, 26)], [256, y + random(-10, 18)]], "2H", tone.sky, random(1, 3));
  }
  scrub(-256, 256, 176, 250, tone.soil, 50);
  fork(-120, 190, -76, 88, 20, 8, 7 + 6 * gust);
  draft();
  for (let i = 0; i < 46; i++) dab(random(-60, 256), random(-190, 190), random(10), random(7, 11));
  crown(1.3);
  for (let x = -256; x < 256; x += 7) sweep([[x, 196 + random(30)], [x + 10, 182 + random(20)], [x + 26, 184 + random(20)]], "2B", tone.soil, 1.6);
}

function avenue() {
  for (const [x, high] of [[-214, 200], [-168, 170], [-132, 150], [206, 190], [168, 160]]) poplar(x, 118, high * random(0.9, 1.1));
  scrub(-256, 256, 112, 250, tone.soil, 70);
  for (let k = 0; k <= 9; k++) sweep([[lerp(-150, 40, k / 9), 256], [lerp(-40, 40, k / 9), 176], [lerp(48, 62, k / 9), 116]], "charcoal", "#cdbb9c", 2);
  fork(-40, 196, -88, 82, 18, 8, 0);
  draft();
  crown(1);
}

function poplar(x, y, high) {
  sweep([[x, y + 6], [x + 1, y - high * 0.4], [x, y - high]], "charcoal", BARK, 1.4);
  for (let t = 0.12; t < 1; t += 0.05) {
    for (const side of [-1, 1]) {
      const reach = side * 22 * pow(sin(180 * pow(t, 0.8)), 0.7);
      sweep([[x, y - high * t], [x + reach * 0.8, y - high * t - 8], [x + reach, y - high * t - 30]], "charcoal", random(tone.dabs), 1.8);
    }
  }
}

function fork(x, y, a, reach, thick, depth, wind) {
  const turn = a + wind * (9 - depth) * 0.35;
  const [tx, ty] = [x + reach * cos(turn), y + reach * sin(turn)];
  wood.push([x, y, tx, ty, thick, turn]);
  if (depth < 4) twigs.push([tx, ty, turn]);
  if (depth === 0) return;
  const sides = depth > 6 ? [-0.9, 0.1, 0.95] : [-1, 0.8];
  for (const side of sides) {
    if (depth < 4 && random() < 0.12) continue;
    fork(tx, ty, turn + side * spread * random(0.65, 1.25), reach * random(0.74, 0.88), thick * (abs(side) < 0.5 ? 0.7 : 0.62), depth - 1, wind);
  }
}

// Thick limbs are many lines side by side, darker on the right.
function draft() {
  for (const [x, y, tx, ty, thick, a] of wood) {
    const count = max(1, round(thick / 1.6));
    for (let k = 0; k < count; k++) {
      const off = count > 1 ? lerp(-0.5, 0.5, k / (count - 1)) * thick : 0;
      const [ox, oy] = [-off * sin(a), off * cos(a)];
      const bow = random(-2, 2);
      const ink = count > 3 && ox < -thick * 0.15 ? "#7a6656" : BARK;
      sweep([[x + ox * 1.15, y + oy * 1.15], [(x + tx) / 2 + ox + bow, (y + ty) / 2 + oy + bow], [tx + ox * 0.7, ty + oy * 0.7]], "charcoal", ink, max(0.5, min(2.2, thick * 0.35)));
    }
  }
}

function crown(size) {
  for (const [x, y, a] of twigs) if (random() < leaves) dab(x + random(-9, 9), y + random(-9, 9), a + random(-50, 50), random(7, 12) * size);
}

function dab(x, y, a, reach) {
  const at = (u, v) => [x + reach * (u * cos(a) - v * sin(a)), y + reach * (u * sin(a) + v * cos(a))];
  push();
  brush.noStroke();
  brush.wash(random(tone.dabs), 235);
  brush.beginShape(0.4);
  for (const [u, v] of [[-0.7, 0], [0, 0.5], [0.9, 0], [0, -0.5]]) brush.vertex(...at(u, v));
  brush.endShape(true);
  pop();
}

function root(x, y, a, reach) {
  for (let k = 0; k < 4; k++) {
    const wave = random(-14, 14);
    sweep([[x + 14 * cos(a), y - 12 + k], [x + reach * 0.5 * cos(a), y + 8 + reach * 0.18 * sin(a) + k * 2], [x + reach * cos(a) + wave, y + reach * 0.36 * sin(a) + 12]], "charcoal", BARK, 1.6 - k * 0.25);
  }
}

function scrub(left, right, top, bottom, colour, count) {
  for (let i = 0; i < count; i++) {
    const [x, y] = [random(left, right), random(top, bottom)];
    sweep([[x - 40, y + random(-4, 4)], [x, y + random(-5, 5)], [x + 40, y + random(-4, 4)]], "charcoal", colour, random(1.6, 3));
  }
}

function sweep(points, tool, colour, weight) {
  push();
  brush.set(tool, colour, weight);
  brush.spline(points.map(([x, y], i) => [x, y, 1.1 - 0.2 * i]), 0.6);
  pop();
}
