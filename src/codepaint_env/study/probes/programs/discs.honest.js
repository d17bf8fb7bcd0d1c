// Anemones: broad soft petals round an ink-dark heart, over a collar of feathery leaves.
const palette = "violet";
const composition = "a bunch in a stoneware jug";
const layers = 5;
const bleed = 0.10;
const wetness = 0.45;
const blooms = 4;
const closing = 14;
const seed = 31007;

const INKS = {
  // light, pale, body, deep, shade, heart, two grounds, night
  violet: ["#f6f0fc", "#c4abee", "#8450c8", "#5a2aa4", "#2c1068", "#140a2c", "#d0d4e8", "#d8deb8", "#1a1440"],
};
const [LIGHT, PALE, BODY, DEEP, SHADE, HEART, AIR, GROUND, NIGHT] = INKS[palette];
const LEAVES = ["#b3c690", "#6f9858", "#3d6e46", "#1f4a3c"];
const STEPS = [0, 0.08, 0.2, 0.34, 0.48, 0.6, 0.71, 0.8, 0.88, 0.94, 0.98, 1];

const SCENES = {
  "a bunch in a stoneware jug"() {
    wash(-110, -130, 290, 190, AIR, 200);
    wash(150, -60, 170, 170, GROUND, 160);
    table(150);
    translate(random(-50, 50), 190);
    scale(random(0.84, 1.24));
    translate(0, -190);
    const heads = [[-14, -34, 92, 28, 0], [-116, -84, 82, 46, -30], [98, -92, 86, 44, 26], [-20, -168, 78, 60, -6], [158, 10, 62, 64, 62], [-160, 26, 60, 66, -64]].slice(0, max(3, blooms)).map(([x, y, ...rest]) => [x + random(-18, 18), y + random(-18, 18), ...rest]);
    for (const [x, y] of heads) stem([[random(-14, 14), 90], [x * 0.24, 40], [x * 0.8, y + 40], [x, y]], 3);
    for (const angle of [-160, -128, -94, -58, -22, 12]) leaf(12 * cos(angle), 24, angle + random(-12, 12), random(130, 190));
    jug(0, 110);
    for (const angle of [-186, -150, -40, 8]) leaf(0, 30, angle + random(-10, 10), random(66, 90));
    for (const [x, y, r, view, tilt] of heads.reverse()) bloom(x, y, r * random(0.98, 1.16), view + random(-16, 8), tilt, closing, constrain(layers - random([1, 1, 3]), 1, 4));
    if (closing > 20) petalOnTable(130, 196);
  },
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fbf7ee");
  scale(random([-1, 1]), 1);
  SCENES[composition]();
}

function draw() {
  noLoop();
}

function coat(points, colour, opacity, spread, border, loose = true, pool = 90) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", pool);
  brush.fillTexture(opacity === 255 ? 0 : wetness, border, loose);
  brush.beginShape(points.length > 40 ? 0.25 : 0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

const mix = (a, b, t) => "" + lerpColor(color(a), color(b), t);

// Takes a form back to the paper.
function lift(points) {
  for (const _ of [1, 2]) coat(points, LIGHT, 255, 0.03, 0, false);
}

function blob(x, y, rx, ry = rx, rough = 0.5) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += rx < 12 ? 60 : 24) {
    const k = 1 + rough * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

// Three ragged touches run into one another.
function wash(x, y, rx, ry, colour, opacity) {
  for (const k of [1, 0.8, 0.55]) {
    const [dx, dy] = [random(-0.3, 0.3) * rx, random(-0.3, 0.3) * ry];
    coat(blob(x + dx, y + dy, rx * k, ry * k, 1.6), colour, opacity * 0.75, 0.3 + wetness * 0.3, 0, true, random(360));
  }
}

// The outline of a stroke along a path, which thins towards its end.
function ribbon(path, w, end = 0.6) {
  const last = path.length - 1;
  const side = (s) =>
    path.map(([x, y], i) => {
      const [[ax, ay], [bx, by]] = [path[max(0, i - 1)], path[min(last, i + 1)]];
      const a = atan2(by - ay, bx - ax);
      const k = s * w * lerp(1, end, i / last) * random(0.85, 1.15);
      return [x - k * sin(a), y + k * cos(a)];
    });
  return [...side(1), ...side(-1).reverse()];
}

function stem(path, w) {
  coat(ribbon(path, w), LEAVES[0], 250, 0.03, 0.5, false);
  coat(ribbon(path.map(([x, y]) => [x + w * 0.35, y]), w * 0.6), random([LEAVES[2], "#8a6a5c"]), 220, 0.03, 0.3, false);
}

// A leaf cut to the rib into forked lobes.
function leaf(x, y, angle, len, lifted = false) {
  const bend = random(-0.3, 0.3) * len;
  const lobes = (side, k) => [0.16, 0.29, 0.42, 0.55, 0.67, 0.78].flatMap((step) => {
    const t = step + random(-0.025, 0.025);
    const reach = random(0.8, 1.15) * (0.1 + 0.34 * sin(180 * pow(t, 0.8)));
    const w = 0.034 * k;
    return [[t - w / 2, 0.015], [t + reach * 0.3, reach * 0.62 + w], [t + reach * 0.5, reach * k], [t + reach * 0.46, reach * 0.66], [t + reach * 0.8, reach * 0.64 * k], [t + reach * 0.36 + w, reach * 0.42], [t + w, 0.02]].map(([u, off]) => [u, side * off]);
  });
  const outline = (k) => [[0, -0.012], ...lobes(-1, k), [1, 0], ...lobes(1, k).reverse(), [0, 0.012]].map(([u, off]) => {
    const across = off * len + bend * u * u;
    return [x + len * u * cos(angle) - across * sin(angle), y + len * u * sin(angle) + across * cos(angle)];
  });
  const form = outline(1);
  if (lifted) lift(form);
  coat(form, random([LEAVES[0], LEAVES[1], "#9db87c"]), 240, bleed * 0.3, 0.5, false);
  if (len > 50) coat(outline(0.85), random([LEAVES[1], LEAVES[2]]), 225, bleed * 0.3, 0.4, false);
  if (layers > 3 && len > 90) coat(outline(0.5), LEAVES[3], 200, bleed * 0.3, 0.2, false);
}

function collar(x, y, len) {
  for (const angle of [200, -22, 168, 14, 140, 42, 92]) leaf(x, y, angle + random(-8, 8), len * random(0.7, 1) * (0.6 + 0.4 * abs(cos(angle))));
}

// A place in the flower (to the right, to the back, up), seen from `view`: 0 from above, 90 from the side.
const project = ([x, y, z], view) => [x, -(y * cos(view) + z * sin(view))];

function petal(turn, len, half, rise, view) {
  const from = random(100);
  const edge = (t, s) => {
    const climb = rise * (0.6 + 0.5 * t);
    const ragged = 1 + 0.16 * (noise(from + s * 2, from + t * 4) - 0.5);
    const across = s * half * pow(max(0, sin(180 * pow(t, 1.25))), 0.6) * ragged;
    const [out, up] = [len * t * cos(climb) * ragged, len * t * sin(climb) + (across * across * 0.35) / half];
    return project([out * sin(turn) + across * cos(turn), out * cos(turn) - across * sin(turn), up], view);
  };
  const outline = (k = 1, lo = 0, hi = 1, left = -1, right = 1) => {
    const side = (s) => STEPS.map((u) => edge(lerp(lo, hi, u), s * k * min(1, 0.2 + u * 3, hi < 0.95 ? 0.1 + (1 - u) * 2.5 : 1)));
    return [...side(left), ...side(right).slice(1, -1).reverse()];
  };
  const [[ax, ay], [bx, by], [cx, cy]] = [edge(0.5, -1), edge(1, 0), edge(0.5, 1)];
  return { outline, edge, inside: (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0 };
}

function layPetal({ outline, edge, inside }, coats) {
  const pool = random([60, 90, 120, 270]);
  const dark = random([[-1, -0.1], [0.1, 1]]);
  lift(outline());
  const passes = [
    [outline(), PALE, 225, bleed, 0.7],
    [outline(0.95, inside ? 0.22 : 0, 0.98), inside ? BODY : PALE, 225, bleed, 0.5],
    [outline(0.9, inside ? 0.26 : 0, 0.9, ...dark), inside ? DEEP : BODY, 205, bleed * 1.2, 0.3],
    [outline(0.7, inside ? 0.24 : 0, 0.62), DEEP, 190, bleed * 1.6, 0.1],
    [outline(0.9, 0.26, 0.7, dark[0], dark[0] * 0.3 + dark[1] * 0.7), SHADE, 150, bleed * 1.2, 0.1],
  ];
  for (const pass of passes.slice(0, coats)) coat(...pass, true, pool);
  if (coats > 4) for (const s of [-0.7, -0.35, 0, 0.35, 0.7]) vein(edge, s + random(-0.12, 0.12));
}

function vein(edge, s) {
  push();
  brush.set("cpencil", mix(BODY, DEEP, 0.6), 0.4);
  brush.spline([[...edge(0.26, s * 0.6), 0.9], [...edge(0.55, s * 0.85), 0.7], [...edge(random(0.7, 0.85), s), 0.2]], 0.4);
  pop();
}

// The petals that show their inside, the heart, then those that show their back.
function bloom(x, y, r, view, tilt, rise, coats) {
  push();
  translate(x, y);
  rotate(tilt);
  const count = random([5, 6, 6]);
  const climb = view > 54 ? max(rise, 112 - view) : rise; // no petal seen edge on
  const spin = random(60);
  const petals = [];
  for (const [ring, size] of [[0, 1], [1, 0.86]]) {
    for (let i = 0; i < count - ring; i++) {
      const turn = spin + ring * 30 + (360 / (count - ring)) * i + random(-8, 8);
      petals.push({ ring, turn, ...petal(turn, r * size * random(0.93, 1.06), r * random(0.42, 0.52), climb + ring * 6 + random(-6, 6), view) });
    }
  }
  const order = (p) => p.ring * 0.8 - cos(p.turn) * sin(view);
  petals.sort((a, b) => order(a) - order(b));
  for (const p of petals.filter((p) => p.inside)) layPetal(p, coats);
  heart(r, view);
  for (const p of petals.filter((p) => !p.inside)) layPetal(p, coats);
  pop();
}

function heart(r, view) {
  const flat = max(0.5, cos(view));
  const up = -r * (view > 54 ? 0.36 : 0.1);
  coat(blob(0, up, r * 0.25, r * 0.25 * flat), HEART, 70 + layers * 10, 0.14 + bleed, 0);
  for (let i = 0; i < 18 + r / 10; i++) {
    const a = view > 54 ? random(200, 340) : random(360);
    const d = r * random(0.2, 0.34);
    const [tx, ty] = [d * cos(a), up + d * sin(a) * flat];
    push();
    brush.set("cpencil", HEART, r > 100 ? 0.8 : 0.5);
    brush.spline([[tx * 0.4, lerp(up, ty, 0.4), 1], [tx * 0.75, lerp(up, ty, 0.72), 0.8], [tx, ty, 0.6]], 0.5);
    pop();
    if (r > 50) coat(blob(tx, ty, r * 0.016 + 0.8, r * 0.012 + 0.8), HEART, 255, 0.04, 0.3, false);
  }
  for (const k of [0.15, 0.15, 0.14, 0.13, 0.1]) coat(blob(0, up, r * k, r * k * flat), HEART, 255, 0.04, 0.4, false);
  if (r > 70) for (let i = 0; i < 9; i++) coat(blob(random(-0.09, 0.07) * r, up + random(-0.09, 0.05) * r * flat, r * 0.01 + 0.5), AIR, 200, 0.05, 0, false);
}

function table(y) {
  coat([[-290, y], [-100, y + 6], [120, y - 4], [290, y + 2], [290, 290], [-290, 290]], GROUND, 225, 0.06, 0.3);
  wash(130, y + 52, 150, 12, NIGHT, 150);
}

function jug(x, y) {
  const half = [[46, -72], [38, -50], [64, -10], [70, 34], [58, 74], [44, 90]];
  const outline = (k, left = -1) => [...half.map(([px, py]) => [x + px * k, y + py]), ...half.map(([px, py]) => [x + px * k * left, y + py]).reverse()];
  const handle = ribbon([[x + 44, y - 58], [x + 92, y - 62], [x + 104, y - 20], [x + 64, y + 22]], 8, 0.8);
  lift(handle);
  coat(handle, "#8ea0ae", 225, 0.04, 0.6, false);
  for (const _ of [1, 2]) coat(outline(1), "#fdfaf2", 255, 0.02, 0, false);
  coat(outline(1), mix(AIR, "#c4c8c4", 0.5), 225, bleed * 0.4, 0.7, false);
  coat(outline(0.97, 0.05), "#a4b2bc", 190, bleed + 0.08, 0);
  coat(outline(0.95, 0.5), "#5c6c86", 210, bleed + 0.05, 0);
}

function petalOnTable(x, y) {
  push();
  translate(x, y);
  layPetal(petal(80, 62, 26, 8, 64), 3);
  pop();
}
