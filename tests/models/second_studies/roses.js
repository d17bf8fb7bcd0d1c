// Garden roses as stained glass: spirals of flat petals in dark leading, square leaves, panes behind.
// subject: garden roses
// prompt: {palette} garden roses as stained glass, {composition}
const palette = "rose"; // one of: rose, crimson, apricot
const composition = "one great rose"; // one of: one great rose, three on tall stems, a wreath of small ones
const turns = 4; // 4 to 5
const leading = 1.2; // 0.9 to 1.5
const twist = 20; // 0 to 90
const seed = 16; // seed

const GLASS = {
  rose: { pane: ["#dfe9e4", "#cfdfe0", "#e9efe4"], petal: ["#f7c6cf", "#ee9aae", "#d96a88", "#b8446a"], lead: "#2a2230", leaf: ["#4f8a5f", "#7fae6a", "#2f6650"] },
  crimson: { pane: ["#f0e6cc", "#e6d8b4", "#f5eeda"], petal: ["#ea6a68", "#d23c46", "#ac2036", "#7c1228"], lead: "#241a1c", leaf: ["#5f8a4a", "#86a85a", "#3a6440"] },
  apricot: { pane: ["#cfdcec", "#bccfe4", "#dde6f0"], petal: ["#fbe0b4", "#f8c283", "#ee9a5a", "#d5713c"], lead: "#2c2630", leaf: ["#3f7f76", "#6aa38f", "#2a5c5a"] },
};
const glass = GLASS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(glass.pane[0]);
  first(glass.pane[0]);
  const scenes = { "one great rose": great, "three on tall stems": tall, "a wreath of small ones": wreath };
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

function great() {
  panes(128);
  const [x, y] = [random(-20, 20), random(-36, -16)];
  leadLine([[x + 10, 262], [x + 24, 180], [x, y]], 5);
  for (const a of [38, 62, 120, 146, 200, 340]) leaf(x + 120 * cos(a), y + 120 * sin(a), 120, a + random(-8, 8));
  rose(x, y, 165);
}

function tall() {
  panes(86);
  const heads = [[-130, -70, 78], [128, -40, 74], [0, -150, 84]].map(([x, y, r]) => [x + random(-10, 10), y + random(-14, 14), r]);
  for (const [x, y] of heads) {
    leadLine([[x * 0.3, 262], [x * 0.8, 130], [x, y]], 4);
    for (const [t, side] of [[0.3, 1], [0.5, -1], [0.66, 1]]) {
      const [px, py] = [lerp(lerp(x * 0.3, x * 0.8, t), lerp(x * 0.8, x, t), t), lerp(lerp(262, 130, t), lerp(130, y, t), t)];
      leaf(px, py, 66, side > 0 ? -28 : 208);
      leadLine([[px, py + 14], [px - side * 4, py + 12], [px - side * 9, py + 6]], 1.6);
    }
  }
  for (const [x, y, r] of heads) rose(x, y, r);
}

function wreath() {
  panes(128);
  const from = random(60);
  for (let i = 0; i < 24; i++) {
    const a = from + i * 15;
    leaf(150 * cos(a), 150 * sin(a), 64, a + (i % 2 ? 40 : 140));
  }
  for (let i = 0; i < 6; i++) {
    const a = from + i * 60;
    rose(156 * cos(a), 156 * sin(a), i % 2 ? 52 : 66);
  }
}

// Rings of petals, wide and pale outside, narrow and dark within, each ring turned against the last.
function rose(x, y, r) {
  const rings = [[1, 5], [0.84, 5], [0.66, 5], [0.48, 4], [0.32, 3]].slice(0, turns);
  rings.forEach(([reach, count], row) => {
    for (let i = 0; i < count; i++) {
      const a = twist + row * 37 + (i * 360) / count + random(-7, 7);
      const half = (390 / count / 2) * 1.12;
      const rim = [];
      for (let k = -5; k <= 5; k++) {
        const lip = 1 - 0.1 * pow(abs(k) / 5, 2) + (k === 0 ? -0.035 : 0);
        rim.push([x + r * reach * lip * random(0.985, 1.015) * cos(a + (k * half) / 5), y + r * reach * lip * sin(a + (k * half) / 5)]);
      }
      const inner = [[0.42, half * 0.7], [0.3, 0], [0.42, -half * 0.7]].map(([k, b]) => [x + r * reach * k * cos(a + b), y + r * reach * k * sin(a + b)]);
      const piece = [...rim, ...inner];
      pour(piece, glass.petal[min(3, row + (random() < 0.25 ? 1 : 0))]);
      const roll = [...rim, ...rim.toReversed().map(([px, py], k) => [lerp(px, x, 0.13 * sin(k * 18)), lerp(py, y, 0.13 * sin(k * 18))])];
      pour(roll, glass.petal[max(0, row - 1)]);
      leadLine([...piece, piece[0], piece[1]], leading * (1 + r / 130));
      leadLine(rim.map(([px, py], k) => [lerp(px, x, 0.13 * sin(k * 18)), lerp(py, y, 0.13 * sin(k * 18))]), leading * 0.8);
    }
  });
  const core = r * rings.at(-1)[0] * 0.52;
  pour(Array.from({ length: 17 }, (_, i) => [x + core * cos(i * 22.5), y + core * sin(i * 22.5)]), glass.petal[3]);
  const coil = [];
  for (let a = 0; a <= 720; a += 30) coil.push([x + core * (1.02 - a / 800) * cos(a + twist), y + core * (1.02 - a / 800) * sin(a + twist)]);
  leadLine(coil, leading * (1 + r / 150));
}

function leaf(x, y, long, turn) {
  const at = (u, v) => [x + long * (u * cos(turn) - v * sin(turn)), y + long * (u * sin(turn) + v * cos(turn))];
  for (const side of [-1, 1]) {
    const half = [at(0, 0), at(0.2, side * 0.2), at(0.45, side * 0.27), at(0.7, side * 0.2), at(0.9, side * 0.07), at(1, 0)];
    pour(half, glass.leaf[side > 0 ? 0 : random([1, 2])]);
    leadLine(half, leading * 1.3);
    for (const u of [0.25, 0.45, 0.65]) leadLine([at(u, 0), at(u + 0.07, side * 0.08), at(u + 0.12, side * 0.15)], leading * 0.6);
  }
  leadLine([at(-0.12, 0), at(0.4, 0.01), at(1, 0)], leading * 1.3);
}

function panes(size) {
  for (let y = -256; y < 256; y += size) {
    for (let x = -256; x < 256; x += size) {
      const box = [[x, y], [x + size, y], [x + size, y + size], [x, y + size]];
      pour(box, random(glass.pane));
      leadLine([...box, box[0]], leading * 1.6, 0);
    }
  }
}

function pour(points, colour) {
  push();
  brush.noStroke();
  brush.wash(colour, 255);
  brush.polygon(points);
  pop();
}

function leadLine(points, weight, bend = 0.4) {
  push();
  brush.set("rotring", glass.lead, weight * 4);
  brush.spline(points.map(([x, y]) => [x, y, 1]), bend);
  pop();
}
