// Sprays of eucalyptus, olive or willow: paired leaves glazed wet over a paler ghost of themselves.
// subject: {plant} spray
// prompt: a {palette} {plant} spray in watercolour, {composition}
const plant = "olive"; // one of: eucalyptus, olive, willow
const palette = "teal"; // one of: silver, sage, teal, russet, plum, lime
const composition = "seen close"; // one of: arching across the sheet, bent into an open wreath, seen close, hanging from above, tied with string
const layers = 2; // 1 to 5
const bleed = 0.03; // 0.02 to 0.30
const wetness = 0.44; // 0.10 to 0.90
const fruits = 6; // 0 to 9
const seed = 129457; // seed

const INK = {
  silver: { ground: "#c3d6d8", pale: "#b4cdc6", body: "#5f8f88", deep: "#1f4a50", drop: "#c98a76", stem: "#7d5a48", fruit: "#463a5c" },
  sage: { ground: "#dde0b4", pale: "#c3cf98", body: "#718f4a", deep: "#2c4a2a", drop: "#d6a542", stem: "#6d5a38", fruit: "#4f3a4c" },
  teal: { ground: "#b8d8de", pale: "#96c8c4", body: "#237c80", deep: "#0a3a4c", drop: "#5a5ab0", stem: "#5c4a4a", fruit: "#232a58" },
  russet: { ground: "#f2dcb8", pale: "#e6bd84", body: "#b85c30", deep: "#5c201c", drop: "#76843c", stem: "#5c3828", fruit: "#4c1828" },
  plum: { ground: "#dccfe0", pale: "#c6aec8", body: "#7c5688", deep: "#352450", drop: "#709a86", stem: "#5c3c48", fruit: "#241c3c" },
  lime: { ground: "#f8f08c", pale: "#d8f04a", body: "#5cd01c", deep: "#088038", drop: "#ff6cb8", stem: "#d0561a", fruit: "#c01878" },
}[palette];

// Of a leaf, wide: half its width for its length; full: 1 if pointed, less if round; angle: away from the stem. Of a spray, pairs of them.
const HABIT = {
  eucalyptus: { wide: 0.42, full: 0.55, skew: 0.75, angle: 62, length: 0.72, stalk: 0.1, pairs: 6, fruit: [7, 6] },
  olive: { wide: 0.13, full: 0.9, skew: 0.85, angle: 44, length: 1.1, stalk: 0.02, pairs: 8, fruit: [11, 7.5] },
  willow: { wide: 0.075, full: 1, skew: 0.7, angle: 34, length: 1.45, stalk: 0.01, pairs: 8, fruit: [14, 4] },
}[plant];

const COMPOSITIONS = {
  "arching across the sheet": () => {
    wash(50, -20, 210, 130);
    spray(bow(-100, 270, 40, 90, 240, 40), 110, 0.8, 0);
    spray(bow(-165, 90, -130, -120, -30, -226), 104, 0.6, 1);
    const main = bow(-256, 290, -170, -90, 206, -120);
    spray(main, 136, 1.15, 2);
    spray(bow(-120, 10, -10, -10, 60, 60), 112, 0.5, 2);
    fruitAlong(main, 0.3, 0.6);
    spatter(120, 90, 120);
  },
  "bent into an open wreath": () => {
    rotate(random(-50, 50));
    wash(-50, 40, 170, 120);
    spray(ring(180, 70, 250), 84, 1.1, 0);
    spray(ring(152, 84, -56), 84, 1.2, 1);
    const left = ring(158, 76, 236);
    spray(left, 100, 1.6, 2);
    spray(bow(-10, 154, 40, 196, 110, 190), 84, 0.5, 2);
    fruitAlong(left, 0.02, 0.35);
  },
  "seen close": () => {
    wash(-60, 60, 230, 170);
    spray(bow(-290, 120, -80, -60, 60, -300), 200, 0.6, 0);
    const main = bow(290, 280, 120, 60, -150, -170);
    spray(main, 240, 0.8, 2);
    fruitAlong(main, 0.35, 0.7, 2.4);
    spatter(-140, 150, 80);
  },
  "hanging from above": () => {
    wash(-40, -150, 240, 110);
    spray(bow(10, -290, 90, -120, 20, 40), 100, 0.8, 0);
    spray(bow(150, -290, 230, -160, 150, -10), 104, 0.8, 1);
    spray(bow(-240, -290, -180, -190, -220, -60), 104, 0.5, 1);
    const main = bow(-110, -290, -10, -90, -90, 190);
    spray(main, 122, 1.2, 2);
    fruitAlong(main, 0.35, 0.7);
  },
  "tied with string": () => {
    wash(60, -60, 200, 170);
    translate(-50, 120);
    rotate(random(6, 22));
    spray(bow(0, 0, 60, -160, 190, -200), 100, 0.8, 0);
    spray(bow(14, 110, -10, -110, -170, -190), 112, 0.8, 1, 0.45);
    spray(bow(-24, 104, 10, -90, 140, -270), 112, 0.8, 2, 0.45);
    const middle = bow(-4, 118, -6, -150, -20, -330);
    spray(middle, 116, 0.9, 2, 0.45);
    fruitAlong(middle, 0.45, 0.65);
    tie();
  },
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fbf8f0");
  scale(random([-1, 1]), 1);
  COMPOSITIONS[composition]();
}

function draw() { noLoop(); }

function paint(colour, opacity, spread, angle, texture, border, out = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(texture, border, out);
}

function between(a, b, share) {
  return "" + lerpColor(color(a), color(b), share);
}

function form(points) {
  brush.beginShape(0.5);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape();
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

// Two soft tints that meet wet; the wetter, the further they run.
function wash(x, y, rx, ry) {
  push();
  paint(INK.ground, 170, 0.3 + wetness / 4, random(360), wetness, 0);
  blob(x, y, rx, ry, 0.6);
  paint(between(INK.ground, INK.drop, 0.35), 110, 0.35 + wetness / 4, random(360), wetness, 0);
  blob(x + rx * random(-0.5, 0.5), y + ry * random(0.2, 0.6), rx * 0.5, ry * 0.4, 0.6);
  pop();
}

// A line is a function of t from 0 to 1 that gives [x, y, direction].
function bow(ax, ay, bx, by, cx, cy) {
  const sway = bx + random(-16, 16);
  const at = (a, b, c, t) => lerp(lerp(a, b, t), lerp(b, c, t), t);
  return (t) => [at(ax, sway, cx, t), at(ay, by, cy, t), atan2(lerp(by - ay, cy - by, t), lerp(sway - ax, cx - sway, t))];
}

function ring(radius, from, to) {
  return (t) => {
    const a = lerp(from, to, t);
    const r = radius + 6 * sin(t * 420);
    return [r * cos(a), r * sin(a), a + (to > from ? 90 : -90)];
  };
}

// Leaves along a line; many: how thickly they stand; depth: 0 a wet ghost, 1 half light, 2 in front.
function spray(line, size, many, depth, from = 0.1) {
  stem(line, 1.4 + size * 0.022, depth);
  const count = round(HABIT.pairs * many * random(0.9, 1.1));
  for (let i = 0; i <= count; i++) {
    const t = lerp(from, 1, i / count);
    const len = size * HABIT.length * lerp(1.08, 0.55, t * t);
    for (const side of i === count ? [0] : random([[-1, 1], [-1, 1], [1, -1], [1, -1], [1], [-1]])) {
      const [x, y, direction] = line(min(1, t + (plant === "willow" ? 0.2 * side / count : 0)));
      leaf(x, y, direction + side * HABIT.angle * random(0.6, 1.3), len * random(0.8, 1.15), depth);
    }
  }
}

// A stem in short overlapping brush loads, darker on one side.
function stem(line, width, depth) {
  push();
  for (let t = 0; t < 1; t += 0.2) {
    const edge = (k) => (u) => {
      const [x, y, a] = line(min(1, u));
      const w = k * width * lerp(1, 0.35, u) * random(0.8, 1.2);
      return [x + w * sin(a), y - w * cos(a)];
    };
    const ts = [t, t + 0.1, t + 0.205];
    paint(between(INK.stem, INK.pale, depth ? 0.2 : 0.7), depth ? 245 : 130, 0.03, 0, 0.3, 0.4, false);
    form([...ts.map(edge(1)), ...[...ts].reverse().map(edge(-1))]);
    if (depth < 2) continue;
    paint(INK.stem, 235, 0.03, 0, 0.4, 0.4, false);
    form([...ts.map(edge(0)), ...[...ts].reverse().map(edge(-1))]);
  }
  pop();
}

// A leaf from (x, y) along an angle: pale coat, body, the half in shade, a second colour dropped in, a dark at the stalk.
function leaf(x, y, angle, len, depth) {
  const bend = random(-0.14, 0.14);
  const wid = len * HABIT.wide * random(0.65, 1.1);
  const from = random(100);
  const mid = (t) => bend * len * t * t;
  const rim = (side) => (t) => {
    const swell = pow(max(0, sin(180 * pow(t, HABIT.skew))), HABIT.full);
    return mid(t) + side * wid * swell * (0.85 + 0.3 * noise(from + t * 4, 2 + side));
  };
  const shape = (over, under, to = 1) => {
    const ts = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((t) => t * to);
    form([...ts.map((t) => [len * (HABIT.stalk + t), over(t)]), ...ts.slice(1, -1).reverse().map((t) => [len * (HABIT.stalk + t), under(t)])]);
  };
  const lit = random([-1, 1]);
  const tint = between(INK.body, random() < 0.3 ? INK.drop : INK.deep, random(0.3));
  const coats = [
    () => {
      paint(between(INK.pale, INK.body, random(0.25)), 215, bleed / 2, 0, wetness / 2, 0.6, false);
      shape(rim(-1), rim(1));
    },
    () => {
      paint(tint, [0, 150, 225][depth], bleed, random([0, 180]), wetness, 0.5);
      shape(rim(-0.95), rim(0.95));
    },
    () => {
      paint(between(INK.body, INK.deep, random(0.5, 1)), [0, 120, 235][depth], bleed, 0, wetness, 0.4, false);
      shape(rim(lit * 0.96), (t) => mid(t) + lit * 0.8);
    },
    () => {
      paint(INK.drop, 120, 0.2 + wetness / 4, random(360), wetness, 0.1);
      blob(len * random([0.3, 0.75]), mid(0.5), len * 0.14, wid * 0.5, 0.5, 40);
    },
    () => {
      paint(INK.deep, 235, bleed, 180, wetness, 0.2);
      shape(rim(-0.8), rim(0.8), 0.4);
    },
  ];
  push();
  translate(x, y);
  rotate(angle);
  if (depth === 0) {
    paint(random([INK.pale, INK.ground, INK.body]), 140, bleed + wetness / 5, random(360), wetness, 0.1);
    shape(rim(-1.1), rim(1.1));
  }
  coats.slice(0, [0, min(layers, 2), layers][depth]).forEach((coat, i) => (i < 3 || random() < 0.6) && coat());
  pop();
}

// Olives, gum nuts or catkins on short stalks.
function fruitAlong(line, from, to, size = 1) {
  for (let i = 0; i < fruits; i++) {
    const [x, y, direction] = line(random(from, to));
    const [long, wide] = HABIT.fruit.map((side) => side * size * random(0.85, 1.15));
    push();
    translate(x, y);
    rotate(direction + random([-1, 1]) * random(50, 120));
    push();
    brush.set("2B", INK.stem, size);
    brush.spline([[0, 0, 1], [long * 0.7, 2, 1], [long * 1.3, 0, 1]], 0.6);
    pop();
    paint(between(INK.fruit, INK.pale, 0.35), 240, 0.05, 0, 0.2, 0.7, false);
    blob(long * 2, 0, long, wide, 0.2, 30);
    paint(INK.fruit, 235, bleed, 90, wetness, 0.4, false);
    blob(long * 2.1, wide * 0.22, long * 0.84, wide * 0.72, 0.3, 30);
    pop();
  }
}

function tie() {
  push();
  brush.set("marker", "#c89a58", 1.6);
  for (let i = 0; i < 4; i++) brush.spline([[-17, 4 * i - 6, 1], [0, 4 * i - 3, 1], [17, 4 * i - 7, 1]], 0.8);
  brush.spline([[4, 0, 1], [34, 14, 1], [54, -2, 1], [36, -16, 1], [6, -2, 1]], 0.9);
  brush.spline([[2, 2, 1], [18, 34, 1], [12, 66, 0.8]], 0.9);
  brush.spline([[2, 2, 1], [-18, 30, 1], [-34, 44, 0.8]], 0.9);
  pop();
}

function spatter(x, y, reach) {
  push();
  for (let i = 0; i < 7 * wetness; i++) {
    const r = random(1.2, 4);
    paint(random([INK.body, INK.pale, INK.drop]), 190, 0.05, 0, 0.3, 0.7, false);
    blob(x + random(-reach, reach), y + random(-reach, reach), r, r, 0.3, 45);
  }
  pop();
}
