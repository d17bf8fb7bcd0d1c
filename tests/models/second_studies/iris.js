// Bearded irises in coloured pencil: no wash at all, each petal a sheaf of lines from its claw to its ruffled edge.
// subject: bearded irises
// prompt: irises in {palette} pencil, {composition}
const palette = "indigo"; // one of: indigo, ochre, plum
const composition = "one bloom and a bud"; // one of: one bloom and a bud, three in a tall vase, a row before a fence
const ruffle = 0.5; // 0.2 to 1.0
const droop = 0.5; // 0.0 to 1.0
const dense = 1.0; // 0.7 to 1.3
const seed = 5; // seed

const PENCILS = {
  indigo: { sheet: "#f5f3ee", up: ["#8f9fe0", "#6a7cd0", "#b9c3f0"], fall: ["#3a3fa0", "#27307c", "#5a5cc0"], edge: "#191c55", back: "#dfd3a8" },
  ochre: { sheet: "#f3f1ea", up: ["#f2cf5a", "#e5b53a", "#f8e59a"], fall: ["#b5622a", "#8f3f22", "#cf8a3a"], edge: "#5a2412", back: "#b9c8c4" },
  plum: { sheet: "#f6f0ec", up: ["#e3a9c4", "#cf86ac", "#f2cede"], fall: ["#8a2f66", "#651c4c", "#a84f86"], edge: "#3c0f30", back: "#c3cfae" },
};
const tin = PENCILS[palette];
const GREENS = ["#4f8a4a", "#2f6244", "#86a858", "#22503c"];
const BEARD = ["#f2b01c", "#e88a12", "#fbd75a"];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(tin.sheet);
  first(tin.sheet);
  const scenes = { "one bloom and a bud": single, "three in a tall vase": vase, "a row before a fence": fence };
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

function single() {
  const x = random(-30, 40);
  sword([x - 40, 270], [x - 120, 80], [x - 170, -80], 15);
  sword([x + 50, 270], [x + 110, 120], [x + 190, 0], 15);
  stalk([x + 10, 270], [x + 16, 160], [x, 20], 5);
  stalk([x + 12, 200], [x + 60, 150], [x + 120, 110], 3.5);
  bud(x + 120, 112, 0.9, 28);
  bloom(x, -26, 1.24);
  sword([x + 10, 270], [x - 30, 200], [x - 60, 120], 13);
}

function vase() {
  shade([[-256, 190], [256, 190], [256, 256], [-256, 256]], tin.back, 4, 0, 3);
  const heads = [[-112, -60, 0.72], [110, -84, 0.74], [0, -124, 0.8]];
  for (const [x, y] of heads) stalk([x * 0.1, 110], [x * 0.4, 30], [x, y + 20], 4);
  sword([-10, 100], [-90, 30], [-200, 30], 9);
  sword([12, 100], [80, 20], [206, 50], 9);
  sword([0, 100], [40, -20], [60, -10], 8);
  const jar = [[-30, 70], [30, 70], [40, 100], [50, 170], [44, 226], [-44, 226], [-50, 170], [-40, 100]];
  shade(jar, tin.edge, 5, 90, 1.2);
  shade([[6, 70], [30, 70], [40, 100], [50, 170], [44, 226], [10, 226]], tin.edge, 4, 60, 1.4);
  shade(jar, tin.back, 2.6, 20, 2.2);
  pencil([...jar, jar[0]], tin.edge, 1.6);
  for (const [x, y, size] of heads) bloom(x, y, size);
}

function fence() {
  for (let x = -250; x < 250; x += 52) {
    const slat = [[x, -40], [x + 18, -62], [x + 36, -40], [x + 36, 240], [x, 240]];
    shade(slat, tin.back, 3.4, 90, 2);
    pencil([...slat, slat[0]], "#8a7f6a", 1.2);
  }
  for (const y of [0, 150]) pencil([[-256, y], [0, y + 2], [256, y]], "#8a7f6a", 2);
  const heads = [-180, -62, 58, 178].map((x, i) => [x + random(-12, 12), (i % 2 ? -84 : -10) + random(-20, 20), random(0.54, 0.64)]);
  for (const [x] of heads) for (let k = 0; k < 3; k++) sword([x + random(-10, 10), 262], [x + random(-30, 30), 180], [x + random(-64, 64), random(60, 130)], 8);
  for (const [x, y] of heads) stalk([x + 4, 262], [x + 8, 140], [x, y + 10], 3.4);
  for (const [x, y, size] of heads) bloom(x, y, size);
  for (let x = -256; x < 256; x += 9) pencil([[x, 262], [x + 3, 244], [x + random(-12, 12), random(206, 236)]], random(GREENS), 1.6);
}

// Far standard, side standards, side falls with beards, front standard, middle fall.
function bloom(x, y, size) {
  const own = (points) => points.map(([u, v]) => [x + size * u, y + size * v]);
  const low = 20 * droop;
  sheaf(own([[0, 0], [-12, -90], [4, -150]]), 40 * size, tin.up, size);
  sheaf(own([[-4, 2], [-96, -70], [-44, -146]]), 34 * size, tin.up, size);
  sheaf(own([[4, 2], [94, -78], [36, -142]]), 36 * size, tin.up, size);
  for (const side of [-1, 1]) {
    const fall = own([[side * 4, 2], [side * 132, -44], [side * 122, 84 + low]]);
    sheaf(fall, 44 * size, tin.fall, size);
    beard(fall, size);
  }
  const front = own([[0, 4], [10, 70], [-2, 148 + low]]);
  sheaf(front, 52 * size, tin.fall, size);
  beard(front, size);
  for (const side of [-1, 1]) sheaf(own([[side * 2, 6], [side * 30, -20], [side * 50, -10]]), 13 * size, tin.up, size);
}

// Lines that leave the claw together and part; a ruffled edge closes them.
function sheaf([[ax, ay], [bx, by], [cx, cy]], wide, colours, size) {
  const from = random(50);
  const at = (t, s) => {
    const [px, py] = [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t), lerp(lerp(ay, by, t), lerp(by, cy, t), t)];
    const a = atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t));
    const off = wide * s * pow(max(0, sin(180 * pow(0.03 + 0.93 * t, 1.45))), 0.62) * (1 + ruffle * 0.4 * (noise(from + t * 9, from + s * 3) - 0.5));
    return [px - off * sin(a), py + off * cos(a)];
  };
  const ts = [0, 0.1, 0.22, 0.35, 0.48, 0.6, 0.72, 0.83, 0.92, 1];
  const rim = [...ts.map((t) => at(t, 1)), ...ts.slice(0, -1).toReversed().map((t) => at(t, -1))];
  blank(rim);
  const count = round((wide / size) * 0.52 * dense * (size > 0.9 ? 1.2 : 0.85));
  for (let pass = 0; pass < 2; pass++) {
    for (let k = -count; k <= count; k++) {
      const s = (k + random(-0.3, 0.3)) / count;
      const [t0, t1] = pass ? [0, random(0.4, 0.7)] : [0.05, 1 - 0.12 * random() - 0.1 * s * s];
      pencil([0, 0.35, 0.7, 1].map((f) => at(lerp(t0, t1, f), s * 0.97)), pass ? colours[1] : random([colours[0], colours[0], colours[2]]), pass ? 1.6 * size + 0.5 : 3 * size + 0.9, "cpencil");
    }
  }
  pencil([...rim, rim[1]], tin.edge, 0.7 + 0.7 * size);
}

function beard([[ax, ay], [bx, by], [cx, cy]], size) {
  for (let i = 0; i < 40; i++) {
    const t = random(0.04, 0.44);
    const [px, py] = [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t), lerp(lerp(ay, by, t), lerp(by, cy, t), t)];
    const a = random(360);
    const r = size * random(4, 12) * (1 - t);
    pencil([[px, py], [px + 0.6 * r * cos(a), py + 0.6 * r * sin(a)], [px + r * cos(a + 14), py + r * sin(a + 14)]], random(BEARD), 0.8 + 0.8 * size, "charcoal");
  }
}

function bud(x, y, size, turn) {
  const own = (points) => points.map(([u, v]) => [x + size * (u * cos(turn) - v * sin(turn)), y + size * (u * sin(turn) + v * cos(turn))]);
  sheaf(own([[0, 10], [-12, -40], [4, -96]]), 20 * size, tin.fall, size);
  sheaf(own([[0, 10], [14, -40], [4, -88]]), 14 * size, tin.fall, size);
  sheaf(own([[0, 26], [-16, -6], [-6, -46]]), 10 * size, GREENS, size);
  sheaf(own([[0, 26], [16, -6], [8, -40]]), 10 * size, GREENS, size);
}

function stalk(a, b, c, half) {
  for (let k = -half; k <= half; k += 1.4) pencil([a, b, c].map(([x, y]) => [x + k, y]), k > half * 0.3 ? GREENS[3] : random(GREENS), 2.2);
}

function sword([ax, ay], [bx, by], [cx, cy], half) {
  const at = (t, s) => {
    const a = atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t));
    const off = half * s * pow(1 - t, 0.6);
    return [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t) - off * sin(a), lerp(lerp(ay, by, t), lerp(by, cy, t), t) + off * cos(a)];
  };
  blank([0, 0.3, 0.6, 0.85, 1, 0.85, 0.6, 0.3, 0].map((t, i) => at(t, i < 4 ? 1 : -1)));
  for (let s = -1; s <= 1; s += 2.2 / half) pencil([0, 0.4, 0.75, 1].map((t) => at(t, s)), s > 0.3 ? random([GREENS[1], GREENS[3]]) : random([GREENS[0], GREENS[2]]), 2.4);
}

// Paper again, so that what lies behind does not show through.
function blank(points) {
  push();
  brush.noStroke();
  brush.wash(tin.sheet, 255);
  brush.polygon(points);
  pop();
}

function shade(points, colour, dist, angle, weight) {
  push();
  brush.noStroke();
  brush.hatchStyle("cpencil", colour, weight);
  brush.hatch(dist, angle, { rand: 0.1 });
  brush.polygon(points);
  pop();
}

function pencil(points, colour, weight, tool = "2B") {
  push();
  brush.set(tool, colour, weight);
  brush.spline(points.map(([x, y]) => [x, y, 1]), 0.6);
  pop();
}
