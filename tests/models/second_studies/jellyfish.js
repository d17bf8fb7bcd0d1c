// Jellyfish as light lines on a dark sheet: meridians and rims of a bell, arms and tentacles as running waves.
// subject: jellyfish
// prompt: a jellyfish in pale lines on {palette}, {composition}
const palette = "deep blue"; // one of: deep blue, black, wine red
const composition = "one large and tilted"; // one of: one large and tilted, five of different sizes, two over the sea floor
const meridians = 15; // 11 to 21
const wave = 12; // 7 to 18
const long = 1.0; // 0.8 to 1.2
const seed = 14; // seed

const SHEETS = {
  "deep blue": { dark: "#10294f", bell: "#3f74b0", lines: ["#cfe6f7", "#8fc0e8", "#f2d9ea"], glow: "#f4f9fc", floor: "#0a1a36" },
  black: { dark: "#14141a", bell: "#6a4f8a", lines: ["#f3d5ee", "#c89be0", "#fbe9b8"], glow: "#fff6fb", floor: "#2c2436" },
  "wine red": { dark: "#48122c", bell: "#b0506a", lines: ["#fbdcc9", "#f2a48f", "#f6ecd2"], glow: "#fff4e6", floor: "#2e0a1e" },
};
const sheet = SHEETS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(sheet.dark);
  first(sheet.dark);
  const scenes = { "one large and tilted": large, "five of different sizes": five, "two over the sea floor": sea };
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

function large() {
  plankton(70);
  jelly(random(-30, 40), -96, 126, random(-22, 22));
}

function five() {
  plankton(90);
  const places = [[-160, -170, 44], [150, -190, 36], [176, 30, 54], [-170, 70, 50], [0, -70, 78]];
  for (const [x, y, r] of places) jelly(x + random(-14, 14), y + random(-14, 14), r * random(0.9, 1.1), random(-28, 28));
}

function sea() {
  plankton(50);
  const bed = Array.from({ length: 14 }, (_, i) => [-262 + i * 40.4, 196 + 30 * noise(i * 0.5)]);
  flat([...bed, [262, 262], [-262, 262]], sheet.floor, 255);
  for (let k = 0; k < 4; k++) glint(bed.map(([x, y]) => [x, y + k * 13]), sheet.bell, 1.4);
  for (const x of [-200, -170, 190, 216, 160]) for (let k = -3; k <= 3; k++) glint([[x, 230], [x + k * 6, 200], [x + k * 13, random(150, 185)]], random(sheet.lines), 1.6);
  jelly(-100, -110, 88, random(-16, 0));
  jelly(124, -40, 72, random(0, 20));
}

// The apex lies above (x, y), the rim below it; r is half the breadth of the bell.
function jelly(x, y, r, turn) {
  const at = (u, v) => [x + r * (u * cos(turn) - v * sin(turn)), y + r * (u * sin(turn) + v * cos(turn))];
  const reach = 2.5 * long;
  // tentacles hang from the rim and lag behind
  for (let i = 0; i < meridians; i++) {
    const u = lerp(-0.94, 0.94, i / (meridians - 1));
    const phase = random(360);
    const end = reach * random(0.7, 1.05);
    const path = [];
    for (let t = 0; t <= 1.01; t += 0.07) path.push(at(u * (1 - 0.25 * t) + (wave / r) * 1.3 * t * sin(phase + 620 * t), 0.32 + end * t));
    glint(path, sheet.lines[i % 3], 0.8 + r / 160);
  }
  for (let i = -2; i <= 2; i++) arm(at, i, r);
  const ts = Array.from({ length: 19 }, (_, i) => -90 + i * 10);
  const dome = ts.map((a) => at(1.0 * sin(a), 0.26 - 1.06 * pow(cos(a), 0.72)));
  const scallop = ts.toReversed().map((a, i) => at(0.98 * sin(a), 0.3 + (i % 2 ? 0.1 : 0) + 0.1 * cos(a)));
  flat([...dome, ...scallop], sheet.bell, 150);
  flat([...dome.slice(3, 16), ...ts.slice(3, 16).toReversed().map((a) => at(0.72 * sin(a), -0.06 - 0.3 * cos(a)))], sheet.lines[1], 50);
  for (let i = 0; i < meridians; i++) {
    const u = lerp(-0.97, 0.97, i / (meridians - 1));
    glint([0, 0.25, 0.5, 0.75, 1].map((t) => at(u * pow(sin(90 * t), 0.9), 0.28 - 1.06 * pow(cos(90 * t), 0.72) * (1 - 0.08 * u * u) + 0.06 * t * (1 - u * u))), sheet.lines[i % 2], 0.7 + r / 200);
  }
  for (const k of [0.45, 0.72]) glint([-1, -0.6, 0, 0.6, 1].map((u) => at(k * u, 0.28 - 1.06 * pow(sqrt(1 - k * k), 0.72) + 0.14 * k * (1 - u * u))), sheet.lines[0], 0.9);
  for (const [u, v] of [[-0.3, -0.16], [0.02, -0.06], [0.32, -0.18], [0.02, -0.34]]) glint(Array.from({ length: 10 }, (_, i) => at(u + 0.13 * cos(i * 40), v + 0.1 * sin(i * 40))), sheet.lines[2], 1.4);
  glint(dome, sheet.glow, 1.6 + r / 90);
  glint(scallop, sheet.glow, 1.2 + r / 130);
}

// A frilled arm: one wave that runs down, drawn there and back.
function arm(at, i, r) {
  for (const side of [-1, 1]) {
    const path = [];
    for (let t = 0; t <= 1.01; t += 0.035) path.push(at(i * 0.17 * (1 + 0.5 * t) + side * 0.07 * (1 - t) * (1 + sin(t * 1500 + i * 70)) + (wave / r) * 0.5 * t * sin(t * 360 + i * 50), 0.1 + 1.5 * long * t));
    glint(path, side < 0 ? sheet.glow : sheet.lines[2], 1 + r / 90);
  }
}

function plankton(count) {
  for (let i = 0; i < count; i++) {
    const [x, y, r] = [random(-256, 256), random(-256, 256), random(0.6, 2.2)];
    flat(Array.from({ length: 9 }, (_, k) => [x + r * cos(k * 45), y + r * sin(k * 45)]), random(sheet.lines), random(60, 160));
  }
}

function flat(points, colour, opacity) {
  push();
  brush.noStroke();
  brush.wash(colour, opacity);
  brush.polygon(points);
  pop();
}

function glint(points, colour, weight) {
  push();
  brush.set("rotring", colour, weight * 2.4);
  brush.spline(points.map(([x, y]) => [x, y, 1]), 0.7);
  pop();
}
