// Herons in brush and ink: neck, back and legs each one loaded stroke, plumes of dry lines.
// subject: heron
// prompt: a heron in brush and ink on {palette} paper, {composition}
const palette = "white"; // one of: white, straw-coloured, blue-grey
const composition = "standing on one leg"; // one of: standing on one leg, in flight with legs behind, two among tall reeds
const arch = 0.5; // 0.0 to 1.0
const plumes = 14; // 10 to 20
const loaded = 1.0; // 0.85 to 1.2
const seed = 17; // seed

const PAPERS = {
  white: { sheet: "#f5f3ec", dark: "#22242c", mid: "#6c7480", pale: "#c3c9cf", bill: "#d98a1e", sun: "#c93a2a", reed: "#6f7f5c" },
  "straw-coloured": { sheet: "#ead9b0", dark: "#2c2018", mid: "#7a6450", pale: "#f6edd4", bill: "#c9591c", sun: "#b5302a", reed: "#7c7a3c" },
  "blue-grey": { sheet: "#c2cdd4", dark: "#1c2734", mid: "#5a6f84", pale: "#f0f3f3", bill: "#e0962c", sun: "#e9e2cc", reed: "#4f6a66" },
};
const paper = PAPERS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(paper.sheet);
  first(paper.sheet);
  const scenes = { "standing on one leg": standing, "in flight with legs behind": flying, "two among tall reeds": reeds };
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

function standing() {
  disc(random([-130, -110]), -120, 64);
  ripples(20, 214, 6);
  wader(10 + random(-10, 10), 20, 1.15, 1, true);
  for (let i = 0; i < 5; i++) reed(-200 + i * 16, 262, random(-60, 60), random(120, 220));
}

function reeds() {
  for (let i = 0; i < 16; i++) reed(random(-256, 256), 262, random(-50, 50), random(180, 420));
  wader(-96, 44, 0.86, 1, false);
  wader(120, 70, 0.72, -1, true);
  for (let i = 0; i < 12; i++) reed(random(-256, 256), 268, random(-60, 60), random(60, 170));
  for (let y = 226; y < 256; y += 9) sweep([[-256, y], [0, y + random(-3, 3)], [256, y]], paper.mid, 0.8);
}

function flying() {
  disc(random(-120, 120), 110, 72);
  for (let i = 0; i < 4; i++) sweep([[-256, 170 + i * 22], [random(-100, 100), 164 + i * 22], [256, 172 + i * 22]], paper.pale, 2);
  const [x, y] = [random(-14, 14), random(-20, 10)];
  // far wing, body, legs, near wing, folded neck
  wing(x + 14, y - 14, -112, 150, 0.8);
  for (const off of [0, 7]) sweep([[x - 70, y + 10 + off * 0.4], [x - 140, y + 22 + off], [x - 214, y + 30 + off]], paper.dark, 2);
  for (const off of [0, 7]) sweep([[x - 212, y + 29 + off], [x - 224, y + 30 + off], [x - 238, y + 26 + off]], paper.dark, 1.4);
  shape([[x + 70, y - 6], [x + 40, y - 24], [x - 10, y - 22], [x - 60, y - 6], [x - 96, y + 10], [x - 60, y + 16], [x, y + 18], [x + 50, y + 12]], paper.mid);
  shape([[x + 60, y - 4], [x + 84, y - 30], [x + 108, y - 26], [x + 112, y - 4], [x + 96, y + 16], [x + 64, y + 14]], paper.pale);
  sweep([[x + 50, y - 2], [x + 88, y + 18], [x + 112, y - 4], [x + 98, y - 32], [x + 122, y - 36]], paper.dark, 2.2);
  head(x + 130, y - 38, 1, 1, 6);
  wing(x + 6, y - 6, -64, 200, 1);
}

// A wing from its shoulder: a leading edge, then the long fingers one after another.
function wing(x, y, a, long, tone) {
  const tip = (k, reach) => [x + long * reach * cos(a - k), y + long * reach * sin(a - k)];
  shape([[x + 26, y], tip(-4, 0.55), tip(8, 1.04), tip(24, 1), tip(40, 0.84), tip(58, 0.66), [x - 62, y + 4]], tone < 1 ? paper.mid : paper.pale);
  for (let k = 0; k < 13; k++) {
    const b = 4 + k * 4.4;
    sweep([tip(b * 0.7, 0.42 - k * 0.008), tip(b * 0.9, 0.75 - k * 0.014), tip(b, 1.06 - k * 0.03)], k < 7 ? paper.dark : paper.mid, (4.4 - k * 0.12) * loaded * tone);
  }
  sweep([[x + 28, y + 4], tip(-5, 0.55), tip(6, 1.04)], paper.dark, 2.6);
}

// It looks right where `way` is 1. (x, y) is the middle of its body.
function wader(x, y, size, way, oneLeg) {
  const at = (u, v) => [x + way * size * u, y + size * v];
  const all = (points) => points.map(([u, v]) => at(u, v));
  sweep(all([[-4, 40], [-2, 90], [0, 116]]), paper.dark, 2.6 * size);
  sweep(all([[0, 114], [-3, 150], [-2, 190]]), paper.dark, 2.2 * size);
  for (const [u, v] of [[26, 196], [-20, 196], [14, 202]]) sweep(all([[-2, 190], [u * 0.5, v - 3], [u, v]]), paper.dark, 1.5 * size);
  if (oneLeg) for (const leg of [[[14, 42], [30, 66], [40, 78]], [[40, 78], [20, 92], [6, 88]]]) sweep(all(leg), paper.dark, 2.2 * size);
  else for (const leg of [[[18, 40], [24, 90], [24, 116]], [[24, 114], [30, 150], [34, 190]], [[34, 190], [48, 192], [60, 196]]]) sweep(all(leg), paper.dark, 2.2 * size);
  // the body: an egg that ends in the tail
  shape(all([[52, -44], [34, -58], [0, -46], [-44, -14], [-96, 38], [-116, 62], [-82, 58], [-40, 54], [10, 50], [46, 22], [58, -14]]), paper.pale);
  for (let k = 0; k < plumes; k++) {
    const t = k / plumes;
    sweep(all([[36 - 20 * t, -48 + 62 * t], [-30 - 6 * t, -14 + 56 * t], [-92 + 46 * t + random(-8, 8), 44 + 16 * t]]), k % 3 ? paper.mid : paper.dark, (4.6 - 2.4 * t) * size * loaded);
  }
  for (let k = 0; k < 4; k++) sweep(all([[-60, 26 + k * 6], [-96, 46 + k * 5], [-124, 70 + k * 3]]), paper.dark, 3 * size);
  // the neck: an S, thick below
  const bow = 26 + 22 * arch;
  const neck = [[44, -34], [62, -70], [44, -108], [40 - bow * 0.4, -140], [52, -172], [70, -184]];
  for (const [off, colour, w] of [[0, paper.pale, 8], [-4, paper.mid, 3.4], [5, paper.pale, 5]]) sweep(all(neck.map(([u, v], i) => [u + off * (1 - i * 0.12), v])), colour, w * size * loaded);
  for (let k = 0; k < 8; k++) sweep(all([[54 + random(-4, 4), -60 + k * 3], [58 - k, -30 + k * 5], [58 - k * 4, 4 + k * 7]]), k % 2 ? paper.mid : paper.pale, 1.6 * size);
  for (let k = 0; k < 7; k++) sweep(all([[58 - k, -76 - k * 9], [57 - k * 0.8, -80 - k * 9], [55 - k, -85 - k * 9]]), paper.dark, 1.8 * size);
  head(...at(80, -188), size, way, 4);
}

// The head looks to the right or the left; the bill is a dagger, a black stripe ends in two long plumes.
function head(x, y, size, way, tilt) {
  const all = (points) => points.map(([u, v]) => [x + way * size * (u * cos(tilt) - v * sin(tilt)), y + size * (u * sin(tilt) + v * cos(tilt))]);
  shape(all([[-26, 6], [-20, -10], [0, -15], [18, -8], [24, 0], [14, 10], [-8, 12]]), paper.pale);
  shape(all([[16, -7], [50, -3], [92, 3], [50, 6], [18, 9]]), paper.bill);
  sweep(all([[18, 1], [50, 2], [90, 3]]), paper.dark, 1.1 * size);
  for (const [v, w] of [[-8, 3.4], [-6, 2.2]]) sweep(all([[10, v], [-18, v - 2], [-46, v + 8], [-72, v + 24]]), paper.dark, w * size);
  shape(all([[9, -4], [13, -7], [16, -4], [13, -1]]), paper.dark);
}

function disc(x, y, r) {
  shape(Array.from({ length: 25 }, (_, i) => [x + r * cos(i * 15), y + r * sin(i * 15)]), paper.sun);
}

function ripples(x, y, count) {
  for (let k = 1; k <= count; k++) {
    for (const side of [-1, 1]) sweep([[x - k * 30, y + side * k * 2], [x, y + side * k * 5.5], [x + k * 30, y + side * k * 2]], paper.mid, 1.2);
  }
}

function reed(x, y, bow, high) {
  sweep([[x, y], [x + bow * 0.3, y - high * 0.6], [x + bow, y - high]], paper.reed, random(1.4, 2.6));
  if (random() < 0.4) sweep([[x + bow, y - high], [x + bow * 1.06, y - high - 16], [x + bow * 1.1, y - high - 34]], paper.mid, 4);
}

function shape(points, colour) {
  push();
  brush.noStroke();
  brush.wash(colour, 250);
  brush.beginShape(0.5);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

// One stroke of opaque colour along points [x, y, pressure].
function laid(points, colour, half) {
  const edge = (side) => points.map(([x, y, force = 1], i) => {
    const [[px, py], [nx, ny]] = [points[max(0, i - 1)], points[min(points.length - 1, i + 1)]];
    const a = atan2(ny - py, nx - px) + side * 90;
    return [x + half * force * cos(a), y + half * force * sin(a)];
  });
  push();
  brush.noStroke();
  brush.wash(colour, 245);
  brush.beginShape(0.5);
  for (const [x, y] of [...edge(1), ...edge(-1).toReversed()]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function sweep(points, colour, weight) {
  const last = points.length - 1;
  laid(points.map(([x, y], i) => [x, y, 1.1 - (0.75 * i) / last]), colour, weight * 0.75);
}
