// Sunflowers: rays glazed towards a dark, seeded disc, and coarse heart-shaped leaves.
const palette = "golden";
const composition = "one seen close";
const layers = 5;
const bleed = 0.08;
const wetness = 0.40;
const rays = 16;
const nod = 4;
const seed = 31047;

const PAPER = "#fcf7ea";
const LEAF = ["#c3cf9a", "#66904e", "#24543c"];
const INKS = {
  // ray in the light, ray, root of the ray, disc, its dark, far wash, near wash
  golden: ["#fbe07a", "#f4b41e", "#c96a12", "#7a3a16", "#26100c", "#a9c8dc", "#e4cfa0"],
};
const [LIGHT, RAY, ROOT, DISC, DARK, FAR, NEAR] = INKS[palette];
const SCENES = {
  "one seen close": oneClose,
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

