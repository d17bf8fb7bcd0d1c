// A still life: three lemons, one cut, beside a blue and white jug on a cloth.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(85);
  noiseSeed(85);
  background("#fbf5e8");
  coat(blob(-20, -120, 330, 170), "#a9bdb8", 165, 0.4, 0.5, 0);
  coat(blob(160, -60, 160, 130), "#86a3a4", 130, 0.4, 0.5, 0);
  coat([[-290, 66], [290, 52], [290, 300], [-290, 300]], "#e6d3b0", 205, 0.08, 0.5, 0.2);
  coat(blob(80, 220, 260, 50), "#c69f72", 150, 0.3, 0.5, 0);
  coat(blob(-30, 156, 150, 22), "#6d5a58", 150, 0.25, 0.4, 0); coat(blob(130, 170, 110, 20), "#6d5a58", 150, 0.25, 0.4, 0);
  const jug = [[-150, 130], [-176, 70], [-170, 0], [-130, -60], [-126, -116], [-144, -146], [-60, -152], [-70, -112], [-64, -60], [-24, 0], [-20, 70], [-46, 130], [-98, 142]];
  coat(ribbon([[-50, -120], [6, -122], [30, -70], [14, -10], [-28, 18]], 9, 8), "#eef0ea", 255, 0.02, 0, 0.5, false);
  coat(ribbon([[-46, -116], [8, -114], [30, -66], [14, -8], [-26, 20]], 3, 3), "#7288a4", 200, 0.05, 0.3, 0.3, false);
  for (let i = 0; i < 3; i++) coat(jug, "#fbfaf4", 255, 0.02, 0, 0.3, false);
  coat([[-90, 138], [-46, 130], [-20, 70], [-24, 0], [-64, -60], [-70, -112], [-84, -60], [-56, 10], [-54, 80]], "#7f93ac", 190, 0.12, 0.5, 0.1, false);
  coat(blob(-102, -149, 42, 7, 0.1), "#5c6f8c", 225, 0.04, 0.4, 0.4, false);
  for (const y of [-70, -54, 96]) pencil([[-134 - (y > 0 ? 32 : 4), y], [-100, y + 9], [-58 + (y > 0 ? 26 : 0), y - 2]], "#2e4f8c", 2.4, "2B");
  for (const [x, y, s] of [[-102, 28, 1], [-150, 40, 0.7], [-56, 36, 0.7]]) { for (let i = 0; i < 6; i++) coat(blob(x + 13 * s * cos(i * 60), y + 13 * s * sin(i * 60), 8 * s, 8 * s, 0.3, 40), "#3a62a8", 225, 0.06, 0.4, 0.5, false); coat(blob(x, y, 5 * s, 5 * s, 0.1, 60), "#f2d36a", 250, 0.03, 0.2, 0.3, false); }
  lemon(60, 116, 62, 46, -12); lemon(-6, 158, 52, 40, 20);
  half(156, 148, 54);
  leaf(98, 78, -38, 78, "#a9c080", "#3f6b48", 0.22); leaf(92, 82, -92, 58, "#a9c080", "#2f5a44", 0.22);
}
function lemon(x, y, rx, ry, a) {
  push(); translate(x, y); rotate(a);
  const skin = (k) => [...blob(0, 0, rx * k, ry * k, 0.08, 30).slice(0, 12), [rx * 1.14 * k, -ry * 0.2 * k]];
  for (let i = 0; i < 2; i++) coat(skin(1), "#fff2b0", 255, 0.02, 0, 0.3, false);
  coat(skin(0.99), "#f6cf3e", 235, 0.06, 0.4, 0.55, false);
  coat(blob(rx * 0.12, ry * 0.36, rx * 0.78, ry * 0.52), "#dd9a22", 190, 0.14, 0.5, 0.1);
  coat(blob(rx * 0.2, ry * 0.62, rx * 0.5, ry * 0.26), "#a9702c", 140, 0.16, 0.5, 0);
  coat(blob(-rx * 0.3, -ry * 0.44, rx * 0.26, ry * 0.16), "#fffbe2", 240, 0.14, 0.1, 0);
  for (let i = 0; i < 14; i++) coat(blob(random(-0.7, 0.7) * rx, random(-0.5, 0.6) * ry, 1.3, 1.3, 0.2, 60), "#c98d20", 190, 0.03, 0.2, 0.2, false);
  pop();
}
function half(x, y, r) {
  push(); translate(x, y); rotate(-8);
  coat(blob(5, 5, r, r * 0.94, 0.06, 20), "#dda425", 245, 0.04, 0.4, 0.5, false);
  for (let i = 0; i < 2; i++) coat(blob(0, 0, r * 0.95, r * 0.9, 0.04, 20), "#fffbe6", 255, 0.02, 0, 0.3, false);
  for (let i = 0; i < 9; i++) { const a = i * 40, p = (k, d) => [r * k * cos(a + d), r * 0.94 * k * sin(a + d)]; coat([p(0.1, 0), p(0.6, -15), p(0.8, -13), p(0.84, 0), p(0.8, 13), p(0.6, 15)], random(["#f7d95c", "#f3cb44"]), 225, 0.04, 0.4, 0.5, false); pencil([p(0.25, 0), p(0.5, 3), p(0.72, -2)], "#fdf3bd", 0.9); }
  coat(blob(0, 0, 4, 4), "#fffbe6", 250, 0.03, 0, 0.2, false); pop();
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
