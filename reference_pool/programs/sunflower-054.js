// Sunflowers: rays glazed towards a dark, seeded disc, and coarse heart-shaped leaves.
// subject: sunflowers
// prompt: a study of {palette} sunflowers in watercolour, {composition}
const palette = "golden"; // one of: golden, lemon, rust, velvet red, cream, mustard
const composition = "one seen close"; // one of: two on tall stalks, one seen close, a bunch in a jug, a field at evening
const layers = 5; // 2 to 5
const bleed = 0.07; // 0.02 to 0.30
const wetness = 0.65; // 0.10 to 0.80
const rays = 12; // 12 to 21
const nod = -8; // -16 to 16
const seed = 994522; // seed

const PAPER = "#fcf7ea";
const LEAF = ["#c3cf9a", "#66904e", "#24543c"];
const INKS = {
  // ray in the light, ray, root of the ray, disc, its dark, far wash, near wash
  golden: ["#fbe07a", "#f4b41e", "#c96a12", "#7a3a16", "#26100c", "#a9c8dc", "#e4cfa0"],
  lemon: ["#fdf4b0", "#f6d634", "#d99c1c", "#6a5426", "#26200e", "#b4cfd8", "#d4deb4"],
  rust: ["#f8c886", "#dd6a24", "#932a16", "#5a2418", "#200c0c", "#b9ccc8", "#e6cfa4"],
  "velvet red": ["#eaa084", "#a8282c", "#5a0c1c", "#4a2018", "#1c080a", "#c8d2cc", "#e8c890"],
  cream: ["#fffbe4", "#f2e2ac", "#cfa85c", "#7c5630", "#2c1a12", "#7fa3b8", "#b9c4a2"],
  mustard: ["#ddcc8c", "#a88a34", "#6a5424", "#4a4020", "#221c10", "#c4c4a0", "#bcae84"],
};
const [LIGHT, RAY, ROOT, DISC, DARK, FAR, NEAR] = INKS[palette];
const SCENES = {
  "two on tall stalks": twoStalks,
  "one seen close": oneClose,
  "a bunch in a jug": bunchInJug,
  "a field at evening": field,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1);
  SCENES[composition]();
}

function twoStalks() {
  wash(60, -120, 230, 150, FAR, 215);
  wash(-110, 130, 180, 130, NEAR, 180);
  stalk([-10, 290], [-20, 100], [-66, -60], 6);
  stalk([70, 290], [60, 190], [122, 70], 5);
  leaf(-12, 190, 164, 150, 54);
  leaf(-22, 90, -28, 130, 46);
  leaf(66, 226, 8, 140, 50);
  leaf(-34, 40, 196, 110, 36);
  budHead(-36, 20, 60, 0.7);
  head(124, 66, random(84, 94), 18 + nod, 0.86);
  head(-70, -86, random(112, 126), nod - 6, 0.94);
}

function oneClose() {
  wash(-130, 90, 200, 210, FAR, 220);
  wash(140, -170, 180, 130, mix(FAR, LEAF[1], 0.4), 190);
  stalk([-150, 300], [-120, 180], [20, 40], 13);
  leaf(-126, 190, 200, 190, 84);
  leaf(-112, 150, 16, 250, 90);
  stalk([-216, 290], [-236, 150], [-190, 30], 5);
  budHead(-186, 20, -24, 1.2);
  head(50 + random(-24, 24), -36 + random(-24, 24), random(206, 226), nod, 0.95);
}

function bunchInJug() {
  wash(-40, -110, 240, 160, FAR, 200);
  wash(0, 224, 340, 64, NEAR, 220);
  glaze(blob(128, 208, 130, 14, 0.4), mix(FAR, DARK, 0.4), 215, 0.12, 0, 0.1);
  const heads = [[-112, -76, 74, -20, 0.9], [8, -150, 70, 4, 0.8], [118, -92, 78, 22, 0.88], [-10, -34, 86, -4, 0.96]];
  for (const spot of heads) for (const k of [0, 1]) spot[k] += random(-12, 12);
  for (const [x, y] of heads) stalk([6 - x * 0.1, 120], [x * 0.2, 20], [x, y], 4);
  leaf(30, 30, 14, 150, 44);
  leaf(-24, 36, 168, 140, 44);
  leaf(50, -80, -66, 120, 36);
  leaf(-50, -90, 244, 110, 34);
  jug(0, 60);
  for (const [x, y, r, tilt, squash] of heads) head(x, y, r * random(0.94, 1.08), tilt + nod, squash);
  for (const [x, y, angle] of [[-150, 214, 70], [-112, 230, 100]]) at(x, y, angle, 1, () => ray(0, 44, 9, 0.1));
}

function field() {
  wash(-60, -190, 320, 90, FAR, 215);
  wash(90, -86, 260, 54, mix(NEAR, RAY, 0.3), 200);
  ridge(-34, 50, mix(FAR, DISC, 0.35), 200);
  ridge(-14, 24, mix(FAR, LEAF[2], 0.55), 210);
  for (const [y, size, gap] of [[-4, 3, 10], [10, 6, 17], [34, 11, 30]]) {
    wash(random(-60, 60), y + 3 * size, 300, 10 + 3 * size, LEAF[1], 185);
    for (let x = -262; x < 262; x += gap * random(0.7, 1.3)) farHead(x, y + random(-1, 1) * size * 0.7, size * random(0.8, 1.2));
  }
  wash(-40, 160, 320, 90, LEAF[1], 190);
  wash(20, 236, 320, 60, LEAF[2], 200);
  const shift = random(-30, 30);
  for (const [place, y, r, squash] of [[-20, 78, 34, 0.8], [206, 92, 40, 0.8], [-214, 98, 46, 0.84], [96, 128, 66, 0.9], [-112, 124, 80, 0.94]]) {
    const x = place + shift + random(-12, 12);
    stalk([x + random(-14, 14), 290], [x + 6, 200], [x, y], r * 0.06);
    leaf(x + 2, y + r * 1.5, random(-30, 10), r * 1.3, r * 0.44);
    leaf(x, y + r * 1.8, random(170, 210), r * 1.3, r * 0.44);
    head(x, y, r, nod + random(-8, 8), squash);
  }
}

const mix = (one, other, share) => "" + lerpColor(color(one), color(other), share);

// The curve from a over b to c.
const bow = (a, b, c) => (t) => [0, 1].map((k) => lerp(lerp(a[k], b[k], t), lerp(b[k], c[k], t), t));

// Points beside a curve, at a share of the half width that `half` tells for t.
function beside(curve, half, share) {
  return [0, 0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.92, 1].map((t) => {
    const [[x, y], [nextX, nextY]] = [curve(t), curve(t + 0.01)];
    const across = atan2(nextY - y, nextX - x) + 90;
    return [x + share * half(t, share) * cos(across), y + share * half(t, share) * sin(across)];
  });
}

function strip(curve, half, near = -1, far = 1) {
  return [...beside(curve, half, near), ...beside(curve, half, far).slice(1, -1).reverse()];
}

function blob(x, y, rx, ry, wobble = 0.6) {
  const from = random(100);
  return Array.from({ length: 18 }, (_, i) => {
    const r = 1 + wobble * (noise(from + 1.4 * cos(20 * i), from + 1.4 * sin(20 * i)) - 0.5);
    return [x + rx * r * cos(20 * i), y + ry * r * sin(20 * i)];
  });
}

function at(x, y, angle, size, draw) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  draw();
  pop();
}

function glaze(points, colour, opacity, spread, angle, border, grain = wetness, scatter = true) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(grain, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function lift(points, sides = [90, 270]) {
  for (const angle of sides) glaze(points, PAPER, 255, 0.04, angle, 0, 0, false);
}

function wash(x, y, rx, ry, colour, opacity) {
  glaze(blob(x, y, rx, ry, 1.1), colour, opacity, 0.3 + wetness / 4, random(360), 0.1);
}

function ridge(y, height, colour, opacity) {
  const from = random(100);
  const xs = [-280, -210, -140, -70, 0, 70, 140, 210, 280];
  const top = xs.map((x) => [x, y - height * noise(from + x / 110)]);
  glaze([...top, ...xs.reverse().map((x) => [x, y + 20])], colour, opacity, 0.08, 90, 0.2);
}

function stalk(foot, over, top, thick) {
  const curve = bow(foot, over, top);
  glaze(strip(curve, () => thick), "#a9b878", 250, 0.04, 90, 0.6, 0.3, false);
  glaze(strip(curve, () => thick, 0.1, 0.9), "#4f7444", 230, 0.04, 0, 0.3, 0.3, false);
}

// A heart-shaped leaf: pale, one half in the shade, the veins left light.
function leaf(x, y, angle, len, wide) {
  at(x, y, angle, 1, () => {
    const curve = bow([0, 0], [len * 0.6, -len * 0.1], [len, len * random(0.05, 0.3)]);
    const from = random(100);
    const half = (t, side) => wide * pow(sin(180 * pow(t, 0.55)), 0.85) * (0.75 + 0.5 * noise(from + 4 * t, side + 2));
    glaze(strip(curve, half), LEAF[0], 235, 0.05, 270, 0.6);
    glaze(strip(curve, half, -0.96, -0.04), mix(LEAF[2], DISC, 0.15), 220, bleed, 180, 0.4);
    glaze(strip(curve, half, 0.06, 0.96), mix(LEAF[1], FAR, 0.2), 215, bleed, 90, 0.3);
    push();
    brush.set("cpencil", LEAF[0], 1);
    for (const t of [0.25, 0.45, 0.65]) {
      for (const side of [-0.7, 0.7]) {
        const [[x0, y0], [x1, y1]] = [curve(t), beside((u) => curve(t + 0.18 + u * 0.01), () => half(t, side), side)[0]];
        brush.spline([[x0, y0, 0.9], [lerp(x0, x1, 0.5), lerp(y0, y1, 0.5) - 1, 0.7], [x1, y1, 0.4]], 0.5);
      }
    }
    pop();
  });
}

// One ray from its root towards -y; `shade` is how much of it lies in shadow, 0 to 1.
function ray(from, len, wide, shade, coats = 3) {
  const curve = bow([0, -from], [random(-8, 8), -lerp(from, len, 0.5)], [random(-0.1, 0.1) * len, -len]);
  const half = (t) => wide * pow(sin(180 * pow(t, 0.85)), 0.8);
  if (coats > 1) {
    lift(strip(curve, half), [90]);
    glaze(strip(curve, half), LIGHT, 245, 0.04, 270, 0.7);
  }
  glaze(strip(curve, half, -0.85, 0.7), mix(RAY, ROOT, shade), 230, bleed, random([90, 180]), 0.4);
  if (coats > 2 && layers > 2) glaze(strip((t) => curve(0.6 * t), half, -0.5, 0.5), ROOT, 215, bleed * 1.4, 90, 0.2);
}

function head(x, y, r, tilt, squash) {
  at(x, y, tilt, 1, () => {
    scale(1, squash);
    lift(blob(0, 0, r * 0.72, r * 0.72, 0.1));
    for (const [shade, reach, turn, coats] of [[0.45, 0.96, 180 / rays, 1], [0, 0.92, 0, r < 60 ? 2 : 3]]) {
      for (let i = 0; i < rays; i++) {
        at(0, 0, (360 / rays) * i + turn + random(-6, 6), 1, () => ray(r * 0.3, r * reach * random(0.88, 1.1), (r * random(2.3, 3)) / rays, shade, coats));
      }
    }
    disc(r * 0.42);
  });
}

// The disc: a warm collar, a dark ring, a lighter eye and the seeds in their spiral.
function disc(r) {
  const grain = 0.4 * wetness;
  for (const angle of [90, 270]) glaze(blob(0, 0, r, r, 0.25), mix(DISC, ROOT, 0.3), 255, 0.08, angle, 0.5, grain);
  glaze(blob(0, 0, r * 0.86, r * 0.86, 0.25), DISC, 255, 0.1, 270, 0.3, grain);
  for (let coat = 1; coat < layers; coat++) glaze(blob(r * 0.03 * coat, r * 0.05 * coat, r * (0.8 - 0.07 * coat), r * (0.78 - 0.07 * coat), 0.3), DARK, 255, bleed + 0.04, 90, 0.3, grain);
  glaze(blob(-r * 0.04, -r * 0.04, r * 0.26, r * 0.24, 0.3), mix(RAY, LEAF[1], 0.5), 235, 0.15, 90, 0.2, grain);
  if (r < 14) return;
  for (const [colour, every] of [[DARK, 1], [mix(RAY, PAPER, 0.2), 3]]) {
    push();
    brush.set("charcoal", colour, r < 40 ? 1.1 : 1.5);
    const count = min(240, 2.6 * r);
    for (let i = count * 0.12; i < count; i += random(every, 2 * every)) {
      const [d, a] = [r * 1.02 * sqrt(i / count), 137.5 * i + random(-5, 5)];
      brush.spline([0, 0.02, 0.04].map((out) => [(d + out * r) * cos(a), (d + out * r) * sin(a), random(0.5, 1)]), 0.5);
    }
    pop();
  }
}

function budHead(x, y, angle, size) {
  at(x, y, angle, size, () => {
    for (const turn of [-26, 22, -4]) at(0, -6, turn, 1, () => ray(6, 56, 9, 0.2));
    for (const turn of [-58, 54, -30, 28, 0]) at(0, 4, turn, 1, () => leaf(0, 0, -90, 46, 13));
  });
}

function farHead(x, y, r) {
  glaze(blob(x, y, r, r * 0.8, 0.8), random([RAY, RAY, LIGHT, mix(RAY, ROOT, 0.5)]), 245, bleed, 90, 0.4);
  if (r > 5) glaze(blob(x, y, r * 0.4, r * 0.3, 0.4), DISC, 245, 0.1, 90, 0.3);
}

function jug(x, y) {
  const left = [[-34, 0], [-36, 24], [-62, 54], [-70, 92], [-58, 134], [-40, 150]];
  const right = [[40, 150], [58, 134], [70, 92], [62, 54], [36, 24], [44, -4]];
  const clay = [...left, ...right].map(([px, py]) => [x + px, y + py]);
  lift(clay);
  glaze(clay, mix(FAR, DARK, 0.06), 250, 0.04, 0, 0.9, 0.3, false);
  glaze(strip(bow([x + 40, y + 24], [x + 150, y + 30], [x + 62, y + 112]), () => 5), mix(FAR, DARK, 0.35), 235, 0.05, 0, 0.6, 0.3, false);
  const flank = bow([x + 38, y + 22], [x + 102, y + 86], [x + 42, y + 149]);
  glaze(strip(flank, (t) => 50 * pow(sin(180 * t), 0.5), 0, 1), mix(FAR, DARK, 0.2), 170, 0.14, 180, 0);
  glaze(strip(flank, (t) => 22 * pow(sin(180 * t), 0.5), 0, 1), mix(FAR, DARK, 0.4), 170, 0.14, 180, 0);
  glaze(blob(x + 5, y, 40, 5, 0.1), mix(FAR, DARK, 0.4), 220, 0.05, 0, 0.5, 0.2, false);
}
