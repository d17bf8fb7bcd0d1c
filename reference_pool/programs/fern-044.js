// Ferns: lobed fronds glazed from a wet pale ghost to a dark heart, or still rolled up as fiddleheads.
// subject: fern
// prompt: a {palette} fern in watercolour, {composition}
const palette = "sea-green"; // one of: moss-green, spring-green, sea-green, rust-brown, violet-grey, mud-brown
const composition = "growing in a loose clump"; // one of: one arching frond, fiddleheads unrolling, growing in a loose clump, pale against a dark wood, seen close
const layers = 4; // 1 to 4
const bleed = 0.25; // 0.02 to 0.30
const wetness = 0.2; // 0.10 to 0.90
const withered = 0.04; // 0.00 to 0.60
const seed = 380680; // seed

const INKS = {
  "moss-green": { ground: "#d9dfb8", pale: "#b7cc84", body: "#5f8a3c", deep: "#1f4326", rust: "#b8702c", wood: "#1c3a34" },
  "spring-green": { ground: "#e6efc0", pale: "#cfe37c", body: "#86b630", deep: "#2c6a34", rust: "#dca63c", wood: "#23504a" },
  "sea-green": { ground: "#c6dedb", pale: "#94c8b6", body: "#2f8676", deep: "#0c3f4c", rust: "#a06a7c", wood: "#102f48" },
  "rust-brown": { ground: "#f0ddba", pale: "#e8b86c", body: "#b8622a", deep: "#5a2418", rust: "#7c8a3c", wood: "#3a2430" },
  "violet-grey": { ground: "#d8d4de", pale: "#b9b6c8", body: "#6f6c92", deep: "#2c2a50", rust: "#8aa08a", wood: "#221f3c" },
  "mud-brown": { ground: "#d6cdb0", pale: "#a89a6c", body: "#75683c", deep: "#4c4426", rust: "#6c5a4a", wood: "#4a4430" },
};
const INK = INKS[palette];
const PAPER = "#fbf8ee";

const COMPOSITIONS = {
  "one arching frond": () => {
    wash(60, -40, 190, 150, INK.ground, 180);
    frond(bow(-60, 270, 20, -20, 220, -20), 110, 10, "ghost");
    frond(bow(-150, 262, -170, -190, 150, -150), 148, 12, "front");
    crozier(-96, 262, 120, 20, -1);
    spatter(120, 110, 90);
  },
  "fiddleheads unrolling": () => {
    wash(-30, 150, 250, 110, INK.ground, 190);
    wash(100, -120, 130, 110, INK.ground, 130);
    frond(bow(150, 280, 190, 60, 120, -120), 76, 9, "ghost");
    crozier(150, 270, 270, 34, -1);
    crozier(-160, 270, 210, 30, 1);
    crozier(-50, 276, 400, 58, random([-1, 1]));
    crozier(50, 276, 130, 22, 1);
    for (let x = -220; x < 230; x += 76) litter(x + random(-20, 20), 236 + random(-12, 12));
  },
  "growing in a loose clump": () => {
    const shift = random(-50, 50);
    translate(shift, 0);
    wash(-shift, 190, 260, 80, between(INK.ground, INK.deep, 0.25), 180);
    wash(-40, -60, 200, 150, INK.ground, 140);
    for (const [x, y] of [[-210, -170], [236, -60]]) frond(bow(0, 200, x * 0.3, -150, x, y), 90, 7, "ghost");
    frond(bow(0, 206, 10, -100, random(80, 130), -200), 100, 7, "middle");
    frond(bow(-8, 216, -70, -130, -232, -20), 100, 8, "front");
    frond(bow(14, 216, 80, -60, 214, 30), 90, 8, "front");
    frond(bow(0, 220, -40, -60, random(-60, -10), -170), 96, 8, "front");
    crozier(34, 222, 100, 16, 1);
    for (let x = -90; x < 100; x += 60) litter(x, 222 + random(-8, 14));
  },
  "pale against a dark wood": () => {
    wash(0, 0, 420, 400, INK.deep, 255);
    wash(40, -20, 400, 380, INK.wood, 255);
    wash(-60, 250, 380, 200, INK.wood, 255);
    for (const x of [-200, -130, 200]) trunk(x + random(-20, 20), random(10, 22));
    frond(bow(250, 290, 190, -60, 90, -170), 84, 8, "lifted faint");
    frond(bow(-230, 290, -190, -40, -150, -150), 74, 7, "lifted faint");
    frond(bow(20, 300, -80, -60, 100, -180), 140, 12, "lifted");
  },
  "seen close": () => {
    wash(-90, 100, 230, 160, INK.ground, 180);
    frond(bow(-270, -200, -60, -150, 90, -280), 150, 8, "ghost");
    frond(bow(300, 250, 60, 60, -240, -150), 250, 10, "front");
    crozier(-150, 280, 150, 34, 1);
  },
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1);
  COMPOSITIONS[composition]();
}

function draw() { noLoop(); }

function paint(colour, opacity, spread, angle, texture, border, out = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(texture, border, out);
}

function form(points) {
  brush.beginShape(0.5);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape();
}

function between(a, b, share) {
  return "" + lerpColor(color(a), color(b), share);
}

function blob(x, y, rx, ry, wobble, step = 20) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  form(points);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.25 + wetness / 3, random(360), 0.2 + wetness / 2, 0);
  blob(x, y, rx, ry, 0.6);
  pop();
}

// A line is a function of t from 0 to 1 that gives [x, y, direction].
function bow(ax, ay, bx, by, cx, cy) {
  const at = (a, b, c, t) => lerp(lerp(a, b, t), lerp(b, c, t), t);
  return (t) => [at(ax, bx, cx, t), at(ay, by, cy, t), atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t))];
}

// The outline of a stroke along a line, from -left to right of it.
function strip(line, left, right, steps = 12) {
  const over = [];
  const under = [];
  for (let i = 0; i <= steps; i++) {
    const [x, y, a] = line(i / steps);
    over.push([x + left(i / steps) * sin(a), y - left(i / steps) * cos(a)]);
    under.unshift([x - right(i / steps) * sin(a), y + right(i / steps) * cos(a)]);
  }
  return [...over, ...under];
}

// How a frond is laid: how many glazes at most, how strong, and over which first coat.
const WAYS = {
  ghost: { glazes: 0, opacity: 100, first: INK.pale },
  middle: { glazes: 2, opacity: 150, first: INK.pale },
  front: { glazes: 4, opacity: 230, first: INK.pale },
  "lifted faint": { glazes: 0, opacity: 140, first: INK.pale },
  lifted: { glazes: 2, opacity: 110, first: PAPER },
};

function frond(line, size, pairs, way) {
  const { opacity } = WAYS[way];
  push();
  paint(way.startsWith("lifted") ? INK.pale : INK.body, min(255, opacity + 40), 0.03, 0, 0.3, 0.4, false);
  const half = (t) => 0.6 + size * lerp(0.02, 0.004, t);
  form(strip(line, half, half));
  pop();
  for (let i = 0; i <= pairs; i++) {
    const t = lerp(0.16, 0.99, i / pairs);
    const reach = size * pow(sin(180 * lerp(0.2, 0.97, pow(i / pairs, 0.75))), 0.8);
    for (const side of [-1, 1]) {
      if (random() < withered / 8) continue;
      const [x, y, direction] = line(min(1, t + side * 0.012));
      pinna(x, y, direction + side * lerp(82, 38, t) + random(-6, 6), reach * random(0.88, 1.08), side, way, t);
    }
  }
}

// One feather of a frond from (x, y): lobed, a little sickle-shaped, darker on its lower side and towards the stem.
function pinna(x, y, angle, len, side, way, age) {
  const { glazes, opacity, first } = WAYS[way];
  const lobes = constrain(round(len / 11), 3, 13);
  const wid = len * random(0.12, 0.16) + 2;
  const mid = (t) => -side * 0.1 * len * t * t;
  const edge = (t) => wid * pow(1 - t, 0.55) * (0.5 + 0.5 * abs(sin(180 * lobes * t))) * min(1, 0.4 + 6 * t);
  const line = (t) => [len * t, mid(t), 0];
  const steps = lobes * 2;
  const dry = constrain(withered * 4 * noise(x / 120, y / 120) * age + random(-0.1, 0.1), 0, 0.9);
  const tint = between(between(INK.body, INK.pale, 0.45 * age + random(0.15)), INK.rust, dry);
  const dark = way === "lifted" ? INK.body : between(INK.deep, INK.rust, dry / 2);
  push();
  translate(x, y);
  rotate(angle);
  paint(first, way.startsWith("lifted") ? 255 : opacity, way === "ghost" ? bleed + wetness / 5 : 0.04, 0, wetness / 3, 0.3, way === "ghost");
  form(strip(line, edge, edge, steps));
  if (way === "lifted") form(strip(line, edge, edge, steps));
  const coats = [
    () => [tint, opacity, bleed, wetness, edge, edge],
    () => [between(tint, dark, 0.7 - 0.3 * age), opacity, bleed, wetness, side > 0 ? edge : () => 0.6, side > 0 ? () => 0.6 : edge],
    () => [dark, opacity * 0.85, bleed, wetness, (t) => edge(t) * max(0.05, 0.8 - 2 * t), (t) => edge(t) * max(0.05, 0.8 - 2 * t)],
    () => [INK.rust, 110, 0.25, wetness, (t) => wid * 0.7 * max(0.02, t - 0.6), (t) => wid * 0.7 * max(0.02, t - 0.6)],
  ];
  for (const coat of coats.slice(0, min(layers, glazes, len < 40 ? 2 : 4))) {
    const [colour, strength, spread, texture, over, under] = coat();
    paint(colour, strength, spread, 0, texture, 0.4, false);
    form(strip(line, over, under, steps));
  }
  pop();
}

// A fiddlehead: a stem that rises and rolls up, scaly outside, with the folded feathers along its back.
function crozier(x, y, height, r, facing) {
  const lean = random(-0.2, 0.2) * height;
  const turns = random(1.6, 2.1);
  const rise = height / (height + 9 * r);
  const line = (t) => {
    if (t < rise) {
      const u = t / rise;
      return [x + lean * u * u, y - height * u, -90 + facing * 4 * u];
    }
    const u = (t - rise) / (1 - rise);
    const a = u * turns * 360;
    const k = r * pow(1 - u, 0.8) + 2;
    return [x + lean + facing * (r + 2 - k * cos(a)), y - height - k * sin(a), -90 + facing * a];
  };
  const half = (t) => r * (t < rise ? lerp(0.2, 0.17, t / rise) : lerp(0.17, 0.05, (t - rise) / (1 - rise)));
  for (let t = rise * 1.02; t < 0.9; t += (1 - rise) / random(20, 28)) {
    const [px, py, a] = line(t);
    push();
    translate(px, py);
    rotate(a - facing * 90);
    paint(between(INK.pale, INK.body, random()), 215, bleed, 180, wetness, 0.5, false);
    blob(r * 0.24, 0, r * random(0.2, 0.34) * (1.3 - t), r * random(0.1, 0.18), 0.6, 45);
    pop();
  }
  push();
  const coats = [[INK.pale, half, half], [INK.body, half, (t) => half(t) * 0.3], [INK.deep, (t) => half(t) * 0.95, (t) => -half(t) * 0.3]];
  for (const [colour, over, under] of coats.slice(0, layers)) {
    paint(colour, 220, 0.03, 90, wetness, 0.4, false);
    form(strip(line, facing > 0 ? over : under, facing > 0 ? under : over, 36));
  }
  pop();
  push();
  brush.set("cpencil", INK.rust, 0.9);
  for (let i = 0; i < 10 + withered * 20; i++) {
    const [px, py, a] = line(random(0.1, rise * 1.2));
    const side = random([-1, 1]) * r * 0.2;
    brush.spline([[px + side * sin(a), py - side * cos(a), 1], [px + side * 1.4 * sin(a) + 1, py - side * 1.4 * cos(a) - 3, 0.8], [px + side * 1.9 * sin(a), py - side * 1.9 * cos(a) - 6, 0.3]], 0.6);
  }
  pop();
}

function trunk(x, w) {
  push();
  paint(INK.wood, 225, 0.12, 0, 0.6, 0.2);
  form([[x - w, -270], [x - w * 0.8, 0], [x - w * 1.4, 330], [x + w * 1.4, 330], [x + w * 0.9, 0], [x + w, -270]]);
  pop();
}

// A dead leaf or a tuft of moss at the foot.
function litter(x, y) {
  push();
  paint(random([INK.rust, INK.body, INK.deep]), 120, 0.25 + bleed, 90, wetness, 0.1);
  blob(x, y, random(24, 50), random(8, 16), 1.2, 30);
  pop();
}

function spatter(x, y, reach) {
  push();
  for (let i = 0; i < 7 * wetness; i++) {
    paint(random([INK.body, INK.pale, INK.rust]), 190, 0.05, 0, 0.3, 0.7, false);
    const r = random(1.2, 4);
    blob(x + random(-reach, reach), y + random(-reach, reach), r, r, 0.3, 45);
  }
  pop();
}
