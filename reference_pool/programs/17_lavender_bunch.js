// A gathered bunch of lavender laid slantwise on grey paper, tied with ochre string.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(51); noiseSeed(51);
  background("#f0f0ee");
  wash(60, -80, 190, 150, "#bdb4d6", 190);
  wash(-90, 130, 150, 100, "#c9d2bf", 170);
  translate(-78, 122);
  rotate(28);
  scale(1.12);
  const sprigs = [[-128, -236, 84], [-94, -292, 96], [98, -240, 84], [64, -300, 98], [-48, -330, 104]];
  sprigs.push([-12, -252, 84], [24, -346, 108], [-72, -196, 74], [50, -204, 76]);
  for (const [x, y] of sprigs) stem(x, y);
  for (const [x, y, a] of [[-6, -34, -38], [8, -60, 30], [-14, -84, -26], [2, -100, 18]]) leaf(x, y, a, random(60, 90));
  for (const [x, y, len] of sprigs) spike(x, y, len);
  tie();
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function shape(points, close = false) {
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(close);
}

function wash(x, y, rx, ry, colour, opacity) {
  const points = [];
  for (let a = 0; a < 360; a += 24) {
    const r = 0.7 + 0.6 * noise(x + cos(a), y + sin(a));
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  push();
  paint(colour, opacity, 0.45, 0, 0.5, 0);
  shape(points, true);
  pop();
}

// Where the stem of a sprig with its tip at (x, y) runs: t = 0 at the tie, 1 at the tip.
function along(x, y, t) {
  return [x * pow(max(0, t), 1.5) + (t < 0 ? x * t * 0.5 : 0), y * t];
}

function stem(x, y) {
  push();
  paint(random(["#7f9a68", "#5f7f5a", "#8fa878"]), 250, 0.04, 0, 0.2, 0.5, false);
  const ts = [-0.36, -0.15, 0.05, 0.3, 0.55, 0.8];
  shape([...ts.map((t) => [along(x, y, t)[0] - 1.7, along(x, y, t)[1]]), ...ts.reverse().map((t) => [along(x, y, t)[0] + 1.7, along(x, y, t)[1]])]);
  pop();
}

// A spike of florets in whorls, over one soft violet underpainting.
function spike(x, y, len) {
  const full = dist(0, 0, x, y);
  const from = 1 - len / full;
  const lean = atan2(x * 1.5, -y);
  const at = (t) => along(x, y, lerp(from, 1, t));
  push(); translate(...at(0)); rotate(lean * 0.94);
  paint("#a99ad6", 220, 0.16, 90, 0.4, 0.2);
  shape([[-5, 6], [-11, -len * 0.2], [-10, -len * 0.55], [-5, -len * 0.9], [0, -len * 1.08], [5, -len * 0.9], [10, -len * 0.55], [11, -len * 0.2], [5, 6]]);
  pop();
  for (let t = -0.16; t <= 1; t += 0.125) {
    const size = lerp(19, 10, max(0, t));
    for (const turn of t < 0 ? [-40, 40] : random([[-52, 0, 48], [-38, 10, 56]])) {
      push(); translate(...at(t)); rotate(lean + turn + random(-10, 10));
      paint(random(["#6a55b8", "#7d68c6", "#54479e", "#8a6cc0"]), 235, 0.1, random([90, 270]), 0.3, 0.4);
      const w = size * random(0.26, 0.36);
      shape([[0, 2], [-w, -size * 0.4], [-w * 0.8, -size * 0.85], [0, -size * 1.1], [w * 0.8, -size * 0.85], [w, -size * 0.4]], true);
      pop();
    }
  }
}

function leaf(x, y, angle, len) {
  push(); translate(x, y); rotate(angle);
  const edge = (t, s) => [s * 5 * sin(180 * pow(t, 0.8)) + 8 * t * t, -len * t];
  const ts = [0, 0.2, 0.4, 0.6, 0.8, 1];
  paint(random(["#8aa87a", "#6f9272", "#55805f"]), 235, 0.05, 90, 0.3, 0.5, false);
  shape([...ts.map((t) => edge(t, -1)), ...ts.slice(1, -1).reverse().map((t) => edge(t, 1))]);
  pop();
}

function tie() {
  push();
  for (const pass of [1, 2]) {
    paint("#d9a84e", 255, 0.05, 0, 0.2, 0.6, false);
    shape([[-13, -5], [0, -7], [13, -5], [14, 5], [0, 8], [-14, 5]], true);
  }
  paint("#d9a84e", 245, 0.05, 90, 0.2, 0.5, false);
  shape([[8, 2], [26, 12], [44, 6], [48, -8], [36, -14], [22, -4], [34, -8], [42, -4], [38, 4], [26, 7]]);
  shape([[4, 4], [12, 30], [30, 52], [33, 50], [17, 28], [9, 3]]);
  pop();
}
