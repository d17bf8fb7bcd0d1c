// A heron by still water: its long neck is one curve, its wing a fall of plumes.
const palette = "slate-blue";
const composition = "standing over its reflection";
const layers = 4;
const bleed = 0.10;
const wetness = 0.40;
const reeds = 9;
const seed = 31033;

const INKS = {
  // paper, plumage from pale to dark, bill and legs, sky, water, deep water, reed, dark reed
  "slate-blue": { paper: "#f7f5ee", plume: ["#b4c2d2", "#6f87a4", "#3c5274", "#16203a"], horn: "#d99a3a", sky: "#e6dcc8", water: "#a9c3cc", deep: "#3f6a80", reed: "#b3b373", shade: "#5f7148" },
};
const INK = INKS[palette];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(INK.paper);
  scale(random([-1, 1]), 1);
  const scenes = {
    "standing over its reflection": standing,
    "stooping to strike among reeds": stooping,
    "a close study of head and neck": closeStudy,
    "far off beneath a low sun": farOff,
  };
  scenes[composition]();
}

function draw() { noLoop(); }

function standing() {
  wash(40, -130, 260, 130, INK.sky);
  wash(-10, 210, 330, 90, INK.water);
  wash(60, 236, 260, 56, INK.deep);
  const x = random(-76, -44);
  for (let i = 0; i < reeds; i++) reed(random(120, 236), random(150, 190), random(170, 330), random(-40, 10));
  mirrored(x, 156, 0.9);
  for (const k of [1, 2, 3, 4]) ripple(x + random(-14, 14), 150 + 22 * k, random(50, 100));
  heron(x, 156, random(0.98, 1.08));
  ripple(x, 158, 46);
  for (let i = 0; i < 3; i++) reed(random(-250, -200), 256, random(120, 220), random(10, 50));
}

function stooping() {
  wash(-80, -120, 250, 140, INK.sky);
  wash(0, 190, 340, 110, INK.water);
  for (let i = 0; i < reeds; i++) reed(random(-256, 256), random(60, 130), random(140, 290), random(-30, 50), 140);
  wash(30, 220, 280, 50, INK.deep);
  heron(-70, 152, random(0.98, 1.1), STOOP);
  for (const [y, w] of [[164, 60], [184, 90], [210, 120]]) ripple(-50 + random(-20, 20), y, w);
  for (const w of [16, 30, 46]) ripple(142, 204 + w / 6, w);
  for (let i = 0; i < reeds; i++) reed(random([random(-270, -170), random(40, 270)]), 270, random(130, 330), random(-50, 30));
}

function closeStudy() {
  wash(140, -20, 210, 230, INK.sky);
  wash(-130, -90, 190, 200, INK.water);
  wash(-170, 130, 150, 170, INK.deep);
  wash(190, 210, 190, 90, INK.deep);
  for (let i = 0; i < reeds; i++) reed(random(60, 260), 280, random(200, 420), random(-70, 10), 140);
  const size = random(1.85, 2.05);
  neckAndHead([[-40, 170], [-36, 124], [-2, 86], [22, 50], [2, 10], [-14, -26], [8, -56]].map(([x, y]) => [x * size - 50, y * size + 36]), 15 * size, random(-4, 10));
}

function farOff() {
  wash(0, -160, 330, 120, INK.sky);
  const [sunX, sunY] = [random(60, 120), random(-90, -50)];
  lift(blob(sunX, sunY, 66, 66, 0.04));
  coat(blob(sunX, sunY, 66, 66, 0.04), INK.horn, 170, 0.05);
  hill(20, 46, INK.water);
  hill(34, 26, INK.plume[1]);
  wash(0, 160, 360, 110, INK.water);
  wash(-40, 240, 320, 60, INK.deep);
  for (let i = 0; i < 9; i++) crisp(blob(sunX + random(-10, 10), 52 + 17 * i, random(12, 44 - 2 * i), random(1.4, 3), 0.8), INK.horn, random(120, 235));
  mirrored(-96, 120, 0.4);
  heron(-96, 120, 0.46);
  heron(-10, 98, 0.3, STOOP);
  for (const k of [0, 1, 2]) ripple(-96, 122 + 18 * k, 34 + 10 * k);
  for (let i = 0; i < reeds; i++) reed(random(-270, -150), 270, random(70, 250), random(-10, 60));
}

// Four ways to lay colour: wet, crisp, lifted back to paper, flooded.
const coat = (points, colour, opacity = 228, spread = bleed) => lay(points, colour, opacity, spread, wetness, 0.55);
const crisp = (points, colour, opacity = 240) => lay(points, colour, opacity, 0.04, wetness / 2, 0.5, false);
const lift = (points, colour = INK.paper) => [1, 2, 3].forEach(() => lay(points, colour, 255, 0.04, 0, 0, false));
const wash = (x, y, rx, ry, colour, opacity = 205) => lay(blob(x, y, rx, ry, 1.1, 30), colour, opacity, 0.25 + wetness / 4, 0.2 + wetness / 2, 0.05);

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

function ribbon(points, width, steps = 12, from = -1, to = 1) {
  const [left, right] = [[], []];
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    const [[x, y], [ax, ay], [bx, by]] = [along(points, t), along(points, t - 0.02), along(points, t + 0.02)];
    const across = atan2(by - ay, bx - ax) + 90;
    const w = max(0.5, width(t));
    left.push([x + from * w * cos(across), y + from * w * sin(across)]);
    right.unshift([x + to * w * cos(across), y + to * w * sin(across)]);
  }
  return [...left, ...right];
}

function reed(x, y, len, lean, opacity = 235) {
  const spine = [[x, y], [x + lean * 0.3, y - len * 0.5], [x + lean, y - len]];
  const thick = random(3, 5);
  const width = (t) => thick * sin(24 + 156 * t);
  crisp(ribbon(spine, width, 9), INK.reed, opacity);
  if (opacity < 200) return;
  crisp(ribbon(spine, (t) => width(t) * 0.6, 9, -0.1, 1), INK.shade, 245);
  if (random() < 0.35) {
    const head = [[x + lean * 0.9, y - len * 0.93], [x + lean, y - len], [x + lean * 1.08, y - len * 1.12]];
    coat(ribbon(head, (t) => 5 * sin(180 * t), 8), INK.plume[2], 245, 0.05);
  }
}

function hill(base, height, colour) {
  const points = [];
  const from = random(100);
  for (let x = -290; x <= 290; x += 29) points.push([x, base - height * 1.4 * noise(from + x / 110)]);
  coat([...points, [290, base + 12], [-290, base + 12]], colour, 215, 0.05);
}

function ripple(x, y, w) {
  crisp(blob(x, y, w, 1.8, 0.8), INK.paper, 240);
  pencil([[x - w * 0.7, y + 4], [x, y + 5], [x + w * 0.6, y + 4]], INK.deep, 0.9);
}

// (0, 0) is where the feet meet the water; the bird looks to the right and stands about 340 high.
const UPRIGHT = {
  neck: [[24, -186], [50, -222], [40, -256], [12, -276], [14, -308], [38, -324]],
  body: [[48, -196], [44, -160], [16, -132], [-34, -112], [-86, -96], [-112, -86], [-92, -124], [-54, -168], [-8, -204], [26, -212]],
  shoulder: [8, -186], tip: [-116, -80], gaze: 5,
};
const STOOP = {
  neck: [[44, -150], [84, -168], [108, -150], [106, -112], [122, -74], [148, -44]],
  body: [[66, -158], [62, -124], [30, -106], [-20, -102], [-78, -104], [-122, -100], [-96, -134], [-52, -162], [0, -178], [42, -176]],
  shoulder: [30, -162], tip: [-124, -98], gaze: 60,
};

function heron(x, y, size, pose = UPRIGHT) {
  push();
  translate(x, y);
  scale(size);
  leg([[-16, -122], [-8, -66], [-14, 0]]);
  leg([[6, -126], [20, -68], [14, 4]]);
  lift(pose.body);
  coat(pose.body, INK.plume[0], 240, bleed);
  coat(pose.body.map(([px, py]) => [px * 0.9 - 8, py * 0.94 - 4]), INK.plume[1], 240, bleed * 1.2);
  if (layers > 3) coat(pose.body.map(([px, py]) => [px * 0.7 - 26, py * 0.86 - 8]), INK.plume[2], 190, bleed * 1.4);
  neckAndHead(pose.neck, 11, pose.gaze);
  wing(pose);
  pop();
}

function leg(points) {
  crisp(ribbon(points, () => 2.4, 8), INK.horn, 245);
  pencil(points, INK.plume[2], 0.9, "2B");
}

// Long plumes fall from the shoulder to the tail, each layer shorter and darker than the one below.
function wing({ shoulder, tip }) {
  const at = (t, down) => [lerp(shoulder[0], tip[0], t) + down * 0.2, lerp(shoulder[1], tip[1], t) + down];
  for (let row = 0; row < layers; row++) {
    for (let i = 0; i < 5; i++) {
      const down = 32 - 12 * i;
      const spine = [at(0.06 + 0.05 * row, down * 0.5), at(0.45, down * 0.9 + 6), at(random(0.9, 1.06) - 0.12 * row, down * 0.25 + random(-3, 3))];
      coat(ribbon(spine, (t) => (8 - row) * sin(180 * pow(t, 0.6)), 9), INK.plume[min(3, floor(row * 0.8) + (i % 2))], 250, 0.05);
    }
  }
  for (let i = 0; i < 4; i++) pencil([at(0.1, 30 - 14 * i), at(0.5, 26 - 9 * i), at(0.96, 6 - 4 * i)], INK.paper, 0.9);
  for (let i = 0; i < 3; i++) pencil([[shoulder[0] + 24, shoulder[1] + 8 + 5 * i], [shoulder[0] + 34 - 4 * i, shoulder[1] + 36], [shoulder[0] + 26 - 6 * i, shoulder[1] + 62]], INK.plume[i], 1);
}

// The neck runs through all points; head, bill and crest sit on its last stretch.
function neckAndHead(points, w, gaze) {
  const width = (t) => w * lerp(1.5, 0.72, sqrt(t));
  lift(ribbon(points, width, 24));
  coat(ribbon(points, width, 24), INK.plume[0], 245, 0.05);
  coat(ribbon(points, width, 24, -1, 0.1), INK.plume[1], 215, bleed * 0.8);
  if (layers > 2) coat(ribbon(points, width, 24, -0.95, -0.35), INK.plume[2], 225, bleed * 0.8);
  for (let t = 0.04; t < 0.76; t += 0.035) {
    const shift = w * random(0.1, 0.7);
    const dash = [0, 0.02, 0.04].map((dt) => along(points, t + dt)).map(([x, y]) => [x + shift, y]);
    crisp(ribbon(dash, (u) => 0.13 * w * sin(180 * u), 6), INK.plume[3], 250);
  }
  push();
  translate(...points[points.length - 1]);
  rotate(gaze);
  scale(w / 11);
  head();
  pop();
}

function head() {
  const skull = [[-14, 4], [-13, -6], [-4, -14], [10, -14], [24, -8], [34, -3], [30, 5], [14, 9], [-2, 10]];
  crisp([[26, -6], [60, -3], [104, 4], [62, 5], [28, 3]], INK.horn, 250);
  crisp([[28, 2], [62, 4], [100, 5], [60, 9], [26, 7]], INK.horn, 250);
  crisp([[28, 3], [62, 5], [100, 5], [60, 8], [26, 7]], INK.plume[2], 190);
  lift(skull);
  coat(skull, INK.plume[0], 150, 0.05);
  const crown = [[28, -5], [12, -14], [-4, -15], [-14, -6], [-46, 10], [-70, 26], [-40, 14], [-10, 0], [10, -5]];
  coat(crown, INK.plume[3], 240, 0.05);
  crisp(crown, INK.plume[3], 250);
  pencil([[-42, 12], [-58, 18], [-82, 22]], INK.plume[3], 1.4, "2B");
  crisp(blob(17, -2, 4.2, 4, 0.1, 45), INK.horn, 255);
  crisp(blob(17.4, -2, 2.6, 2.6, 0.1, 60), "#15120f", 255);
}

// A wet broken likeness, upside down.
function mirrored(x, y, size) {
  push();
  translate(x, y);
  scale(size, -size * 0.62);
  coat(UPRIGHT.body, INK.plume[1], 200, 0.3);
  coat(ribbon(UPRIGHT.neck, () => 11, 16), INK.plume[1], 190, 0.3);
  for (const foot of [-14, 14]) coat(ribbon([[foot, 0], [foot - 4, -60], [foot, -124]], () => 3, 8), INK.plume[2], 190, 0.2);
  pop();
}
