// A magnolia branch: goblet flowers, stained at the base and pale at the tips, on dark bare wood.
const palette = "rose-pink";
const composition = "rising from a corner";
const layers = 4;
const bleed = 0.10;
const wetness = 0.40;
const openness = 0.90;
const seed = 31057;

const INKS = {
  // inside, outside, stain, deep stain, shadow, two grounds
  "rose-pink": ["#fffaf6", "#f6dfe2", "#e08fae", "#a02868", "#a890b8", "#8fb2c2", "#bccdb4"],
};
const [INSIDE, OUTSIDE, STAIN, DEEP, SHADOW, GROUND, GROUND_TOO] = INKS[palette];

const LIFTS = composition === "before a wet blue sky" ? 4 : 2; // coats of bare paper under a petal

const SCENES = {
  "rising from a corner"() {
    wash(110, -100, 200, 170, GROUND, 220);
    wash(-110, -40, 190, 180, mix(GROUND, GROUND_TOO, 0.5), 215);
    branch([[-276, 236], [-176, 164], [-84, 126], [4, 60], [66, 0], [118, -56], [140, -104]], 10);
    branch([[-84, 126], [-108, 70], [-110, 14]], 5);
    branch([[4, 60], [72, 66], [132, 92], [172, 84]], 5);
    branch([[66, 0], [46, -60], [40, -130]], 4);
    bud(40, -126, -6, 84);
    bud(174, 86, 58, 96);
    flower(142, -96, 112, 16);
    flower(-108, 26, 170, -8);
    leaf(-180, 168, -64, 60);
    leaf(124, -62, 30, 50);
  },
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fbf7ee");
  scale(random([-1, 1]), 1);
  translate(random(-10, 10), random(-10, 10));
  SCENES[composition]();
}

function draw() {
  noLoop();
}

function coat(points, colour, opacity, spread, grain, border, scatter = true, pool = scatter ? 90 : 0) {
  push();
  brush.fill(colour, opacity);
  if (pool) brush.fillBleed(spread, "out", pool); // pigment pools at one end
  else brush.fillBleed(spread, "out");
  brush.fillTexture(grain, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

const mix = (a, b, t) => "" + lerpColor(color(a), color(b), t);

function blob(x, y, rx, ry = rx) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += rx < 12 ? 45 : 24) {
    const k = 0.75 + 0.5 * noise(from + cos(a), from + sin(a));
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function wash(x, y, rx, ry, colour, opacity) {
  for (const k of [1, 0.7]) {
    const ragged = blob(0, 0, 1).map(([a, b]) => [x + rx * k * a * random(0.75, 1.2), y + ry * k * b * random(0.75, 1.2)]);
    coat(ragged, colour, opacity * 0.85, 0.25 + wetness * 0.3, wetness, 0);
  }
}

// The outline of a brush stroke along a path, which thins towards its end.
function ribbon(path, w, offset, end) {
  const last = path.length - 1;
  const side = (s) =>
    path.map(([x, y], i) => {
      const [[ax, ay], [bx, by]] = [path[max(0, i - 1)], path[min(last, i + 1)]];
      const a = atan2(by - ay, bx - ax);
      const k = (s * random(0.8, 1.2) + offset) * w * lerp(1, end, i / last);
      return [x - k * sin(a), y + k * cos(a)];
    });
  return [...side(1), ...side(-1).reverse()];
}

// Bare wood: a warm grey stroke, its lower side nearly black, a knot at each bend.
function branch(bends, w) {
  const thick = (i) => w * (1 - (0.6 * i) / (bends.length - 1));
  for (let i = 0; i < bends.length - 1; i++) {
    const [[ax, ay], [bx, by]] = [bends[i], bends[i + 1]];
    const path = [-0.04, 0.25, 0.5, 0.75, 1.04].map((t) => [lerp(ax, bx, t), lerp(ay, by, t)]);
    for (const [colour, k, offset, pool] of [["#745c50", 1, 0, 90], ["#5a443f", 0.95, 0, 270], ["#1f1520", 0.6, 0.3, 90]]) {
      coat(ribbon(path, thick(i) * k, offset, thick(i + 1) / thick(i)), colour, 252, 0.04, wetness * 0.6, 0.3, false, pool);
    }
  }
  for (const [x, y] of bends.slice(1, -1)) coat(blob(x + random(-4, 4), y, w * 0.8), "#3a2830", 245, 0.1, 0.4, 0.4, false);
}

function leaf(x, y, angle, len) {
  push();
  translate(x, y);
  rotate(angle + 90);
  coat(spoon(len, len * 0.24, len * 0.16), "#b9c98a", 245, 0.05, 0.3, 0.6, false);
  coat(spoon(len * 0.94, len * 0.12, len * 0.16), "#6f9350", 215, bleed, wetness, 0.4, false);
  pop();
}

// A spoon-shaped petal from (0, 0) upwards with a soft point.
function spoon(len, wid, lean) {
  const from = random(100);
  const points = [];
  for (let a = 6; a < 360; a += 18) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + 0.2 * (noise(from + a / 40) - 0.5);
    points.push([wid * sin(a) * (0.5 + 0.55 * u) * r + lean * u * u, -len * pow(u, 0.92) * r]);
  }
  return points;
}

// Paper first, then the thin colour, stain upon stain from the base, and a cool shadow down one side.
function petal(angle, len, wid, lean, within = false) {
  const edge = spoon(len, wid, lean);
  const part = (k, w, shift = 0) => edge.map(([x, y]) => [(x - (lean * y * y) / (len * len)) * w + (lean * y * y * k) / (len * len) - (shift * wid * y) / len, y * k]);
  const stain = within ? mix(OUTSIDE, STAIN, 0.35) : STAIN;
  push();
  rotate(angle);
  for (let i = 0; i < LIFTS; i++) coat(edge, INSIDE, 255, 0.03, 0, 0.2, false);
  coat(edge, within ? mix(INSIDE, OUTSIDE, 0.6) : OUTSIDE, 235, bleed * 0.5, wetness, 1, false);
  coat(part(0.9, 0.52, random([-0.4, 0.4])), SHADOW, 165, bleed * 0.7, wetness, 0.1);
  for (let i = 1; i < layers; i++) {
    const t = i / layers;
    coat(part(0.86 - 0.6 * t, 0.8 - 0.3 * t), mix(stain, DEEP, within ? t * 0.3 : t), within ? 150 : 205, bleed, wetness, 0.15);
  }
  vein(len, wid, lean, stain);
  pop();
}

function vein(len, wid, lean, colour) {
  push();
  brush.set("cpencil", mix(OUTSIDE, colour, 0.6), 0.5);
  for (const k of [-0.3, 0.2]) brush.spline([[0, -len * 0.2, 1], [k * wid + lean * 0.2, -len * 0.5, 0.8], [k * wid * 1.2 + lean * 0.6, -len * random(0.55, 0.75), 0.2]], 0.7);
  pop();
}

// A goblet seen from the side.
function flower(x, y, r, angle) {
  push();
  translate(x, y);
  rotate(angle);
  for (const [a, lean] of [[-20, 0.06], [22, -0.08]]) petal((a + random(-6, 6)) * openness, r * random(0.94, 1.04), r * 0.3, r * lean, true);
  for (const [a, lean, k] of [[-60, 0.3, 0.96], [58, -0.26, 0.92], [-84, -0.1, 0.7], [-34, 0.14, 0.9], [34, -0.16, 0.84], [random(-6, 6), 0.02, 0.72]]) {
    petal((a + random(-7, 7)) * openness, r * k * random(0.95, 1.05), r * 0.29, r * lean);
  }
  cap(r * 0.2);
  pop();
}

function cap(len) {
  coat(spoon(len, len * 0.5, 0), "#a39672", 245, 0.06, 0.4, 0.5, false);
  coat(spoon(len * 0.8, len * 0.3, len * 0.1), "#57483c", 220, 0.08, wetness, 0.3, false);
}

function bud(x, y, angle, len) {
  push();
  translate(x, y);
  rotate(angle);
  petal(-7, len, len * 0.2, -len * 0.06);
  petal(7, len * 0.9, len * 0.19, len * 0.07);
  cap(len * 0.42);
  pop();
}
