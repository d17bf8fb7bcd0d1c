// A small bird on a twig, each kind with its own colours and build.
const palette = "robin";
const composition = "alone on a bare twig";
const layers = 4;
const bleed = 0.10;
const wetness = 0.40;
const plump = 1.00;
const seed = 31051;

const PAPER = "#faf6ea";

const BIRDS = {
  robin: {
    front: "breast", breast: ["#f2a052", "#e0601c", "#b03c10"], back: ["#a08a5c", "#6b5230", "#3a2a18"], wing: ["#8a6f48", "#4f3a24", "#241a10"],
    marks: [], bill: [16, 1, "#3b332c"], tail: [92, -33], ground: ["#b7cbd6", "#d6cfae"],
  },
  kingfisher: {
    front: "front", breast: ["#f6b25c", "#e0741e", "#a84410"], back: ["#74d0dc", "#1a90be", "#0b4a86"], wing: ["#3fa0b8", "#12597f", "#0a2f58"],
    marks: [["cap", ["#2b86b8", "#123f7a"]], ["cheek", ["#ec8a2c", "#c85a14"]], ["nape", []]], bill: [60, 1.3, "#20242c"], tail: [44, -40], ground: ["#b4d2bc", "#d9dfae"],
  },
  "blue tit": {
    front: "front", breast: ["#f8e474", "#ecc22c", "#b8921c"], back: ["#bcc88e", "#7f9a66", "#4f6a48"], wing: ["#7fb0dc", "#2f63ae", "#17356e"],
    marks: [["cheek", []], ["cap", ["#6f9fd8", "#2d5cac"]], ["line", ["#1b2748", "#141c38", "#101428"]]], bill: [12, 0.9, "#2a2c34"], tail: [78, -34], ground: ["#dcd6ea", "#d5dfb0"],
  },
  bullfinch: {
    front: "front", breast: ["#f6ab98", "#e06258", "#ac343c"], back: ["#b4bfca", "#74849a", "#434f60"], wing: ["#6c7480", "#2b303c", "#12151c"],
    marks: [["cheek", ["#f4a494", "#dc5c56"]], ["cap", ["#33363f", "#14161c", "#14161c"]]], bill: [14, 1.6, "#22242a"], tail: [88, -35], ground: ["#ccd6cc", "#e3d6cc"],
  },
  wren: {
    front: "front", breast: ["#ecd8b0", "#c49c64", "#8a6234"], back: ["#b08448", "#7a4c22", "#452a14"], wing: ["#b58a54", "#77491f", "#3f2612"],
    marks: [["cap", ["#b98d54", "#7a4c22"]], ["cheek", ["#dcb888", "#b0844e"]], ["brow", ["#f6ead0"]], ["line", ["#6a4222", "#3f2612"]]], bill: [20, 0.8, "#3a2a1c"], tail: [56, 58], ground: ["#c8d0a0", "#c2d2cc"],
  },
  sparrow: {
    front: "front", breast: ["#cdbfa6", "#9c8a70", "#6c5a48"], back: ["#a88a62", "#77583a", "#44301f"], wing: ["#947450", "#5f452e", "#2e2118"],
    marks: [["cheek", ["#d3c8b4"]], ["cap", ["#8a7a68", "#5c4636"]], ["bib", ["#3a3430", "#1f1b1a"]]], bill: [15, 1.3, "#2c2824"], tail: [86, -30], ground: ["#b6aa8c", "#c4b8a4"],
  },
};
const KIND = BIRDS[palette];

// Outlines of a bird that looks to the right; (0, 0) is the middle of the body, 96 above its feet.
const PARTS = {
  body: [[80, -62], [74, -82], [58, -97], [34, -101], [10, -90], [-8, -68], [-28, -42], [-50, -14], [-66, 18], [-68, 40], [-52, 60], [-24, 74], [10, 76], [40, 60], [62, 30], [72, -4], [71, -34]],
  back: [[60, -97], [34, -101], [10, -90], [-8, -68], [-28, -42], [-50, -14], [-66, 18], [-72, 40], [-48, 40], [-18, 12], [8, -24], [20, -58], [34, -80]],
  breast: [[76, -76], [60, -88], [45, -84], [34, -66], [26, -46], [21, -22], [24, 6], [38, 28], [56, 26], [70, 0], [70, -34], [77, -54]],
  front: [[77, -56], [60, -58], [36, -58], [24, -50], [22, -12], [12, 20], [-18, 50], [-44, 60], [-14, 73], [20, 70], [46, 54], [64, 26], [71, -6], [70, -34]],
  under: [[66, 16], [52, 48], [16, 74], [-24, 73], [-54, 58], [-44, 44], [-12, 54], [18, 46], [46, 26]],
  wing: [[20, -38], [28, -18], [18, 10], [-8, 30], [-44, 48], [-84, 64], [-104, 68], [-76, 42], [-52, 12], [-26, -22], [-2, -40]],
  cap: [[80, -70], [70, -90], [50, -101], [26, -99], [6, -84], [8, -72], [28, -79], [46, -80], [62, -75]],
  line: [[79, -65], [60, -71], [40, -71], [14, -63], [10, -57], [40, -62], [60, -62]],
  cheek: [[72, -64], [50, -62], [30, -66], [14, -60], [20, -44], [40, -37], [60, -42], [72, -52]],
  brow: [[74, -78], [56, -82], [34, -81], [14, -71], [12, -66], [34, -74], [56, -75]],
  bib: [[79, -60], [74, -46], [66, -38], [58, -42], [62, -54], [70, -61]],
  nape: [[22, -64], [8, -58], [0, -44], [8, -38], [22, -50]],
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1);
  const scenes = {
    "alone on a bare twig": bareTwig,
    "with its mate on a blossoming branch": blossomingBranch,
    "seen close among leaves": seenClose,
    "small beneath a bough of berries": boughOfBerries,
  };
  scenes[composition]();
}

function draw() { noLoop(); }

function bareTwig() {
  wash(-30, -60, 210, 150, KIND.ground[0]);
  wash(random(60, 120), 130, 170, 70, KIND.ground[1]);
  const lie = random(-20, 20);
  twig([[-280, 190 + lie], [-160, 150], [-50, 132], [90, 92], [190, 70 - lie], [280, 20 - lie]], 8, 3);
  twig([[90, 92], [150, 120], [190, 176], [214, 216]], 4, 1.4);
  twig([[160, 76], [196, 30], [206, -20]], 3, 1.2);
  for (const [x, y, angle] of [[214, 216, 60], [206, -20, -80], [120, 84, -100], [168, 142, 20], [-170, 152, -110]]) leaf(x, y, angle, random(20, 30), 6, "#a8a05c", "#6f6a3a");
  bird(-54, 134, random(1.3, 1.45));
  splashes(9);
}

function blossomingBranch() {
  wash(-90, 90, 190, 130, KIND.ground[1]);
  wash(120, -100, 180, 130, KIND.ground[0]);
  twig([[-280, 210], [-190, 140], [-90, 104], [20, 90], [120, 40], [210, -60], [280, -160]], 8, 3);
  twig([[20, 90], [90, 130], [180, 150], [240, 196]], 4, 1.5);
  twig([[-190, 140], [-210, 70], [-190, 10]], 4, 1.5);
  for (const [x, y, angle] of [[-196, 20, -60], [240, 196, 30], [150, 146, -40], [250, -116, 10], [-120, 116, 100]]) leaf(x, y, angle, random(44, 60), 12, "#b3c48a", "#5f8a4c");
  bird(-98, 108, random(0.84, 0.92));
  bird(112, 46, random(0.76, 0.84), -1);
  for (const [x, y] of [[-206, 66], [-178, 8], [-236, 170], [206, -66], [240, -114], [196, -10], [40, 98], [88, 134], [188, 154], [226, 188]]) blossom(x + random(-8, 8), y + random(-8, 8), random(15, 25));
  splashes(7);
}

function seenClose() {
  for (const [x, y, r] of [[-170, -150, 150], [140, -170, 170], [190, 60, 150], [-200, 90, 130]]) wash(x, y, r, r * random(0.7, 1), random(KIND.ground));
  for (let i = 0; i < 6; i++) leaf(random([-1, 1]) * random(150, 230), random(-230, 120), random(360), random(110, 170), 34, "#c6d2a4", "#a9bf90", 0.3);
  bird(-92, 372, random(2.35, 2.6));
  twig([[280, 60], [220, 110], [170, 180], [150, 270]], 5, 3);
  for (const [x, y, angle] of [[176, 172, 150], [206, 128, 40], [160, 230, 20], [236, 96, -140]]) leaf(x, y, angle + random(-14, 14), random(84, 116), 22, "#a8bf78", "#4a7a48");
}

function boughOfBerries() {
  wash(20, -130, 270, 130, KIND.ground[0]);
  wash(-60, 200, 250, 70, KIND.ground[1]);
  const bough = [[-280, -150], [-150, -176], [-20, -150], [90, -90], [160, -10], [186, 90]];
  const spray = [[-20, -150], [20, -80], [30, -10], [12, 70]];
  twig(bough, 7, 1.4);
  twig(spray, 3, 1);
  for (let i = 0; i < 9; i++) leaf(...along(bough, random(0.2, 1)), random(20, 150), random(44, 70), 13, random(["#e4b85a", "#c9c070", "#e09a50"]), random(["#b8642a", "#8a7a34"]), 0.1);
  for (let i = 0; i < 8; i++) berries(...along(i < 5 ? bough : spray, i < 5 ? random(0.35, 1) : random(0.5, 1)));
  twig([[-280, 150], [-190, 156], [-90, 172], [0, 206]], 5, 1.6);
  bird(-140, 164, random(0.62, 0.74));
  splashes(8);
}

// Four ways to lay colour: wet, crisp, lifted back to paper, flooded.
const coat = (points, colour, opacity = 240, spread = bleed) => lay(points, colour, opacity, spread, wetness, 0.55);
const crisp = (points, colour, opacity = 240) => lay(points, colour, opacity, 0.04, wetness / 2, 0.5, false);
const lift = (points, colour = PAPER) => [1, 2].forEach(() => lay(points, colour, 255, 0.04, 0, 0, false));
const wash = (x, y, rx, ry, colour, opacity = 200) => lay(blob(x, y, rx, ry, 1.1, 30), colour, opacity, 0.28 + wetness / 4, 0.3 + wetness / 2, 0);

function lay(points, colour, opacity, spread, texture, border, scatter = true) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", 90);
  brush.fillTexture(texture, border, scatter);
  brush.beginShape(0.5);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function pencil(points, colour, weight, tool = "cpencil") {
  push();
  brush.set(tool, colour, weight);
  brush.spline(points.map(([x, y], i) => [x, y, 1 - (0.6 * i) / points.length]), 0.6);
  pop();
}

function blob(x, y, rx, ry, wobble, step = 30) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

// A point on the smooth curve through all points, t from 0 to 1.
function along(points, t) {
  const place = constrain(t, 0, 0.999) * (points.length - 1);
  const i = floor(place);
  const f = place - i;
  return [0, 1].map((k) => {
    const [a, b, c, d] = [-1, 0, 1, 2].map((step) => points[constrain(i + step, 0, points.length - 1)][k]);
    return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)));
  });
}

function ribbon(points, width, steps = 12) {
  const [left, right] = [[], []];
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    const [[x, y], [ax, ay], [bx, by]] = [along(points, t), along(points, t - 0.02), along(points, t + 0.02)];
    const across = atan2(by - ay, bx - ax) + 90;
    const w = max(0.5, width(t));
    left.push([x + w * cos(across), y + w * sin(across)]);
    right.unshift([x - w * cos(across), y - w * sin(across)]);
  }
  return [...left, ...right];
}

function twig(points, from, to) {
  const width = (t) => lerp(from, to, t) * (0.7 + 0.6 * noise(points[0][0] + 14 * t));
  crisp(ribbon(points, width, 22), "#a09078", 250);
  const lower = points.map(([x, y]) => [x, y + from * 0.25]);
  crisp(ribbon(lower, (t) => width(t) * 0.6, 22), "#43342c", 252);
}

function leaf(x, y, angle, len, wid, pale, deep, spread = 0.05) {
  const bend = random(-0.25, 0.25) * len;
  const spine = [[x, y], [x + 0.5 * len * cos(angle) - bend * sin(angle), y + 0.5 * len * sin(angle) + bend * cos(angle)], [x + len * cos(angle), y + len * sin(angle)]];
  coat(ribbon(spine, (t) => wid * sin(180 * pow(t, 0.8))), pale, 225, spread);
  const half = spine.map(([px, py]) => [px + wid * 0.3 * sin(angle), py - wid * 0.3 * cos(angle)]);
  coat(ribbon(half, (t) => wid * 0.55 * sin(180 * pow(t, 0.8))), deep, 200, spread);
}

function blossom(x, y, r) {
  const turn = random(72);
  for (let a = turn; a < 360 + turn; a += 72) {
    const petal = blob(x + 0.6 * r * cos(a), y + 0.6 * r * sin(a), r * 0.5, r * 0.5, 0.5, 40);
    lift(petal, "#fffaf6");
    coat(petal, random(["#f0a8b4", "#f4c4c2", "#e890a4"]), 220, 0.1);
  }
  coat(blob(x, y, r * 0.22, r * 0.22, 0.4, 60), "#a83a54", 220, 0.12);
  for (let a = turn; a < 360 + turn; a += 60) pencil([[x, y], [x + 0.5 * r * cos(a), y + 0.5 * r * sin(a)]], "#9a4a4c", 0.6);
}

function berries(x, y) {
  for (let i = 0; i < 3; i++) {
    const [bx, by, r] = [x + random(-20, 20), y + random(14, 40), random(7, 10)];
    pencil([[x, y], [lerp(x, bx, 0.6), lerp(y, by, 0.4)], [bx, by - r]], "#6a5340", 1, "2B");
    coat(blob(bx, by, r, r, 0.25), "#e2603c", 245, 0.05);
    coat(blob(bx + r * 0.15, by + r * 0.2, r * 0.75, r * 0.7, 0.25), "#a81f28", 235, 0.08);
    crisp(blob(bx - r * 0.35, by - r * 0.35, r * 0.22, r * 0.2, 0.2, 60), "#fff4e8", 255);
  }
}

function splashes(count) {
  for (let i = 0; i < count; i++) {
    const r = random(1.2, 4);
    coat(blob(random(-230, 230), random(-230, 230), r, r, 0.4, 60), random([KIND.ground[0], KIND.breast[0]]), 200, 0.06);
  }
}

// The feet stand on (x, y).
function bird(x, y, size, facing = 1) {
  push();
  translate(x, y);
  rotate(random(-5, 5));
  scale(size * facing, size);
  for (const foot of [-4, 16]) {
    pencil([[foot - 6, -32], [foot - 2, -14], [foot, 0]], "#5a4236", 1.6, "2B");
    for (const toe of [-7, 4, 9]) pencil([[foot, -1], [foot + toe, 0], [foot + toe * 1.2, 4]], "#4a342a", 1.4, "2B");
  }
  translate(0, -96);
  tail();
  lift(feathered("body"));
  coat(feathered("body"), "#e9dfcc", 190, 0.05);
  coat(feathered("under"), "#8c93a4", 190, 0.16);
  glaze(KIND.front, KIND.breast);
  glaze("back", KIND.back);
  down();
  for (const [part, colours] of KIND.marks) {
    lift(feathered(part));
    glaze(part, colours, 0.6);
  }
  coat(feathered("under", 0.9), "#84746c", 110, 0.2);
  wing();
  face();
  pop();
}

function feathered(part, k = 1) {
  const points = PARTS[part].map(([x, y]) => {
    const fat = lerp(1, plump, constrain((y + 80) / 70, 0, 1));
    return [x * fat, y * fat];
  });
  const [cx, cy] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  return points.map(([x, y]) => [lerp(cx - 3, x, k), lerp(cy + 4, y, k)]);
}

// Each glaze is darker and smaller than the one below it.
function glaze(part, colours, softness = 1) {
  colours.slice(0, layers).forEach((colour, i) => coat(feathered(part, 1 - 0.14 * i), colour, 252 - 6 * i, bleed * softness * (1 + 0.5 * i)));
}

function down() {
  for (let i = 0; i < 5 * layers; i++) {
    const [a, r] = [random(360), sqrt(random())];
    const [x, y] = [14 + 44 * r * cos(a), 18 + 44 * r * sin(a)];
    pencil([[x, y], [x - 3, y + 5], [x - 8, y + 9]], random(KIND.breast.slice(0, 2)), 0.6);
  }
}

function tail() {
  const [len, lean] = KIND.tail;
  push();
  translate(-56, lean > 0 ? 26 : 42);
  rotate(lean);
  for (const [colour, k] of [[KIND.wing[0], 1], [KIND.wing[1], 0.7], [KIND.wing[2], 0.3]].slice(0, layers)) {
    crisp([[8, -11 * k], [-len * 0.5, -10 * k], [-len, -13 * k], [-len - 4, 2], [-len + 2, 12 * k], [-len * 0.5, 9 * k], [8, 12 * k]], colour, 235);
  }
  pop();
}

function wing() {
  lift(feathered("wing"), KIND.back[0]);
  KIND.wing.slice(0, min(layers, 2)).forEach((colour, i) => coat(feathered("wing", 1 - 0.1 * i), colour, 250, 0.05));
  const quill = (k) => [[lerp(6, 12, k), lerp(18, -24, k)], [lerp(-40, -20, k), lerp(42, -4, k)], [lerp(-100, -58, k), lerp(66, 22, k)]];
  if (layers > 2) for (let k = 0; k <= 1; k += 0.2) crisp(ribbon(quill(k), (t) => 4 * sin(180 * pow(t, 0.7)), 8), KIND.wing[2], 250);
  for (let k = 0.1; k < 1; k += 0.2) pencil(quill(k), KIND.wing[0], 0.9);
  for (const shift of [0, 9]) pencil([[24 - shift, -4 + shift], [2 - shift, 8 + shift], [-16 - shift, -2 + shift]], "#f3ead8", 1.6);
}

function face() {
  const [len, stout, colour] = KIND.bill;
  crisp([[73, -66 - 6 * stout], [76 + len * 0.6, -64 - 4 * stout], [77 + len, -61], [73, -62]], colour, 255);
  crisp([[73, -62], [77 + len, -60.5], [76 + len * 0.5, -60 + 4 * stout], [73, -60 + 4 * stout]], colour, 250);
  crisp([[73, -66], [76 + len * 0.5, -63], [77 + len, -61], [76 + len * 0.4, -60], [73, -59]], colour, 255);
  for (const r of [7.6, 7, 7, 6]) crisp(blob(54, -69, r, r, 0.1), "#0c0a0a", 255);
  lift(blob(56.4, -71.6, 1.9, 1.8, 0.1, 60), "#ffffff");
}
