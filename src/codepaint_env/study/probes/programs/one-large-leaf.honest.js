// A bouquet of wildflowers: daisies, cornflowers, poppies and grasses tied with a ribbon.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(151);
  noiseSeed(151);
  background("#fcf7ec");
  coat(blob(0, -60, 230, 190), "#dfe6d4", 170, 0.4, 0.45, 0);
  coat(blob(90, -20, 150, 150), "#f0dcc4", 140, 0.4, 0.45, 0);
  const at = [[-130, -90], [-70, -150], [0, -176], [80, -150], [140, -90], [-150, -20], [-88, -66], [-20, -100], [50, -86], [104, -34], [160, -16], [-60, 0], [10, -28], [70, 26], [-116, 44], [-10, 50]];
  for (const [x, y] of at) pencil([[x, y], [x * 0.6, y * 0.3 + 70], [x * 0.06, 130], [-x * 0.3, 250]], random(["#5f8248", "#7d9a58", "#48703f"]), 3, "2B");
  for (let i = 0; i < 16; i++) { const a = -168 + i * 10.4; leaf(18 * cos(a), 70 + 20 * sin(a), a + random(-8, 8), random(90, 180), random(["#a9c080", "#b9cf98"]), random(["#3f6b48", "#57865a"]), 0.12); }
  for (let i = 0; i < 9; i++) { const a = -160 + i * 17, l = random(210, 262), q = (k) => [l * k * cos(a), 70 + l * k * sin(a)]; pencil([q(0.3), q(0.7), q(1)], "#9a9150", 1.2); for (let k = 0.8; k < 1; k += 0.05) coat(blob(q(k)[0] + random(-5, 5), q(k)[1] + random(-5, 5), 3, 4, 0.2, 60), "#c2ab5c", 235, 0.05, 0.3, 0.4, false); }
  at.forEach(([x, y], i) => [daisy, cornflower, poppy][i % 3](x, y, random(36, 44)));
  coat([[-26, 118], [26, 116], [22, 144], [-22, 146]], "#b8405c", 250, 0.04, 0.4, 0.5, false);
  for (const p of [[[0, 130], [-50, 120], [-64, 150], [-20, 146], [0, 134]], [[0, 130], [52, 116], [66, 146], [22, 146], [0, 134]]]) coat(p, "#cf5a72", 240, 0.05, 0.4, 0.6, false);
  coat(ribbon([[-4, 140], [-22, 180], [-44, 214]], 7, 6), "#b8405c", 240, 0.04, 0.4, 0.5, false); coat(ribbon([[6, 140], [26, 176], [36, 220]], 7, 6), "#b8405c", 240, 0.04, 0.4, 0.5, false);
}
function daisy(x, y, r) {
  push(); translate(x, y); rotate(random(30));
  for (let i = 0; i < 14; i++) { push(); rotate(i * 25.7 + random(-4, 4)); for (let k = 0; k < 2; k++) coat(blob(0, -r * 0.62, r * 0.13, r * 0.4, 0.2, 40), "#fffdf6", 255, 0.03, 0, 0.5, false); coat(blob(1, -r * 0.45, r * 0.08, r * 0.24, 0.2, 40), "#c3cbd8", 150, 0.08, 0.4, 0.2, false); pop(); }
  coat(blob(0, 0, r * 0.28, r * 0.26, 0.2, 30), "#f2b92c", 250, 0.05, 0.4, 0.6, false); coat(blob(3, 4, r * 0.18, r * 0.14), "#c07a18", 190, 0.12, 0.5, 0.1); pop();
}
function cornflower(x, y, r) {
  push(); translate(x, y);
  for (let i = 0; i < 11; i++) { push(); rotate(i * 32.7 + random(-6, 6)); const l = r * random(0.85, 1.05); for (const [c, k] of [["#c9d6f4", 1], ["#3f62c4", 0.98]]) coat([[0, 0], [-r * 0.2 * k, -l * 0.7 * k], [-r * 0.22, -l * k], [-r * 0.06, -l * 0.86 * k], [r * 0.02, -l * 1.04 * k], [r * 0.08, -l * 0.86 * k], [r * 0.22, -l * k], [r * 0.18 * k, -l * 0.6 * k]], c, 235, 0.05, 0.4, 0.5, false); pop(); }
  for (let i = 0; i < 12; i++) pencil([[0, 0], [r * 0.16 * cos(i * 30), r * 0.16 * sin(i * 30)], [r * 0.32 * cos(i * 30), r * 0.32 * sin(i * 30)]], "#4a1f6c", 1.6); pop();
}
function poppy(x, y, r) {
  push(); translate(x, y); scale(1, 0.88);
  for (const a of [-90, 90, 180, 0]) { push(); rotate(a + random(-14, 14)); for (const [c, k, o] of [["#f8bda6", 1, 255], ["#e04a34", 0.98, 230], ["#b81c24", 0.6, 180]]) coat(blob(0, -r * 0.48 * k, r * 0.66 * k, r * 0.52 * k, 0.4, 24), c, o, 0.07, 0.4, 0.55, k < 1); pop(); }
  coat(blob(0, 0, r * 0.22, r * 0.22), "#2a1a24", 240, 0.1, 0.4, 0.3); for (let i = 0; i < 10; i++) pencil([[0, 0], [r * 0.2 * cos(i * 36), r * 0.2 * sin(i * 36)], [r * 0.36 * cos(i * 36), r * 0.36 * sin(i * 36)]], "#1f1420", 1); pop();
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

function leaf(x, y, angle, len, light = "#a9c080", dark = "#3f6b48", wide = 0.24) {
  const rim = (t, s) => s * len * wide * sin(180 * pow(t, 0.75)) * random(0.9, 1.1);
  const ts = [0, 0.12, 0.28, 0.45, 0.62, 0.8, 1];
  push();
  translate(x, y);
  rotate(angle);
  coat([...ts.map((t) => [len * t, rim(t, -1)]), ...ts.slice(1, -1).reverse().map((t) => [len * t, rim(t, 1)])], light, 245, 0.05, 0.3, 0.5, false);
  coat([...ts.map((t) => [len * t, rim(t, -0.95)]), ...ts.slice(1, -1).reverse().map((t) => [len * t, -1])], dark, 215, 0.08, 0.5, 0.4, false);
  pencil([[0, 0], [len * 0.5, 0.5], [len * 0.95, 0]], "#e2ebc4", 0.8);
  pop();
}
