// Cats in loose watercolour: soft wet fur, a few dry accents.
const palette = "ginger";
const composition = "sitting with its back to us";
const layers = 4;
const bleed = 0.10;
const wetness = 0.45;
const ticking = 0.5;
const seed = 31053;

const PAPER = "#fbf7ee";
const NIGHT = "#3c4f80";
const KINDS = {
  // fur from light to dark, eye, inside of the ears, two grounds; striped, or with dark points
  ginger: { fur: ["#f8cf98", "#ea8a34", "#b04e14", "#58220e"], eye: "#7f9a3c", pink: "#e88f7c", ground: ["#8fb8c0", "#c3cf9e"], striped: true },
};
const KIND = KINDS[palette];
const [LIGHT, BODY, DEEP, DARK] = KIND.fur;
const SCENES = {
  "sitting with its back to us": backToUs,
};

// Outlines; a cat stands on (0, 0), a head has it in its middle.
const SEATED = [[0, -222], [40, -212], [60, -184], [74, -140], [86, -92], [92, -44], [84, -8], [56, 4], [0, 8], [-56, 5], [-84, -8], [-92, -44], [-84, -92], [-72, -140], [-60, -184], [-40, -212]];
const NAPE = [[0, -264], [28, -260], [50, -242], [60, -220], [54, -198], [30, -182], [0, -178], [-30, -182], [-54, -198], [-60, -220], [-50, -242], [-28, -260]];
const HEAD = [[0, -104], [46, -102], [90, -78], [118, -36], [134, 14], [116, 52], [76, 88], [32, 106], [0, 110], [-32, 106], [-76, 88], [-116, 52], [-134, 14], [-118, -36], [-90, -78], [-46, -102]];
const EAR = [[42, -92], [84, -146], [122, -176], [130, -110], [120, -34]];
const EAR_INSIDE = [[64, -90], [92, -132], [116, -154], [120, -104], [108, -56]];
const EYE = [[26, 10], [36, -14], [58, -25], [80, -16], [82, 4], [66, 18], [42, 18]];

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

const TAILS = [[[60, -10], [118, -2], [146, -34], [132, -64], [150, -92]], [[60, -8], [120, 4], [156, -8], [168, -40]], [[60, -10], [116, -4], [170, 6], [206, 26], [180, 42], [140, 34]]];

function backToUs() {
  if (random() < 0.36) return underTheMoon();
  const kitten = random() < 0.45 ? random(0.5, 0.68) : 0;
  const [x, size] = kitten ? [-60, 1.12] : [random(-90, -10), random(1.2, 1.5)];
  wash(random(-40, 70), -60, 195, 160, KIND.ground[0], 205);
  wash(-30, 200, 240, 56, KIND.ground[1], 205);
  castShadow(x, 196, size);
  sitter(x, 196, size, kitten ? mirrored(TAILS[1]) : random(TAILS));
  if (kitten) {
    castShadow(112, 206, kitten);
    sitter(112, 206, kitten, random(TAILS));
  }
  splashes(9);
}

function underTheMoon() {
  for (const side of [270, 0, 90]) coat(oval(0, -130, 480, 340, 0.4), NIGHT, { opacity: 230, spread: 0.16 + wetness / 5, side, rim: 0 });
  const [x, y, r] = [random(40, 110), random(-130, -70), random(54, 84)];
  coat(oval(x, y, r * 1.3, r * 1.3, 0.1), PAPER, { opacity: 120, spread: 0.2, rim: 0 });
  lift(oval(x, y, r, r, 0.05));
  wash(x + r * 0.2, y + r * 0.2, r * 0.6, r * 0.5, KIND.ground[1], 110);
  const wall = [[-290, 150], [-120, 142], [60, 148], [290, 140], [290, 290], [-290, 290]];
  lift(wall, 0.1);
  for (const colour of [KIND.ground[1], NIGHT]) coat(wall, colour, { opacity: 215, side: 270, bend: 0.1 });
  sitter(random(-110, -50), 160, random(0.8, 1), [[60, -8], [96, 10], [108, 50], [94, 84], [112, 108]]);
}

function wall(y) {
  const stones = [];
  for (let row = 0; row < 3; row++) for (let x = -290 + row * 40; x < 280; x += 108) stones.push([x + random(-10, 10), y + row * 50]);
  for (const [x, top] of stones) coat([[x, top], [x + 100, top + random(-4, 4)], [x + 98, top + 44], [x + 3, top + 46]], random([KIND.ground[1], "#b8a890", "#9aa0a4"]), { opacity: 215, spread: 0.05 + bleed / 3, side: random(360), bend: 0.15, rim: 0.7 });
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

const shade = (points, colour, opacity, spread = bleed * 1.6) => coat(points, colour, { opacity, spread, side: random(360), rim: 0 });
const crisp = (points, colour, opacity = 240) => coat(points, colour, { opacity, spread: 0.03, grain: 0.2, scatter: false });

function wash(x, y, rx, ry, colour, opacity) {
  for (const k of [1, 0.62]) coat(oval(x + random(-0.2, 0.2) * rx, y + random(-0.2, 0.2) * ry, rx * k, ry * k, 1.3), colour, { opacity, spread: 0.2 + wetness / 3, side: random(360), rim: 0 });
}

function lift(points, bend = 0.5) {
  for (const side of [90, 270, 0]) coat(points, PAPER, { opacity: 255, spread: 0.05, side, grain: 0, rim: 0, scatter: false, bend });
}

function drawn(points, colour, weight, tool = "cpencil") {
  push();
  brush.set(tool, colour, weight);
  brush.spline(points.map(([x, y], i) => [x, y, 1 - (0.6 * i) / points.length]), 0.6);
  pop();
}

function oval(x, y, rx, ry, wobble) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += 18) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

// A sickle along an outline from one of its points to another, (dx, dy) wide in its middle.
function crescent(points, from, to, dx, dy) {
  const rim = points.slice(from, to + 1);
  return [...rim, ...rim.map(([x, y], i) => [x + dx * sin((180 * i) / (to - from)), y + dy * sin((180 * i) / (to - from))]).reverse()];
}

const ruffled = (points, k) => points.map(([x, y]) => [x + random(-k, k), y + random(-k, k)]);
const mirrored = (points) => points.map(([x, y]) => [-x, y]);

// The outline of a stroke along a smooth curve through all points; `width` says how wide from t = 0 to 1.
function ribbon(points, width, steps = 12) {
  const at = (t) => [0, 1].map((axis) => {
    const i = floor(t * (points.length - 1) * 0.999);
    const [a, b, c, d] = [-1, 0, 1, 2].map((step) => points[constrain(i + step, 0, points.length - 1)][axis]);
    const f = t * (points.length - 1) * 0.999 - i;
    return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)));
  });
  const edge = (side) => Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const [[x, y], [ax, ay], [bx, by]] = [at(t), at(max(0, t - 0.04)), at(min(1, t + 0.04))];
    const across = atan2(by - ay, bx - ax) + side * 90;
    return [x + width(t) * cos(across), y + width(t) * sin(across)];
  });
  return [...edge(1), ...edge(-1).reverse()];
}

// Wet fur: a halo that runs into the ground, then the coat.
function fur(points) {
  lift(points);
  if (palette === "white") lift(points);
  coat(ruffled(points, 3), LIGHT, { opacity: 235, spread: 0.06 + bleed, rim: 0.2 });
  coat(ruffled(points, 3), BODY, { opacity: palette === "white" ? 120 : 225, side: random([0, 90, 180]), rim: 0.5 });
  if (palette === "black") for (const side of [0, 90]) coat(ruffled(points, 2), DEEP, { opacity: 235, side });
  if (layers > 2 && palette !== "white") coat(ruffled(points, 3), BODY, { opacity: 180, side: 0, spread: bleed * 1.5, rim: 0.3 });
}

function bar(points, w) {
  coat(ribbon(ruffled(points, 3), (t) => w * sin(180 * (0.12 + 0.8 * t)), 7), random([DEEP, DARK]), { opacity: 200, spread: bleed, rim: 0.2, scatter: false });
}

function ticks(x, y, w, h, count) {
  for (let i = 0; i < count * ticking; i++) {
    const [tx, ty] = [x + random(w), y + random(h)];
    drawn([[tx, ty], [tx - 3, ty + 8], [tx - 8, ty + 14]], random([BODY, DEEP, LIGHT]), 0.8);
  }
}

function castShadow(x, y, size) {
  coat(oval(x + 50 * size, y, 110 * size, 13 * size, 0.5), KIND.ground[0], { opacity: 220, spread: 0.15 });
  coat(oval(x + 16 * size, y, 84 * size, 8 * size, 0.5), DARK, { opacity: 160, spread: 0.15 });
}

function splashes(count) {
  for (let i = 0; i < count; i++) {
    const r = random(1.4, 5);
    coat(oval(random(-230, 230), random(-230, 230), r, r, 0.4), random([...KIND.ground, BODY]), { opacity: 180, spread: 0.06 });
  }
}

function tail(points, w) {
  const width = (t) => w * (0.8 + 0.3 * sin(150 * t)) * (t > 0.94 ? 0.5 : 1);
  const shape = ribbon(points, width, 16);
  lift(shape);
  coat(shape, LIGHT, { opacity: 230 });
  coat(shape, KIND.points ? DEEP : BODY, { opacity: 215, side: 90, rim: 0.5 });
  if (layers > 2) shade(ribbon(points.map(([x, y]) => [x + w * 0.2, y + w * 0.3]), (t) => 0.5 * width(t), 14), DEEP, 200);
  if (KIND.points || layers > 3) shade(ribbon(points.slice(-3), (t) => w * sin(15 + 150 * t), 8), KIND.points ? DARK : DEEP, 220);
  if (KIND.striped) {
    for (let i = 1; i < points.length - 1; i++) coat(oval(points[i][0], points[i][1], w * 0.45, w * 0.8, 0.4), DARK, { opacity: 160 });
  }
}

// Seen from behind, the head turned a little aside.
function sitter(x, y, size, tailPath) {
  push();
  translate(x, y);
  scale(size);
  rotate(random(-3, 3));
  const turn = random(-12, 12);
  tail(tailPath, 15);
  fur(SEATED);
  shade(crescent(SEATED, 9, 14, 58, -10), DEEP, 220);
  shade(crescent(SEATED, 1, 5, -26, 6), DEEP, 150);
  shade(oval(46, -46, 44, 50, 0.4), BODY, 200);
  if (layers > 2) shade(ribbon([[turn / 2, -196], [8, -150], [-4, -90], [6, -10]], (t) => 13 * sin(20 + 160 * t)), DEEP, 200);
  if (layers > 3) shade(crescent(SEATED, 9, 12, 36, -6), DARK, 190);
  if (layers > 3) for (const s of [-1, 1]) shade(crescent([[s * 22, 0], [s * 26, -46], [s * 54, -84], [s * 86, -80]], 0, 3, s * 12, 6), DEEP, 200, bleed);
  if (KIND.striped) {
    for (let py = -166; py < -30; py += random(14, 22)) for (const s of [-1, 1]) bar([[s * lerp(96, 58, py / -166), py + 18], [s * 40, py - random(4)], [s * random(8, 22), py - 6]], random(4, 7));
  }
  ticks(-80, -170, 160, 160, 24);
  for (const s of [-1, 1]) {
    const ear = [[8, -244], [20, -268], [42, -296], [52, -270], [56, -222]].map(([px, py]) => [s * px * (s * turn > 0 ? 0.9 : 1.02) + turn, py]);
    lift(ear, 0.1);
    for (const side of [90, 270]) coat(ear, KIND.points ? DEEP : BODY, { opacity: 240, spread: 0.04, side, bend: 0.15, scatter: false });
    if (layers > 2) coat(crescent(ear, 0, 2, s * 12, 12), KIND.points ? DARK : DEEP, { opacity: 210, spread: 0.06, scatter: false });
  }
  const skull = NAPE.map(([px, py]) => [px + turn, py]);
  shade(crescent(skull, 3, 9, 0, 16), DEEP, 190, 0.12);
  fur(skull);
  shade(crescent(skull, 6, 10, 36, -10), DEEP, 210);
  if (KIND.striped) for (const dx of [-20, 0, 20]) bar([[dx + turn, -258], [dx * 1.1 + turn, -240], [dx * 0.9 + turn, -216]], 4.5);
  pop();
}

function head(sleeping) {
  for (const s of [1, -1]) {
    const [outer, inner] = [EAR, EAR_INSIDE].map((points) => (s > 0 ? points : mirrored(points)));
    lift(outer, 0.1);
    for (const [colour, opacity] of [[LIGHT, 235], [KIND.points ? DARK : BODY, 235]]) coat(ruffled(outer, 2), colour, { opacity, spread: bleed / 2, bend: 0.15 });
    coat(inner, KIND.pink, { opacity: 230, side: 90, bend: 0.15 });
    if (layers > 2) shade([inner[0], inner[1], [s * 96, -92]], DARK, 190);
  }
  fur(HEAD);
  shade(crescent(HEAD, 9, 15, 64, -4), DEEP, 210);
  for (const s of [-1, 1]) shade(crescent([[s * 10, -70], [s * 20, -30], [s * 22, 10], [s * 14, 40]], 0, 3, s * 16, 0), DEEP, 170);
  if (KIND.points) for (const [ex, ey, r] of sleeping ? [[0, 56, 50]] : [[0, 50, 60], [-50, 0, 36], [50, 0, 36]]) shade(oval(ex, ey, r, r * 0.8, 0.4), DEEP, 200);
  else for (const s of [-1, 1]) coat(oval(s * 24, 70, 34, 27, 0.3), PAPER, { opacity: 255, spread: 0.1, grain: 0.1, rim: 0, scatter: false });
  if (layers > 3) shade(crescent(HEAD, 4, 11, -4, -26), DEEP, 190);
  if (KIND.striped) {
    for (const dx of [-42, -14, 14, 42]) bar([[dx * 1.2, -98], [dx, -72], [dx * 0.7, -46]], 8);
    for (const s of [-1, 1]) for (const dy of [0, 24]) bar([[s * 128, 8 + dy], [s * 108, 16 + dy], [s * 84, 22 + dy]], 7);
  }
  if (sleeping) for (const s of [-1, 1]) crisp(ribbon([[s * 26, 10], [s * 42, 24], [s * 64, 24], [s * 86, 2]], (t) => 1 + 4 * sin(180 * t)), DARK);
  else for (const s of [-1, 1]) eye(s);
  crisp([[-16, 40], [0, 37], [16, 40], [7, 53], [0, 57], [-7, 53]], KIND.pink, 255);
  crisp([[-14, 44], [0, 50], [14, 44], [6, 54], [0, 58], [-6, 54]], DARK, 190);
  for (const s of [-1, 1]) crisp(ribbon([[0, 55], [s * 2, 70], [s * 14, 80], [s * 34, 76]], (t) => 2.4 - 1.6 * t), DARK);
  for (const s of [-1, 1]) for (const dy of [-8, 4, 16]) drawn([[s * 40, 66 + dy * 0.6], [s * 96, 58 + dy], [s * 178, 62 + dy * 3.4 + random(-8, 8)]], dy === 4 ? "#8f8890" : PAPER, 1.1);
  ticks(-110, -80, 220, 60, sleeping ? 0 : 12);
}

function eye(s) {
  const shape = s > 0 ? EYE : mirrored(EYE);
  const grown = (k) => shape.map(([x, y]) => [s * 54 + (x - s * 54) * k, (y + 2) * k - 2]);
  for (const side of [0, 180]) coat(grown(1.14), DARK, { opacity: 250, spread: 0.05, side, grain: 0.2, scatter: false });
  lift(grown(0.98));
  for (const opacity of [250, 210]) coat(grown(0.96), KIND.eye, { opacity, spread: 0.04, side: 270, grain: 0.3, scatter: false });
  crisp(crescent(shape, 0, 3, 0, 9), DARK, 190);
  for (let i = 0; i < 3; i++) crisp(oval(s * 56, -4, 11, 18, 0.1), "#0c0a0c", 255);
  lift(oval(s * 55 + 8, -12, 4.5, 5, 0.2));
}

