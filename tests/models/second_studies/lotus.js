// Lotuses in line, as engraved on a panel: pointed petals whose lines run together at the tip, rings of water.
// subject: lotus
// prompt: a {palette} lotus in fine lines, {composition}
const palette = "pink"; // one of: pink, white, gold
const composition = "in profile on ringed water"; // one of: in profile on ringed water, seen from straight above, on a stalk beside leaf and seed pod
const pointed = 0.5; // 0.2 to 0.9
const lines = 5; // 4 to 7
const turn = 0; // -8 to 8
const seed = 12; // seed

const PANELS = {
  pink: { sheet: "#eef2ea", petal: "#f4bcc8", tip: "#c9487a", leaf: "#8fb08a", line: "#4b2a45", heart: "#e9bf4a", water: "#7fa6a6" },
  white: { sheet: "#bcd2cf", petal: "#fbf8ef", tip: "#8f9a7a", leaf: "#5f8a74", line: "#24403f", heart: "#e5b93c", water: "#4f7f86" },
  gold: { sheet: "#22304a", petal: "#e9c46a", tip: "#f8ecc4", leaf: "#3f6b66", line: "#5a3410", heart: "#d9763a", water: "#7f93b8" },
};
const panel = PANELS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(panel.sheet);
  first(panel.sheet);
  const scenes = { "in profile on ringed water": profile, "seen from straight above": above, "on a stalk beside leaf and seed pod": stalked };
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

function profile() {
  const [x, y] = [random(-16, 16), 78];
  for (let k = 1; k < 12; k++) engrave(oval(x, y + 60, 60 + k * 34, 10 + k * 15), panel.water, 1.2);
  pad(-170, 150, 120, 34);
  pad(186, 176, 110, 32);
  bloom(x, y, 1.3);
}

function above() {
  for (let k = 0; k < 9; k++) engrave(oval(0, 0, 268 + k * 16, 268 + k * 16), panel.water, 1.2);
  const leaf = oval(0, 0, 236, 236);
  glaze(leaf, panel.leaf);
  for (let a = 0; a < 360; a += 15) engrave([[20 * cos(a), 20 * sin(a)], [130 * cos(a + 3), 130 * sin(a + 3)], [232 * cos(a), 232 * sin(a)]], panel.line, 0.9);
  engrave(leaf, panel.line, 1.6);
  const from = random(45);
  for (const [count, far, wide] of [[10, 196, 46], [9, 150, 42], [8, 108, 34], [6, 66, 24]]) {
    for (let i = 0; i < count; i++) petal(0, 0, from + far + (i * 360) / count + turn, far * random(0.95, 1.03), wide);
  }
  pod(0, 0, 26, 26);
}

function stalked() {
  for (let y = 200; y < 256; y += 9) engrave([[-256, y], [0, y + random(-3, 3)], [256, y]], panel.water, 1.2);
  const stalk = (x, foot, top) => [-2.5, 0, 2.5].forEach((off) => engrave([[foot + off, 262], [lerp(foot, x, 0.6) + off + 8, lerp(262, top, 0.5)], [x + off, top]], off ? panel.line : panel.leaf, off ? 1 : 3));
  stalk(-10, 20, 10);
  stalk(166, 90, -80);
  stalk(-176, -100, -30);
  pad(-166, -40, 92, 40);
  const cone = [[124, -128], [208, -128], [196, -96], [174, -70], [158, -70], [136, -96]];
  glaze(cone, panel.leaf);
  for (let k = -4; k <= 4; k++) engrave([[166 + k * 9, -120], [166 + k * 6, -98], [166 + k * 1.5, -72]], panel.line, 0.8);
  pod(166, -128, 43, 15);
  bloom(-4, 24, 1.02);
}

// Five fans of petals, the far ones first.
function bloom(x, y, size) {
  const fans = [[[-38, -13, 13, 38], 172, 34], [[-66, -50, -26, 0, 26, 50, 66], 156, 38], [[-88, -72, 72, 88], 142, 30], [[-46, -20, 20, 46], 128, 40], [[-100, 100], 104, 26], [[-68, 68], 104, 34], [[-32, 0, 32], 98, 40]];
  for (const [angles, far, wide] of fans) for (const a of angles) petal(x, y, a - 90 + turn + random(-2, 2), size * far * random(0.97, 1.03), size * wide);
}

// A petal from (x, y) in a direction: broad in its middle, drawn together at the end.
function petal(x, y, a, far, wide) {
  const at = (u, v) => [x + far * u * cos(a) - wide * v * sin(a), y + far * u * sin(a) + wide * v * cos(a)];
  const breadth = (u) => pow(sin(180 * pow(u, 1.05)), 0.9) * (1 - pointed * 0.5 * pow(u, 3));
  const us = [0, 0.12, 0.28, 0.45, 0.6, 0.74, 0.86, 0.94, 1];
  const edge = (s) => us.map((u) => at(u, s * breadth(u)));
  glaze([...edge(1), ...edge(-1).toReversed()], panel.petal);
  glaze([...[0.72, 0.84, 0.93, 1].map((u) => at(u, breadth(u))), ...[0.93, 0.84, 0.72].map((u) => at(u, -breadth(u))), at(0.82, 0)], panel.tip, 140);
  for (let k = -lines; k <= lines; k++) {
    const s = k / (lines + 1);
    engrave([0.08, 0.4, 0.7, 0.97 - 0.22 * abs(s)].map((u) => at(u, s * breadth(u))), panel.tip, 0.8);
  }
  engrave([...edge(1), ...edge(-1).toReversed()], panel.line, 1.5);
}

function pad(x, y, rx, ry) {
  const rim = oval(x, y, rx, ry);
  glaze(rim, panel.leaf);
  for (let a = 0; a < 360; a += 18) engrave([[x, y], [x + rx * 0.5 * cos(a + 4), y + ry * 0.5 * sin(a + 4)], [x + rx * 0.98 * cos(a), y + ry * 0.98 * sin(a)]], panel.line, 0.8);
  engrave(rim, panel.line, 1.5);
}

function pod(x, y, rx, ry) {
  const rim = oval(x, y, rx, ry);
  glaze(rim, panel.heart);
  engrave(rim, panel.line, 1.2);
  for (const [count, k] of [[1, 0], [6, 0.4], [10, 0.74]]) {
    for (let i = 0; i < count; i++) engrave(oval(x + rx * k * cos((i * 360) / count), y + ry * k * sin((i * 360) / count), rx * 0.09, ry * 0.09), panel.line, 1.2);
  }
}

function oval(x, y, rx, ry) {
  return Array.from({ length: 33 }, (_, i) => [x + rx * cos(i * 11.25), y + ry * sin(i * 11.25)]);
}

function glaze(points, colour, opacity = 255) {
  push();
  brush.noStroke();
  brush.wash(colour, opacity);
  brush.polygon(points);
  pop();
}

function engrave(points, colour, weight) {
  push();
  brush.set("rotring", colour, weight * 1.6);
  brush.spline(points.map(([x, y]) => [x, y, 1]), 0.5);
  pop();
}
