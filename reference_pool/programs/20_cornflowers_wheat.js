// Cornflowers among ripe wheat: cobalt against ochre on warm paper.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(88); noiseSeed(88);
  background("#fbf6e8");
  wash(-50, 40, 250, 190, "#ecd39c", 175);
  wash(110, 210, 230, 90, "#c9cf9c", 170);
  for (const [x, y, b] of [[-206, -120, -150], [-96, -196, -70], [186, -150, 120], [44, -216, 30], [226, -40, 160], [-166, -20, -120]]) wheat(x, y, b);
  // x, y, radius, tilt and the foot of the stem
  const heads = [[-26, -108, 62, -6, 10], [104, -76, 54, 22, 60], [-124, -44, 50, -24, -60], [32, 36, 70, 8, 20], [-84, 96, 46, -18, -50], [150, 80, 44, 24, 90]];
  for (const [x, y, r, tilt, base] of heads) stalk(x, y + r * 0.5, base, 272, tilt);
  for (const [x, y, a, len] of [[-62, 190, -128, 110], [36, 200, -50, 120], [62, 150, -66, 96], [-40, 232, -152, 90]]) leaf(x, y, a, len);
  for (const [x, y, r, tilt] of heads) cornflower(x, y, r, tilt);
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
  const r = (a) => 0.7 + 0.6 * noise(x + cos(a), y + sin(a));
  const points = [];
  for (let a = 0; a < 360; a += 24) points.push([x + rx * r(a) * cos(a), y + ry * r(a) * sin(a)]);
  push();
  paint(colour, opacity, 0.45, random(360), 0.5, 0);
  shape(points, true);
  pop();
}

// A thin stem from a head at (x, y) to its foot, curving with the tilt.
function stalk(x, y, fx, fy, tilt, colour = random(["#6f8f5a", "#55784f", "#84a068"])) {
  const at = (t, w) => [lerp(x, fx, t) - tilt * sin(t * 180) + w, lerp(y, fy, t)];
  push();
  paint(colour, 250, 0.04, 90, 0.2, 0.5, false);
  const ts = [0, 0.25, 0.5, 0.75, 1];
  shape([...ts.map((t) => at(t, -1.6 - t)), ...ts.reverse().map((t) => at(t, 1.6 + t))]);
  pop();
}

function leaf(x, y, angle, len) {
  const edge = (t, s) => [len * t, s * 7 * sin(180 * pow(t, 0.7)) + 16 * t * t];
  const ts = [0, 0.2, 0.4, 0.6, 0.8, 1];
  push(); translate(x, y); rotate(angle);
  paint(random(["#7f9f74", "#5f8560"]), 240, 0.05, 180, 0.3, 0.5, false);
  shape([...ts.map((t) => edge(t, -1)), ...ts.slice(1, -1).reverse().map((t) => edge(t, 1))]);
  pop();
}

// One ear of wheat, with its tip at (x, y): grains in pairs, then long awns.
function wheat(x, y, base) {
  const lean = (x - base) * 0.22;
  stalk(x - 84 * sin(lean), y + 84 * cos(lean), base, 272, lean * 0.25, "#cfa550");
  push(); translate(x, y); rotate(lean);
  for (let i = 7; i >= 0; i--) {
    for (const side of i ? [-1, 1] : [0]) {
      push(); translate(side * 5, 6 + i * 11); rotate(side * 20);
      paint(random(["#e2b752", "#d8a03c", "#c98a30"]), 240, 0.08, random([90, 270]), 0.3, 0.6);
      shape([[0, 9], [-5.5, 2], [-5, -6], [0, -14], [5, -6], [5.5, 2]], true);
      pop();
    }
  }
  brush.set("cpencil", "#d9b46a", 0.7);
  for (let i = 0; i < 7; i += 2) {
    for (const s of [-1, 1]) brush.spline([[s * 6, i * 11, 0.9], [s * 12, i * 11 - 24, 0.8], [s * 15, i * 11 - 50, 0.3]], 0.7);
  }
  pop();
}

// A trumpet floret from (0, 0) upwards that ends in three or four points.
function floret(len, wid, pale, deep) {
  const left = [[-0.04, 0], [-0.38, 0.45], [-1, 0.86], [-0.5, 0.82], [-0.36, 1.02], [0, 0.84]];
  const right = [[0.4, 1.04], [0.52, 0.8], [1, 0.88], [0.38, 0.45], [0.04, 0]];
  const bent = [...left, ...right].map(([x, y]) => [x * wid * random(0.9, 1.1), -y * len * random(0.95, 1.05)]);
  paint(pale, 235, 0.06, 270, 0.3, 0.6);
  shape(bent);
  paint(deep, 235, 0.08, 90, 0.35, 0.3);
  shape(bent.map(([x, y]) => [x * 0.8, y * 0.92]));
}

function cornflower(x, y, r, tilt) {
  push(); translate(x, y); rotate(tilt);
  paint("#7f9460", 255, 0.05, 90, 0.2, 0.5, false);
  shape([[-0.1, 0.1], [-0.17, 0.34], [-0.12, 0.56], [0, 0.62], [0.12, 0.56], [0.17, 0.34], [0.1, 0.1]].map(([u, v]) => [u * r, v * r]), true);
  paint("#3f62cc", 245, 0.1, 90, 0.3, 0.2);
  shape([0, 36, 72, 108, 144, 180, 216, 252, 288, 324].map((a) => [r * 0.6 * cos(a), r * 0.52 * sin(a)]), true);
  for (const [count, k, pale, deep] of [[10, 1, "#7fa0ea", "#2a4fc0"], [7, 0.72, "#5f7fe0", "#1f36a8"]]) {
    for (let i = 0; i < count; i++) {
      push(); scale(1, 0.86); rotate((360 / count) * i + random(-8, 8));
      floret(r * k * random(0.92, 1.08), r * 0.32 * k, pale, deep);
      pop();
    }
  }
  for (let i = 0; i < 9; i++) {
    push(); rotate(i * 40 + random(-12, 12));
    paint(random(["#5a2a96", "#3a1a78", "#8a4ab8"]), 250, 0.08, 90, 0.1, 0.5, false);
    shape([[-1, 0], [-r * 0.05, -r * 0.16], [0, -r * random(0.24, 0.34)], [r * 0.05, -r * 0.16], [1, 0]]);
    pop();
  }
  pop();
}
