// Tulips cut out of coloured paper: few flat shapes, and crayon lines over them.
// subject: tulips
// prompt: {palette} tulips as if cut out of paper, {composition}
const palette = "scarlet"; // one of: scarlet, yellow, violet
const composition = "in a row along a border"; // one of: in a row along a border, fanned out of a striped jug, one large head by itself
const tilt = 6; // -12 to 12
const tint = 0.5; // 0.0 to 1.0
const heads = 5; // 3 to 5
const seed = 7; // seed

const SHEETS = {
  scarlet: { paper: ["#f3e3c3", "#cfe0e4"], front: "#e2452f", side: "#b3202b", line: "#7d1020", jug: "#2f5d8c" },
  yellow: { paper: ["#d9e4d8", "#f2d9cf"], front: "#f6c22d", side: "#e58a17", line: "#a8540c", jug: "#7c3f58" },
  violet: { paper: ["#f4e9d2", "#dfe3f0"], front: "#8a4fb0", side: "#5b2a86", line: "#34125c", jug: "#d28a2e" },
};
const sheet = SHEETS[palette];
const GREENS = ["#2f7d4a", "#1f5f43", "#5a9a3c"];
const FRONT = [[0, 46], [-19, 34], [-27, 4], [-17, -30], [0, -54], [17, -30], [27, 4], [19, 34]];
const SIDE = [[2, 45], [-24, 38], [-42, 10], [-41, -24], [-33, -58], [-15, -36], [0, -6]];
const mixed = (a, b, t) => "" + lerpColor(color(a), color(b), t);

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(mixed(...sheet.paper, tint));
  first(mixed(...sheet.paper, tint));
  const scenes = {
    "in a row along a border": frieze,
    "fanned out of a striped jug": jugful,
    "one large head by itself": single,
  };
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

function frieze() {
  cut([[-256, 170], [256, 170], [256, 256], [-256, 256]], mixed(GREENS[1], sheet.jug, tint), 0);
  for (let x = -240; x < 256; x += 40) cut([[x - 16, 240], [x, 200], [x + 16, 240]], sheet.front, 0);
  crayon([[-250, 186], [0, 188], [250, 186]], sheet.paper[0], 3);
  const gap = 470 / heads;
  for (let i = 0; i < heads; i++) {
    const x = -235 + gap * (i + 0.5);
    const y = (i % 2 ? -40 : -120) + random(-20, 20);
    plant(x, 178, x + tilt, y, 1.05 + random(0.25), tilt * (i % 2 ? 1 : -1));
    leaf([x - 2, 178], [x - 60, 100], [x - 38, 20 + random(30)], 13, 0);
    leaf([x + 2, 178], [x + 56, 120], [x + 40, 40 + random(30)], 13, 1);
  }
}

function jugful() {
  cut([[-256, 130], [256, 130], [256, 256], [-256, 256]], mixed(sheet.paper[1], sheet.side, 0.35), 0);
  for (let i = 0; i < heads + 2; i++) {
    const a = lerp(-62, 62, i / (heads + 1)) + random(-4, 4);
    const far = (i % 2 ? 250 : 195) + random(-12, 12);
    plant(0.25 * a, 60, far * sin(a) * 0.95, 60 - far * cos(a), random(0.85, 1), a * 0.8 + tilt / 2);
  }
  for (const side of [-1, 1]) {
    leaf([side * 14, 60], [side * 120, -10], [side * 190, 70], 17, side > 0 ? 1 : 0);
    leaf([side * 8, 60], [side * 60, -60], [side * 44, -130], 13, side > 0 ? 0 : 2);
  }
  const jug = [[-44, 36], [44, 36], [40, 70], [78, 120], [84, 170], [58, 220], [-58, 220], [-84, 170], [-78, 120], [-40, 70]];
  leaf([60, 90], [150, 90], [70, 190], 7, 0, sheet.jug);
  cut(jug, sheet.jug, 0.3);
  for (const [y, half] of [[84, 50], [112, 70], [140, 80], [168, 80], [196, 70]]) crayon([[-half, y], [0, y + 7], [half, y]], sheet.paper[0], 5);
}

function single() {
  cut([[-150, -256], [256, -256], [256, 40], [-60, 130]], mixed(sheet.paper[1], sheet.jug, 0.3), 0.1);
  leaf([-6, 270], [-150, 120], [-170, -120], 40, 0);
  leaf([6, 270], [170, 140], [130, -60], 44, 1);
  plant(4, 290, tilt, -40, 3, tilt / 2);
  leaf([0, 290], [-60, 200], [-110, 100], 30, 2);
}

// A stem with its head; the head is six pieces of paper at most.
function plant(fx, fy, x, y, size, turn) {
  ribbon([fx, fy], [lerp(fx, x, 0.2), lerp(fy, y, 0.6)], [x, y + 30 * size], () => 3.4 * sqrt(size), GREENS[1]);
  const placed = (points, flip = 1) => points.map(([u, v]) => [x + size * (flip * u * cos(turn) - v * sin(turn)), y + size * (flip * u * sin(turn) + v * cos(turn))]);
  cut(placed([[-20, -10], [0, -50], [20, -10], [10, 30], [-10, 30]]), sheet.line, 0.2);
  cut(placed(SIDE), sheet.side, 0.35);
  cut(placed(SIDE, -1), mixed(sheet.side, sheet.front, 0.3), 0.35);
  cut(placed(FRONT), mixed(sheet.front, sheet.paper[0], 0.15 * tint), 0.35);
  for (let k = -2; k <= 2; k++) crayon(placed([[k * 3, 36], [k * 8, 4], [k * 4, -30 + 4 * abs(k)]]), sheet.line, 0.5 + size * 0.35);
  for (const flip of [1, -1]) crayon(placed([[-20, 30], [-35, 6], [-32, -40]], flip), sheet.paper[0], 0.5 + size * 0.5);
}

function leaf(from, bend, to, half, tone, colour = GREENS[tone]) {
  ribbon(from, bend, to, (t) => half * pow(sin(180 * (0.08 + 0.92 * t)), 0.8), colour);
  if (colour === GREENS[tone]) crayon([from, [lerp(from[0], bend[0], 0.62), lerp(from[1], bend[1], 0.7)], to], GREENS[(tone + 1) % 3], 1.6);
}

function ribbon([ax, ay], [bx, by], [cx, cy], half, colour) {
  const [left, right] = [[], []];
  for (let t = 0; t <= 1.001; t += 0.1) {
    const [px, py] = [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t), lerp(lerp(ay, by, t), lerp(by, cy, t), t)];
    const a = atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t));
    left.push([px - half(t) * sin(a), py + half(t) * cos(a)]);
    right.unshift([px + half(t) * sin(a), py - half(t) * cos(a)]);
  }
  cut([...left, ...right], colour, 0);
}

function cut(points, colour, bend) {
  push();
  brush.noStroke();
  brush.wash(colour, 255);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function crayon(points, colour, weight) {
  push();
  brush.set("crayon", colour, weight);
  brush.spline(points.map(([x, y]) => [x, y, 1]), 0.6);
  pop();
}
