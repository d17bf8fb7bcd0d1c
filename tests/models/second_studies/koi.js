// Koi in the manner of a woodblock print: flat bodies, a key line round everything, scales and waves as arcs.
// subject: koi
// prompt: koi as a woodblock print, {palette}, {composition}
const palette = "orange on blue"; // one of: orange on blue, red on grey-green, gold on indigo
const composition = "three in a current of lines"; // one of: three in a current of lines, one large with every scale drawn, leaping out of the waves
const curl = 40; // 20 to 60
const patches = 4; // 3 to 5
const pen = 1.2; // 0.9 to 1.6
const seed = 6; // seed

const BLOCKS = {
  "orange on blue": { water: "#a9c9d6", deep: "#4f86a3", skin: "#f8f1e2", patch: "#e5662a", fin: "#f3d9b8", key: "#20303c" },
  "red on grey-green": { water: "#c6cfb8", deep: "#7d9684", skin: "#faf4ea", patch: "#c52f2a", fin: "#eccfc4", key: "#2c2a26" },
  "gold on indigo": { water: "#5a6da0", deep: "#2f3e74", skin: "#f3dc94", patch: "#d8902a", fin: "#f6e9c0", key: "#161c38" },
};
const block = BLOCKS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(block.water);
  first(block.water);
  const scenes = { "three in a current of lines": current, "one large with every scale drawn": large, "leaping out of the waves": leaping };
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

function current() {
  for (let y = -260; y < 270; y += 13) {
    const path = [];
    for (let x = -262; x <= 290; x += 24) path.push([x, y + 46 * (noise(x * 0.006 + 3, y * 0.006) - 0.5) * 2]);
    keyline(path, block.deep, pen * (y % 2 ? 1 : 1.5), 0.8);
  }
  for (const [x, y, turn] of [[-70, -130, 20], [80, 10, -14], [-60, 150, 8]]) {
    fish(bentSpine(x + random(-20, 20), y + random(-14, 14), 230, turn + random(-12, 12), random([-1, 1]) * curl), random(30, 36));
  }
}

function large() {
  for (let r = 30; r < 420; r += 26) keyline(ringed(-120, 170, r, r * 0.55), block.deep, pen * 1.4, 0.9);
  fish(bentSpine(6, 6, 430, random([-58, -48, 52]), random([-1, 1]) * curl * 1.6), 70);
}

function leaping() {
  paper(ringed(110 * random([-1, 1]), -130, 74, 74), block.fin);
  waves(60, 3);
  fish([[random(60, 110), -170], [20, -110], [-40, -20], [-46, 110]].toSorted((a, b) => a[1] - b[1]), 50, true);
  waves(100, 6);
  for (let i = 0; i < 26; i++) paper(ringed(random(-190, 130), random(-20, 90), random(2, 6), random(2, 6)), block.skin);
}

// A bent line of four points, head first.
function bentSpine(x, y, long, turn, bow) {
  return [-0.5, -0.17, 0.2, 0.5].map((t, i) => {
    const [u, v] = [t * long, [0.2, -0.6, 0.5, -0.5][i] * bow];
    return [x - u * cos(turn) - v * sin(turn), y - u * sin(turn) + v * cos(turn)];
  });
}

function fish(spine, wide, side = false) {
  const at = (t, off) => {
    const k = min(2, floor(t * 3));
    const f = t * 3 - k;
    const p = (i) => spine[constrain(i, 0, 3)];
    const knot = (c) => 0.5 * (2 * p(k)[c] + (p(k + 1)[c] - p(k - 1)[c]) * f + (2 * p(k - 1)[c] - 5 * p(k)[c] + 4 * p(k + 1)[c] - p(k + 2)[c]) * f * f + (3 * p(k)[c] - p(k - 1)[c] - 3 * p(k + 1)[c] + p(k + 2)[c]) * f * f * f);
    const slope = (c) => p(k + 1)[c] - p(k)[c] + (f - 0.5) * 0.5 * (p(k + 2)[c] - p(k + 1)[c] - p(k)[c] + p(k - 1)[c]);
    const a = atan2(slope(1), slope(0));
    return [knot(0) - off * wide * sin(a), knot(1) + off * wide * cos(a)];
  };
  const girth = (t) => (t < 0.3 ? pow(t / 0.3, 0.45) : pow(1 - (t - 0.3) / 0.86, 0.9));
  const ts = [0, 0.02, 0.06, 0.12, 0.2, 0.3, 0.42, 0.55, 0.68, 0.8, 0.9];
  const tail = [at(0.88, 0.12), at(0.94, 0.62), at(1.08, 1.15), at(1.14, 0.7), at(1.04, 0.1), at(1.14, -0.6), at(1.1, -1.1), at(0.95, -0.6), at(0.88, -0.12)];
  fin(tail, (s) => [at(0.9, s * 0.1), at(1, s * 0.5), at(1.08, s)]);
  for (const flip of [-1, 1]) {
    if (side && flip > 0) continue;
    fin([at(0.24, 0.8 * flip), at(0.3, 1.5 * flip), at(0.42, 2.1 * flip), at(0.5, 1.8 * flip), at(0.42, 1.1 * flip), at(0.34, 0.85 * flip)], (s) => [at(0.28, 0.85 * flip), at(0.36, (1.3 + 0.1 * s) * flip), at(0.45 + 0.04 * s, (1.75 - 0.25 * s) * flip)]);
    fin([at(0.6, 0.55 * flip), at(0.66, 1.05 * flip), at(0.74, 1.1 * flip), at(0.7, 0.42 * flip)], (s) => [at(0.63, 0.55 * flip), at(0.68, 0.75 * flip), at(0.72, (0.95 + 0.1 * s) * flip)]);
  }
  const skin = [...ts.map((t) => at(t, girth(t))), ...ts.toReversed().map((t) => at(t, -girth(t)))];
  paper(skin, block.skin, 0.3);
  for (let i = 0; i < patches; i++) {
    const [t, half, lo] = [0.08 + (0.74 * i) / patches + random(0.05), random(0.06, 0.1), random([-1, -0.9, -0.5])];
    const hi = min(1, lo + random(1.2, 1.9));
    const spot = [[-1, 0.3], [-0.6, 0.9], [0, 1], [0.7, 0.85], [1, 0.4], [0.8, 0.1], [0.2, 0], [-0.7, 0.05]].map(([u, v]) => [max(0.02, t + half + half * u), lerp(lo, hi, v)]);
    paper(spot.map(([u, v]) => at(u, v * girth(u) * 0.97)), block.patch, 0.5);
  }
  const rows = wide > 60 ? 5 : 3;
  for (let t = 0.27; t < 0.86; t += wide > 60 ? 0.042 : 0.062) {
    const shift = round(t * 1000) % 2 ? 0.5 : 0;
    for (let r = -rows; r <= rows; r++) {
      const v = (r + shift) / (rows + 0.4);
      if (abs(v) > 0.96) continue;
      const g = girth(t);
      keyline([at(t, (v - 0.45 / rows) * g), at(t + (wide > 60 ? 0.036 : 0.05), v * g), at(t, (v + 0.45 / rows) * g)], block.key, pen * 0.55, 0.9);
    }
  }
  keyline([...skin, skin[0], skin[1]], block.key, pen * 1.4, 0.4);
  keyline([at(0.22, -girth(0.22)), at(0.255, -0.4), at(0.26, 0), at(0.255, 0.4), at(0.22, girth(0.22))], block.key, pen, 0.7);
  fin([at(0.38, 0), at(0.46, 0.2), at(0.6, 0.16), at(0.66, 0)], (s) => [at(0.42, 0), at(0.5, 0.06), at(0.55 + 0.04 * s, 0.13)]);
  for (const flip of [-1, 1]) {
    paper(ringed(...at(0.1, 0.56 * flip), wide * 0.11, wide * 0.11), block.fin);
    paper(ringed(...at(0.1, 0.56 * flip), wide * 0.065, wide * 0.065), block.key);
    keyline([at(0.015, 0.2 * flip), at(-0.02, 0.42 * flip), at(-0.035, 0.75 * flip)], block.key, pen, 0.6);
  }
}

function fin(points, rib) {
  paper(points, block.fin, 0.55);
  keyline([...points, points[0], points[1]], block.key, pen, 0.55);
  for (const s of [-0.9, -0.5, 0, 0.5, 0.9]) keyline(rib(s), block.key, pen * 0.5, 0.5);
}

// Rows of fish-scale waves, one over the other.
function waves(top, rows) {
  for (let row = 0; row < rows; row++) {
    const y = top + row * 30;
    for (let x = -290 + (row % 2) * 44; x < 290; x += 88) {
      [44, 34, 24, 14].forEach((r, i) => paper(ringed(x, y + 34, r * 1.04, r), i % 2 ? block.skin : block.deep));
      keyline(ringed(x, y + 34, 46, 44), block.key, pen, 0.9);
    }
  }
}

const ringed = (x, y, rx, ry) => Array.from({ length: 25 }, (_, i) => [x + rx * cos(i * 15), y + ry * sin(i * 15)]);

function paper(points, colour, bend = 0) {
  push();
  brush.noStroke();
  brush.wash(colour, 255);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function keyline(points, colour, weight, bend) {
  push();
  brush.set("rotring", colour, weight * 2);
  brush.spline(points.map(([x, y]) => [x, y, 1]), bend);
  pop();
}
