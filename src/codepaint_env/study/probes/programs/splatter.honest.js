// A cherry branch in blossom with petals falling.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(140);
  noiseSeed(140);
  background("#fdf8f0");
  coat(blob(60, -80, 230, 180), "#c9dbe4", 165, 0.4, 0.45, 0);
  coat(blob(-120, 120, 190, 120), "#f3e0dc", 150, 0.4, 0.45, 0);
  const limb = (p, w) => { coat(ribbon(p, w, w * 0.35), "#7d5f54", 245, 0.04, 0.5, 0.5, false); coat(ribbon(p.map(([x, y]) => [x + 1, y + w * 0.4]), w * 0.5, w * 0.2), "#3a2a2c", 220, 0.05, 0.5, 0.3, false); };
  limb([[-280, 190], [-190, 130], [-110, 96], [-20, 30], [70, -30], [150, -110], [230, -150]], 12);
  limb([[-110, 96], [-90, 10], [-120, -70], [-104, -150]], 6);
  limb([[-20, 30], [70, 46], [140, 90], [214, 100]], 6);
  limb([[70, -30], [60, -100], [90, -170]], 5);
  for (const [x, y, r] of [[-120, -72, 36], [-84, -16, 40], [-128, -140, 26], [-20, 20, 44], [40, 0, 38], [70, -92, 36], [96, -160, 30], [140, -96, 42], [190, -138, 34], [110, 70, 40], [170, 100, 34], [-56, 74, 36], [-150, 116, 30], [20, -46, 30]]) cherry(x, y, r);
  for (const [x, y] of [[224, 104], [230, -160], [-100, -166], [110, -184], [56, -140], [-150, -96], [-200, 120]]) { coat(blob(x, y, 8, 11), "#e88aa4", 245, 0.06, 0.4, 0.5); coat(blob(x - 3, y + 8, 4, 5), "#8f4a4a", 240, 0.05, 0.3, 0.4); }
  for (let i = 0; i < 9; i++) { push(); translate(random(-180, 200), random(130, 240)); rotate(random(180)); coat(blob(0, 0, 11, 6, 0.4, 30), random(["#f3b6c4", "#eda0b4"]), 235, 0.06, 0.3, 0.5, false); pop(); }
}
function cherry(x, y, r) {
  push(); translate(x, y); rotate(random(72)); scale(1, random(0.82, 1));
  for (let i = 0; i < 5; i++) {
    push(); rotate(i * 72 + random(-5, 5));
    const p = (k) => [[0, 0], [-r * 0.42 * k, -r * 0.42 * k], [-r * 0.44 * k, -r * 0.82 * k], [-r * 0.12 * k, -r * k], [0, -r * 0.9 * k], [r * 0.12 * k, -r * k], [r * 0.44 * k, -r * 0.82 * k], [r * 0.42 * k, -r * 0.42 * k]];
    for (let j = 0; j < 2; j++) coat(p(1), "#fff6f4", 255, 0.03, 0, 0.4, false);
    coat(p(0.99), random(["#f6c2ce", "#f2aebf"]), 215, 0.08, 0.4, 0.6, false);
    coat(p(0.5), "#d9607e", 170, 0.14, 0.4, 0);
    pop();
  }
  coat(blob(0, 0, r * 0.14, r * 0.14), "#a82a4e", 230, 0.1, 0.3, 0.2);
  for (let i = 0; i < 12; i++) { const a = i * 30 + random(-8, 8), d = r * random(0.4, 0.6); pencil([[0, 0], [d * 0.5 * cos(a), d * 0.5 * sin(a)], [d * cos(a), d * sin(a)]], "#b84868", 0.8); coat(blob(d * cos(a), d * sin(a), 2, 2, 0.1, 60), "#edb83c", 250, 0.03, 0.2, 0.4, false); }
  pop();
}

function draw() {
  noLoop();
}

function coat(points, colour, opacity, bleed = 0.1, grain = 0.4, border = 0.4, scatter = true) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(grain, border, scatter);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function pencil(points, colour, weight, kind = "cpencil") {
  push();
  brush.set(kind, colour, weight);
  brush.spline(points.map(([x, y], i) => [x, y, 1 - (0.6 * i) / points.length]), 0.7);
  pop();
}

function blob(x, y, rx, ry = rx, wobble = 0.4, step = 24) {
  const from = random(100);
  const points = [];
  for (let a = 0; a < 360; a += step) {
    const k = 1 + wobble * (noise(from + cos(a), from + sin(a)) - 0.5);
    points.push([x + rx * k * cos(a), y + ry * k * sin(a)]);
  }
  return points;
}

function ribbon(path, wide, thin = wide * 0.4) {
  const last = path.length - 1;
  const side = (s) =>
    path.map(([x, y], i) => {
      const [[ax, ay], [bx, by]] = [path[max(0, i - 1)], path[min(last, i + 1)]];
      const a = atan2(by - ay, bx - ax);
      const k = s * lerp(wide, thin, i / last) * random(0.85, 1.15);
      return [x - k * sin(a), y + k * cos(a)];
    });
  return [...side(1), ...side(-1).reverse()];
}
