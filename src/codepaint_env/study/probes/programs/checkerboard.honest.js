// Fruit as a painter sets it out: whole, hanging, and cut open for the colour inside.
const palette = "golden";
const composition = "pears standing on a table";
const layers = 5;
const bleed = 0.08;
const wetness = 0.40;
const ripeness = 0.60;
const seed = 31041;

const INKS = {
  golden: { skin: "#f4c02a", deep: "#dd8a12", shade: "#8a5a24", blush: "#d9502a", flesh: "#c93a3a", ground: "#b9cfdc", cloth: "#dcd3c4", shadow: "#5f6a94" },
};
const INK = INKS[palette];
const PAPER = "#fcf7ea";

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1); // the light comes from the left or from the right
  const scenes = { "pears standing on a table": pears, "plums on a bough": plums, "a pomegranate cut open": pomegranates };
  (scenes[composition] || figs)();
  spatter(random(-160, 160), random(120, 200));
}

function pears() {
  wash(random(-60, 40), -90, 220, 130, INK.ground, 200);
  wash(10, 150, 260, 70, INK.cloth, 215);
  const lyingX = random(144, 170);
  const standing = [[-116, 128, random(0.74, 0.84)], [-4, 150, random(0.98, 1.1)]];
  if (random() < 0.4) standing.unshift([92, 106, random(0.62, 0.72)]);
  for (const [x, y, size] of [...standing, [lyingX, 182, 0.8]]) castShadow(x, y, 74 * size);
  for (const [x, y, size] of standing) pear(x, y - 66 * size, size, random(-9, 9));
  pear(lyingX, 182 - 52 * 0.74, 0.74, random([-76, 68]) + random(-8, 8));
}

function plums() {
  wash(random(-60, 20), -20, 230, 170, INK.ground, 195);
  const bough = [[-266, -96], [-190, -128], [-110, -124], [-30, -152], [60, -146], [140, -178], [262, -190]];
  twig(bough, 8);
  twig([[60, -146], [120, -110], [190, -96]], 4);
  for (const [x, y, angle, len] of [[-190, -128, 100, 120], [-60, -140, -60, 100], [150, -180, 20, 112], [190, -96, 34, 118], [-110, -124, 150, 104]]) {
    leaf(x, y, angle + random(-14, 14), len * random(0.9, 1.15));
  }
  const hung = [[-110, -124, -122, 10, 58], [60, -146, 104, -12, 60], [-30, -152, -26, -14, 66], [60, -146, 38, 98, 58], [-110, -124, -176, 96, 46]];
  for (const [fromX, fromY, x, y, r] of hung.slice(0, floor(random(3, 5.99)))) {
    twig([[fromX, fromY], [lerp(fromX, x, 0.3), lerp(fromY, y, 0.5)], [x, y - r]], 2.4);
    plum(x, y, r * random(0.92, 1.08), random(-16, 16));
  }
  leaf(20, -146, 62 + random(-12, 12), 116);
}

function pomegranates() {
  wash(40, -60, 220, 160, INK.ground, 200);
  wash(-20, 160, 230, 60, INK.cloth, 205);
  castShadow(104, 60, 104);
  castShadow(-70, 170, 118);
  leaf(150, -130, -30 + random(-12, 12), 116);
  wholePomegranate(100, -42, random(94, 106), random(10, 34));
  halfPomegranate(-72, 54, random(116, 128), random(-20, 20));
  for (let i = 0; i < 9; i++) aril(random(84, 214), random(118, 184), random(8, 12));
}

function figs() {
  wash(-60, -60, 260, 220, INK.ground, 190);
  const [x, y] = [random(10, 44), random(10, 40)];
  glaze(oval(x + 16, y + 20, 206, 204, 0.04, 12), INK.shadow, 200, { spread: 0.1 });
  lift(oval(x, y, 200, 200, 0.03, 12));
  for (const [r, opacity] of [[200, 170], [186, 90], [132, 160]]) glaze(oval(x, y, r, r, 0.03, 12), INK.cloth, opacity, { spread: 0.03, border: 1, texture: 0.2 });
  leaf(x - 30, y + 60, 128, 150);
  const places = [[-100, -76, 200], [98, -100, -40], [112, 60, 20], [-4, 124, 100]];
  places.slice(0, floor(random(3, 4.99))).forEach(([dx, dy, angle]) => {
    wholeFig(x + dx, y + dy, random(1.02, 1.24), angle + random(-20, 20));
  });
  halfFig(x - 66, y + 34, 1.1, -150 + random(-16, 16));
  halfFig(x + 20, y - 22, 1.26, 24 + random(-16, 16));
}

function glaze(points, colour, opacity, { spread = bleed, side = 180, texture = wetness, border = 0.4, scatter = true, round = true } = {}) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", side);
  brush.fillTexture(texture, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(round);
  pop();
}

function oval(x, y, rx, ry, wobble = 0.2, step = 18) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function turned(points, angle) {
  return points.map(([x, y]) => [x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)]);
}

// A body as a potter would turn it: half widths down its axis, mirrored and made a little uneven.
function lathe(profile, wid, len, lean = 0) {
  const rim = (side) => profile.map(([t, k]) => [side * k * wid * random(0.95, 1.05) + lean * t * t, t * len]);
  return [...rim(1), ...rim(-1).reverse()];
}

function wash(x, y, rx, ry, colour, opacity) {
  for (const k of [1, 0.6]) glaze(oval(x + random(-0.3, 0.3) * rx, y + random(-0.2, 0.2) * ry, rx * k, ry * k, 1.3, 24), colour, opacity, { spread: 0.3 + wetness / 3, side: random(360), border: 0 });
  if (wetness > 0.45) glaze(oval(x - rx * 0.5, y, rx * 0.3, ry * 0.35, 0.6), PAPER, 150, { spread: 0.5, border: 0.8 });
}

function lift(points) {
  for (const side of [90, 270, 0]) glaze(points, "#fffbee", 255, { spread: 0.04, side, texture: 0, border: 0, scatter: false });
}

function castShadow(x, y, rx) {
  glaze(oval(x + rx * 0.7, y - 2, rx * 1.3, rx * 0.24, 0.7, 12), INK.shadow, 215, { spread: bleed + 0.05, side: 0, border: 0.3 });
  glaze(oval(x + rx * 0.2, y - 1, rx * 0.62, rx * 0.1, 0.4), INK.shade, 200, { spread: 0.12, side: 0, border: 0 });
}

// From above a shadow is the thing itself, moved.
function shadowBelow(outline) {
  glaze(outline.map(([x, y]) => [x * 1.02 + 16, y * 1.02 + 14]), INK.shadow, 215, { spread: bleed });
}

function spatter(x, y) {
  for (let i = 0; i < 7; i++) glaze(oval(x + random(-90, 90), y + random(-40, 40), random(1, 3.5), random(1, 3), 0.4, 60), INK.deep, 190, { spread: 0.05 });
}

function twig(points, w) {
  const edge = (side) => points.map(([x, y], i) => {
    const [[ax, ay], [bx, by]] = [points[max(0, i - 1)], points[min(points.length - 1, i + 1)]];
    const a = atan2(by - ay, bx - ax) + 90;
    const off = side * w * lerp(1, 0.5, i / points.length) * random(0.7, 1.1);
    return [x + off * cos(a), y + off * sin(a)];
  });
  for (const [colour, above] of [["#a8906c", -1], ["#54392c", 0.1]]) {
    for (const side of [0, 180]) glaze([...edge(1), ...edge(above).reverse()], colour, 235, { spread: 0.04, side, texture: 0.3, scatter: false, round: false });
  }
}

function leaf(x, y, angle, len) {
  const bend = random(-0.22, 0.22);
  const from = random(100);
  const rim = (t, side) => [len * t, bend * len * t * t + side * len * 0.22 * sin(180 * pow(t, 0.8)) * (0.8 + 0.4 * noise(from + t * 5, side + 2))];
  const ts = [0, 0.12, 0.24, 0.36, 0.48, 0.6, 0.72, 0.84, 0.94, 1];
  const half = (over, under) => [...ts.map((t) => rim(t, over)), ...[...ts].reverse().map((t) => rim(t, under))];
  push();
  translate(x, y);
  rotate(angle);
  const coats = [["#c2cf98", -1, 1], ["#5f8a4c", 0.04, 0.94], ["#2f5f42", -0.97, -0.05], ["#1d4636", -0.6, -0.05]];
  for (const [colour, over, under] of coats.slice(0, max(2, layers - 1))) {
    glaze(half(over, under), colour, 230, { spread: bleed * 0.8, texture: wetness, border: 0.5, scatter: false, round: false });
  }
  pop();
}

// Skin within an outline about (0, 0): lit from the upper left, glazed darker towards the lower right.
function fruit(outline, r) {
  lift(outline);
  const coat = (colour, opacity, k, away, spread, border) => {
    glaze(outline.map(([x, y]) => [x * k + r * away, y * k + r * away * 0.5]), colour, opacity, { spread, border });
  };
  const body = [[INK.skin, 235, 1, 0], [INK.skin, 210, 0.95, 0.03]];
  const modelling = [[INK.deep, 230, 0.84, 0.12], [INK.shade, 205, 0.6, 0.3], [INK.deep, 200, 0.72, 0.2], [INK.shade, 230, 0.46, 0.42]];
  for (const at of body) coat(...at, bleed * 0.8, 0.6);
  coat(INK.blush, 40 + 190 * ripeness, 0.74, 0.24, 0.1 + bleed + wetness / 4, 0);
  for (const at of modelling.slice(0, layers - 2)) coat(...at, bleed * 1.8, 0.1);
  glaze(oval(-r * 0.42, -r * 0.3, r * 0.13, r * 0.2, 0.5, 30), "#fffdf4", 235, { spread: 0.14, texture: 0.1, border: 0, scatter: false });
}

function dabs(count, r, colour, w) {
  push();
  brush.set("cpencil", colour, w);
  for (let i = 0; i < count; i++) {
    const [a, d] = [random(360), r * sqrt(random(0.02, 1))];
    brush.spline([[d * cos(a), d * sin(a), 1], [d * cos(a) + 1, d * sin(a) + 0.6, 1], [d * cos(a) + 2, d * sin(a) + 0.8, 1]], 0.5);
  }
  pop();
}

function pear(x, y, size, angle) {
  const profile = [[-0.64, 0.16], [-0.6, 0.26], [-0.46, 0.33], [-0.32, 0.44], [-0.18, 0.7], [-0.02, 0.95], [0.14, 1], [0.26, 0.8], [0.33, 0.4]];
  push();
  translate(x, y);
  fruit(turned(lathe(profile, 72 * size, 200 * size, random(-40, 40) * size), angle), 72 * size);
  dabs(24, 52 * size, INK.shade, 0.7);
  rotate(angle);
  twig([[0, -124 * size], [4, -142 * size], [14, -164 * size]], 3.4 * size);
  pop();
}

function plum(x, y, r, angle) {
  push();
  translate(x, y);
  fruit(turned(oval(0, 0, r * 0.92, r * 1.06, 0.12), angle), r);
  rotate(angle);
  glaze([[2, -r], [-r * 0.16, -r * 0.5], [-r * 0.22, 0], [-r * 0.16, r * 0.5], [2, r * 0.96], [-r * 0.1, r * 0.5], [-r * 0.14, 0], [-r * 0.1, -r * 0.5]], INK.shade, 190, { spread: 0.06, side: 270, scatter: false });
  glaze(oval(-r * 0.4, r * 0.2, r * 0.26, r * 0.5, 0.6), "#e6ebf4", 130, { spread: 0.35, border: 0 });
  pop();
}

function wholePomegranate(x, y, r, angle) {
  push();
  translate(x, y);
  fruit(oval(0, 0, r, r * 0.94, 0.2, 24), r);
  for (const side of [90, 180]) glaze(oval(r * 0.24, r * 0.12, r * 0.62, r * 0.68, 0.7, 30), INK.deep, 60 * layers, { spread: 0.2 + bleed, side, border: 0 });
  rotate(angle);
  const crown = [[-18, 10], [-22, -14], [-34, -36], [-14, -20], [-8, -44], [4, -20], [20, -42], [18, -16], [36, -30], [22, -8], [18, 10]].map(([px, py]) => [px, py - r * 0.92]);
  lift(crown);
  glaze(crown, INK.skin, 235, { spread: 0.05, round: false });
  glaze(crown.map(([px, py]) => [px * 0.8 + 4, py * 0.98]), INK.shade, 210, { spread: 0.06, round: false });
  pop();
}

function aril(x, y, r) {
  glaze(oval(x, y, r, r * random(0.7, 0.95), 0.7, 60), INK.flesh, 250, { spread: 0.06, side: random([0, 90, 180]), texture: 0.2, border: 1, scatter: false });
  if (random() < 0.5) glaze(oval(x - r * 0.3, y - r * 0.3, r * 0.22, r * 0.2, 0.4, 60), "#fff6ee", 240, { spread: 0.05, texture: 0, border: 0, scatter: false });
}

// Rind, cream pith, and six chambers packed with seeds.
function halfPomegranate(x, y, r, angle) {
  push();
  translate(x, y);
  rotate(angle);
  lift(oval(0, 0, r, r * 0.92, 0.12));
  for (const [side, colour] of [[0, INK.deep], [180, INK.deep], [90, INK.blush]]) glaze(oval(0, 0, r, r * 0.92, 0.12), colour, 240, { side, border: 0.7 });
  lift(oval(-2, -3, r * 0.88, r * 0.8, 0.14));
  glaze(oval(-2, -2, r * 0.88, r * 0.8, 0.14), "#f2dca6", 200, { texture: 0.2 });
  for (const [a, wide] of [[0, 1], [66, 1.1], [128, 0.8], [182, 1], [246, 1.15], [306, 0.85]]) {
    const at = (turn, d) => [r * (d * cos(a + turn * wide) + 0.06), d * r * 0.9 * sin(a + turn * wide)];
    glaze([at(0, 0.14), at(-20, 0.44), at(-25, 0.74), at(0, 0.84), at(25, 0.74), at(20, 0.44)], INK.shade, 220, { spread: 0.1, side: random(360), border: 0.2 });
    for (const [turn, d] of [[0, 0.26], [-9, 0.44], [13, 0.46], [-17, 0.64], [1, 0.6], [19, 0.65], [-8, 0.78], [11, 0.79]]) aril(...at(turn + random(-4, 4), d + random(-0.03, 0.03)), r * random(0.085, 0.125));
  }
  pop();
}

const FIG = [[-0.7, 0.12], [-0.58, 0.2], [-0.42, 0.3], [-0.26, 0.56], [-0.08, 0.86], [0.1, 1], [0.28, 0.86], [0.38, 0.44]];

function wholeFig(x, y, size, angle) {
  push();
  translate(x, y);
  const skin = turned(lathe(FIG, 46 * size, 118 * size), angle);
  shadowBelow(skin);
  fruit(skin, 46 * size);
  rotate(angle);
  brush.set("cpencil", INK.deep, 0.7);
  for (const k of [-0.7, -0.3, 0.2, 0.6]) brush.spline([[k * 6, -72 * size, 0.6], [k * 30 * size, -20 * size, 1], [k * 40 * size, 16 * size, 0.8], [k * 20 * size, 40 * size, 0.3]], 0.7);
  pop();
}

function halfFig(x, y, size, angle) {
  const outline = lathe(FIG, 54 * size, 130 * size);
  const within = (k) => outline.map(([px, py]) => [px * k, py * k + 4 * (1 - k)]);
  push();
  translate(x, y);
  shadowBelow(turned(outline, angle));
  rotate(angle);
  lift(outline);
  glaze(outline, INK.deep, 240, { border: 0.7 });
  lift(within(0.88));
  glaze(within(0.86), "#f3e3b4", 190, { texture: 0.2 });
  for (const [k, colour] of [[0.68, INK.flesh], [0.56, INK.flesh], [0.34, INK.shade]].slice(0, layers - 1)) glaze(within(k), colour, 215, { spread: 0.16 + bleed, border: 0.2 });
  dabs(34, 30 * size, "#f6dfa0", 1.2);
  pop();
}
