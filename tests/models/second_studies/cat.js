// Cats as a poster would have them: one flat silhouette, and the few lines that make it a cat.
// subject: cat
// prompt: a {palette} cat as a poster, {composition}
const palette = "black"; // one of: black, orange, grey
const composition = "sitting and facing us"; // one of: sitting and facing us, peering over a table edge, on a fence before the moon
const stare = 0.5; // 0.0 to 1.0
const lean = 0; // -5 to 5
const stripes = 5; // 3 to 7
const seed = 8; // seed

const COATS = {
  black: { wall: "#e9b44c", floor: "#b5532d", fur: "#1d1b22", mark: "#4a4656", chest: "#2a2731", eye: "#cfe04a", nose: "#d98a8a" },
  orange: { wall: "#8fb8ad", floor: "#3f6b6f", fur: "#e38a35", mark: "#a4501a", chest: "#fbe6c6", eye: "#4f8f3a", nose: "#c9586a" },
  grey: { wall: "#e7c7bf", floor: "#8a4f66", fur: "#7f8794", mark: "#4c5360", chest: "#e8e9ec", eye: "#e8b02c", nose: "#c77a86" },
};
const coat = COATS[palette];

const HEAD = [[0, -58], [22, -60], [36, -104], [58, -72], [66, -34], [64, 0], [48, 28], [22, 42], [0, 45]];
const BODY = [[0, 24], [36, 30], [58, 78], [72, 140], [78, 196], [66, 226], [0, 230]];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(coat.wall);
  first(coat.wall);
  const scenes = { "sitting and facing us": seated, "peering over a table edge": peering, "on a fence before the moon": fence };
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

const both = (half) => [...half, ...half.slice(1, -1).toReversed().map(([x, y]) => [-x, y])];
const moved = (points, x, y, size, turn = 0) => points.map(([u, v]) => [x + size * (u * cos(turn) - v * sin(turn)), y + size * (u * sin(turn) + v * cos(turn))]);

function seated() {
  block([[-256, 150], [256, 150], [256, 256], [-256, 256]], coat.floor, 0);
  if (random() < 0.7) frame(random([-150, 150]), -130);
  const [x, y, size] = [random(-50, 50), -74, random(0.92, 1.05)];
  tail([x + 56 * size, y + 214 * size], [x + 170 * size, y + 236 * size], [x + 150 * size, y + 110 * size], 15);
  block(moved(both(BODY), x, y, size), coat.fur, 0.35);
  block(moved(both([[0, 46], [26, 60], [30, 110], [16, 160], [0, 172]]), x, y, size), coat.chest, 0.4);
  for (const side of [-1, 1]) {
    block(moved([[6, 130], [30, 130], [32, 216], [38, 232], [4, 234], [6, 210]].map(([u, v]) => [side * u, v]), x, y, size), coat.fur, 0.3);
    ink(moved([[5, 138], [7, 180], [5, 230]].map(([u, v]) => [side * u, v]), x, y, size), coat.mark, 2);
    for (const toe of [14, 23]) ink(moved([[toe, 222], [toe, 228], [toe - 1, 233]].map(([u, v]) => [side * u, v]), x, y, size), coat.mark, 1.6);
    for (let k = 0; k < stripes; k++) bar(moved([[3, 196 - k * 22], [18, 190 - k * 22], [32, 194 - k * 22]].map(([u, v]) => [side * (lerp(36, 77, pow((v - 30) / 166, 0.6)) - u), v]), x, y, size));
  }
  face(x, y, size, lean);
}

function peering() {
  if (random() < 0.5) frame(random([-140, 140]), -160);
  const [x, size] = [random(-40, 40), random(1.55, 1.75)];
  face(x, 38, size, lean * 2);
  block([[-256, 112], [256, 112], [256, 256], [-256, 256]], coat.floor, 0);
  for (let y = 130; y < 256; y += 22) ink([[-256, y], [0, y + random(-4, 4)], [256, y]], coat.wall, 1.4);
  for (const side of [-1, 1]) {
    const px = x + side * 92;
    block([[-34, 108], [-30, 86], [0, 78], [30, 86], [34, 108], [28, 136], [0, 142], [-28, 136]].map(([u, v]) => [px + u, v]), coat.fur, 0.5);
    for (const toe of [-11, 11]) ink([[px + toe, 112], [px + toe, 126], [px + toe * 0.8, 138]], coat.mark, 2.2);
  }
}

// All of it in profile but the face, which has turned to us.
function fence() {
  block([[-256, -256], [256, -256], [256, 256], [-256, 256]], lower(coat.floor, 0.45), 0);
  push();
  brush.noStroke();
  brush.wash("#f7ecc8", 255);
  brush.circle(random(-50, 50), -60, 150);
  pop();
  for (const [x, y] of Array.from({ length: 14 }, () => [random(-250, 250), random(-250, 60)])) ink([[x - 2, y], [x, y], [x + 2, y]], "#f7ecc8", 1.5);
  const x = random(-20, 20);
  tail([x - 92, 62], [x - 180, 60], [x - 140, -110], 11);
  block([[96, 30], [104, 60], [84, 92], [20, 100], [-50, 98], [-96, 100], [-112, 74], [-100, 46], [-50, 32], [20, 40], [66, 34]].map(([u, v]) => [x + u, v]), coat.fur, 0.5);
  for (const [u, top, sway] of [[-92, 84, -8], [-62, 88, 10], [58, 84, -6], [86, 80, 10]]) {
    block([[x + u - 12, top], [x + u + 13, top], [x + u + 8 + sway, 130], [x + u + 10 + sway, 156], [x + u - 10 + sway, 156], [x + u - 8 + sway, 128]], u === -92 || u === 58 ? lower(coat.fur, 0.25) : coat.fur, 0.2);
  }
  for (let k = 0; k < stripes + 1; k++) bar([[x - 74 + k * 22, 36], [x - 70 + k * 22, 52], [x - 74 + k * 22, 72]]);
  face(x + 98, 12, 0.8, lean);
  block([[-256, 154], [256, 154], [256, 170], [-256, 170]], coat.wall, 0);
  for (let px = -250; px < 256; px += 44) block([[px, 162], [px + 15, 150], [px + 30, 162], [px + 30, 256], [px, 256]], lower(coat.wall, 0.12), 0);
}

function face(x, y, size, turn) {
  const at = (points, flip = 1) => moved(points.map(([u, v]) => [flip * u, v]), x, y, size, turn);
  block(at(both(HEAD)), coat.fur, 0.3);
  block(at([[-24, 14], [0, 4], [24, 14], [30, 32], [0, 44], [-30, 32]]), coat.chest, 0.5);
  for (const flip of [-1, 1]) {
    block(at([[29, -62], [38, -90], [50, -66], [44, -54]], flip), coat.nose, 0.2);
    const open = 9 + 6 * stare;
    block(at([[12, -8], [26, -10 - open], [44, -14], [46, -4], [32, open - 8], [18, 0]], flip), coat.eye, 0.5);
    block(at([[27, -9 - open * 0.8], [32 + 2 * stare, -7], [28, open * 0.7 - 8], [24 - 2 * stare, -7]], flip), "#141318", 0.4);
    for (const [dy, end] of [[18, 8], [22, 24], [27, 40]]) ink(at([[22, dy], [58, (dy + end) / 2 - 4], [98, end]], flip), coat === COATS.black ? "#d8d4dc" : "#fbf7ee", 1.1);
    ink(at([[0, 22], [6, 30], [17, 28]], flip), "#2a1c20", 1.6);
    bar(at([[60, 6], [50, 8], [42, 14]], flip));
    bar(at([[62, -12], [56, -10], [52, -4]], flip));
  }
  for (const u of [-12, 0, 12]) bar(at([[u, -56], [u * 0.8, -44], [u * 0.7, -32 - abs(u) / 3]]));
  block(at([[-8, 10], [8, 10], [3, 18], [0, 21], [-3, 18]]), coat.nose, 0.3);
}

function tail([ax, ay], [bx, by], [cx, cy], half) {
  const [left, right] = [[], []];
  for (let t = 0; t <= 1.001; t += 0.1) {
    const [px, py] = [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t), lerp(lerp(ay, by, t), lerp(by, cy, t), t)];
    const a = atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t));
    const r = half * (1 - 0.25 * t) * (t > 0.95 ? 0.5 : 1);
    left.push([px - r * sin(a), py + r * cos(a)]);
    right.unshift([px + r * sin(a), py - r * cos(a)]);
  }
  block([...left, ...right], coat.fur, 0.3);
  for (let k = 3; k < 10; k += 2) bar([left[k], [(left[k][0] + right[10 - k][0]) / 2 + 2, (left[k][1] + right[10 - k][1]) / 2], right[10 - k]]);
}

function frame(x, y) {
  block([[x - 52, y - 62], [x + 52, y - 62], [x + 52, y + 62], [x - 52, y + 62]], coat.floor, 0);
  block([[x - 42, y - 52], [x + 42, y - 52], [x + 42, y + 52], [x - 42, y + 52]], "#f3ead6", 0);
  for (let a = 0; a < 360; a += 45) ink([[x, y], [x + 14 * cos(a), y + 14 * sin(a)], [x + 28 * cos(a + 20), y + 28 * sin(a + 20)]], coat.floor, 2.5);
}

const lower = (colour, by) => "" + lerpColor(color(colour), color("#10142c"), by);

function block(points, colour, bend) {
  push();
  brush.noStroke();
  brush.wash(colour, 255);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function bar([[ax, ay], [bx, by], [cx, cy]]) {
  const a = atan2(cy - ay, cx - ax) + 90;
  const [u, v] = [3.2 * cos(a), 3.2 * sin(a)];
  block([[ax + u, ay + v], [bx + u, by + v], [cx, cy], [bx - u, by - v], [ax - u, ay - v]], coat.mark, 0.2);
}

function ink(points, colour, weight) {
  push();
  brush.set("rotring", colour, weight * 2);
  brush.spline(points.map(([x, y]) => [x, y, 1]), 0.6);
  pop();
}
