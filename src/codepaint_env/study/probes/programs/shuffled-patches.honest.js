// Butterflies: wings glazed from a pale rim to a deep root, dark margins, veins, eyes; alone, on a flower, in flight.
const palette = "amber";
const composition = "resting on a coneflower";
const layers = 4;
const bleed = 0.08;
const wetness = 0.40;
const tail = 0.15;
const margin = 0.22;
const seed = 31013;

const PAPER = "#fcf8ef";
const INKS = {
  // wing from rim to root, margin, eye, ground, flower and its heart
  amber: { wing: ["#fde6b0", "#f5982a", "#d65a1a", "#8e2c14"], edge: "#25120f", eye: "#fbe9c4", ground: "#c9d8e6", flower: ["#c3b4e6", "#7f66c0", "#41307a"] },
};
const ink = INKS[palette];
const GREENS = ["#b9c97a", "#6f9a4c", "#33603e"];
const SCENES = {
  "resting on a coneflower": perched,
};
// Outlines of the two right wings, the body at (0, 0), the head up; the outer margin is named by its first and last point.
const FORE = { rim: [[0.03, -0.1], [0.14, -0.36], [0.4, -0.7], [0.72, -0.95], [0.98, -1.02], [1.07, -0.9], [1.0, -0.62], [0.93, -0.36], [0.84, -0.12], [0.5, -0.02], [0.2, 0.03]], from: 3, to: 8, eye: [0.62, -0.56] };
const HIND = { rim: [[0.04, -0.04], [0.34, -0.06], [0.66, -0.02], [0.84, 0.16], [0.86, 0.4], [0.76, 0.62], [0.58, 0.78 + tail], [0.42, 0.8], [0.26, 0.64], [0.13, 0.38], [0.05, 0.16]], from: 3, to: 8, eye: [0.6, 0.46] };

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  SCENES[composition]();
}

function spread() {
  const flip = random([-1, 1]);
  wash(flip * 70, 90, 190, 130, ink.ground, 190);
  wash(flip * -120, -130, 130, 90, ink.wing[0], 150);
  for (const [x, y, angle, len] of [[250, 200, 210, 170], [210, 262, 250, 150], [264, 110, 190, 110]]) blade(flip * x, y, flip > 0 ? angle : 180 - angle, len);
  butterfly(flip * -14, 14, 208, random(10, 30) * flip, 1, random(0.86, 1));
  splashes(flip * -60, -150, 10);
}

function perched() {
  const flip = random([-1, 1]);
  wash(flip * 30, -60, 190, 160, ink.ground, 180);
  wash(flip * -110, 170, 150, 90, GREENS[0], 130);
  coneflower(flip * 150, 120, 0.5, 262);
  blade(flip * -20, 262, -115, 170);
  blade(flip * 20, 262, -60, 190);
  coneflower(flip * -36, 96, 1, 262);
  const [x, y] = [flip * -30, 40];
  const tilt = random(-14, 8);
  const turned = (turn) => place(x, y, 176, flip * (-90 + tilt + turn), flip, 1);
  for (const turn of [20, -4]) for (const part of [HIND, FORE]) wing(turned(turn), part, 176);
  const at = turned(0);
  const legs = [-0.1, 0, 0.1].map((v) => [[...at([0, v]), 1], [...at([-0.1, v * 1.5]), 1], [...at([-0.2, v * 2]), 0.8]]);
  strokes(legs, ink.edge, 1.2, "2B");
  body(at, 176);
}

// One coat of paint in an outline; the pigment pools at `side`: 0 left, 90 below, 180 right, 270 above.
function coat(points, colour, { opacity = 225, spread = bleed, side = 90, grain = wetness, rim = 0.4, scatter = false, bend = 0.5 } = {}) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", side);
  brush.fillTexture(grain, rim, scatter);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function wash(x, y, rx, ry, colour, opacity) {
  coat(blob(x, y, rx, ry, 1.3), colour, { opacity, spread: 0.3 + wetness / 3, side: random(360), rim: 0, scatter: true });
}

// Takes paint off again, down to the paper.
function lift(points, colour = PAPER) {
  for (const side of [90, 270]) coat(points, colour, { opacity: 255, spread: 0.03, side, grain: 0, rim: 0 });
}

function strokes(lines, colour, w, kind = "cpencil") {
  push();
  brush.set(kind, colour, w);
  for (const points of lines) brush.spline(points, 0.6);
  pop();
}

function blob(x, y, rx, ry, wobble, step = 18) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + 1.3 * cos(a), from + 1.3 * sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function splashes(x, y, count) {
  for (let i = 0; i < count; i++) {
    const r = random(1.5, 6);
    coat(blob(x + random(-120, 120), y + random(-80, 80), r, r, 0.4, 45), random(ink.wing.slice(1)), { opacity: 190, grain: 0.2 });
  }
}

function blade(x, y, angle, len) {
  const [bend, w] = [random(-0.3, 0.3), len * random(0.03, 0.06)];
  const at = (t, s) => {
    const [u, v] = [len * t, bend * len * t * t + s * w * sin(180 * pow(0.1 + 0.9 * t, 0.7))];
    return [x + u * cos(angle) - v * sin(angle), y + u * sin(angle) + v * cos(angle)];
  };
  const ts = [0, 0.2, 0.45, 0.7, 0.9, 1];
  coat([...ts.map((t) => at(t, -1)), ...ts.toReversed().map((t) => at(t, 1))], random(GREENS), { opacity: 200, spread: 0.05 });
}

// Maps a point of a wing, on the side -1 or 1, to the sheet; `open` narrows a wing that is seen aslant.
function place(x, y, size, angle, side, open) {
  return ([u, v]) => {
    const [px, py] = [size * side * u * abs(open), size * (v + 0.12 * (1 - abs(open)) * u)];
    return [x + px * cos(angle) - py * sin(angle), y + px * sin(angle) + py * cos(angle)];
  };
}

function butterfly(x, y, size, angle, left, right) {
  const sides = [[-1, left], [1, right]].map(([side, open]) => place(x, y, size, angle, side, open));
  for (const part of [HIND, FORE]) for (const at of sides) wing(at, part, size);
  body(place(x, y, size, angle, 1, 1), size);
}

function wing(at, { rim, from, to, eye }, size) {
  const uneven = rim.map(([u, v]) => [u * random(0.97, 1.03), v * random(0.97, 1.03)]);
  const shrunk = (k) => uneven.map(([u, v]) => at([u * k, v * k]));
  const outer = uneven.slice(from, to + 1);
  const inner = (k) => outer.map(([u, v], i) => [u * (1 - k * (i % 2 ? 1 : 0.72)), v * (1 - k * (i % 2 ? 1 : 0.72))]);
  const large = size > 60;
  (large ? lift : coat)(shrunk(0.98), ink.wing[0]);
  [1, 0.9, 0.68, 0.5, 0.34].slice(0, large ? layers : 2).forEach((k, i) => {
    coat(shrunk(k), ink.wing[min(i + 1, 3)], { opacity: i ? 205 : 225, side: random(360), rim: i ? 0.2 : 0.6 });
  });
  for (const k of large ? [1, 0.7, 0.4] : [1]) {
    coat([...outer, ...inner(margin * k).reverse()].map(at), ink.edge, { opacity: 250, spread: bleed / 2, side: random(360), grain: wetness / 2, rim: 0.3 });
  }
  if (!large) return;
  coat([...uneven.slice(0, from + 1), ...uneven.slice(0, from + 1).reverse().map(([u, v]) => [u * 0.95 + 0.02, v * 0.95 + 0.03])].map(at), ink.edge, { opacity: 220, spread: 0.03, grain: 0.2 });
  const root = at([0.05, 0]);
  const vein = ([u, v]) => [[...root, 0.9], [...at([u * 0.5 + 0.02, v * 0.52]), 0.8], [...at([u * 0.96, v * 0.96]), 0.6]];
  strokes(outer.map(vein), ink.wing[3], size > 100 ? 1.4 : 0.8);
  outer.slice(0, -1).forEach(([u, v], i) => {
    const [px, py] = at([lerp(u, outer[i + 1][0], 0.5) * (1 - margin * 0.3), lerp(v, outer[i + 1][1], 0.5) * (1 - margin * 0.3)]);
    const r = size * margin * random(0.06, 0.11);
    coat(blob(px, py, r, r * 0.8, 0.4, 45), PAPER, { opacity: 255, spread: 0.03, grain: 0, rim: 0 });
  });
  if (size > 100) wingEye(...at(eye), size * 0.075);
}

function wingEye(x, y, r) {
  for (const [k, colour] of [[1.4, ink.edge], [1.05, PAPER], [1, PAPER], [0.98, ink.eye], [0.45, ink.edge]]) {
    coat(blob(x, y, r * k, r * k, 0.3, 30), colour, { opacity: 235, spread: 0.05, grain: 0.2 });
  }
}

function body(at, size) {
  const side = [[0.02, -0.26], [0.05, -0.2], [0.04, -0.13], [0.065, -0.04], [0.05, 0.08], [0.045, 0.3], [0.02, 0.48]];
  const outline = (k) => [...side.map(([u, v]) => at([u * k, v])), ...side.toReversed().map(([u, v]) => at([-u * k, v]))];
  coat(outline(1), ink.wing[2], { opacity: 245, spread: 0.04 });
  for (const side of [0, 180]) coat(outline(0.95), ink.edge, { opacity: 250, spread: 0.04, side, grain: 0.2 });
  const feeler = (s) => [[...at([0.01 * s, -0.25]), 1], [...at([0.1 * s, -0.42]), 0.8], [...at([0.22 * s, -0.58]), 0.8]];
  strokes([feeler(-1), feeler(1)], ink.edge, max(0.6, size / 130), "2B");
  if (size > 40) for (const s of [-1, 1]) coat(blob(...at([0.22 * s, -0.585]), size * 0.016, size * 0.016, 0.3, 60), ink.edge, { opacity: 250, spread: 0.03 });
}

// A coneflower: petals hang from a spiny dome on a stem that comes up from `ground`.
function coneflower(x, y, size, ground) {
  const sway = random(-30, 30);
  strokes([0, 1, 2].map((k) => [[x + k * size, y, 1], [x + sway * 0.3 + k * size, lerp(y, ground, 0.5), 1], [x + sway + k * size, ground, 1]]), GREENS[2], 3 * size, "marker");
  for (const a of [168, 12, 150, 30, 128, 52, 90, 110, 70]) {
    const [turn, len] = [a + random(-6, 6), size * random(84, 104) * (0.72 + 0.28 * abs(cos(a)))];
    const petal = (k) => [[0, -6], [0.3, -13], [0.7, -15], [0.95, -9], [1, 0], [0.95, 9], [0.7, 15], [0.3, 13], [0, 6]].map(([t, w]) => {
      const [u, v] = [len * t * k, w * size * k];
      return [x + u * cos(turn) - v * sin(turn), y + u * sin(turn) * 0.8 + v * cos(turn) + 30 * size * t * t];
    });
    lift(petal(0.97));
    coat(petal(1), ink.flower[0], { side: 270, rim: 0.6 });
    coat(petal(0.9), ink.flower[1], { opacity: 200, side: 270 });
  }
  for (const [k, colour] of [[1, "#d98a2c"], [0.9, "#9a4a1c"], [0.6, "#5a2414"]]) {
    coat(blob(x, y - 8 * size - 6 * size * (1 - k), 46 * size * k, 26 * size * k, 0.25), colour, { opacity: 235, side: 90 });
  }
  const spines = Array.from({ length: round(26 * size) }, () => {
    const [a, d] = [random(180, 360), sqrt(random())];
    const [px, py] = [x + 44 * size * d * cos(a), y + 8 * size * (d - 1) + 28 * size * d * sin(a)];
    return [[px, py + 3, 1], [px + 0.4, py, 1], [px + 0.8, py - 5 * size, 0.8]];
  });
  strokes(spines, "#f4b04a", 1.4);
}
