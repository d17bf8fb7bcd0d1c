// A magnolia branch: goblet flowers, stained at the base and pale at the tips, on dark bare wood.
// subject: magnolia branch
// prompt: a {palette} magnolia branch in watercolour, {composition}
const palette = "butter-yellow"; // one of: rose-pink, white, wine, butter-yellow, lilac, brick
const composition = "before a wet blue sky"; // one of: rising from a corner, one great open flower, before a wet blue sky, a spray of small goblets and buds
const layers = 4; // 2 to 6
const bleed = 0.05; // 0.02 to 0.24
const wetness = 0.25; // 0.10 to 0.80
const openness = 0.64; // 0.60 to 1.20
const seed = 326724; // seed

const INKS = {
  // inside, outside, stain, deep stain, shadow, two grounds
  "rose-pink": ["#fffaf6", "#f6dfe2", "#e08fae", "#a02868", "#a890b8", "#8fb2c2", "#bccdb4"],
  white: ["#fffef8", "#f0efe6", "#dcd2a8", "#b09a62", "#8496b0", "#5f8ca2", "#8fa88c"],
  wine: ["#f9e6e4", "#dc9aa8", "#a83a5c", "#560f34", "#7f5070", "#c8d2c0", "#e6d6ba"],
  "butter-yellow": ["#fffbe2", "#f8e69c", "#eabb3c", "#b87a1c", "#b09878", "#7fa6c0", "#b4c49c"],
  lilac: ["#fbf6fc", "#e6d6ee", "#ac86c6", "#5f3a8c", "#8a86b4", "#b4c8a4", "#e0cdb4"],
  brick: ["#ecd9c4", "#cf9c78", "#a85c3c", "#6a3020", "#8a7058", "#b5ac90", "#a9a88a"],
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
  "one great open flower"() {
    wash(-60, 20, 250, 230, GROUND, 220);
    wash(-140, 130, 170, 120, mix(GROUND, SHADOW, 0.5), 190);
    wash(190, -180, 130, 110, GROUND_TOO, 175);
    branch([[276, 240], [190, 176], [120, 100], [40, 40]], 13);
    branch([[190, 176], [212, 100], [206, 30]], 6);
    bud(206, 36, -4, 110);
    leaf(150, 130, -168, 90);
    star(-26, -14, 220);
  },
  "before a wet blue sky"() {
    ground("#1a3654", "#12284a", "#0c1c38");
    branch([[284, 96], [190, 116], [96, 136], [0, 120], [-90, 150], [-190, 128]], 11);
    branch([[190, 116], [176, 60], [186, 10]], 5);
    branch([[0, 120], [-30, 84], [-40, 50]], 6);
    branch([[-90, 150], [-150, 190], [-200, 196]], 4);
    bud(-190, 130, -50, 96);
    bud(-198, 196, -84, 70);
    flower(186, 14, 120, 14);
    flower(-40, 56, 190, -6);
    leaf(96, 134, 40, 64);
  },
  "a spray of small goblets and buds"() {
    wash(-80, -60, 220, 190, GROUND, 215);
    wash(120, 20, 160, 170, GROUND_TOO, 205);
    const trunk = [[-190, 290], [-130, 190], [-60, 110], [-10, 20], [60, -50], [96, -140]];
    branch(trunk, 8);
    const shoots = [[1, -196, 120, -24], [1, -20, 180, 50], [2, -130, 6, -20], [3, -76, -100, -14], [3, 90, 40, 40], [4, 20, -180, -8], [4, 176, -60, 36], [2, 60, 130, 62]];
    shoots.forEach(([k, x, y, angle], i) => {
      const [fx, fy] = trunk[k];
      branch([[fx, fy], [lerp(fx, x, 0.6), lerp(fy, y, 0.4)], [x, y]], 3.4);
      if (i % 3 === 2) bud(x, y, angle, random(44, 56));
      else flower(x, y, random(78, 104), angle + random(-8, 8));
    });
    bud(96, -136, 14, 66);
    for (const [x, y, angle] of [[-10, 20, 30], [60, -50, 200], [-130, 190, 200]]) leaf(x, y, angle, 36);
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

// A wash over the whole sheet, darker towards its foot.
function ground(...colours) {
  for (const [i, colour] of colours.entries()) {
    coat(blob(random(-50, 50) * i, 60 * i, 520 - 40 * i, 520 - 90 * i), colour, 250, 0.2 + wetness * 0.3, wetness * 0.6, 0, false);
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

// Wide open, seen from above, with the cone of pistils in the middle.
function star(x, y, r) {
  push();
  translate(x, y);
  rotate(random(-30, 30));
  scale(1, 0.86);
  for (let i = 0; i < 6; i++) petal(i * 60 + random(-8, 8), r * openness * random(0.94, 1.08), r * 0.42, r * random(-0.2, 0.2));
  for (let i = 0; i < 4; i++) petal(i * 90 + 24 + random(-10, 10), r * random(0.66, 0.76), r * 0.34, r * random(-0.2, 0.2), true);
  for (let i = 0; i < 24; i++) {
    push();
    rotate(random(360));
    coat(spoon(r * random(0.16, 0.25), r * 0.02, 0), random([DEEP, mix(STAIN, DEEP, 0.6), "#e2c27a"]), 240, 0.04, 0.2, 0.4, false);
    pop();
  }
  for (const [k, colour] of [[1, "#dfe0a0"], [0.8, "#a9b45c"], [0.45, "#6f8440"]]) coat(blob(0, -r * 0.04 / k, r * 0.1 * k, r * 0.15 * k), colour, 240, 0.06, 0.4, 0.5, false);
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
