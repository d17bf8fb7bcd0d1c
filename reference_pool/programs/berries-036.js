// Berries on the branch, through the seasons: glossy beads, thin stalks, leaves that come and go.
// subject: berry branch
// prompt: a {palette} berry branch in watercolour, {composition}, in {season}
const palette = "scarlet"; // one of: scarlet, blue, golden, rose, violet, white
const composition = "a few berries seen close"; // one of: hanging clusters, one arching spray, a few berries seen close, upright twigs in mist
const season = "autumn"; // one of: summer, autumn, winter
const layers = 3; // 2 to 6
const bleed = 0.06; // 0.02 to 0.30
const wetness = 0.65; // 0.10 to 0.80
const seed = 919000; // seed

// A berry: light, body, deep, dark.
const BERRY = {
  scarlet: ["#f9a06a", "#e23a2a", "#b0141f", "#560a1c"],
  blue: ["#93b2de", "#3152a8", "#182e78", "#0a123a"],
  golden: ["#fbe08a", "#f2b422", "#d0780f", "#7a3c12"],
  rose: ["#fbc6cc", "#e8668c", "#b52a5f", "#621040"],
  violet: ["#c8a8de", "#6f369a", "#3f186a", "#1c0a36"],
  white: ["#f2eede", "#d2d4ca", "#9fa8ae", "#565f6c"],
}[palette];
// A season: leaves from light to dark, and two washes of the ground.
const { leaves: LEAF, grounds: GROUND } = {
  summer: { leaves: ["#c3d592", "#6c9a4a", "#2c6040"], grounds: ["#d3e2c0", "#f2e6b4"] },
  autumn: { leaves: ["#f0cf86", "#cf8030", "#7f3a20"], grounds: ["#ecd7b0", "#c9d3d8"] },
  winter: { leaves: ["#c6d2cc", "#7d988e", "#3f5f62"], grounds: ["#b6c6d8", "#d9d3e0"] },
}[season];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fbf8f0");
  scale(random([-1, 1]), 1); // the branch comes in from the right or from the left
  const scenes = { "hanging clusters": hangingClusters, "one arching spray": archingSpray, "a few berries seen close": seenClose };
  (scenes[composition] || twigsInMist)();
  for (let i = 0; i < 6; i++) glaze(oval(random(-180, 180), random(60, 220), random(1, 3.5), random(1, 3), 60), BERRY[2], 170, { spread: 0.05 });
}

function hangingClusters() {
  wash(-40, -50, 210, 170, GROUND[0], 195);
  wash(130, 90, 130, 120, GROUND[1], 180);
  const bough = [[266, -236], [170, -196], [70, -196], [-40, -160], [-140, -150], [-206, -112]];
  twig(bough, 7);
  for (const [x, y, angle, len] of [[-140, -150, 130, 150], [150, -196, 62, 180], [-206, -112, 172, 120], [10, -176, -20, 130]]) frond(x, y, angle + random(-12, 12), len);
  const clusters = [[-40, -160, -66, 44, 15, 17], [70, -196, 96, -30, 11, 15], [-140, -150, -172, 24, 8, 13]];
  for (const [fromX, fromY, x, y, count, r] of clusters.slice(0, floor(random(2, 3.99)))) cluster(fromX, fromY, x + random(-14, 14), y + random(-14, 14), count, r);
  frond(0, -176, 86 + random(-10, 10), 150);
}

function archingSpray() {
  wash(random(-20, 60), 10, 220, 150, GROUND[0], 195);
  wash(-120, -110, 110, 80, GROUND[1], 175);
  const rise = random(0.9, 1.1);
  const arch = (t) => [lerp(-250, 206, t), 236 - 790 * rise * t + 560 * rise * t * t];
  twig([0, 0.12, 0.25, 0.38, 0.5, 0.62, 0.75, 0.88, 1].map(arch), 5);
  for (let t = 0.16; t <= 1.01; t += 0.12) {
    const [x, y] = arch(t);
    for (const side of [-1, 1]) {
      if (random() < 0.82) leaf(x, y, side * random(38, 76) - 30 + 70 * t, lerp(136, 74, t) * random(0.85, 1.1));
    }
  }
  for (let t = 0.2; t <= 1; t += 0.14) {
    const [x, y] = arch(t);
    for (let i = floor(random(2, 3.99)); i > 0; i--) hang(x, y, x + random(-40, 40), y + random(44, 92), lerp(25, 15, t) * random(0.85, 1.15));
  }
}

function seenClose() {
  wash(-30, 40, 240, 200, GROUND[0], 200);
  wash(140, -150, 140, 100, GROUND[1], 180);
  const node = [random(10, 50), -150];
  twig([[270, -250], [150, -196], node, [-60, -170]], 9);
  for (const [x, y, angle, len] of [[-40, -168, 158, 190], [150, -196, 40, 200], [20, -150, 118, 250], [40, -160, -70, 130]]) leaf(x, y, angle + random(-12, 12), len);
  const places = [[-96, 12], [64, -24], [-16, 62], [118, 76], [-120, 118], [40, 150], [-30, -50]];
  const shown = places.slice(0, floor(random(4, 7.99))).sort((a, b) => a[1] - b[1]);
  for (const [x, y] of shown) hang(...node, x + random(-10, 10), y + random(-10, 10), random(42, 56));
  leaf(node[0], node[1], 78 + random(-10, 10), 130);
}

function twigsInMist() {
  wash(-40, -40, 250, 220, GROUND[0], 205);
  wash(60, 170, 240, 80, GROUND[1], 200);
  for (const [x, lean, height, w] of [[-190, 30, 300, 4], [150, -50, 340, 4]]) upright(x, lean, height, w, true);
  const front = [[-96, 90, 420, 6], [36, -110, 380, 6], [120, 80, 330, 5], [-20, 40, 300, 4]];
  for (const [x, lean, height, w] of front.slice(0, floor(random(2, 3.99)))) upright(x, lean + random(-16, 16), height * random(0.9, 1.08), w, false);
  if (wetness > 0.4) wash(random(-80, 80), 226, 240, 50, "#fbf8f0", 200);
}

// A twig from the foot of the sheet with short side shoots; the far ones are painted while the paper is wet.
function upright(x, lean, height, w, far) {
  const at = (t) => [x + lean * t * t + 8 * sin(t * 500), 266 - height * t];
  twig([0, 0.2, 0.4, 0.6, 0.8, 1].map(at), w, far);
  for (let t = 0.34; t <= 1; t += 0.13) {
    const [bx, by] = at(t);
    const side = random([-1, 1]);
    const [ex, ey] = [bx + side * random(26, 62) * (1.2 - t), by - random(26, 60)];
    twig([[bx, by], [lerp(bx, ex, 0.6), lerp(by, ey, 0.4)], [ex, ey]], w * 0.45, far);
    if (!far && season !== "winter" && random() < 0.6) leaf(bx, by, -90 - side * random(40, 80), random(30, 46));
    for (const [px, py] of [[ex, ey], [lerp(bx, ex, 0.6) + side * 6, lerp(by, ey, 0.4) + 8], [bx - side * 9, by + 6]].slice(far ? 1 : 0)) {
      if (far) glaze(oval(px, py, 8, 8), BERRY[1], 130, { spread: 0.3, border: 0 });
      else berry(px, py, random(7.5, 11));
    }
  }
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

function oval(x, y, rx, ry, step = 20, wobble = 0.2) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function wash(x, y, rx, ry, colour, opacity) {
  for (const k of [1, 0.6]) glaze(oval(x + random(-0.3, 0.3) * rx, y + random(-0.2, 0.2) * ry, rx * k, ry * k, 24, 1.3), colour, opacity, { spread: 0.3 + wetness / 3, side: random(360), border: 0 });
}

function twig(points, w, far = false) {
  const edge = (side) => points.map(([x, y], i) => {
    const [[ax, ay], [bx, by]] = [points[max(0, i - 1)], points[min(points.length - 1, i + 1)]];
    const across = atan2(by - ay, bx - ax) + 90;
    const off = side * w * lerp(1, 0.4, i / points.length) * random(0.7, 1.1);
    return [x + off * cos(across), y + off * sin(across)];
  });
  const coats = far ? [[GROUND[1], -1], ["#a39a98", 0]] : [["#a8917a", -1], ["#4c352f", 0]];
  for (const [colour, above] of coats) {
    for (const side of far ? [90] : [0, 180]) glaze([...edge(1), ...edge(above).reverse()], colour, far ? 170 : 235, { spread: far ? 0.2 : 0.04, side, texture: 0.3, scatter: false, round: false });
  }
}

// A leaf along +x, toothed, one half in shade, the midrib and veins left light.
function leaf(x, y, angle, len) {
  const bend = random(-0.22, 0.22);
  const spine = (t) => bend * len * t * t;
  const rim = (t, side) => [len * t, spine(t) + side * len * 0.24 * sin(180 * pow(t, 0.8)) * random(0.88, 1.06)];
  const ts = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
  push();
  translate(x, y);
  rotate(angle);
  const coats = [[LEAF[0], -1, 1], [LEAF[1], 0.05, 0.95], [LEAF[2], -0.96, -0.05], [LEAF[1], -0.7, 0.5], [LEAF[2], -0.5, -0.06]];
  for (const [colour, over, under] of coats.slice(0, max(2, layers - 1))) {
    glaze([...ts.map((t) => rim(t, over)), ...[...ts].reverse().map((t) => rim(t, under))], colour, 225, { spread: bleed * 0.8, side: random([0, 180]), border: 0.5, scatter: false, round: false });
  }
  if (len > 90) {
    brush.set("cpencil", LEAF[0], 0.9);
    for (let t = 0.15; t < 0.85; t += 0.14) {
      for (const side of [-1, 1]) brush.spline([[len * t, spine(t), 1], [len * (t + 0.07), spine(t) + side * len * 0.08, 0.8], [len * (t + 0.11), spine(t) + side * len * 0.16, 0.3]], 0.6);
    }
  }
  pop();
}

// A feathered leaf: narrow leaflets in pairs.
function frond(x, y, angle, len) {
  push();
  translate(x, y);
  rotate(angle);
  twig([[0, 0], [len * 0.5, len * 0.04], [len, 0]], 1.8);
  for (let t = 0.26; t < 1; t += 0.18) {
    for (const side of [-1, 1]) leaf(len * t, len * 0.03, side * random(44, 62), len * lerp(0.42, 0.3, t));
  }
  leaf(len, 0, random(-8, 8), len * 0.36);
  pop();
}

function stalk(fromX, fromY, x, y, w) {
  push();
  brush.set("cpencil", "#6f5a44", w);
  brush.spline([[fromX, fromY, 1], [lerp(fromX, x, 0.35), lerp(fromY, y, 0.6), 0.9], [x, y, 0.8]], 0.7);
  pop();
}

function hang(fromX, fromY, x, y, r) {
  if (r > 30) twig([[fromX, fromY], [lerp(fromX, x, 0.35), lerp(fromY, y, 0.6)], [x, y - r * 0.9]], 3);
  else stalk(fromX, fromY, x, y - r * 0.9, 1.3);
  berry(x, y, r);
}

function cluster(fromX, fromY, x, y, count, r) {
  const node = [x, y - r * 6];
  twig([[fromX, fromY], [lerp(fromX, x, 0.6), lerp(fromY, node[1], 0.4)], node], 2.6);
  const places = [];
  for (let i = 0; i < count; i++) {
    const d = r * 1.1 * sqrt(i);
    places.push([x + d * cos(i * 137.5), y + d * 0.86 * sin(i * 137.5) + random(-4, 4)]);
  }
  places.sort((a, b) => a[1] - b[1]);
  for (const [px, py] of places) stalk(...node, px, py - r, 0.8);
  for (const [px, py] of places) berry(px, py, r * random(0.86, 1.12));
}

function berry(x, y, r) {
  const [pale, body, deep, dark] = BERRY;
  const small = r < 20;
  push();
  translate(x, y);
  rotate(random(-14, 14));
  const skin = oval(0, 0, r, r * random(0.94, 1.08), 30, 0.24);
  for (const side of small ? [90] : [90, 270]) glaze(skin, "#fffaf0", 255, { spread: 0.04, side, texture: 0, border: 0, scatter: false });
  const warm = "" + lerpColor(color(body), color(deep), random(0.6));
  const coats = [[pale, 235, 1, 0], [warm, 225, 0.97, 0.02], [deep, 225, 0.76, 0.18], [dark, 210, 0.52, 0.36], [warm, 190, 0.84, 0.1], [dark, 225, 0.44, 0.42]];
  for (const [colour, opacity, k, away] of coats.slice(0, small ? min(layers, 4) : layers)) {
    glaze(skin.map(([px, py]) => [px * k + r * away, py * k + r * away * 0.7]), colour, opacity * random(0.85, 1), { spread: bleed * (k < 0.9 ? 1.6 : 0.8), border: k < 0.9 ? 0.1 : 0.6, scatter: !small });
  }
  if (small) {
    touch(-r * 0.36, -r * 0.34, "#fffef8", r * 0.2);
    touch(0, r * 0.7, dark, r * 0.16);
  } else {
    shineAndCrown(r, dark);
  }
  if (season === "winter" && r > 9 && random() < 0.45) {
    glaze(oval(-r * 0.1, -r * 0.86, r * 0.72, r * 0.34, 30), "#ffffff", 255, { spread: 0.06, texture: 0, border: 0, scatter: false });
    glaze(oval(r * 0.1, -r * 0.74, r * 0.5, r * 0.16, 30), "#b9c9e0", 130, { spread: 0.12, border: 0 });
  }
  pop();
}

function shineAndCrown(r, dark) {
  glaze(oval(-r * 0.38, -r * 0.36, r * 0.15, r * 0.2, 60), "#fffef8", 250, { spread: 0.1, texture: 0, border: 0, scatter: false });
  for (const a of [30, 60, 90, 120, 150]) {
    glaze([[0, r * 0.7], [r * 0.34 * cos(a), r * (0.72 + 0.28 * sin(a))], [r * 0.12, r * 0.76]], dark, 225, { spread: 0.05, scatter: false, round: false });
  }
}

function touch(x, y, colour, w) {
  push();
  brush.set("charcoal", colour, w);
  brush.spline([[x, y, 1], [x + 0.8, y + 0.6, 1], [x + 1.6, y + 0.8, 1]], 0.5);
  pop();
}
