// A hibiscus: five ruffled petals, a dark throat, and the long pistil that stands out of it.
const palette = "peach";
const composition = "three on a leafy stem";
const layers = 4;
const bleed = 0.08;
const wetness = 0.40;
const ruffle = 0.35;
const seed = 31011;

const INKS = {
  // light rim, body, deep, shade, throat, two grounds
  peach: ["#fff0dc", "#f9b98c", "#ee7f5c", "#cc4a4c", "#98103c", "#b5cfc6", "#f5e1b8"],
};
const [LIGHT, BODY, DEEP, SHADE, THROAT, GROUND, GROUND_TOO] = INKS[palette];

const LIFTS = composition === "against a wet teal ground" ? 4 : 2; // coats of the light rim

const SCENES = {
  "three on a leafy stem"() {
    wash(-60, -60, 190, 220, GROUND, 180);
    wash(120, 110, 150, 120, GROUND_TOO, 165);
    stem([[-150, 280], [-112, 170], [-50, 60], [22, -40], [84, -130], [108, -214]], 6);
    stem([[-50, 60], [30, 66], [100, 100]], 4);
    for (const [x, y, angle, len] of [[-112, 170, 172, 120], [-104, 160, 24, 130], [-20, 10, 196, 130], [50, -84, -14, 116], [96, -166, 200, 96]]) {
      leaf(x, y, angle + random(-14, 14), len * random(0.9, 1.1));
    }
    bud(108, -206, 14, 74);
    profile(98, 102, 78, 96);
    face(66, -84, 84, random(72), 0.8, -30);
    face(-92, 46, 122, random(72), 0.88, 38);
  },
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#fcf6ea");
  scale(random([-1, 1]), 1);
  translate(random(-12, 12), random(-12, 12));
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

function blob(x, y, rx, ry = rx, step = 24) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
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
function ribbon(path, w) {
  const last = path.length - 1;
  const side = (s) =>
    path.map(([x, y], i) => {
      const [[ax, ay], [bx, by]] = [path[max(0, i - 1)], path[min(last, i + 1)]];
      const a = atan2(by - ay, bx - ax);
      const k = s * w * (1 - (0.5 * i) / last) * random(0.85, 1.15);
      return [x - k * sin(a), y + k * cos(a)];
    });
  return [...side(1), ...side(-1).reverse()];
}

function stem(path, w) {
  coat(ribbon(path, w), "#9db070", 245, 0.03, 0.3, 0.5, false, true);
  coat(ribbon(path.map(([x, y]) => [x + w * 0.3, y]), w * 0.6), "#5a6f3e", 220, 0.03, 0.4, 0.4, false, true);
}

// Toothed leaf along +x: a lit half, a dark half, the midrib left light between them.
function leaf(x, y, angle, len) {
  const bend = random(-0.22, 0.22);
  const from = random(100);
  const mid = (t) => bend * len * t * t;
  const rim = (t, side) => mid(t) + side * len * 0.29 * sin(180 * pow(t, 0.7)) * (0.86 + 0.3 * noise(from + t * 14, side + 2));
  const half = (over, under) => {
    const ts = [0, 0.08, 0.18, 0.3, 0.42, 0.54, 0.66, 0.78, 0.9, 1];
    return [...ts.map((t) => [len * t, over(t)]), ...ts.slice(1, -1).reverse().map((t) => [len * t, under(t)])];
  };
  push();
  translate(x, y);
  rotate(angle);
  coat(half((t) => rim(t, -1), (t) => rim(t, 1)), "#b4c78c", 250, 0.04, 0.2, 0.4, false);
  coat(half((t) => rim(t, -0.97), (t) => mid(t) - 1.4), "#2f6149", 230, bleed, wetness, 0.5, false);
  coat(half((t) => mid(t) + 1.4, (t) => rim(t, 0.94)), random(["#6f9a55", "#5a8c5c"]), 225, bleed, wetness, 0.5, false);
  coat(half((t) => rim(t, -0.8), (t) => lerp(rim(t, -0.8), mid(t), 0.75)), "#173f3c", 200, bleed * 1.5, wetness, 0.1, false);
  for (let t = 0.2; t < 0.8; t += 0.15) pencil([0, 0.5, 1].map((k) => [len * (t + 0.1 * k), lerp(mid(t + 0.1 * k), rim(t + 0.1 * k, 1), 0.7 * k)]), "cpencil", "#dbe4b8", 0.8);
  pop();
}

// Broad petal from (0, 0) upwards, frilled at its far edge.
function petalEdge(len, wid) {
  const from = random(100);
  const points = [];
  for (let a = 8; a < 360; a += 14) {
    const u = 0.5 - 0.5 * cos(a);
    const r = 1 + ruffle * u * (noise(from + a / 24) - 0.5) + ruffle * 0.07 * u * sin(a * 9 + from * 40);
    points.push([wid * sin(a) * (0.28 + 0.86 * u) * r, -len * pow(u, 0.82) * r]);
  }
  return points;
}

function petal(angle, len, wid) {
  const edge = petalEdge(len, wid);
  const part = (k, w, shift) => edge.map(([x, y]) => [x * w - (shift * wid * y) / len, y * k]);
  push();
  rotate(angle);
  for (let i = 0; i < LIFTS; i++) coat(edge, i % 2 ? LIGHT : mix(LIGHT, "#fffaf0", 0.5), 255, 0.03, 0, 0.2, false);
  coat(part(0.985, 0.98, 0), BODY, 220, bleed, wetness, 0.6);
  for (let i = 1; i < layers; i++) {
    const t = i / layers;
    coat(part(0.97 - 0.42 * t, 0.9 - 0.5 * t, 0), mix(BODY, DEEP, 0.4 + 0.6 * t), 200, bleed * 1.4, wetness, 0.12);
  }
  coat(part(0.93, 0.42, 0.52), mix(DEEP, SHADE, 0.4), 185, bleed, wetness, 0.25); // the side that lies in shade
  const most = len > 130 ? 2 : 1;
  for (let i = -most; i <= most; i++) {
    const b = (i * 0.26 + random(-0.08, 0.08)) * wid;
    pencil([[b * 0.3, -len * 0.3], [b * 0.5, -len * 0.48], [b, -len * random(0.6, 0.78)]], "cpencil", mix(DEEP, SHADE, 0.2), len > 130 ? 0.6 : 0.4);
  }
  if (random() < wetness) coat(blob(random(-0.3, 0.3) * wid, -len * 0.8, wid * 0.22), LIGHT, 170, 0.3, 0.5, 0.3);
  pop();
}

function throat(angle, r) {
  push();
  rotate(angle);
  const flame = (len, wid) => blob(0, -len / 2, wid, len / 2);
  coat(flame(r * random(0.42, 0.52), r * 0.11), SHADE, 205, 0.12 + bleed, wetness, 0.1);
  coat(flame(r * random(0.26, 0.34), r * 0.08), THROAT, 225, 0.1 + bleed, wetness, 0.1);
  pop();
}

// The column from (0, 0) upwards: anthers on stalks along it, five pads at its end.
function pistil(len, angle) {
  push();
  rotate(angle);
  const at = (t) => [len * 0.16 * sin(t * 120), -len * t];
  const path = [0, 0.25, 0.5, 0.75, 1].map(at);
  for (const colour of ["#fdf0d2", "#fdf0d2", mix(LIGHT, BODY, 0.5)]) coat(ribbon(path, len * 0.035), colour, 250, 0.03, 0.1, 0.4, false);
  coat(ribbon(path.map(([x, y]) => [x + len * 0.012, y]), len * 0.016), SHADE, 210, 0.05, 0.3, 0.2, false);
  for (let i = 0; i < 18; i++) {
    const [x, y] = at(random(0.5, 0.96));
    const [ax, ay] = [x + random(-0.1, 0.1) * len, y - random(-0.02, 0.06) * len];
    pencil([[x, y], [(x + ax) / 2, (y + ay) / 2 + 1], [ax, ay]], "cpencil", "#d99a4a", 0.7);
    coat(blob(ax, ay, len * random(0.012, 0.02), len * 0.014, 60), random(["#f2bd2c", "#e8a01c", "#b8690f"]), 250, 0.05, 0.1, 0.5, false);
  }
  for (let i = -2; i <= 2; i++) {
    const [x, y] = [at(1)[0] + i * len * 0.038, at(1)[1] - len * (0.09 - 0.012 * i * i)];
    pencil([at(1), [(at(1)[0] + x) / 2, y * 0.5 + at(1)[1] * 0.5], [x, y]], "cpencil", DEEP, 1);
    coat(blob(x, y, len * 0.021, len * 0.021, 60), THROAT, 250, 0.05, 0.1, 0.5, false);
  }
  pop();
}

function face(x, y, r, spin, squash, lean) {
  push();
  translate(x, y);
  rotate(lean / 3);
  scale(1, squash);
  for (const i of [0, 2, 4, 1, 3]) petal(i * 72 + spin + random(-6, 6), r * random(0.92, 1.06), r * random(0.6, 0.7));
  for (let i = 0; i < 5; i++) throat(i * 72 + spin, r);
  pop();
  push();
  translate(x, y);
  pistil(r * 0.78, lean);
  pop();
}

function profile(x, y, r, lean) {
  push();
  translate(x, y);
  rotate(lean);
  for (const a of [-60, 56, -22, 26]) petal(a + random(-5, 5), r * random(0.92, 1.04), r * 0.54);
  pistil(r * 1.35, random(-6, 8));
  for (const a of [-44, 40, -3]) petal(a + random(-4, 4), r * random(0.66, 0.76), r * 0.46);
  sepals(r * 0.36);
  pop();
}

function sepals(len) {
  for (const a of [-34, 32, -10, 12]) {
    push();
    rotate(a);
    coat(blob(0, -len / 2, len * 0.17, len * 0.6), random(["#86a45c", "#6a8f50", "#567c4a"]), 240, 0.05, 0.3, 0.5, false);
    pop();
  }
}

function bud(x, y, angle, len) {
  push();
  translate(x, y);
  rotate(angle);
  for (const [k, colour, shift] of [[1, LIGHT, 0], [1, BODY, 0], [0.9, DEEP, 0.06], [0.7, SHADE, 0.1]]) {
    coat(blob(len * shift, -len * 0.55 * k, len * 0.17 * k, len * 0.5 * k), colour, 235, bleed, wetness, 0.4);
  }
  sepals(len * 0.5);
  pop();
}
