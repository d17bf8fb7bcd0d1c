// Bamboo in the manner of ink and colour: a culm is one stroke a joint, a leaf one pressed stroke that flicks out.
const palette = "jade-green";
const composition = "two tall culms and a spray";
const layers = 3;
const bleed = 0.06;
const wetness = 0.40;
const wind = 10;
const seed = 31027;

const INKS = {
  // ground wash, pale, body and dark stroke, a second colour that runs in
  "jade-green": { ground: "#d5e2cf", pale: "#a9c8a0", body: "#3f7f5c", dark: "#11382f", drop: "#c9a04a" },
};
const INK = INKS[palette];
const PAPER = "#f8f4e8";

const COMPOSITIONS = {
  "two tall culms and a spray": () => {
    wash(-60, -120, 190, 140, INK.ground, 170);
    wash(120, 200, 170, 70, INK.ground, 130);
    culm(-20, 270, 11, 7, 0.35);
    culm(-126, 270, 25, random(-4, 2), 1);
    cluster(40, -190, 110, 5, 0.3);
    twig([[-118, -66], [-40, -110], [60, -126]]);
    cluster(0, -116, 120, 4, 0.5);
    cluster(64, -126, 150, 6, 1);
    cluster(40, -120, 110, 3, 0.8);
    twig([[-120, 66], [-60, 34], [-4, 30]]);
    cluster(-4, 30, 116, 5, 0.95);
    seal(200, 196);
  },
  "a grove in mist": () => {
    wash(0, -60, 300, 200, INK.ground, 170);
    for (const [x, w, tone] of [[-206, 9, 0.1], [-176, 6, 0.15], [60, 8, 0.15], [206, 10, 0.2], [150, 14, 0.4]]) culm(x + random(-14, 14), 270, w, random(-6, 6), tone);
    cluster(70, -170, 90, 5, 0.2);
    cluster(-190, -100, 90, 5, 0.2);
    for (const y of [60, 130, 190, 250]) mist(random(-80, 80), y);
    culm(-84, 270, 24, -3, 1);
    for (const y of [210, 260]) mist(random(-60, 60), y);
    twig([[-94, -70], [-30, -110], [60, -104]]);
    cluster(0, -112, 110, 5, 0.6);
    cluster(62, -104, 132, 6, 1);
    cluster(-196, -216, 126, 5, 0.8);
    seal(206, 206);
  },
  "leaves before a full moon": () => {
    wash(-20, -40, 400, 360, between(INK.body, INK.dark, 0.4), 215);
    wash(60, 250, 330, 110, INK.dark, 200);
    moon(-50, -50, 128);
    culm(176, 290, 18, -9, 1);
    twig([[140, 40], [60, -20], [-40, -40], [-110, -16]]);
    cluster(76, -10, 130, 5, 0.6);
    cluster(-40, -40, 156, 6, 1);
    cluster(-110, -16, 140, 5, 1);
    seal(-206, 204);
  },
  "a twig hanging in from above": () => {
    wash(90, -110, 220, 160, INK.ground, 180);
    wash(-120, 120, 120, 90, between(INK.ground, INK.drop, 0.3), 100);
    cluster(-60, -190, 140, 5, 0.2);
    cluster(190, 10, 150, 5, 0.25);
    twig([[270, -270], [160, -180], [40, -110], [-60, -20]]);
    twig([[150, -174], [140, -100], [100, -30]]);
    cluster(176, -196, 150, 4, 0.5);
    cluster(46, -114, 170, 5, 0.7);
    cluster(102, -34, 180, 6, 1);
    cluster(-60, -20, 200, 7, 1);
    seal(-196, 200);
  },
  "young shoots by a rock": () => {
    wash(-40, 190, 260, 80, INK.ground, 190);
    wash(60, -120, 190, 130, INK.ground, 140);
    culm(-176, 250, 8, 5, 0.2);
    culm(-128, 250, 15, 9, 0.9);
    twig([[-80, -80], [-20, -120], [50, -126]]);
    cluster(-20, -118, 110, 5, 0.4);
    cluster(50, -126, 140, 6, 1);
    cluster(-150, -190, 100, 5, 0.6);
    shoot(84, 214, 150, 26);
    rock(-110, 156, 150, 96);
    shoot(132, 226, 90, 20);
    shoot(30, 232, 104, 21);
    for (const x of [-210, -120, 4, 60, 150]) tuft(x + random(-16, 16), 230 + random(-4, 10));
    seal(206, 206);
  },
};

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(PAPER);
  scale(random([-1, 1]), 1);
  COMPOSITIONS[composition]();
}

function draw() { noLoop(); }

function paint(colour, opacity, spread, angle, texture, border, out = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(spread, "out", angle);
  brush.fillTexture(texture, border, out);
}

function form(points, curvature = 0.5) {
  brush.beginShape(curvature);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape();
}

function between(a, b, share) {
  return "" + lerpColor(color(a), color(b), share);
}

function blob(x, y, rx, ry, wobble, step = 20) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  form(points);
}

function wash(x, y, rx, ry, colour, opacity) {
  push();
  paint(colour, opacity, 0.25 + wetness / 3, random(360), 0.2 + wetness / 2, 0);
  blob(x, y, rx, ry, 0.6);
  pop();
}

function mist(x, y) {
  push();
  paint(PAPER, 235, 0.4, 90, 0.4, 0);
  blob(x, y, 320, 50, 0.7);
  pop();
}

// The moon is lifted to paper and then given a breath of colour.
function moon(x, y, r) {
  push();
  for (const side of [90, 270, 0, 180]) {
    paint(PAPER, 255, 0.04, side, 0, 0, false);
    blob(x, y, r, r, 0.03, 10);
  }
  paint(INK.ground, 90, 0.1, 120, wetness, 0.2, false);
  blob(x, y, r, r, 0.03, 10);
  pop();
}

// Joints from the foot upwards, each longer than the last, a thread of paper between them. tone: 0 far and pale, 1 near.
function culm(x, foot, w, lean, tone) {
  push();
  translate(x, foot);
  rotate(lean);
  let y = 0;
  for (let len = w * 2 + 46; y > -640; len *= 1.12) {
    joint(y, len, w * (1 + y / 4000), tone);
    y -= len;
    if (tone > 0.25) knot(y, w, tone);
  }
  pop();
}

function joint(y, len, w, tone) {
  const side = (k) => [[k * w * 1.08, y - 4], [k * w * 0.94, y - 12], [k * w * random(0.86, 0.92), y - len / 2], [k * w * 0.94, y - len + 12], [k * w * 1.1, y - len + 4]];
  const body = between(INK.pale, INK.body, min(1, tone * 1.2));
  const coats = [
    [between(PAPER, INK.pale, 0.4 + 0.6 * tone), side(-1), side(1), 210],
    [body, side(-1), side(random(0.6, 0.95)), 100 + 140 * tone],
    [between(body, INK.dark, 0.7 * tone), side(-1), side(-random(0.1, 0.5)), 80 + 165 * tone],
    [INK.drop, side(0.2), side(0.8), 90],
  ];
  push();
  for (const [colour, left, right, opacity] of coats.slice(0, tone < 0.3 ? 2 : layers)) {
    paint(colour, opacity, bleed, random([0, 90, 270]), wetness, 0.45, false);
    form([...left, ...right.reverse()], 0.4);
  }
  pop();
}

// The dark hook of ink that closes a joint, heavy where the brush lands.
function knot(y, w, tone) {
  const thick = 2.5 + w * 0.12;
  const sag = (x) => y - 2 + 3 * cos(70 * x);
  const xs = [-1.25, -0.9, -0.4, 0.2, 0.8, 1.15];
  push();
  paint(between(INK.body, INK.dark, tone), 140 + 115 * tone, 0.04, 0, 0.1, 0.6, false);
  form([...xs.map((x) => [w * x, sag(x) - thick * random(0.2, 0.6)]), [w * 1.3, y - 8], ...xs.reverse().map((x) => [w * x, sag(x) + thick * random(0.5, 1.1) * (x < 0 ? 1.3 : 0.7)])]);
  pop();
}

// Joint by joint, thicker at each knot.
function twig(points) {
  for (let i = 0; i < points.length - 1; i++) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    const len = dist(ax, ay, bx, by);
    const w = 3 - i * 0.6;
    push();
    translate(ax, ay);
    rotate(atan2(by - ay, bx - ax));
    paint(between(INK.body, INK.dark, 0.5), 235, 0.03, 0, wetness, 0.4, false);
    form([[0, -w], [len * 0.5, -w * 0.6], [len + 2, -w], [len + 2, w], [len * 0.5, w * 0.5], [0, w]], 0.3);
    pop();
  }
}

// Leaves that hang from the end of a twig, two long ones crossing the rest, the wind combing all to one side.
function cluster(x, y, len, count, tone) {
  for (let i = 0; i < count; i++) {
    const fan = lerp(-78, 78, i / (count - 1)) * random(0.6, 1.05);
    const reach = (i % 3 === 1 ? random(0.95, 1.2) : random(0.55, 0.85)) * (1 - abs(fan) / 300);
    leaf(x + random(-7, 7), y + random(-5, 5), 90 + fan - wind * 1.4 + random(-10, 10), len * reach, tone * random(0.7, 1));
  }
}

function leaf(x, y, angle, len, tone) {
  const wid = len * random(0.055, 0.085) + 1;
  const bent = random(-0.1, 0.1) + wind / 400;
  const edge = (t, k) => [len * t, bent * len * t * t + k * wid * pow(sin(180 * pow(t, 0.62)), 0.85) * (1 - 0.3 * t)];
  const shape = (left, right, to = 1) => {
    const ts = [0.04, 0.12, 0.25, 0.4, 0.55, 0.7, 0.85, 0.96].map((t) => t * to);
    form([[0, 0], ...ts.map((t) => edge(t, left)), edge(to, 0), ...ts.reverse().map((t) => edge(t, right))], 0.4);
  };
  const body = between(INK.pale, INK.body, min(1, 0.2 + tone));
  const run = bleed * 0.7;
  push();
  translate(x, y);
  rotate(angle);
  const coats = [
    () => (paint(between(INK.pale, body, 0.5), 130 + 90 * tone, run, 0, wetness, 0.5, tone < 0.4), shape(-1, 1)),
    () => (paint(body, 100 + 145 * tone, run, 180, wetness, 0.4, false), shape(-0.96, 0.96)),
    () => (paint(between(body, INK.dark, 0.3 + 0.7 * tone), 80 + 170 * tone, run, 0, wetness, 0.3, false), shape(-0.9, random(-0.1, 0.6), random(0.7, 1))),
    () => (paint(random([INK.dark, INK.dark, INK.drop]), 210, run * 2, 0, wetness, 0.2, false), shape(-0.6, 0.7, 0.5)),
  ];
  for (const coat of coats.slice(0, tone < 0.35 ? 1 : layers)) coat();
  pop();
}

// A young shoot: one plump cone, wrapped crosswise in sheaths with dark lips and a leaflet at each tip.
function shoot(x, y, height, w) {
  const at = (u, k) => [x + k * w * pow(1 - u, 0.6), y - height * u];
  push();
  paint(between(INK.drop, INK.pale, 0.5), 245, bleed / 2, 90, wetness / 2, 0.6, false);
  form([at(0, -0.8), at(0.2, -1), at(0.6, -1), at(1, 0), at(0.6, 1), at(0.2, 1), at(0, 0.8)]);
  paint(between(INK.drop, INK.dark, 0.45), 200, bleed, 90, wetness, 0.3, false);
  form([at(0, -0.8), at(0.2, -1), at(0.6, -1), at(1, 0), at(0.6, -0.1), at(0.2, 0.1), at(0, 0.2)]);
  for (const [u, side] of [[0.08, 1], [0.34, -1], [0.58, 1]]) {
    paint(between(INK.drop, INK.dark, 0.75), 235, bleed / 2, 90, wetness / 2, 0.4, false);
    form([at(u, -side), at(u + 0.13, -side * 0.2), at(u + 0.34, side * 1.05), at(u + 0.18, side * 0.1)]);
    leaf(...at(u + 0.32, side), -90 + side * 32 + random(-8, 8), w * random(0.9, 1.3), 0.8);
  }
  pop();
}

// A rock in flat planes: the lit top, the face, the foot in shadow.
function rock(x, y, rx, ry) {
  const outline = [[-1, 0.9], [-0.92, 0.1], [-0.55, -0.6], [-0.1, -0.95], [0.35, -0.7], [0.75, -0.25], [0.98, 0.5], [0.9, 0.95]];
  const plane = (points) => form(points.map(([px, py]) => [x + rx * px * random(0.93, 1.07), y + ry * py * random(0.93, 1.07)]), 0.15);
  const stone = between(INK.dark, "#8a8a8c", 0.6);
  push();
  paint(between(INK.ground, stone, 0.3), 235, bleed, 90, 0.3 + wetness / 2, 0.6);
  plane(outline);
  paint(stone, 200, bleed, 90, 0.3 + wetness / 2, 0.5);
  plane([[-0.98, 0.9], [-0.85, 0.15], [-0.4, -0.1], [0.1, -0.3], [0.3, 0.2], [0.2, 0.9]]);
  paint(between(stone, INK.dark, 0.6), 220, bleed * 1.5, 90, wetness, 0.3);
  plane([[-0.95, 0.92], [-0.7, 0.4], [-0.2, 0.5], [0.2, 0.25], [0.6, 0.6], [0.9, 0.95]]);
  pop();
}

function tuft(x, y) {
  for (const angle of [-120, -95, -70, -50]) leaf(x, y, angle + random(-10, 10) - wind / 2, random(24, 46), random(0.4, 1));
}

// The painter's seal in red.
function seal(x, y) {
  push();
  paint("#b8281e", 250, 0.03, 0, 0.4, 0.6, false);
  form([[x - 9, y - 10], [x + 9, y - 9], [x + 10, y + 10], [x - 9, y + 10]], 0.1);
  pop();
  push();
  brush.set("cpencil", "#f6ead8", 1.4);
  for (const [ax, ay, bx, by] of [[-5, -5, 5, -5], [0, -5, 0, 5], [-5, 5, 5, 4]]) brush.spline([[x + ax, y + ay, 1], [x + (ax + bx) / 2, y + (ay + by) / 2, 1], [x + bx, y + by, 1]], 0.2);
  pop();
}
