// Villages in line and hatching, as a traveller's sketchbook has them: crooked pen, roofs hatched, three tints.
// subject: village
// prompt: a village in pen with {palette}, {composition}
const palette = "red roofs"; // one of: red roofs, slate roofs, thatch
const composition = "a street of gables"; // one of: a street of gables, huddled round a church on a hill, on both banks of a bridge
const crooked = 3; // 1 to 5
const gap = 5; // 4 to 7
const smoke = 2; // 1 to 4
const seed = 15; // seed

const TINTS = {
  "red roofs": { sheet: "#f6f0e2", roof: ["#d2593a", "#b8452c", "#e07f55"], wall: ["#f3e3c4", "#efd3a8", "#f7eddc"], pen: "#33261f", grass: "#a9b878", sky: "#b9d2da" },
  "slate roofs": { sheet: "#f1f1ee", roof: ["#6f8299", "#56687f", "#8fa0b0"], wall: ["#e9e6df", "#d8d3ca", "#f2d9c4"], pen: "#23262e", grass: "#8fa68a", sky: "#d5dbe4" },
  thatch: { sheet: "#f4efdd", roof: ["#c9a352", "#b0873c", "#ddc07a"], wall: ["#fbf6ea", "#f0e2d0", "#e8cdb4"], pen: "#3a2c18", grass: "#9bb060", sky: "#c3dcd4" },
};
const ink = TINTS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(ink.sheet);
  first(ink.sheet);
  const scenes = { "a street of gables": street, "huddled round a church on a hill": hilltop, "on both banks of a bridge": banks };
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

const off = () => random(-crooked, crooked);

function street() {
  clouds();
  for (let x = -262; x < 240; x += 74) side(x, 60 + random(-10, 10), 80, random(50, 66), 40, false);
  let x = -262;
  let count = 0;
  while (x < 220) {
    const wide = random(84, 110);
    gable(x, 168, wide, random(140, 190), count < smoke);
    x += wide + 2;
    count++;
  }
  glaze([[-262, 168], [262, 168], [262, 262], [-262, 262]], ink.wall[1], 200);
  for (let y = 178; y < 256; y += 12) for (let u = -256 + random(20); u < 256; u += random(26, 44)) pen([[u, y], [u + 8, y - 3], [u + 18, y]], 0.9);
  pen([[-256, 168], [0, 169], [256, 168]], 1.6);
}

function hilltop() {
  clouds();
  const hill = Array.from({ length: 14 }, (_, i) => [-262 + i * 40.3, 130 - 150 * pow(sin(180 * (i / 13)), 1.2)]);
  glaze([...hill, [262, 262], [-262, 262]], ink.grass, 230);
  church(-10, 6);
  const rows = [[-2, 40, 3], [44, 46, 5], [96, 52, 6], [150, 58, 6]];
  rows.forEach(([y, size, count], row) => {
    const span = 110 + row * 44;
    for (let i = 0; i < count; i++) {
      const x = lerp(-span, span - size, count > 1 ? i / (count - 1) : 0.5) + random(-10, 10);
      if (row === 0 && abs(x + size / 2 + 10) < 44) continue;
      const foot = y + 14 + random(-6, 6) + abs(x) * 0.1;
      if (random() < 0.4) gable(x, foot, size, size * 1.3, row > 1 && i < smoke);
      else side(x, foot, size * 1.3, size * 0.6, size * 0.5, row > 1 && i === smoke);
    }
    for (let k = 0; k < 4 + row; k++) bush(random(-span - 60, span + 60), y + 26 + random(10), random(8, 14));
  });
  for (let k = 0; k < 30; k++) { const [u, v] = [random(-256, 256), random(190, 250)]; pen([[u, v], [u + 5, v - 8], [u + 9, v - 12]], 0.9); }
}

function banks() {
  clouds();
  for (const flip of [-1, 1]) {
    for (let k = 0; k < 3; k++) {
      const wide = 64 + random(20);
      const left = flip < 0 ? -262 + k * 62 : 262 - wide - k * 62;
      gable(left, 70 + k * 16 + random(-6, 6), wide, 150 - k * 24 + random(-10, 10), k < smoke / 2);
    }
  }
  glaze([[-262, 84], [-60, 116], [60, 116], [262, 84], [262, 262], [-262, 262]], ink.sky, 255);
  // the bridge: one deck, two arches
  const deck = [[-150, 96], [-70, 70], [0, 60], [70, 70], [150, 96], [150, 118], [-150, 118]];
  glaze(deck, ink.wall[1], 255);
  shade(deck, gap + 2, 0);
  for (const x of [-58, 58]) {
    const hole = Array.from({ length: 13 }, (_, i) => [x + 38 * cos(180 + i * 15), 120 + 36 * sin(180 + i * 15)]);
    glaze([...hole, [x + 38, 122], [x - 38, 122]], ink.pen, 190);
    pen(hole, 1.6);
  }
  pen(deck.slice(0, 5), 1.8, 0.4);
  pen(deck.slice(0, 5).map(([x, y]) => [x, y - 12]), 1.4, 0.4);
  for (let x = -140; x <= 140; x += 20) pen([[x, 92 - 32 * cos(x * 0.6)], [x, 86 - 32 * cos(x * 0.6)], [x, 80 - 32 * cos(x * 0.6)]], 1);
  for (let y = 128; y < 256; y += 9) {
    for (let k = 0; k < 4; k++) {
      const x = random(-256, 200);
      pen([[x, y], [x + 20, y + random(-2, 2)], [x + random(36, 90), y]], 0.8);
    }
  }
  for (const x of [-190, 190]) for (let k = 0; k < 5; k++) bush(x + k * 16 - 34, 112 + random(-4, 4), 13);
}

// A house from its gable end; (x, y) is its left foot, `high` reaches to the ridge.
function gable(x, y, wide, high, fire) {
  const eave = y - high * 0.6;
  const [a, b, c, d, top] = [[x, y], [x + wide, y], [x + wide + off(), eave + off()], [x + off(), eave + off()], [x + wide / 2 + off(), y - high]];
  if (fire) chimney(x + wide * 0.74, y - high * 0.82, wide * 0.14);
  glaze([a, b, c, top, d], random(ink.wall), 255);
  const rim = wide * 0.09;
  const roof = [[d[0] - rim, d[1] + rim], [top[0], top[1] - rim], [c[0] + rim, c[1] + rim], [c[0] + rim * 0.2, c[1] + rim * 1.3], [top[0], top[1] + rim], [d[0] - rim * 0.2, d[1] + rim * 1.3]];
  glaze(roof, random(ink.roof), 255);
  shade(roof, gap * 0.8, 90);
  for (const part of [[d, a, b, c], [...roof, roof[0]]]) pen(part, 1.5, 0);
  windows(x, eave + high * 0.06, wide, high * 0.3);
  pane(x + wide / 2, eave - high * 0.14, wide * 0.15, high * 0.1);
  door(x + wide * random([0.24, 0.5, 0.76]), y, wide * 0.17, high * 0.23);
}

// A house from its long side.
function side(x, y, wide, wall, roofed, fire) {
  const [left, right] = [x + off(), x + wide + off()];
  if (fire) chimney(x + wide * 0.7, y - wall - roofed * 0.8, wide * 0.1);
  glaze([[left, y], [right, y], [right, y - wall], [left, y - wall]], random(ink.wall), 255);
  const roof = [[left - 6, y - wall + 3], [left + wide * 0.12, y - wall - roofed + off()], [right - wide * 0.12, y - wall - roofed + off()], [right + 6, y - wall + 3]];
  glaze(roof, random(ink.roof), 255);
  shade(roof, gap, 84);
  shade([roof[0], [left, y - wall + 3], [left + wide * 0.2, y - wall - roofed], roof[1]], gap, 10);
  pen([[left, y - wall], [left, y], [right, y], [right, y - wall]], 1.4, 0);
  pen([...roof, roof[0]], 1.5, 0);
  windows(x, y - wall * 0.82, wide, wall * 0.5);
  door(x + wide * 0.5, y, wide * 0.11, wall * 0.6);
}

function church(x, y) {
  side(x - 8, y + 10, 96, 44, 36, false);
  const tower = [[x - 44, y + 12], [x - 42, y - 110], [x - 8, y - 110], [x - 6, y + 12]];
  glaze(tower, ink.wall[2], 255);
  shade([[x - 22, y + 12], [x - 22, y - 110], [x - 8, y - 110], [x - 6, y + 12]], gap, 70);
  pen([...tower, tower[0]], 1.6, 0);
  const spire = [[x - 50, y - 108], [x - 25, y - 206], [x, y - 108]];
  glaze(spire, ink.roof[1], 255);
  shade([[x - 25, y - 108], spire[1], spire[2]], gap * 0.8, 80);
  pen([...spire, spire[0]], 1.7, 0);
  pen([[x - 25, y - 206], [x - 25, y - 216], [x - 25, y - 228]], 1.6, 0);
  pen([[x - 32, y - 220], [x - 25, y - 220], [x - 18, y - 220]], 1.6, 0);
  for (const v of [-90, -50]) pane(x - 25, y + v, 9, 20);
  const face = Array.from({ length: 13 }, (_, i) => [x - 25 + 9 * cos(i * 30), y - 18 + 9 * sin(i * 30)]);
  pen(face, 1.2);
}

function chimney(x, y, wide) {
  const stack = [[x - wide / 2, y + 16], [x - wide / 2, y - 14], [x + wide / 2, y - 14], [x + wide / 2, y + 20]];
  glaze(stack, ink.roof[1], 255);
  pen(stack, 1.3, 0);
  for (let k = 0; k < 3; k++) pen([[x + k * 3, y - 18], [x + 8 + k * 4, y - 34], [x - 2 + k * 4, y - 50], [x + 14 + k * 5, y - 70]], 0.9, 0.8);
}

function windows(x, y, wide, high) {
  const count = wide > 60 ? 3 : 2;
  for (let i = 0; i < count; i++) pane(x + (wide * (i + 0.5)) / count, y + high * 0.3, (wide / count) * 0.36, high * 0.5);
}

function pane(x, y, wide, high) {
  const box = [[x - wide / 2, y - high / 2], [x + wide / 2, y - high / 2], [x + wide / 2, y + high / 2], [x - wide / 2, y + high / 2]];
  glaze(box, ink.pen, 120);
  pen([...box, box[0]], 1.1, 0);
  pen([[x, y - high / 2], [x, y], [x, y + high / 2]], 0.8, 0);
  pen([[x - wide / 2, y], [x, y], [x + wide / 2, y]], 0.8, 0);
}

function door(x, y, wide, high) {
  const leaf = [[x - wide / 2, y], [x - wide / 2, y - high], [x + wide / 2, y - high], [x + wide / 2, y]];
  glaze(leaf, ink.roof[1], 230);
  shade(leaf, 3, 90);
  pen(leaf, 1.3, 0);
}

function bush(x, y, r) {
  const edge = Array.from({ length: 11 }, (_, i) => [x + r * random(0.8, 1.2) * cos(i * 36), y - r * 0.5 + r * 0.9 * random(0.8, 1.2) * sin(i * 36)]);
  glaze(edge, ink.grass, 255);
  shade(edge, gap, 40);
  pen([...edge, edge[0]], 1);
}

function clouds() {
  glaze([[-262, -262], [262, -262], [262, -60], [90, -90], [-80, -50], [-262, -84]], ink.sky, 150);
  for (let k = 0; k < 3; k++) {
    const [x, y] = [random(-200, 160), random(-236, -190)];
    pen(Array.from({ length: 13 }, (_, i) => [x + i * 8, y - 14 * abs(sin(i * 60)) * sin(i * 15)]), 1, 0.8);
  }
}

function glaze(points, colour, opacity) {
  push();
  brush.noStroke();
  brush.wash(colour, opacity);
  brush.polygon(points);
  pop();
}

function shade(points, dist, angle) {
  push();
  brush.noStroke();
  brush.hatchStyle("pen", ink.pen, 0.8);
  brush.hatch(dist, angle, { rand: 0.1 });
  brush.polygon(points);
  pop();
}

function pen(points, weight, bend = 0.5) {
  push();
  brush.set("pen", ink.pen, weight * 1.3);
  brush.spline(points.map(([x, y]) => [x, y, 1]), bend);
  pop();
}
