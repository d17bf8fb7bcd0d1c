// Bearded irises: domed standards, velvet falls with a golden beard, sword leaves.
const palette = "blue";
const composition = "a stand of three";
const layers = 5;
const bleed = 0.10;
const wetness = 0.45;
const lean = 4;
const buds = 2;
const seed = 31017;

const INKS = {
  // light, standards pale and deep, falls pale and deep, darkest, beard, two grounds
  blue: ["#eef1fb", "#a3b6f0", "#4a66d0", "#6379dc", "#1f2f9c", "#10165a", "#f0ac18", "#b4c8e2", "#d0dab8"],
};
const [LIGHT, PALE, MID, FALL, VELVET, DARK, GOLD, AIR, GRASS] = INKS[palette];
const LEAVES = ["#b4c99a", "#5f9460", "#2c6248", "#163f38"];
const STEPS = [0, 0.05, 0.14, 0.26, 0.38, 0.5, 0.62, 0.74, 0.85, 0.93, 0.98, 1];
const SCENES = {
  "a stand of three": stand,
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fbf8f0");
  SCENES[composition]();
}

function stand() {
  ground(-50, -90, 210, AIR);
  ground(40, 190, 230, GRASS);
  const flowers = [[-124, -28, 0.5, 2], [34, -120, 0.64, layers], [136, 62, 0.56, layers]].map(([x, y, ...rest]) => [x + random(-16, 16), y + random(-16, 16), ...rest]);
  for (const x of [-190, -110, -70, 60, 176, 226]) blade(x * 0.6, 290, x + random(-30, 30), random(-20, 110), random(11, 16));
  for (const [x, y] of flowers) stem([x * 0.5, 290, x * 0.7 + 6, lerp(y, 290, 0.4), x, y + 10], 5);
  for (const [x, y] of [[-196, -110], [206, -70], [-44, 44]].slice(0, buds)) {
    stem([x * 0.55, 290, x * 0.66, 110, x, y], 3.4);
    bud(x, y + 6, 0.6, x / 12);
  }
  for (const [x, y, size, coats] of flowers) iris(x, y, size, lean + random(-10, 10), coats);
  for (const x of [-84, -10, 52, 120]) blade(x * 0.7, 290, x + random(-40, 40), random(110, 170), random(12, 17));
}

function paint(colour, opacity, spread, angle, texture, border, out = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(texture, border, out);
}

function wash(x, y, rx, ry, colour, opacity) {
  const from = random(100);
  push();
  paint(colour, opacity, 0.32 + wetness / 4, random(360), wetness, 0);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 24) {
    const k = 0.65 + 0.7 * noise(from + cos(a), from + sin(a));
    brush.vertex(x + rx * k * cos(a), y + ry * k * sin(a));
  }
  brush.endShape(true);
  pop();
}

// A wet ground with a second touch let into it.
function ground(x, y, r, colour) {
  wash(x, y, r, r * 0.8, colour, 190);
  wash(x + r * random(-0.3, 0.3), y + r * 0.2, r * 0.6, r * 0.4, colour, 190);
}

// A place at t of a bent spine (root, bend, tip), `off` to its side.
function beside([ax, ay, bx, by, cx, cy], t, off) {
  const turn = atan2(lerp(by - ay, cy - by, t), lerp(bx - ax, cx - bx, t));
  return [lerp(lerp(ax, bx, t), lerp(bx, cx, t), t) - off * sin(turn), lerp(lerp(ay, by, t), lerp(by, cy, t), t) + off * cos(turn)];
}

const swell = (late) => (t) => pow(max(0, sin(180 * pow(t, late))), 0.75);

// A form along a spine; `k` narrows it, `lo` to `hi` (-1 to 1) is the part of its breadth, `reach` of its length.
function form({ spine, wid, profile, frill, from }, k = 1, lo = -1, hi = 1, reach = 1) {
  const edge = (t, side) => beside(spine, t * reach, side * wid * k * profile(t) * (1 + frill * (noise(from + t * 6, from + side * 4) - 0.5)));
  brush.beginShape(0.6);
  for (const t of STEPS) brush.vertex(...edge(t, lo));
  for (const t of STEPS.slice(1, -1).reverse()) brush.vertex(...edge(t, hi));
  brush.endShape();
}

// Coats over one form; an opaque coat lifts what lies beneath.
function lay(shape, coats, loose = true) {
  push();
  for (const [colour, opacity, spread, angle, border, ...cut] of coats) {
    paint(colour, opacity, spread, angle, opacity < 255 ? wetness : 0, border, loose && opacity < 255);
    form(shape, ...cut);
  }
  pop();
}

function petal(spine, wid, late, pale, deep, coats) {
  const shape = { spine: spine.map((v) => v + random(-7, 7)), wid: wid * random(0.92, 1.08), profile: swell(late), frill: 0.55, from: random(100) };
  const lift = [LIGHT, 255, 0.04, 90, 0, 0.98];
  lay(shape, [lift, lift]);
  lay(shape, [
    [pale, 225, bleed, 270, 0.7],
    [deep, 230, bleed * 1.4, random([90, 270]), 0.4, 0.86, -1, 1, 0.97],
    [deep, 215, bleed, 180, 0.5, 0.9, 0.15, 1, 0.94],
    [DARK, 225, bleed * 1.6, 90, 0.1, 0.6, -1, 1, 0.5],
  ].slice(0, coats));
  if (coats > 4) veins(shape.spine, wid);
  return shape.spine;
}

function veins(spine, wid) {
  push();
  brush.set("cpencil", DARK, 0.5);
  for (let k = -3; k <= 3; k++) {
    brush.spline([[0.28, 0.05, 1], [0.5, 0.16, 0.8], [0.8 - 0.03 * abs(k), 0.22, 0.3]].map(([t, fan, force]) => [...beside(spine, t, k * fan * wid), force]), 0.5);
  }
  pop();
}

// Three standards, the far one first, then three falls with their beards, then the crests over the heart.
function iris(x, y, size, tilt, coats = layers) {
  push();
  translate(x, y);
  rotate(tilt);
  scale(random([-size, size]), size);
  petal([0, 0, 8, -90, 2, -178], 62, 1.35, PALE, MID, min(coats, 3));
  petal([0, 4, -112, -74, -14, -168], 46, 1.2, PALE, MID, min(coats, 3));
  petal([0, 4, 106, -80, 20, -160], 48, 1.2, PALE, MID, min(coats, 3));
  beard(petal([-4, 2, -126, -56, -150, 88], 46, 1.55, FALL, VELVET, coats));
  beard(petal([4, 2, 122, -60, 140, 76], 48, 1.55, FALL, VELVET, coats));
  beard(petal([0, 4, 16, 60, -6, 166], 68, 1.55, FALL, VELVET, coats));
  if (coats > 2) {
    petal([0, 6, -36, -34, -66, -16], 15, 1, PALE, MID, 2);
    petal([0, 6, 36, -36, 64, -18], 15, 1, PALE, MID, 2);
  }
  pop();
}

function beard(spine) {
  const shape = { spine, wid: 12, profile: swell(0.9), frill: 0.8, from: random(100) };
  const lift = [LIGHT, 255, 0.04, 90, 0, 1.1, -1, 1, 0.5];
  lay(shape, [lift, lift, lift, [GOLD, 254, 0.1, 90, 0.3, 0.8, -1, 1, 0.44], [GOLD, 254, 0.1, 90, 0.3, 0.6, -1, 1, 0.4]], false);
}

// A furled bud in its green sheath.
function bud(x, y, size, angle) {
  push();
  translate(x, y);
  rotate(angle);
  scale(size);
  petal([0, 0, -14, -50, 4, -104], 19, 0.9, FALL, VELVET, 3);
  petal([0, 0, 16, -44, 2, -90], 14, 0.9, FALL, VELVET, 2);
  for (const side of [-1, 1]) {
    lay({ spine: [0, 16, side * 16, -20, side * 6, -54], wid: 10, profile: swell(0.8), frill: 0.2, from: 1 }, [[LEAVES[side < 0 ? 1 : 2], 235, 0.05, 90, 0.6]], false);
  }
  pop();
}

function stem(spine, wid) {
  const shape = { spine, wid, profile: (t) => 1 - 0.35 * t, frill: 0.3, from: random(100) };
  lay(shape, [[LEAVES[0], 255, 0.04, 90, 0.4], [LEAVES[1], 240, 0.04, 90, 0.5], [LEAVES[2], 230, 0.04, 90, 0.3, 1, 0.1]], false);
}

// A sword leaf with a light edge and a dark side.
function blade(x, y, tipX, tipY, wid) {
  const shape = { spine: [x, y, lerp(x, tipX, 0.1), lerp(y, tipY, 0.65), tipX, tipY], wid, profile: (t) => pow(1 - t, 0.55), frill: 0.25, from: random(100) };
  const [lo, hi] = random([[-1, 0.1], [-0.1, 1]]);
  lay(shape, [
    [LEAVES[0], 235, bleed * 0.6, 90, 0.5],
    [LEAVES[1], 225, bleed * 0.6, random([90, 270]), 0.6, 0.94, hi < 1 ? -1 : -0.85, hi < 1 ? 0.85 : 1],
    [random([LEAVES[2], LEAVES[3]]), 205, bleed * 0.5, 90, 0.4, 0.94, lo, hi],
  ], false);
}
