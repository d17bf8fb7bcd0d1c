// Koi from above: pale bodies lifted out of wet water, patched with colour.
const palette = "vermilion";
const composition = "two circling each other";
const layers = 4;
const bleed = 0.12;
const wetness = 0.45;
const depth = 0.60;
const seed = 31035;

const INKS = {
  // skin, shade of the skin, patches pale to dark, second patches, shallow and deep water, lily pads
  vermilion: { skin: "#fffaf0", shade: "#a3b2be", patch: ["#f6955a", "#e04a1e", "#b02410"], spot: "#b02410", shallow: "#c2ddd2", deep: "#14606c", pad: ["#b9cf8e", "#4f8a58"] },
};
const INK = INKS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background("#faf7ec");
  scale(random([-1, 1]), 1);
  const scenes = {
    "two circling each other": circling,
    "one alone on bare paper": alone,
    "a shoal among lily pads": shoal,
    "seen close beneath a lotus": closeUp,
  };
  scenes[composition]();
}

function draw() { noLoop(); }

function circling() {
  pond();
  rotate(random(-40, 60));
  for (const turn of [0, 180]) {
    push();
    rotate(turn);
    koi([[-150, 64], [-136, -40], [-70, -112], [30, -128], [116, -84]].map(jitter(12)).reverse(), random(40, 46));
    pop();
  }
}

function alone() {
  wash(60, 40, 150, 120, INK.shallow, 110);
  wash(-120, -120, 120, 70, INK.shallow, 90 + 60 * depth);
  koi([[128, -150], [70, -84], [62, 0], [-6, 74], [-104, 110]].map(jitter(16)), random(50, 58));
  splashes(12);
}

function shoal() {
  pond();
  const starts = [[-110, -140], [40, -100], [-130, 40], [20, 50], [110, 150]];
  for (const [x, y] of starts) {
    const angle = random(15, 65);
    const sway = random(-34, 34);
    const spine = [0, 0.3, 0.62, 1].map((t) => [x + 84 - 168 * t, sway * sin(200 * t)]);
    const turned = spine.map(([px, py]) => [x + (px - x) * cos(angle) - py * sin(angle), y + (px - x) * sin(angle) + py * cos(angle)]);
    koi(turned.map(jitter(6)), random(21, 29));
  }
  for (const [x, y, r] of [[200, -170, 86], [130, -222, 60], [-220, 190, 90], [232, 10, 44]]) pad(x, y, r * random(0.85, 1.1));
  lotus(168, -150, 52);
}

function closeUp() {
  pond();
  koi([[110, 130], [20, 60], [-40, -40], [-20, -160], [80, -270]].map(jitter(14)), random(80, 90));
  koi([[-236, 120], [-200, 200], [-120, 260], [-20, 300]].map(jitter(10)), 40);
  for (const [x, y, r] of [[176, -150, 110], [226, 10, 74], [-216, -190, 84]]) pad(x, y, r * random(0.9, 1.1));
  lotus(170, -150, 84);
}

// Three ways to lay colour: wet, lifted back to paper, flooded.
const coat = (points, colour, opacity = 228, spread = bleed, border = 0.5) => lay(points, colour, opacity, spread, wetness, border);
const lift = (points, colour = INK.skin) => [1, 2].forEach(() => lay(points, colour, 255, 0.04, 0, 0, false));
const wash = (x, y, rx, ry, colour, opacity) => lay(blob(x, y, rx, ry, 0.6), colour, opacity, 0.25 + wetness / 4, 0.25 + wetness / 2, 0.05);

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

function blob(x, y, rx, ry, wobble, step = 24) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function jitter(by) {
  return ([x, y]) => [x + random(-by, by), y + random(-by, by)];
}

function pond() {
  const water = "" + lerpColor(color(INK.shallow), color(INK.deep), 0.4 + 0.6 * depth);
  lay(blob(0, 0, 430, 430, 0.2), INK.shallow, 255, 0.1, wetness / 2, 0);
  lay(blob(random(-60, 60), random(-60, 60), 400, 380, 0.5), water, 160 + 90 * depth, 0.2, wetness, 0);
  for (const [x, y] of [[-150, -120], [130, 110]]) wash(x + random(-60, 60), y + random(-60, 60), random(150, 250), random(110, 190), water, 150 + 90 * depth);
}

function splashes(count) {
  for (let i = 0; i < count; i++) {
    const r = random(1.4, 5);
    coat(blob(random(-230, 230), random(-230, 230), r, r, 0.4, 60), random([INK.shallow, INK.patch[0], INK.deep]), 190, 0.06);
  }
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

// A fish whose spine runs from its nose through all points; `wid` is half its girth.
function koi(spine, wid) {
  const girth = (t) => wid * (0.16 + 0.84 * pow(max(0, sin(180 * pow(t, 0.58))), 0.8)) * min(1, sqrt(t * 14));
  // Where t along the fish and s across it lie, s = -1 and 1 being its sides.
  const at = (where, s, limit = 0.96) => {
    const t = constrain(where, 0.004, 1);
    const [[x, y], [ax, ay], [bx, by]] = [along(spine, t), along(spine, t - 0.02), along(spine, t + 0.02)];
    const side = atan2(by - ay, bx - ax) + 90;
    const w = constrain(s, -limit, limit) * max(0.6, girth(t));
    return [x + w * cos(side), y + w * sin(side)];
  };
  const strip = (t0, t1, s0, s1, wobble = 0) => {
    const from = random(100);
    const steps = [...Array(13).keys()];
    const middle = (s0 + s1) / 2;
    const edge = (s, i) => {
      const round = wobble ? sqrt(sin(8 + 164 * (i / 12))) : 1;
      return at(lerp(t0, t1, i / 12) + wobble * 0.05 * (noise(from + s, i / 2) - 0.5), lerp(middle, s, round) + wobble * (noise(from + i / 2, s + 2) - 0.5));
    };
    return [...steps.map((i) => edge(s0, i)), ...steps.reverse().map((i) => edge(s1, i))];
  };
  const shifted = strip(0, 1, -1, 1).map(([x, y]) => [x + wid * 0.45, y + wid * 0.7]);
  coat(shifted, INK.deep, 110 + 60 * depth, 0.34, 0);
  tail(at, wid);
  for (const s of [-1, 1]) for (const [t, len] of wid > 30 ? [[0.27, 1.4], [0.64, 0.8]] : [[0.27, 1.4]]) fin(at, t, s, wid * len);
  lift(strip(0, 1, -1, 1));
  coat(strip(0, 1, -1, 1), INK.skin, 255, 0.03, 1);
  coat(strip(0.02, 1, 0.3, 1), INK.shade, 225, 0.08, 0.3);
  coat(strip(0.02, 1, -1, -0.62), INK.shade, 210, 0.1, 0.3);
  coat(strip(0.06, 1, 0.72, 1), INK.deep, 60 + 24 * layers, 0.06, 0.2);
  patches(strip, wid > 30 ? layers : 2);
  if (layers > 2 && wid > 30) scales(at);
  coat(strip(0.34, 0.68, -0.13, 0.13, 0.1), INK.patch[2], 170, 0.05);
  face(at, wid);
}

// Each patch is laid up to three times, wet, ever smaller and darker.
function patches(strip, coats) {
  const places = [[0.03, 0.25, -0.75, 0.8], [0.29, 0.6, -1.1, 0.75], [0.63, 0.92, -0.75, 1.1]];
  for (const [t0, t1, s0, s1] of places) {
    const [dt, ds] = [random(-0.03, 0.03), random(-0.25, 0.25)];
    for (let i = 0; i < min(3, coats); i++) {
      const shrink = 0.025 * i;
      const [a, b] = [s0 + ds, s1 + ds];
      coat(strip(t0 + dt + shrink, t1 + dt - shrink, a + 0.14 * i, b - 0.1 * i, 0.6), INK.patch[i], 250 - 10 * i, bleed * (0.5 + 0.4 * i));
    }
  }
  for (let i = 0; i < coats - 1; i++) {
    const [t, s] = [random(0.3, 0.85), random(-0.7, 0.6)];
    coat(strip(t, t + random(0.03, 0.07), s, s + random(0.25, 0.6), 0.3), INK.spot, 230, bleed);
  }
}

function scales(at) {
  for (let t = 0.3; t < 0.86; t += 0.05) {
    for (const s of [-0.5, 0, 0.5]) {
      if (random() < 0.4) continue;
      pencil([-0.2, -0.1, 0, 0.1, 0.2].map((ds) => at(t + 0.022 - 0.5 * ds * ds, s + ds)), random([INK.patch[1], INK.shade]), 0.6);
    }
  }
}

function face(at, wid) {
  for (const s of [-0.74, 0.74]) {
    coat([0, 60, 120, 180, 240, 300].map((a) => at(0.1 + 0.012 * cos(a), s + 0.13 * sin(a))), "#16181e", 255, 0.04, 1);
    pencil([at(0.02, s * 0.7), at(0.01, s * 1.5, 3), at(0.03, s * 2, 3)], INK.shade, wid / 45);
    pencil([at(0.14, s * 1.2), at(0.19, s * 1.05), at(0.23, s * 0.7)], INK.shade, wid / 34, "2B");
  }
}

// A fan of translucent skin from the body outwards, with rays.
function fan([x, y], angle, len, spread, notch) {
  const rim = (a, r) => [x + r * len * cos(angle + a), y + r * len * sin(angle + a)];
  const edge = [-1, -0.7, -0.35, 0, 0.35, 0.7, 1].map((k) => rim(k * spread, (1 - notch * (1 - abs(k))) * random(0.92, 1.06)));
  coat([[x, y], ...edge], INK.skin, 255, 0.04, 0.2);
  coat([[x, y], ...edge], INK.shade, 190, 0.06, 0.9);
  coat([[x, y], ...edge.map(([ex, ey]) => [lerp(x, ex, 0.6), lerp(y, ey, 0.6)])], INK.patch[0], 200, bleed * 1.5);
  for (const [ex, ey] of len > 40 ? edge.slice(1, -1) : []) pencil([[lerp(x, ex, 0.1), lerp(y, ey, 0.1)], [lerp(x, ex, 0.5), lerp(y, ey, 0.5)], [lerp(x, ex, 0.92), lerp(y, ey, 0.92)]], INK.shade, len / 70);
}

function fin(at, t, s, len) {
  const [[x, y], [bx, by], [cx, cy]] = [at(t, s * 0.8), at(t + 0.08, s * 0.8), at(t, s * 1.4, 3)];
  fan([x, y], atan2(by - y + (cy - y) * 1.1, bx - x + (cx - x) * 1.1), len, 30, 0);
}

function tail(at, wid) {
  const [[ax, ay], [bx, by]] = [at(0.9, 0), at(0.99, 0)];
  fan([ax, ay], atan2(by - ay, bx - ax) + random(-14, 14), wid * 2.4, 34, 0.4);
}

function pad(x, y, r) {
  const cut = random(360);
  const leaf = (k) => [[x, y], ...[...Array(18).keys()].map((i) => cut + 12 + i * 19.6).map((a) => [x + r * k * cos(a) * (0.94 + 0.1 * noise(a)), y + r * k * sin(a) * (0.94 + 0.1 * noise(a))])];
  coat(leaf(1).map(([px, py]) => [px + 10, py + 14]), INK.deep, 150, 0.2, 0);
  lift(leaf(1), INK.pad[0]);
  coat(leaf(0.92), INK.pad[1], 215, bleed);
  if (layers > 3) coat(leaf(0.6), INK.pad[1], 160, bleed * 2);
  for (let a = cut + 30; a < cut + 350; a += 40) pencil([[x, y], [x + r * 0.45 * cos(a + 3), y + r * 0.45 * sin(a + 3)], [x + r * 0.86 * cos(a), y + r * 0.86 * sin(a)]], INK.pad[0], 1);
}

function lotus(x, y, r) {
  for (const [count, k] of [[7, 1], [6, 0.66], [3, 0.36]]) {
    const turn = random(60);
    for (let i = 0; i < count; i++) {
      const a = turn + (360 / count) * i + random(-6, 6);
      const petal = [[0.05, 0], [0.4, -0.2], [0.75, -0.19], [1, 0], [0.75, 0.19], [0.4, 0.2]].map(([u, v]) => [x + r * k * (u * cos(a) - v * sin(a)), y + r * k * (u * sin(a) + v * cos(a))]);
      lay(petal, "#fffaf6", 255, 0.04, 0, 0, false);
      coat(petal, "#f4c6cf", 170, 0.06);
      if (layers > 2) coat(petal.map(([px, py]) => [lerp(x, px, 0.62), lerp(y, py, 0.62)]), "#dd8aa0", 150, 0.1);
    }
  }
  coat(blob(x, y, r * 0.18, r * 0.18, 0.3, 60), "#e0a01c", 250, 0.06);
}
