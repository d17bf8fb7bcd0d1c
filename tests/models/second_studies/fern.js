// Ferns written with a broad pen: every leaflet is one stroke, pressed at the rib and lifted at its tip.
// subject: fern
// prompt: a fern in single strokes, {palette}, {composition}
const palette = "green on white"; // one of: green on white, white on dark green, blue as a sun print
const composition = "one frond upright"; // one of: one frond upright, three fanned from a root, a rosette seen from above
const lobes = 22; // 18 to 26
const bow = 30; // 10 to 50
const press = 1.3; // 1.0 to 1.7
const seed = 9; // seed

const PRINTS = {
  "green on white": { sheet: "#f6f5ec", strokes: ["#2f6b34", "#4f8f3c", "#1f4f30", "#7aa844"], rib: "#3b2f1c" },
  "white on dark green": { sheet: "#16362c", strokes: ["#dfeccb", "#b9d6a0", "#f3f7e6", "#94bd86"], rib: "#e9e2b8" },
  "blue as a sun print": { sheet: "#1f4a86", strokes: ["#e6eff8", "#bcd3ec", "#f6fafc", "#9cbfe2"], rib: "#f2f7fb" },
};
const ink = PRINTS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(ink.sheet);
  first(ink.sheet);
  const scenes = { "one frond upright": upright, "three fanned from a root": fanned, "a rosette seen from above": rosette };
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

function upright() {
  const side = random([-1, 1]);
  frond([side * 30, 262], [side * -bow, 40], [side * bow * 1.6, -236], 158, lobes, 2);
}

function fanned() {
  const ends = [[-216, -110, 84], [216, -86, 84], [random(-40, 40), -230, 104]];
  for (const [x, y, wide] of ends) frond([x * 0.06, 236], [x * 0.22, 20], [x, y + random(-20, 20)], wide, lobes, 1);
  for (const side of [-1, 1]) crozier(side * 30, 240, side, random(60, 100));
}

function rosette() {
  const start = random(60);
  for (const [count, far, shift] of [[8, 236, 0], [6, 150, 28]]) {
    for (let i = 0; i < count; i++) {
      const a = start + shift + (i * 360) / count + random(-8, 8);
      const reach = far * random(0.9, 1.06);
      frond([8 * cos(a), 8 * sin(a)], [reach * 0.5 * cos(a + bow / 3), reach * 0.5 * sin(a + bow / 3)], [reach * cos(a), reach * sin(a)], reach * 0.27, round(lobes * 0.8), 0);
    }
  }
}

// A rib from root to tip with leaflets in pairs; `fine` is how far each of them is divided again.
function frond([ax, ay], [bx, by], [cx, cy], wide, pairs, fine) {
  const at = (t) => [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t), lerp(lerp(ay, by, t), lerp(by, cy, t), t)];
  const heading = (t) => atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t));
  const length = (t) => wide * (t < 0.28 ? lerp(0.45, 1, t / 0.28) : pow(1 - (t - 0.28) / 0.74, 0.85));
  for (let i = 0; i < pairs; i++) {
    const t = lerp(0.13, 0.985, pow(i / (pairs - 1), 0.9));
    for (const side of [-1, 1]) {
      const a = heading(t) + side * lerp(78, 40, t) + random(-4, 4);
      leaflet(at(min(1, t + (side > 0 ? 0.012 : 0))), a, length(t) * random(0.92, 1.04), side, fine);
    }
  }
  sweep([0, 0.25, 0.5, 0.75, 1].map((t) => [...at(t), 1.3 - t]), ink.rib, 1.5 * press);
}

function leaflet([x, y], a, long, side, fine) {
  const colour = random(ink.strokes);
  const curl = side * -14;
  const at = (t) => [x + long * t * cos(a + curl * t), y + long * t * sin(a + curl * t)];
  if (fine === 0 || long < 22) {
    sweep([[...at(0), 1.2], [...at(0.5), 1.4], [...at(1), 0.1]], colour, press * (1 + long / 34));
    return;
  }
  const count = round(long / (fine > 1 ? 8 : 6.5));
  for (let i = 0; i < count; i++) {
    const t = (i + 0.6) / count;
    const r = (fine > 1 ? 12 : 8) * pow(1 - t, 0.7) * min(1, 0.3 + long / 130) + 2;
    for (const flip of [-1, 1]) {
      const b = a + curl * t + flip * 56;
      const [px, py] = at(t);
      sweep([[px, py, 1.3], [px + r * 0.55 * cos(b), py + r * 0.55 * sin(b), 1.4], [px + r * cos(b - flip * 18), py + r * sin(b - flip * 18), 0.2]], colour, press * (0.7 + r / 9));
    }
  }
  sweep([[...at(0), 1], [...at(0.5), 0.8], [...at(1), 0.3]], colour, press);
}

// A young frond, still rolled up.
function crozier(x, y, side, high) {
  const path = [[x, y, 1], [x + side * 8, y - high * 0.5, 1]];
  for (let a = 0; a <= 560; a += 40) {
    const r = lerp(22, 3, a / 560);
    path.push([x + side * (34 - r * cos(a)), y - high - r * sin(a), 1]);
  }
  sweep(path, ink.strokes[0], 2.2 * press);
}

// One stroke of opaque colour along points [x, y, pressure].
function sweep(points, colour, half) {
  const edge = (side) => points.map(([x, y, force = 1], i) => {
    const [[px, py], [nx, ny]] = [points[max(0, i - 1)], points[min(points.length - 1, i + 1)]];
    const a = atan2(ny - py, nx - px) + side * 90;
    return [x + half * force * cos(a), y + half * force * sin(a)];
  });
  push();
  brush.noStroke();
  brush.wash(colour, 245);
  brush.beginShape(0.2);
  for (const [x, y] of [...edge(1), ...edge(-1).toReversed()]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}
