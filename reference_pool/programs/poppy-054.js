// Poppies: crumpled silk petals with black blotches, on hairy stems with nodding buds.
// subject: poppies
// prompt: a study of {palette} poppies in watercolour, {composition}
const palette = "scarlet"; // one of: scarlet, coral, golden, blush, violet, rust
const composition = "three tall stems with nodding buds"; // one of: two large blooms, three tall stems with nodding buds, a meadow under a wet sky, a handful in a glass
const layers = 6; // 2 to 6
const bleed = 0.08; // 0.02 to 0.30
const wetness = 0.8; // 0.10 to 0.80
const crumple = 0.52; // 0.15 to 0.80
const seed = 378189; // seed

const INKS = {
  // light rim, body, deep, shade, blotch, two grounds
  scarlet: ["#ffd2bd", "#f0553a", "#d2241f", "#8f0d20", "#241020", "#b4ccd2", "#e9d7a4"],
  coral: ["#ffe6d4", "#fa9a78", "#ee6450", "#c03a4a", "#4a1430", "#b9d4cc", "#f3dcc0"],
  golden: ["#fff3c4", "#fccb45", "#f29a1c", "#cf5f12", "#7a3a10", "#b3cfd8", "#dfdfae"],
  blush: ["#fff4f0", "#f7ccc8", "#e99aa6", "#b8688a", "#4a1f4a", "#bccfd0", "#e6dcc8"],
  violet: ["#f0e2f2", "#b98cc8", "#8a509f", "#542a72", "#22103a", "#cfd8b8", "#e8d6da"],
  rust: ["#e2cdb2", "#b0683a", "#8a4526", "#5a2c20", "#2a1a12", "#b3a98c", "#c9b890"],
};
const [LIGHT, BODY, DEEP, SHADE, BLOTCH, SKY, EARTH] = INKS[palette];

const SCENES = {
  "two large blooms"() {
    wash(130, 150, 190, 130, SKY, 180);
    wash(-170, -170, 130, 110, EARTH, 170);
    stem([[70, 280], [40, 180], [-40, 40]], 4);
    stem([[120, 280], [136, 120], [150, -100]], 4);
    nodding([[176, 280], [196, 160], [204, 96], [226, 84], [234, 104]], 18);
    fromAbove(152, -146, 124, 0.66, random(-20, 30));
    fromAbove(-56, 16, 204, 0.88, random(-30, 30));
  },
  "three tall stems with nodding buds"() {
    wash(40, -90, 150, 120, SKY, 175);
    wash(-70, 130, 110, 130, EARTH, 165);
    stem([[-10, 290], [-36, 120], [-92, -60]], 2.6);
    stem([[16, 290], [40, 100], [36, -110]], 2.6);
    stem([[30, 290], [80, 170], [128, 40]], 2.4);
    nodding([[-30, 290], [-110, 190], [-158, 80], [-176, 62], [-186, 84]], 17);
    nodding([[40, 290], [150, 130], [190, -90], [206, -110], [218, -88]], 15);
    for (const [x, y, angle] of [[-10, 250, -64], [26, 246, -122], [10, 260, -100]]) frond(x, y, angle, random(100, 130));
    cup(-92, -52, 104, -16);
    cup(128, 48, 76, 20);
    fromAbove(36, -136, 92, 0.74, 10);
  },
  "a meadow under a wet sky"() {
    wash(-60, -230, 400, 150, SKY, 200);
    wash(130, -190, 340, 60, mix(SKY, "#6f86a8", 0.5), 150);
    wash(-40, -50, 330, 34, "#a9bba0", 185);
    wash(120, 20, 330, 60, EARTH, 200);
    wash(-60, 150, 400, 130, "#a3b36c", 205);
    wash(60, 270, 400, 130, "#55804e", 230);
    for (let i = 0; i < 26; i++) {
      const t = pow(random(), 1.6);
      coat(blob(random(-256, 256), lerp(-24, 50, t), lerp(2, 9, t), lerp(1.5, 6, t)), random([BODY, DEEP, DEEP]), 235, 0.15, 0.3, 0.3);
    }
    const middle = [[-200, 62, 26], [-116, 44, 20], [-20, 70, 30], [84, 50, 22], [190, 74, 30]];
    for (const [x, y, r] of middle) flower(x + random(-26, 26), y + random(-8, 8), r);
    blades(30, 150);
    for (const [x, y, r] of [[-130, 132, 62], [150, 124, 50], [34, 178, 80]]) flower(x + random(-24, 24), y + random(-12, 12), r);
    nodding([[-196, 280], [-206, 200], [-200, 136], [-190, 128], [-184, 140]], 12);
    blades(30, 270);
  },
  "a handful in a glass"() {
    wash(-70, -90, 200, 160, SKY, 180);
    wash(10, 228, 340, 66, EARTH, 205);
    coat(blob(110, 214, 120, 16), mix(SKY, "#4f5a80", 0.6), 210, 0.12, wetness, 0.1);
    const heads = [[-126, -70, 82, -34], [-30, -150, 88, -10], [96, -118, 76, 14], [138, -10, 74, 42]];
    for (const [x, y] of heads) stem([[random(-20, 20), 196], [x * 0.12, 80], [x * 0.75, y + 46], [x, y]], 2.4);
    nodding([[10, 190], [60, 40], [206, -130], [224, -140], [232, -120]], 14);
    glass(0, 130);
    for (const [x, y, r, tilt] of heads) cup(x, y + r * 0.5, r * 1.15, tilt);
    fromAbove(4, -26, 104, 0.84, 0);
  },
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fcf7ec");
  scale(random([-1, 1]), 1);
  translate(random(-10, 10), random(-10, 10));
  SCENES[composition]();
}

function draw() {
  noLoop();
}

function coat(points, colour, opacity, spread, grain, border, scatter = true, pool = scatter) {
  push();
  brush.fill(colour, opacity);
  if (pool) brush.fillBleed(spread, "out", 90); // pigment pools below
  else brush.fillBleed(spread, "out");
  brush.fillTexture(grain, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function pencil(points, kind, colour, weight) {
  push();
  brush.set(kind, colour, weight);
  brush.spline(points.map(([x, y], i) => [x, y, 1 - (0.7 * i) / points.length]), 0.7);
  pop();
}

const mix = (a, b, t) => "" + lerpColor(color(a), color(b), t);

function blob(x, y, rx, ry = rx) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += rx < 20 ? 45 : 24) {
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
function ribbon(path, w, end = 0.5) {
  const last = path.length - 1;
  const side = (s) =>
    path.map(([x, y], i) => {
      const [[ax, ay], [bx, by]] = [path[max(0, i - 1)], path[min(last, i + 1)]];
      const a = atan2(by - ay, bx - ax);
      const k = s * w * lerp(1, end, i / last) * random(0.85, 1.15);
      return [x - k * sin(a), y + k * cos(a)];
    });
  return [...side(1), ...side(-1).reverse()];
}

function stem(path, w) {
  coat(ribbon(path, w), "#8fa566", 245, 0.03, 0.3, 0.5, false, true);
  coat(ribbon(path.map(([x, y]) => [x + w * 0.3, y]), w * 0.5), "#4c6a42", 220, 0.03, 0.4, 0.3, false, true);
  for (let i = 0; i < path.length - 1; i++) {
    for (let t = 0.15; t < 1; t += 0.25) {
      const [x, y] = [0, 1].map((k) => lerp(path[i][k], path[i + 1][k], t));
      const side = random([-1, 1]) * (w + random(1.5, 4));
      pencil([[x, y], [x + side * 0.6, y - 1], [x + side, y - 3]], "cpencil", "#8fa070", 0.4);
    }
  }
}

function nodding(path, r) {
  stem(path, r * 0.14);
  const [x, y] = path[path.length - 1];
  coat(blob(x + r * 0.2, y + r * 0.9, r * 0.5, r), DEEP, 235, bleed, 0.3, 0.4);
  coat(blob(x, y + r * 0.7, r * 0.66, r), "#93aa6c", 245, 0.06, wetness, 0.6, false);
  coat(blob(x + r * 0.2, y + r * 0.8, r * 0.36, r * 0.8), "#4f6f48", 215, 0.08, wetness, 0.3, false);
}

// A feathery leaf: lobes in pairs along a rib.
function frond(x, y, angle, len) {
  push();
  translate(x, y);
  rotate(angle);
  coat(ribbon([[0, 0], [len / 2, -4], [len, 6]], 2.4, 0.2), "#6f8f5a", 235, 0.05, wetness, 0.4, false);
  for (let t = 0.25; t < 1; t += 0.14) {
    for (const side of [-1, 1]) {
      const reach = len * 0.3 * sin(180 * pow(t, 0.8)) + 6;
      const path = [[len * t, 0], [len * t + reach * 0.5, side * reach * 0.5], [len * t + reach, side * reach * 0.7]];
      coat(ribbon(path, 4, 0.1), random(["#88a566", "#5f8554", "#47704c"]), 230, bleed * 0.6, wetness, 0.5, false);
    }
  }
  pop();
}

function blades(count, base) {
  for (let i = 0; i < count; i++) {
    const [x, h, lean, dip] = [random(-262, 262), random(40, 110), random(-24, 24), random(-40, 50)];
    coat(ribbon([[x, base + dip], [x + lean * 0.3, base + dip - h / 2], [x + lean, base + dip - h]], random(1.4, 3), 0.1), random(["#3f6a41", "#6a9152", "#2f5a48", "#9db26a"]), 230, 0.04, 0.3, 0.4, false, true);
  }
}

// A crumpled fan from (0, 0) upwards.
function fan(len, half) {
  const from = random(100);
  const points = [[-len * 0.05, len * 0.03]];
  for (let a = -half; a <= half + 0.1; a += half / 7) {
    const r = len * (1 - 0.26 * pow(abs(a) / half, 4)) * (1 + crumple * 0.6 * (noise(from + a / 12) - 0.5));
    points.push([r * sin(a), -r * cos(a)]);
  }
  return [...points, [len * 0.05, len * 0.03]];
}

function petal(angle, len, half) {
  const edge = fan(len, half);
  push();
  rotate(angle);
  for (const k of [1, 0.99]) coat(edge.map(([x, y]) => [x * k, y * k]), LIGHT, 255, 0.03, 0, 0.2, false);
  coat(edge.map(([x, y]) => [x * 0.98, y * 0.98]), BODY, 240, bleed, wetness, 0.6);
  for (let i = 1; i < layers; i++) {
    const k = 0.96 - 0.1 * i;
    coat(edge.map(([x, y]) => [x * k * 0.95, y * k]), mix(DEEP, SHADE, (0.7 * (i - 1)) / layers), 205, bleed * 1.3, wetness, 0.15);
  }
  for (let i = 0; i < 1 + crumple * 4; i++) {
    const a = random(-0.85, 0.85) * half; // a fold in the silk
    const r = len * random(0.7, 0.95);
    coat([[0, -len * 0.1], [r * sin(a - 5), -r * cos(a - 5)], [r * 0.96 * sin(a + 5), -r * 0.96 * cos(a + 5)]], mix(DEEP, SHADE, 0.7), 140, bleed * 0.7, wetness, 0.3);
  }
  pop();
}

function heart(r, squash) {
  for (let i = 0; i < 16 + r / 8; i++) {
    const [a, d] = [random(360), r * random(0.13, 0.3)];
    const [x, y] = [d * cos(a), d * squash * sin(a)];
    pencil([[x * 0.4, y * 0.4], [x * 0.7, y * 0.7], [x, y]], "cpencil", BLOTCH, 0.7);
    coat(blob(x, y, r * 0.018 + 0.8), BLOTCH, 250, 0.06, 0.2, 0.3, false);
  }
  for (const k of [1, 0.96]) coat(blob(0, 0, r * 0.12 * k, r * 0.12 * squash * k), "#c9d49a", 255, 0.04, 0.1, 0.6, false);
  coat(blob(r * 0.02, r * 0.03, r * 0.08, r * 0.07 * squash), "#5f7d50", 225, 0.08, 0.4, 0.3, false);
}

// Seen from above, four petals and their blotches; squash is the foreshortening.
function fromAbove(x, y, r, squash, spin) {
  push();
  translate(x, y);
  push();
  scale(1, squash);
  for (const a of [0, 180, 92, -88]) petal(a + spin + random(-8, 8), r * random(0.9, 1.04), random(60, 68));
  for (const a of [0, 90, 180, 270]) {
    push();
    rotate(a + spin + random(-10, 10));
    for (const [k, ink] of [[1, SHADE], [0.8, BLOTCH]]) coat(blob(0, -r * 0.24 * k, r * 0.17 * k, r * 0.2 * k), ink, 245, 0.06 + bleed, wetness, 0.1);
    pop();
  }
  pop();
  heart(r, squash);
  pop();
}

// Seen from the side: two petals behind, the dark heart, two in front.
function cup(x, y, r, tilt) {
  push();
  translate(x, y);
  rotate(tilt);
  petal(-16, r, 52);
  petal(20, r * 0.96, 48);
  coat(blob(0, -r * 0.5, r * 0.26, r * 0.2), BLOTCH, 235, 0.1 + bleed, wetness, 0.1);
  petal(-34, r * random(0.68, 0.8), 48);
  petal(32, r * random(0.62, 0.72), 50);
  pop();
}

function flower(x, y, r) {
  stem([[x + random(-8, 8), y + r * 2.2], [x + random(-6, 6), y + r], [x, y]], r * 0.03 + 0.7);
  if (random() < 0.6) cup(x, y + r * 0.4, r * 1.15, random(-16, 16));
  else fromAbove(x, y, r, 0.6, random(-20, 20));
}

function glass(x, y) {
  const side = [[-46, -60], [-44, 0], [-40, 50], [-34, 80]];
  const outline = [...side, ...side.map(([px, py]) => [-px, py]).reverse()].map(([px, py]) => [x + px, y + py]);
  coat(outline, "#a9c6cc", 215, 0.04, wetness, 1, false);
  coat(outline.filter(([, py]) => py > y - 20), "#6f9db4", 190, 0.05, wetness, 0.7, false);
  coat(blob(x, y - 60, 50, 7), "#5f86a0", 180, 0.05, 0.3, 0.6, false);
  coat([[x - 34, y - 30], [x - 32, y + 40], [x - 27, y + 38], [x - 27, y - 28]], "#fdfdf8", 250, 0.06, 0.1, 0, false);
}
