// Seashells: a ribbed scallop, a chambered nautilus, whelks and a starfish on sand, a conch where the tide turns.
// subject: seashells
// prompt: a {palette} seashell study in watercolour, {composition}
const palette = "coral"; // one of: coral, sandy, rose, sea-blue, violet, lime
const composition = "the spiral of a nautilus"; // one of: one large scallop, the spiral of a nautilus, a scattered collection on sand, a starfish with two shells, a conch at the tide line
const layers = 5; // 2 to 5
const bleed = 0.23; // 0.02 to 0.26
const wetness = 0.86; // 0.10 to 0.90
const ribs = 10; // 9 to 17
const seed = 171956; // seed

const PAPER = "#fcf8ef";
const INKS = {
  // shell from pale to dark, starfish likewise, sand, sea, shadow
  coral: { shell: ["#fcdcc2", "#f08a5c", "#c8402a", "#661610"], star: ["#f9cc80", "#e68c28", "#a04410"], sand: "#e2c488", sea: ["#a8d6d4", "#4a9fa8", "#1f6274"], shadow: "#6d7fa4" },
  sandy: { shell: ["#f9e8c6", "#d8a35e", "#945a26", "#42240e"], star: ["#f4b898", "#d0603c", "#84281a"], sand: "#dcc694", sea: ["#b4d2dc", "#5b93b4", "#2a5478"], shadow: "#75799a" },
  rose: { shell: ["#fbe2e2", "#ea8c9c", "#b84068", "#581836"], star: ["#f9d898", "#e0a034", "#945814"], sand: "#e4c8a4", sea: ["#b8dcd2", "#62aa9c", "#2a6a66"], shadow: "#7f7ba6" },
  "sea-blue": { shell: ["#deecf2", "#6fa2c8", "#28608f", "#0e2a4e"], star: ["#f9c096", "#e87442", "#a03418"], sand: "#e6cc92", sea: ["#a4d0d8", "#3f90ac", "#174e70"], shadow: "#66749c" },
  violet: { shell: ["#ebdcf2", "#a27cc4", "#60368c", "#2a1046"], star: ["#f8da84", "#e2a41c", "#8f580c"], sand: "#dcc6a6", sea: ["#b0d4da", "#5a9fb0", "#2a5f78"], shadow: "#6f6c9c" },
  lime: { shell: ["#f2f6c0", "#cfdc5c", "#8fae34", "#4a6a24"], star: ["#fac6e0", "#ee74ac", "#b03474"], sand: "#eee6a8", sea: ["#a8e0d8", "#42b8b4", "#1c787c"], shadow: "#8f8aa0" },
};
const INK = INKS[palette];
const SCENES = {
  "one large scallop": oneScallop,
  "the spiral of a nautilus": spiral,
  "a scattered collection on sand": collection,
  "a starfish with two shells": withStarfish,
  "a conch at the tide line": tideLine,
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

function draw() { noLoop(); }

function oneScallop() {
  const view = random(["close", "whole", "on the dark"]);
  if (view === "on the dark") {
    for (const tone of [1, 2]) coat(oval(0, -20, 330, 260, 0.7), INK.sea[tone], { opacity: 225, spread: 0.2 + wetness / 4, side: random(360), rim: 0 });
    wash(30, 190, 230, 60, INK.sand, 220);
    scallop(random(-50, -10), random(110, 140), random(215, 245), random(-34, 0));
    for (let i = 0; i < 3; i++) cockle(lerp(110, 200, i / 2) + random(-14, 14), random(150, 215), random(14, 24), random(360));
  } else {
    wash(random(-60, 20), -60, 210, 170, INK.sea[0], 210);
    wash(50, 130, 220, 90, INK.sand, 225);
    if (view === "close") scallop(60, random(170, 220), random(320, 370), random(-30, -6));
    else if (random() < 0.5) scallop(random(-40, 0), random(80, 120), random(200, 240), random(-40, -10));
    else scallop(random(-80, -40), random(-120, -90), random(220, 250), random(120, 165));
  }
  grains(0, 180, 240, 50, 20);
}

function spiral() {
  const view = random([0, 1, 2]);
  wash(-50, -50, 220, 180, INK.sea[view === 1 ? 1 : 0], 205);
  wash(60, 150, 220, 90, INK.sand, 215);
  if (view === 0) nautilus(random(0, 30), 10, random(190, 205), random(-30, 20));
  if (view === 1) nautilus(random(50, 90), random(40, 70), random(300, 340), random(100, 160));
  if (view === 2) {
    nautilus(-56, -46, random(140, 160), random(-30, 10));
    nautilus(128, 128, random(76, 96), random(150, 220));
  }
  grains(40, 190, 200, 40, 18);
}

function collection() {
  wash(-40, -60, 270, 190, INK.sand, 225);
  wash(80, 120, 260, 150, INK.sand, 225);
  wash(random([-200, 200]), -210, 160, 90, INK.sea[0], 200);
  const first = floor(random(6));
  const kinds = [(x, y, k) => scallop(x, y + 36 * k, 88 * k, random(-60, 60)), (x, y, k) => whelk(x, y, 0.46 * k, random(-160, 160)), (x, y, k) => cockle(x, y, 36 * k, random(360)), (x, y, k) => auger(x, y, 130 * k, random(-80, 80)), (x, y, k) => starfish(x, y, 58 * k, random(72)), (x, y, k) => cockle(x, y, 30 * k, random(360))];
  const placed = [];
  const [count, largest] = random([[6, 120], [9, 92], [14, 76]]);
  for (let tries = 0; tries < 300 && placed.length < count; tries++) {
    const r = largest * pow(0.92, placed.length) * random(0.8, 1.05);
    const [x, y] = [random(-215, 215), random(-200, 215)];
    if (placed.some(([px, py, pr]) => dist(x, y, px, py) < (r + pr) * 0.88)) continue;
    placed.push([x, y, r]);
    kinds[(first + placed.length) % 6](x, y, r / 60);
  }
  grains(0, 0, 250, 250, 50);
}

function withStarfish() {
  wash(-60, 40, 230, 190, INK.sand, 225);
  wash(120, -150, 200, 110, INK.sea[0], 215);
  wash(150, -200, 160, 60, INK.sea[1], 190);
  const r = random(130, 190);
  starfish(random(-70, -30), random(-50, -10), r, random(-20, 20));
  const pair = random([0, 1, 2]);
  if (pair !== 1) scallop(130, 196, random(100, 130), random(-10, 30));
  if (pair !== 0) whelk(pair === 1 ? 130 : -130, 150, random(0.6, 0.75), random(20, 70));
  if (pair !== 2) auger(-150, 170, random(140, 180), random(40, 80));
  if (pair === 1) cockle(150, 20, 30, random(360));
  grains(0, 120, 240, 110, 40);
}

function tideLine() {
  const view = random(["near", "far", "on end"]);
  const top = { near: random(-170, -90), far: random(-50, 0), "on end": random(-110, -20) };
  wash(-40, -250, 300, 70, INK.sea[0], 190);
  sea(top[view]);
  if (view === "near") wetConch(random(-50, 10), random(76, 106), random(0.95, 1.2));
  if (view === "far") {
    wetConch(random(-110, -60), 150, random(0.62, 0.76));
    starfish(random(110, 160), random(150, 190), random(44, 64), random(72));
  }
  if (view === "on end") whelk(random(50, 90), random(70, 110), random(1.3, 1.6), random(20, 50));
  for (let i = 0; i < 3; i++) cockle(random(-220, -140), random(150, 226), random(12, 24), random(360));
  grains(0, 200, 250, 50, 20);
}

// A conch on its side, mirrored in the film of water below it.
function wetConch(x, y, size) {
  coat(oval(x, y + 80 * size, 190 * size, 28 * size, 0.4), INK.sea[0], { opacity: 230, spread: 0.2 });
  coat(oval(x - 30 * size, y + 92 * size, 110 * size, 22 * size, 1), INK.shell[1], { opacity: 190, spread: 0.25, rim: 0 });
  whelk(x, y, size, random(94, 114), false);
  coat(oval(x - 20 * size, y + 78 * size, 150 * size, 3, 1.2), PAPER, { opacity: 235, spread: 0.06, grain: 0 });
}

// One coat of paint in an outline; the pigment pools at `side`: 0 left, 90 below, 180 right, 270 above.
function coat(points, colour, { opacity = 225, spread = bleed, side = 90, grain = wetness * 0.7, rim = 0.4, scatter = true, bend = 0.5 } = {}) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", side);
  brush.fillTexture(grain, rim, scatter);
  brush.beginShape(bend);
  for (const [x, y] of points) brush.vertex(x + random(-0.3, 0.3), y + random(-0.3, 0.3)); // edges that are almost level break p5.brush
  brush.endShape(true);
  pop();
}

const crisp = (points, colour, opacity = 235) => coat(points, colour, { opacity, spread: 0.03, grain: 0.25, scatter: false });
const flood = (points, colour, opacity, side = 180) => coat(points, colour, { opacity, spread: bleed * 1.5, side, rim: 0.1 });

function wash(x, y, rx, ry, colour, opacity) {
  for (const k of [1, 0.64]) coat(oval(x + random(-0.2, 0.2) * rx, y + random(-0.2, 0.2) * ry, rx * k, ry * k, 1.2), colour, { opacity, spread: 0.2 + wetness / 3, side: random(360), rim: 0 });
}

function lift(points, bend = 0.5) {
  for (const side of [90, 270, 0]) coat(points, PAPER, { opacity: 255, spread: 0.03, side, grain: 0, rim: 0, scatter: false, bend });
}

function oval(x, y, rx, ry, wobble, step = 18) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

const scaled = (points, k, dx = 0, dy = 0) => points.map(([x, y]) => [x * k + dx, y * k + dy]);

// The shadow that a thing turned by `angle` throws to the lower right, laid before it is lifted from the ground.
function castShadow(points, far, angle) {
  const thrown = points.map(([x, y]) => [x + far * cos(36 - angle), y + far * sin(36 - angle)]);
  coat(thrown, INK.shadow, { opacity: 235, spread: 0.06 + bleed * 0.5, side: 0, rim: 0.2 });
}

// A fan that opens upwards from its hinge at (x, y).
function scallop(x, y, r, angle) {
  push();
  translate(x, y);
  rotate(angle);
  const reach = 72;
  const edge = (a) => r * (0.62 + 0.38 * cos(a * 1.15)) * (1 + 0.022 * cos(((a + reach) / (2 * reach)) * 360 * ribs));
  const at = (a, k) => [edge(a) * k * sin(a) * (1 + 0.12 * sin(180 * k)), -edge(a) * k * cos(a)];
  const angles = (step) => Array.from({ length: round((2 * reach) / step) + 1 }, (_, i) => -reach + i * step);
  const outline = [[-r * 0.05, r * 0.02], [-r * 0.3, -r * 0.06], ...angles(3).map((a) => at(a, 1)), [r * 0.3, -r * 0.06], [r * 0.05, r * 0.02]];
  for (const [s, tone] of [[-1, 1], [1, 2]]) {
    const wing = [[0, r * 0.05], [s * r * 0.2, r * 0.07], [s * r * 0.3, r * 0.03], [s * r * 0.26, -r * 0.1], [0, -r * 0.16]];
    castShadow(wing, r * 0.06, angle);
    lift(wing, 0.1);
    for (const colour of INK.shell.slice(0, tone + 1)) coat(wing, colour, { opacity: 220, bend: 0.1 });
  }
  castShadow(outline, r * 0.09, angle);
  lift(outline, 0.2);
  coat(outline, INK.shell[0], { opacity: 240, side: 270 });
  coat(outline, INK.shell[1], { opacity: 220, side: 90, rim: 0.6 });
  const rings = [[1, 0.84], [0.76, 0.6], [0.52, 0.36], [0.3, 0.06]].slice(0, layers);
  rings.forEach(([far, near], i) => {
    const wavy = (k) => angles(8).map((a) => at(a, k * random(0.97, 1.03)));
    flood([...wavy(min(far, 0.97)), ...wavy(near).reverse()], INK.shell[i % 2 ? 1 : 2], 215 - 15 * i, random([90, 270]));
  });
  flood([...angles(16).filter((a) => a > -10).map((a) => at(a, 0.95)), [0, -r * 0.04]], INK.shell[2], 130);
  const width = (2 * reach) / ribs;
  for (let i = 0; i < ribs; i++) {
    const a = -reach + (i + 0.5) * width;
    const groove = [at(a + width * 0.2, 0.12), at(a + width * 0.1, 0.55), at(a + width * 0.16, 0.97), at(a + width * 0.52, 0.955), at(a + width * 0.46, 0.55)];
    coat(groove, INK.shell[i > ribs * 0.6 ? 3 : 2], { opacity: random(190, 235), spread: bleed * 0.6, side: 180, rim: 0.3, scatter: false });
    if (layers > 3 && i < ribs * 0.7) crisp([at(a - width * 0.24, 0.45), at(a - width * 0.34, 0.88), at(a - width * 0.14, 0.88)], PAPER, 200);
  }
  if (layers > 2) flood(oval(0, -r * 0.05, r * 0.17, r * 0.07, 0.3), INK.shell[3], 200);
  pop();
}

// Cut through: chambers between the turns of a spiral that grows threefold each time.
function nautilus(x, y, r, angle) {
  push();
  translate(x, y);
  rotate(angle);
  const turns = 3.1;
  const at = (a, k = 1) => {
    const d = r * pow(3, (a - 360 * turns) / 360) * k;
    return [d * cos(a), d * sin(a)];
  };
  const end = 360 * turns;
  const rim = Array.from({ length: 25 }, (_, i) => at(end - i * 15));
  const mouth = [at(end, 0.34), at(end + 8, 0.66)];
  castShadow([...mouth, ...rim], r * 0.08, angle);
  lift([...mouth, ...rim]);
  coat([...mouth, ...rim], INK.shell[0], { opacity: 240, side: 180, rim: 0.7 });
  const chamber = (from, to, low, high) => {
    const bow = (a, k) => at(a - 16 * sin(180 * k), lerp(low, high, k));
    const [ts, back] = [[0, 0.25, 0.5, 0.75], [1, 0.75, 0.5, 0.25]];
    return [...ts.map((t) => bow(lerp(from, to, t), 1)), ...back.map((k) => bow(to, k)), ...back.map((t) => bow(lerp(from, to, t), 0)), ...ts.map((k) => bow(from, k))];
  };
  const room = chamber(end - 84, end - 2, 0.37, 0.96);
  for (const side of [0, 90]) flood(room, INK.shell[1], 225, side);
  flood(chamber(end - 84, end - 40, 0.4, 0.94), INK.shell[2], 215, 0);
  if (layers > 2) flood(chamber(end - 84, end - 64, 0.42, 0.9), INK.shell[3], 200, 0);
  let to = end - 87;
  for (let i = 0; to > 380 && i < 30; i++) {
    const from = to - lerp(24, 19, i / 30);
    const cell = chamber(from + 1.6, to - 1.6, 0.38, 0.95);
    coat(cell, INK.shell[i % 5 === 3 ? 2 : 1], { opacity: 235, side: random([0, 90, 180]), rim: 0.6, scatter: false });
    if (layers > 3) coat(chamber(from + 2, lerp(from, to, 0.5), 0.42, 0.9), random([INK.shell[2], INK.shell[3], INK.sea[1]]), { opacity: 225, spread: bleed * 1.4, side: 0, rim: 0.1, scatter: false });
    to = from;
  }
  coat(oval(0, 0, r * 0.05, r * 0.05, 0.2), INK.shell[3], { opacity: 230 });
  const wall = rim.slice(0, 23);
  coat([...wall, ...scaled(wall, 0.965).reverse()], INK.shell[2], { opacity: 220, spread: 0.04, side: random(360) });
  const back = (from, long) => [0, 0.33, 0.66, 1].map((t) => at(from - long * t, 1));
  for (let i = 0; i < 3 + layers; i++) {
    const flame = back(end - 20 - i * 46, random(16, 30));
    crisp([...flame, ...flame.map(([px, py]) => [px * 0.955, py * 0.955]).reverse()], INK.shell[3], 210);
  }
  pop();
}

// A whelk that points up, (0, 0) in its last whorl; its mouth opens to the lower right.
function whelk(x, y, size, angle, shadowed = true) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  const last = [[-62, -34], [-84, -14], [-82, 22], [-62, 66], [-34, 112], [-14, 150], [2, 152], [10, 118], [38, 84], [66, 44], [78, 4], [70, -30], [30, -46], [-20, -46]];
  const spire = [[-60, -30], [-46, -70], [-26, -110], [0, -146], [22, -108], [44, -70], [66, -30]];
  if (shadowed) castShadow([...spire, ...last.slice(4, 12).reverse()], 20, angle);
  for (let i = 6; i > 0; i--) {
    const k = pow(0.76, i);
    const [w, h, cy] = [92 * k, 44 * k, 66 - 250 * (1 - pow(k, 0.66))];
    const band = [[-w, 0], [-w * 0.92, -h * 0.5], [-w * 0.6, -h], [0, -h * 1.06], [w * 0.62, -h * 0.8], [w, -h * 0.2], [w * 0.94, h * 0.6], [0, h * 0.9], [-w * 0.9, h * 0.7]].map(([px, py]) => [px, py + cy - 60]);
    whorl(band, w, cy - 60, h);
  }
  for (let t = 0; t <= 1; t += 0.2) spine(lerp(-74, 66, t), -30 - 20 * sin(180 * t), lerp(-60, 50, t));
  whorl(last, 84, 0, 46);
  flood([[-74, -20], [-20, -34], [40, -30], [66, -10], [0, -4], [-78, 14]], INK.shell[2], 200);
  flood([[10, -40], [66, -30], [76, 6], [60, 48], [36, 84], [20, 60], [30, 0]], INK.shell[2], 200);
  const mouth = [[6, -8], [34, -22], [58, -6], [58, 30], [38, 68], [14, 104], [0, 138], [-8, 130], [-4, 88], [-10, 40]];
  lift(mouth);
  coat(mouth, INK.shell[0], { opacity: 220, rim: 0.6 });
  const throat = mouth.map(([px, py]) => [lerp(22, px, 0.8) + 3, lerp(30, py, 0.8) + 3]);
  for (const [colour, k] of [[INK.shell[1], 1], [INK.shell[2], 0.86], [INK.shell[3], 0.6]].slice(0, layers)) {
    flood(throat.map(([px, py]) => [lerp(18, px, k), lerp(34, py, k)]), colour, 225, 0);
  }
  pop();
}

function spine(x, y, angle) {
  push();
  translate(x, y);
  rotate(angle);
  const thorn = [[-12, 12], [-5, -8], [0, -20], [6, -8], [14, 12]];
  lift(thorn, 0.2);
  for (const colour of INK.shell.slice(0, 2)) coat(thorn, colour, { opacity: 235, spread: 0.04, side: 180, rim: 0.6, bend: 0.2, scatter: false });
  pop();
}

// One turn of a spire: a pale light on its left, dark in the seam, freckled.
function whorl(points, w, y, h) {
  lift(points);
  coat(points, INK.shell[0], { opacity: 235 });
  coat(points, INK.shell[1], { opacity: 240, side: 180, rim: 0.7 });
  if (layers > 2) flood([[w * 0.1, y - h * 0.8], [w * 0.6, y - h * 0.7], [w * 0.94, y - h * 0.1], [w * 0.8, y + h * 0.5], [w * 0.3, y + h * 0.6]], INK.shell[2], 225);
  for (let i = 0; i < layers + 1; i++) {
    const px = w * random(-0.8, 0.8);
    const len = h * random(0.3, 0.6);
    coat([[px, y - len], [px + w * 0.07, y - len * 0.2], [px + w * 0.04, y + len], [px - w * 0.05, y + len * 0.3]], INK.shell[random([2, 3])], { opacity: 190, spread: bleed, rim: 0.2, scatter: false });
  }
}

function auger(x, y, len, angle) {
  push();
  translate(x, y);
  rotate(angle);
  const wide = len * 0.15;
  const cone = [[-wide, len * 0.4], [-wide * 0.4, -len * 0.1], [0, -len * 0.5], [wide * 0.4, -len * 0.1], [wide, len * 0.4], [0, len * 0.5]];
  castShadow(cone, len * 0.1, angle);
  lift(cone, 0.1);
  coat(cone, INK.shell[1], { opacity: 230, side: 180, bend: 0.1 });
  for (let i = 8; i >= 0; i--) {
    const k = pow(0.8, i);
    const [w, cy] = [wide * k, lerp(-0.5, 0.4, k) * len];
    const turn = [[-w, 0], [-w * 0.7, -w * 0.6], [w * 0.8, -w * 0.2], [w, w * 0.4], [w * 0.5, w * 0.8], [-w * 0.8, w * 0.5]].map(([px, py]) => [px, py + cy]);
    lift(turn);
    coat(turn, INK.shell[1], { opacity: 225, side: 180, rim: 0.6, scatter: false });
    if (layers > 2) crisp([[-w, cy + w * 0.3], [w * 0.6, cy + w * 0.55], [w * 0.9, cy + w * 0.3], [w * 0.3, cy]], INK.shell[random([2, 3])], 200);
  }
  crisp(oval(wide * 0.3, len * 0.43, wide * 0.4, wide * 0.6, 0.2), INK.shell[3], 220);
  pop();
}

function cockle(x, y, r, angle) {
  push();
  translate(x, y);
  rotate(angle);
  const shape = [[0, r * 0.8], [-r * 0.5, r * 0.66], [-r * 1.1, r * 0.1], [-r * 1.02, -r * 0.5], [-r * 0.4, -r * 0.84], [r * 0.4, -r * 0.84], [r * 1.02, -r * 0.5], [r * 1.1, r * 0.1], [r * 0.5, r * 0.66]];
  castShadow(shape, r * 0.2, angle);
  lift(shape);
  const [pale, deep] = random([[INK.shell[0], INK.shell[1]], [INK.shell[0], INK.sea[0]], [INK.shell[1], INK.shell[2]], [INK.star[0], INK.star[1]]]);
  coat(shape, pale, { opacity: 235, scatter: false });
  [1, 0.78, 0.52, 0.28].slice(0, layers).forEach((k) => coat(scaled(shape, k, 0, r * 0.7 * (1 - k)), deep, { opacity: 170, side: 270, rim: 0.9, scatter: false }));
  pop();
}

function starfish(x, y, r, turn) {
  push();
  translate(x, y);
  const arms = [0, 1, 2, 3, 4].map((i) => ({ a: turn + 72 * i - 90 + random(-7, 7), len: r * random(0.88, 1.08), bow: random(-14, 14) }));
  const at = ({ a, len, bow }, t, side) => [len * t * cos(a + bow * t) - side * sin(a), len * t * sin(a + bow * t) + side * cos(a)];
  const girth = (t) => r * (0.2 * (1 - t) + 0.05);
  const ts = [0.36, 0.6, 0.82, 0.96];
  const arm = (one, k) => [...ts.map((t) => at(one, t, -k * girth(t))), at(one, 1.02, 0), ...ts.slice().reverse().map((t) => at(one, t, k * girth(t)))];
  const outline = arms.flatMap((one) => arm(one, 1));
  castShadow(outline, r * 0.12, 0);
  lift(outline);
  coat(outline, INK.star[0], { opacity: 240 });
  coat(outline, INK.star[1], { opacity: 220, side: 180, rim: 0.6 });
  for (const one of arms) {
    const shade = [[0, 0], ...ts.map((t) => at(one, t, girth(t) * 0.9)), at(one, 0.97, 0), ...ts.slice().reverse().map((t) => at(one, t, girth(t) * 0.15))];
    flood(shade, INK.star[cos(one.a + 60) > 0 ? 2 : 1], 215);
    if (layers < 3) continue;
    for (let t = 0.14; t < 0.96; t += 0.085) {
      const dot = r * 0.026 * (1.2 - t * 0.6);
      const [px, py] = at(one, t, random(-1.5, 1.5));
      crisp(oval(px, py, dot, dot, 0.3, 60), PAPER, 240);
      if (layers > 3 && t > 0.3) for (const side of [-0.55, 0.55]) crisp(oval(...at(one, t, side * girth(t)), dot * 0.6, dot * 0.6, 0.3, 72), INK.star[2], 190);
    }
  }
  pop();
}

function sea(top) {
  const slope = random(-40, 40);
  const shore = (k, rough) => Array.from({ length: 20 }, (_, i) => [-285 + 30 * i, top + k + (slope * i) / 20 + rough * (noise(k + i / 3) - 0.5)]);
  const area = (from, to) => [...from, ...to.slice().reverse()];
  coat(area(shore(70, 20), shore(420, 0)), INK.sand, { opacity: 235, spread: 0.06, bend: 0.2 });
  coat(area(shore(120, 40), shore(230, 60)), INK.shadow, { opacity: 120, spread: 0.2, rim: 0 });
  [[-90, 70, 0], [-80, 30, 1], [-70, -20, 2]].slice(0, layers).forEach(([from, to, tone]) => coat(area(shore(from, 10), shore(to, 40)), INK.sea[tone], { opacity: 215, rim: 0.5, bend: 0.3 }));
  for (const [k, deep] of [[-14, 6], [34, 8], [76, 13]]) {
    coat(area(shore(k + 4, 40), shore(k + deep + 8, 46)), INK.shadow, { opacity: 130, spread: 0.08, rim: 0 });
    for (let pass = 0; pass < 2; pass++) coat(area(shore(k - deep, 30), shore(k + deep, 44)), PAPER, { opacity: 255, spread: 0.06, grain: 0, rim: 0, bend: 0.4, scatter: false });
  }
}

function grains(x, y, rx, ry, count) {
  for (let i = 0; i < count; i++) {
    const r = random(0.8, 2.6);
    coat(oval(x + random(-rx, rx), y + random(-ry, ry), r, r, 0.4, 60), random([INK.shell[2], INK.shell[3], INK.star[2], INK.shadow]), { opacity: 190, spread: 0.05, scatter: false });
  }
}
