// Poppies in soft pastel: each petal rubbed in with the side of the stick, creased with lines, black at the heart.
// subject: poppies
// prompt: {palette} poppies in pastel, {composition}
const palette = "red"; // one of: red, orange, pink
const composition = "three seen from above"; // one of: three seen from above, cups on hairy stems, a slope full of them
const crease = 7; // 5 to 10
const open = 0.5; // 0.0 to 1.0
const sway = 10; // -24 to 24
const seed = 13; // seed

const STICKS = {
  red: { sheet: "#e9e2cf", petal: ["#d92a1c", "#b81d18", "#ee5a38"], line: "#7c0f12", leaf: ["#5f7d4a", "#3f5f3a", "#8fa368"], sky: "#a9c3cf" },
  orange: { sheet: "#dfe3da", petal: ["#f0802a", "#d9601a", "#f9a850"], line: "#a33c0c", leaf: ["#6f8a58", "#47684a", "#9fb07c"], sky: "#c3cfd9" },
  pink: { sheet: "#e6e4e0", petal: ["#ea8fa0", "#d8667f", "#f6b9c0"], line: "#9c2f50", leaf: ["#6a8a6f", "#456a58", "#a3b594"], sky: "#cbd3c0" },
};
const stick = STICKS[palette];
const SOOT = "#1d1820";

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(stick.sheet);
  first(stick.sheet);
  const scenes = { "three seen from above": above, "cups on hairy stems": cups, "a slope full of them": slope };
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

function above() {
  for (let i = 0; i < 12; i++) feather(random(-220, 220), random(-220, 220), random(360), random(60, 110));
  for (const [x, y, r] of [[-92, -84, 132], [116, -10, 112], [-46, 140, 106]]) disc(x + random(-16, 16), y + random(-16, 16), r * random(0.95, 1.05));
}

// Four petals, two over two, then soot, then a seed box with its rays and a ring of stamens.
function disc(x, y, r) {
  const from = random(360);
  for (const [i, a] of [0, 180, 90, 270].entries()) {
    const reach = r * (i < 2 ? 1 : 0.86) * random(0.95, 1.06);
    const half = 62 + random(8);
    const rim = [];
    for (let b = -half; b <= half; b += 9) {
      const k = reach * (0.94 + 0.14 * (noise(from + i * 9 + b * 0.05) - 0.4)) * pow(cos((b * 82) / half), 0.26);
      rim.push([x + k * cos(from + a + b), y + k * sin(from + a + b)]);
    }
    rub([[x, y], ...rim], stick.petal[i < 2 ? 1 : 0], stick.petal[2]);
    for (let k = 0; k < crease * 2; k++) {
      const off = lerp(-half, half, (k + random()) / (crease * 2));
      const b = from + a + off;
      const end = reach * 0.88 * pow(cos((off * 82) / half), 0.4);
      draft([[x + 0.24 * r * cos(b), y + 0.24 * r * sin(b)], [x + 0.6 * end * cos(b + random(-4, 4)), y + 0.6 * end * sin(b)], [x + end * cos(b), y + end * sin(b)]], random() < 0.6 ? stick.line : stick.petal[2], random(0.8, 1.8));
    }
    draft(rim, stick.line, 1.5);
    const blot = [[0.12, -26], [0.36, -22], [0.42, 0], [0.36, 22], [0.12, 26]].map(([k, b]) => [x + k * r * cos(from + a + b), y + k * r * sin(from + a + b)]);
    flat(blot, SOOT, 0.4, 220);
  }
  for (let a = 0; a < 360; a += 6) {
    const k = r * random(0.2, 0.33);
    draft([[x + 0.1 * r * cos(a), y + 0.1 * r * sin(a)], [x + 0.7 * k * cos(a + 2), y + 0.7 * k * sin(a + 2)], [x + k * cos(a), y + k * sin(a)]], SOOT, 1.2);
    flat(ring(x + k * cos(a), y + k * sin(a), 2.4, 3.2), "#39303c", 0, 255);
  }
  flat(ring(x, y, r * 0.13, r * 0.13), "#a9b57c", 0, 255);
  for (let a = 0; a < 360; a += 36) draft([[x, y], [x + r * 0.06 * cos(a), y + r * 0.06 * sin(a)], [x + r * 0.12 * cos(a), y + r * 0.12 * sin(a)]], "#4a5a34", 1.4);
}

function cups() {
  rub([[-256, 150], [256, 130], [256, 256], [-256, 256]], stick.leaf[2], stick.leaf[0]);
  const stand = [[-150, -30, 0.8], [140, -66, 0.85], [0, -120, 1.05]].map(([x, y, size]) => [x + random(-12, 12), y + random(-16, 16), size]);
  for (let i = 0; i < 9; i++) feather(random(-220, 220), 256, random(-130, -50), random(80, 150));
  for (const [x, y] of stand) stem([x * 0.5, 256], [x * 0.8 + sway, 110], [x, y + 20]);
  nodding(random([-80, 74]), 30);
  pods(220, 30);
  pods(-218, 60);
  for (const [x, y, size] of stand) cup(x, y, size);
}

// A bowl of three petals seen from the side; the far one shows its inside.
function cup(x, y, size) {
  const own = (points) => points.map(([u, v]) => [x + size * u * (0.9 + 0.25 * open), y + size * v]);
  const back = own([[-58, -30], [-40, -66], [0, -74], [42, -64], [58, -28], [20, 10], [-20, 10]]);
  rub(back, stick.petal[1], stick.line);
  for (let k = -4; k <= 4; k++) draft(own([[k * 3, 6], [k * 8, -30], [k * 12, -60 + abs(k) * 3]]), stick.line, 1.2);
  flat(own([[-26, -8], [0, -26], [26, -8], [10, 14], [-10, 14]]), SOOT, 0.5, 230);
  for (let k = -6; k <= 6; k++) draft(own([[k * 2, 4], [k * 4, -18], [k * 5.4, -30 + abs(k)]]), SOOT, 1.4);
  for (const side of [-1, 1]) {
    const front = own([[0, 40], [side * 34, 34], [side * 76, 0], [side * 90, -36], [side * 66, -34], [side * 34, -18], [side * -8, -6], [side * -14, 18]]);
    rub(front, stick.petal[0], stick.petal[2]);
    for (let k = 1; k <= crease; k++) draft(own([[side * 3, 36], [side * k * 6, 14], [side * (k * 10 - 4), -10 - k * 2]]), k % 2 ? stick.line : stick.petal[2], 1.3);
    draft([...front, front[0]], stick.line, 1.4);
  }
}

function slope() {
  rub([[-256, -256], [256, -256], [256, -70], [-256, -30]], stick.sky, stick.sheet);
  rub([[-256, -60], [-90, -92], [80, -70], [256, -104], [256, 0], [-256, 0]], stick.leaf[1], stick.leaf[0]);
  rub([[-256, -24], [0, -50], [256, -36], [256, 256], [-256, 256]], stick.leaf[2], stick.leaf[0]);
  const spots = [];
  for (let i = 0; i < 130; i++) {
    const t = pow(random(), 1.5);
    spots.push([random(-262, 262), lerp(-32, 236, t), lerp(2.4, 25, t)]);
  }
  for (const [x, y, r] of spots.sort((a, b) => a[1] - b[1])) {
    if (r > 9) for (let k = 0; k < 3; k++) draft([[x + random(-4, 4), y + r * 3], [x + random(-4, 4), y + r], [x, y]], random(stick.leaf), 1.4);
    small(x, y, r);
  }
}

function small(x, y, r) {
  const bowl = Array.from({ length: 9 }, (_, i) => [x + r * random(0.85, 1.15) * cos(i * 40), y + r * 0.72 * random(0.85, 1.15) * sin(i * 40)]);
  flat(bowl, random(stick.petal), 0.5, 255);
  if (r < 6) return;
  for (let k = 0; k < r / 2; k++) {
    const a = random(360);
    draft([[x, y], [x + r * 0.5 * cos(a), y + r * 0.4 * sin(a)], [x + r * 0.9 * cos(a), y + r * 0.62 * sin(a)]], random([stick.line, stick.petal[2]]), 1.2);
  }
  flat(ring(x, y - r * 0.05, r * 0.3, r * 0.2), SOOT, 0, 255);
}

function stem(a, b, c) {
  for (const off of [-1.6, 0, 1.6]) draft([a, b, c].map(([x, y]) => [x + off, y]), stick.leaf[off > 0 ? 1 : 0], 2.6);
  for (let t = 0.1; t < 0.95; t += 0.03) {
    const [px, py] = [lerp(lerp(a[0], b[0], t), lerp(b[0], c[0], t), t), lerp(lerp(a[1], b[1], t), lerp(b[1], c[1], t), t)];
    for (const side of [-1, 1]) draft([[px, py], [px + side * 4, py - 2], [px + side * 8, py - 5]], stick.leaf[1], 0.7);
  }
}

function nodding(x, y) {
  stem([x * 0.7, 256], [x * 0.6, y - 60], [x + 14, y]);
  flat(ring(x + 16, y + 18, 13, 20), stick.leaf[1], 0, 255);
  draft([[x + 16, y], [x + 19, y + 18], [x + 16, y + 37]], stick.petal[0], 3);
}

function pods(x, y) {
  stem([x * 0.9, 256], [x, 160], [x, y]);
  flat(ring(x, y - 12, 15, 18), stick.leaf[0], 0, 255);
  for (let k = -2; k <= 2; k++) draft([[x + k * 4, y + 4], [x + k * 6, y - 12], [x + k * 4, y - 28]], stick.leaf[1], 1);
  flat([[x - 19, y - 28], [x, y - 38], [x + 19, y - 28], [x, y - 24]], stick.leaf[1], 0.2, 255);
}

// A leaf cut like a feather.
function feather(x, y, a, long) {
  for (let t = 0; t < 1; t += 0.09) {
    const r = long * 0.32 * sin(180 * (0.15 + 0.8 * t));
    const [px, py] = [x + long * t * cos(a), y + long * t * sin(a)];
    for (const side of [-1, 1]) draft([[px, py], [px + 0.6 * r * cos(a + side * 40), py + 0.6 * r * sin(a + side * 40)], [px + r * cos(a + side * 34), py + r * sin(a + side * 34)]], random(stick.leaf), 3);
  }
  draft([[x, y], [x + long * 0.5 * cos(a + 3), y + long * 0.5 * sin(a + 3)], [x + long * cos(a), y + long * sin(a)]], stick.leaf[1], 2);
}

const ring = (x, y, rx, ry) => Array.from({ length: 17 }, (_, i) => [x + rx * cos(i * 22.5), y + ry * sin(i * 22.5)]);

// A form rubbed in with two sticks, the second across the first.
function rub(points, first, second) {
  flat(points, first, 0.3, 225);
  for (const [colour, angle, gap, weight] of [[first, 30, 9, 1.8], [second, 68, 12, 1.3]]) {
    push();
    brush.noStroke();
    brush.hatchStyle("pastel", colour, weight);
    brush.hatch(gap, angle, { rand: 0.2 });
    brush.polygon(points);
    pop();
  }
}

function flat(points, colour, bend, opacity) {
  push();
  brush.noStroke();
  brush.wash(colour, opacity);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function draft(points, colour, weight) {
  push();
  brush.set("charcoal", colour, weight * 0.7);
  brush.spline(points.map(([x, y]) => [x, y, 1]), 0.5);
  pop();
}
