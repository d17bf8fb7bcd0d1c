// Lavender: whorls of small two-lipped flowers on square grey-green stalks, near and far.
const palette = "violet";
const composition = "rows of a field running to the hills";
const layers = 5;
const bleed = 0.10;
const wetness = 0.45;
const stalks = 7;
const breeze = 6;
const seed = 31043;

const INKS = {
  // light, pale, body, calyx, dark, sky, glow, ground
  violet: ["#f6f0fc", "#cbb6ee", "#8e63cc", "#5f36a6", "#2e1468", "#cdd3ea", "#f3dcc4", "#d9d6a8"],
};
const [LIGHT, PALE, BODY, CALYX, DARK, SKY, GLOW, GROUND] = INKS[palette];
const LEAVES = ["#b9c8a8", "#86a284", "#567a66", "#33544c"];

const SCENES = {
  "rows of a field running to the hills"() {
    const horizon = random(-120, 10);
    wash(0, -230, 400, 130, SKY, 220);
    wash(random(-160, 160), horizon - 60, 300, 60, GLOW, 220);
    hill(horizon, random(60, 130), mix(SKY, "#7c8cb8", 0.6), 200);
    hill(horizon + 2, 50, "#8494b4", 200);
    hill(horizon + 4, 16, LEAVES[1], 220);
    field(horizon + 2, random(-150, 150));
    landmark(random([-1, 1]) * random(90, 190), horizon + 6, random(1, 1.8));
    if (stalks > 6) return;
    for (let i = 0; i < stalks; i++) {
      const x = 250 - pow(i / stalks, 1.4) * 190;
      spike([[x - 20, 300], [x - 10, 210], [x + breeze * 2 + random(-14, 14), random(-30, 50) + i * 22]], 0.5, random(34, 44), layers);
    }
  },
};

// Heads side by side, the tallest and farthest first.
function spread(count, half, top, bottom) {
  const heads = [];
  for (let i = 0; i < count; i++) heads.push([lerp(-half, half, (i + random(-0.3, 0.3)) / (count - 1)), random(top, bottom)]);
  return heads.sort((a, b) => a[1] - b[1]);
}

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fbf8ef");
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
  brush.beginShape(0.5);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

const mix = (a, b, t) => "" + lerpColor(color(a), color(b), t);

function blob(x, y, rx, ry = rx, rough = 0.5) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += rx < 16 ? 60 : 24) {
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

const toward = ([ax, ay], [bx, by]) => [lerp(ax, bx, 2 / 3), lerp(ay, by, 2 / 3)];

// A place at t of a line through three or four points, and its direction.
function along(line, t) {
  const [a, b, c, d] = line.length > 3 ? line : [line[0], toward(line[0], line[1]), toward(line[2], line[1]), line[2]];
  const at = (u) => [0, 1].map((k) => pow(1 - u, 3) * a[k] + 3 * u * pow(1 - u, 2) * b[k] + 3 * u * u * (1 - u) * c[k] + u * u * u * d[k]);
  const [[x, y], [nx, ny]] = [at(t), at(t + 0.02)];
  return [x, y, atan2(ny - y, nx - x)];
}

function ribbon(line, w, from = 0, to = 1) {
  const side = (s) => [0, 0.2, 0.4, 0.6, 0.8, 1].map((u) => {
    const [x, y, a] = along(line, lerp(from, to, u));
    return [x - s * w * sin(a) * random(0.85, 1.15), y + s * w * cos(a)];
  });
  return [...side(1), ...side(-1).reverse()];
}

// A small form standing on (x, y), blunt at the tip.
function lobe(x, y, angle, len, wid) {
  const [c, s] = [cos(angle), sin(angle)];
  return [[0, -0.4], [0.35, -1], [0.8, -0.9], [1, 0], [0.8, 0.9], [0.35, 1], [0, 0.4]].map(([u, v]) => {
    const [along, across] = [len * u * random(0.92, 1.08), wid * v * random(0.85, 1.15)];
    return [x + along * c - across * s, y + along * s + across * c];
  });
}

// A stalk whose upper `share` carries whorls, from wet and pale to dry and dark.
function spike(line, share, size, coats) {
  const from = 1 - share * 1.2;
  coat(ribbon(line, size * 0.045 + 0.6, 0, 0.96), random([LEAVES[1], LEAVES[2]]), 250, 0.03, 0.5, false);
  const [[ax, ay], [bx, by]] = [along(line, from), along(line, 1)];
  const whorls = max(5, round((2.2 * dist(ax, ay, bx, by)) / size));
  for (let i = 0; i <= whorls; i += 3) coat(blob(...along(line, lerp(from, 1, i / whorls)).slice(0, 2), size * 0.45, size * 0.9, 0.9), random([PALE, BODY]), 180, 0.12 + wetness / 5, 0);
  for (let i = -1; i <= whorls; i++) {
    const t = max(0, i / whorls);
    const [x, y, a] = along(line, i < 0 ? from - 0.1 : lerp(from, 1, pow(t, 0.74) + random(-0.25, 0.25) / whorls));
    const breadth = i < 0 ? 0.75 : lerp(0.86 + 0.3 * sin(150 * t + 30), 0.55, t);
    if (size > 50) largeWhorl(x, y, a, size * breadth, coats);
    else smallWhorl(x + random(-0.1, 0.1) * size, y, a + random(-16, 16), size * breadth, coats);
  }
}

// Five calyces in one outline.
function fan(x, y, angle, len, wid) {
  return [-70, -36, 0, 34, 66].flatMap((turn) => lobe(x, y, angle + turn + random(-10, 10), len * random(0.8, 1.1) * (1 - abs(turn) / 260), wid).slice(1, 6));
}

function smallWhorl(x, y, angle, size, coats) {
  coat(fan(x, y, angle, size * 0.82, size * 0.15), random([BODY, BODY, CALYX, mix(PALE, BODY, 0.6)]), 240, bleed * 0.6, 0.5, false);
  if (coats > 2) coat(fan(x + size * 0.06, y + size * 0.05, angle + 8, size * 0.58, size * 0.09), random([CALYX, CALYX, DARK]), 230, bleed * 0.6, 0.3, false);
  if (coats > 3 && random() < 0.6) {
    const a = angle + random(-80, 80);
    flower(x + size * 0.5 * cos(a), y + size * 0.5 * sin(a), a, size * 0.44, [0]);
  }
}

function largeWhorl(x, y, angle, size, coats) {
  for (const turn of [-66, 62, -38, 42, -12, 16]) {
    const a = angle + turn + random(-10, 10);
    const len = size * random(0.6, 0.8);
    coat(lobe(x, y, a, len, size * 0.14), random([BODY, BODY, CALYX]), 240, bleed * 0.6, 0.6, false);
    if (coats > 2) coat(lobe(x, y, a + 5, len * 0.8, size * 0.07), random([CALYX, DARK]), 225, bleed * 0.6, 0.3, false);
    if (coats > 3 && random() < 0.32) flower(x + len * 0.85 * cos(a), y + len * 0.85 * sin(a), a, size * 0.42, [-60, 40]);
  }
  if (coats > 4) coat(fan(x, y + size * 0.08, angle, size * 0.3, size * 0.05), DARK, 230, bleed * 0.5, 0.2, false);
}

// An open flower: its lips lifted to the paper and glazed.
function flower(x, y, angle, size, lips) {
  for (const turn of lips) {
    const form = lobe(x, y, angle + turn + random(-14, 14), size * random(0.8, 1.1), size * 0.32);
    coat(form, LIGHT, 255, 0.03, 0, false);
    coat(form, random([PALE, mix(PALE, BODY, 0.5)]), 215, bleed * 0.6, 0.6, false);
  }
  if (size > 18) coat(blob(x, y, size * 0.13), DARK, 225, 0.06, 0.2, false);
}

function hill(base, height, colour, opacity) {
  const from = random(100);
  const points = [];
  for (let x = -280; x <= 280; x += 40) points.push([x, base - height * (0.2 + 1.3 * noise(from + x / 140))]);
  coat([...points, [280, base + 12], [-280, base + 12]], colour, opacity, 0.06 + bleed * 0.4, 0.3);
}

// Rows that meet at the eye: the sunny side of each hedge, its shaded side, and the earth left between them.
function field(horizon, eye) {
  const depth = 290 - horizon;
  const at = (row, t) => [eye + (row - eye) * (0.02 + t), horizon + depth * t];
  const steps = [0, 0.03, 0.07, 0.12, 0.18, 0.26, 0.36, 0.44, 0.52, 0.6, 0.68, 0.76, 0.84, 0.92, 1];
  const edge = (row, bump) => steps.map((t) => [at(row, t)[0] + random(-bump, bump) * t, at(row, t)[1] - random(bump) * t]);
  const hedge = (left, right, bump) => [...edge(left, bump), ...edge(right, bump).reverse()];
  const gap = random(120, 170);
  coat(panel(-290, horizon, 290, 290), GROUND, 235, 0.04, 0.2);
  coat(panel(-290, horizon, 290, horizon + depth * 0.13), mix(PALE, BODY, 0.5), 190, 0.2, 0);
  for (let row = eye - 9 * gap + random(gap); row < eye + 9 * gap; row += gap) {
    if (abs(at(row, 0.22)[0]) > 300) continue;
    coat(hedge(row - gap * 0.36, row + gap * 0.34, 16), PALE, 235, bleed * 0.5, 0.3);
    coat(hedge(row - gap * 0.2, row + gap * 0.32, 18), BODY, 215, bleed * 0.5, 0.3);
    coat(hedge(row + gap * 0.08, row + gap * 0.34, 14), mix(CALYX, DARK, random(0.5)), 210, bleed * 0.4, 0.3);
    if (layers > 2) coat(hedge(row + gap * 0.2, row + gap * 0.36, 12), DARK, 190, bleed * 0.4, 0.2);
    coat(hedge(row + gap * 0.32, row + gap * 0.4, 4), LEAVES[3], 190, 0.04, 0.2, false);
  }
  if (layers > 2) wash(random(-200, 200), random(180, 240), 150, 40, CALYX, 130);
}

// A tree, or a farmhouse with its cypresses.
function landmark(x, y, k) {
  if (random() < 0.5) {
    coat(ribbon([[x, y], [x + 1, y - 12 * k], [x, y - 26 * k]], 2 * k), DARK, 240, 0.04, 0.3, false);
    for (let i = 0; i < 4; i++) coat(blob(x + random(-16, 16) * k, y - random(20, 36) * k, random(14, 22) * k, random(10, 16) * k, 1), LEAVES[2 + (i % 2)], 220, 0.1, 0.3);
    return;
  }
  const wall = panel(x - 24 * k, y - 16 * k, x + 20 * k, y);
  for (const colour of [LIGHT, "#f0dcb8"]) coat(wall, colour, 255, 0.02, 0.3, false);
  coat([[x - 28 * k, y - 15 * k], [x - 18 * k, y - 27 * k], [x + 15 * k, y - 27 * k], [x + 24 * k, y - 15 * k]], "#b8644c", 250, 0.04, 0.4, false);
  for (const [dx, h] of [[34, 54], [44, 40], [-36, 34]]) coat(lobe(x + dx * k, y + 2, -90, h * k, 6 * k), LEAVES[3], 245, 0.06, 0.4, false);
}

// A rectangle with points enough along its sides to stay one when wet.
function panel(left, top, right, bottom) {
  const share = [0, 0.02, 0.2, 0.4, 0.6, 0.8, 0.98];
  const wobble = () => random(-1.5, 1.5);
  const side = (ax, ay, bx, by) => share.map((t) => [lerp(ax, bx, t) + wobble(), lerp(ay, by, t) + wobble()]);
  return [...side(left, top, right, top), ...side(right, top, right, bottom), ...side(right, bottom, left, bottom), ...side(left, bottom, left, top)];
}

