// Mushrooms in pen and ink: contours and cross-hatching, with one thin flat tint slid off its outline.
// subject: mushroom
// prompt: a mushroom in pen and ink with {palette}, {composition}
const palette = "a red tint"; // one of: a red tint, an ochre tint, a violet tint
const composition = "with two young ones in grass"; // one of: with two young ones in grass, three ages in a row, cut in half beside a whole one
const dome = 0.7; // 0.5 to 0.95
const gap = 4; // 3.2 to 5.2
const slip = 5; // 2 to 8
const seed = 4; // seed

const TINTS = {
  "a red tint": { sheet: "#f6f1e4", cap: "#d8432e", stem: "#efe1c4", ink: "#2a2020", grass: "#5f7a3c" },
  "an ochre tint": { sheet: "#f3efe2", cap: "#c98a35", stem: "#f1e3c0", ink: "#33261a", grass: "#7c7a3a" },
  "a violet tint": { sheet: "#f1eef0", cap: "#8f6aa8", stem: "#e6dce6", ink: "#261f33", grass: "#527a6a" },
};
const tint = TINTS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(tint.sheet);
  first(tint.sheet);
  const scenes = { "with two young ones in grass": grassy, "three ages in a row": ages, "cut in half beside a whole one": halved };
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

function grassy() {
  tuft(-256, 256, 190, 60, 40);
  toadstool(random(-40, 0), 196, 300, 150, dome, 1);
  toadstool(150, 208, 130, 66, dome * 1.3, 1);
  toadstool(-176, 210, 96, 46, 1.3, 1);
  tuft(-256, 256, 220, 110, 60);
}

function ages() {
  for (let y = 176; y < 186; y += 3) pen([[-240, y], [0, y + random(-2, 2)], [240, y]], tint.ink, 0.9);
  toadstool(-176, 176, 110, 50, 1.5, 1);
  toadstool(-46, 176, 200, 84, dome * 1.15, 1);
  toadstool(134, 176, 280, 108, dome * 0.75, 1);
  for (const [x, w] of [[-176, 60], [-46, 80], [134, 110]]) for (let k = 0; k < 7; k++) pen([[x - w + k * 5, 188 + k * 5], [x, 189 + k * 5], [x + w - k * 5, 188 + k * 5]], tint.ink, 0.8);
}

function halved() {
  toadstool(-116, 190, 290, 122, dome, 1);
  section(124, 190, 250, 112, dome * 0.9);
  for (let k = 0; k < 9; k++) pen([[-240 + k * 8, 196 + k * 5], [0, 198 + k * 5], [240 - k * 8, 196 + k * 5]], tint.ink, 0.8);
}

const arc = (x, y, rx, ry, from, to, n = 16) => Array.from({ length: n + 1 }, (_, i) => [x + rx * cos(lerp(from, to, i / n)), y + ry * sin(lerp(from, to, i / n))]);

// A whole one: its foot at (x, y), so high, its cap so wide to each side.
function toadstool(x, y, high, wide, rise, warts) {
  const [cx, cy] = [x + random(-8, 8), y - high * 0.62];
  const mouth = wide * 0.17;
  const half = wide * 0.17;
  const stem = [[cx - half, cy], [x - half * 1.1, lerp(cy, y, 0.5)], [x - half * 1.5, y - 10], [x - half * 1.7, y], [x, y + 6], [x + half * 1.7, y], [x + half * 1.5, y - 10], [x + half * 1.1, lerp(cy, y, 0.5)], [cx + half, cy]];
  flat(stem, tint.stem, 0.2);
  crosshatch([[x + half * 0.1, cy], [x + half, cy], [x + half * 1.1, lerp(cy, y, 0.5)], [x + half * 1.6, y], [x + half * 0.4, y + 4]], 84, gap);
  crosshatch([[cx - half, cy], [cx + half, cy], [cx + half * 1.1, cy + high * 0.14], [cx - half, cy + high * 0.1]], 10, gap);
  pen(stem, tint.ink, 1.6);
  const under = [...arc(cx, cy, wide, mouth, 0, 180), ...arc(cx, cy, wide, mouth * 0.5, 180, 360)];
  flat(under, "" + lerpColor(color(tint.stem), color(tint.ink), 0.22), 0);
  for (let a = 4; a < 180; a += max(3, 260 / wide)) pen([[cx + half * 0.9 * cos(a), cy], [cx + wide * 0.6 * cos(a), cy + mouth * 0.55 * sin(a)], [cx + wide * cos(a), cy + mouth * sin(a)]], tint.ink, 0.8);
  const skirt = arc(cx, cy + high * 0.17, half * 2, half * 0.8, 180, 0, 10);
  flat([[cx - half, cy + high * 0.1], ...skirt.map(([u, v]) => [u, v + 12 + 3 * sin(u * 9)]), [cx + half, cy + high * 0.1]], tint.stem, 0.3);
  pen(skirt.map(([u, v]) => [u, v + 12 + 3 * sin(u * 9)]), tint.ink, 1.2);
  const top = arc(cx, cy, wide, wide * rise, 180, 360, 22);
  const cap = [...top, ...arc(cx, cy, wide, mouth * 0.55, 0, 180).map(([u, v]) => [u, v])];
  flat(cap.map(([u, v]) => [u - slip, v + slip * 0.6]), tint.cap, 0.2);
  // shadow on the right, hatched twice
  const shadow = (k) => [...arc(cx, cy, wide, wide * rise, 270 + k, 360, 12), ...arc(cx, cy, wide, mouth * 0.5, 0, 60, 5), ...arc(cx + wide * 0.1, cy, wide * (0.2 + k / 130), wide * rise * 0.8, 360, 290, 8)];
  crosshatch(shadow(14), 62, gap);
  crosshatch(shadow(40), 28, gap);
  if (warts) {
    for (let i = 0; i < 17; i++) {
      const [u, v] = [-0.84 + 1.68 * ((i * 0.618) % 1), 0.16 + 0.74 * ((i * 0.297 + 0.4) % 1)];
      const lift = sqrt(max(0, 1 - u * u));
      const [px, py, r] = [cx + wide * u * 0.95, cy - wide * rise * lift * v * 0.96, wide * random(0.05, 0.09) * (1.1 - abs(u) * 0.5)];
      const wart = arc(px, py, r, r * 0.75, 0, 345, 9).map(([a, b]) => [a + random(-1.5, 1.5), b + random(-1.5, 1.5)]);
      flat(wart, tint.sheet, 0.4);
      pen([...wart, wart[0]], tint.ink, 0.8);
    }
  }
  pen(cap.slice(0, 23), tint.ink, 2);
  pen(arc(cx, cy, wide, mouth * 0.55, 0, 180), tint.ink, 1.4);
  pen(arc(cx, cy, wide, mouth, 0, 180), tint.ink, 1.6);
}

// One cut down the middle: white flesh, a rim of skin, gills in section.
function section(x, y, high, wide, rise) {
  const cy = y - high * 0.62;
  const half = wide * 0.19;
  flat([...arc(x, cy, wide, wide * rise, 180, 360), [x + wide * 0.9, cy + 12], [x, cy + 4], [x - wide * 0.9, cy + 12]].map(([u, v]) => [u - slip, v]), tint.cap, 0.1);
  flat([...arc(x, cy, wide * 0.92, wide * rise * 0.88, 180, 360), [x + half, cy], [x + half * 1.1, y - 40], [x + half * 1.5, y], [x - half * 1.5, y], [x - half * 1.1, y - 40], [x - half, cy]], tint.stem, 0.1);
  for (const side of [-1, 1]) {
    const gill = [[x + side * half * 1.2, cy - 14], [x + side * wide * 0.5, cy - wide * rise * 0.16], [x + side * wide * 0.9, cy + 4], [x + side * wide * 0.6, cy + 18], [x + side * half * 1.3, cy + 16]];
    flat(gill, "" + lerpColor(color(tint.stem), color(tint.ink), 0.3), 0.3);
    crosshatch(gill, 90, gap * 0.8);
    pen([...gill, gill[0]], tint.ink, 1);
    pen([[x + side * half, cy + 10], [x + side * half * 1.1, y - 50], [x + side * half * 1.5, y]], tint.ink, 1.5);
  }
  for (let k = -3; k <= 3; k++) pen([[x + k * 4, cy + 6], [x + k * 5, y - 70], [x + k * 7, y - 12]], tint.ink, 0.6);
  pen(arc(x, cy, wide * 0.92, wide * rise * 0.88, 182, 358), tint.ink, 1);
  pen([...arc(x, cy, wide, wide * rise, 178, 362), [x + wide * 0.9, cy + 6]], tint.ink, 1.8);
  pen([[x - half * 1.5, y], [x, y + 6], [x + half * 1.5, y]], tint.ink, 1.5);
}

function tuft(left, right, y, count, high) {
  for (let i = 0; i < count; i++) {
    const [x, foot, up, bow] = [random(left, right), y + random(-10, 40), high * random(0.5, 1.3), random(-22, 22)];
    pen([[x, foot], [x + bow * 0.3, foot - up * 0.6], [x + bow, foot - up]], random() < 0.6 ? tint.grass : tint.ink, 1.3);
  }
}

function crosshatch(points, angle, dist) {
  push();
  brush.noStroke();
  brush.hatchStyle("pen", tint.ink, 1);
  brush.hatch(dist, angle, { rand: 0.06 });
  brush.polygon(points);
  pop();
}

function flat(points, colour, bend) {
  push();
  brush.noStroke();
  brush.wash(colour, 235);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function pen(points, colour, weight) {
  push();
  brush.set("pen", colour, weight * 1.3);
  brush.spline(points.map(([x, y]) => [x, y, 1]), 0.5);
  pop();
}
