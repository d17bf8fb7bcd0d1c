// Ox-eye daisies lifted white out of a deep green, wet full-sheet wash.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(77); noiseSeed(77);
  background("#e9eedd");
  wash(0, 0, 420, 410, "#3f7058", 245, 270);
  wash(-40, 60, 420, 380, "#1f4a40", 245, 90);
  wash(60, 240, 420, 170, "#12332f", 250, 90);
  for (let i = 0; i < 26; i++) blade(random(-260, 260), 272, random(-60, 60), random(130, 360), random(2, 4.5));
  // x, y, radius, tilt, and how far the flower is turned from us
  const flowers = [[-150, -140, 46, -14, 0.7], [176, -64, 50, 16, 0.62], [36, -158, 62, 8, 0.78]];
  flowers.push([-70, -22, 80, -10, 0.86], [96, 62, 92, 14, 0.9], [-166, 110, 58, -18, 0.72]);
  for (const [x, y, , tilt] of flowers) blade(x - tilt * 2.4, 276, tilt * 2.4, 284 - y, 3.6, "#7fa86a");
  for (const f of flowers) daisy(...f);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, step = 20) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(seed + cos(a) * 1.4, seed + sin(a) * 1.4) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity, angle) {
  push();
  paint(colour, opacity, 0.35, angle, 0.45, 0);
  blob(x, y, rx, ry, 0.35);
  pop();
}

// A grass blade or stalk from (x, y) up to a fine tip.
function blade(x, y, lean, len, w, colour = random(["#4f8a5c", "#6f9f62", "#2f6a50", "#8fb070"])) {
  push();
  paint(colour, 235, 0.04, 270, 0.4, 0.3, false);
  brush.beginShape(0.7);
  for (const [t, side] of [[0, -1], [0.35, -0.85], [0.7, -0.55], [1, 0], [0.7, 0.55], [0.35, 0.85], [0, 1]]) {
    brush.vertex(x + side * w + lean * t * t, y - len * t);
  }
  brush.endShape();
  pop();
}

// A narrow ray petal from (0, 0) upwards, blunt and slightly notched.
function ray(len, wid, lean) {
  brush.beginShape(0.6);
  const rim = [[0.1, -0.3], [0.35, -0.75], [0.65, -1], [0.88, -0.85], [0.99, -0.45], [0.96, 0]];
  rim.push([1, 0.45], [0.88, 0.85], [0.65, 1], [0.35, 0.75], [0.1, 0.3]);
  for (const [t, s] of rim) {
    brush.vertex(s * wid + lean * t * t, -len * t * random(0.98, 1.02));
  }
  brush.endShape();
}

function daisy(x, y, r, tilt, squash) {
  push(); translate(x, y); rotate(tilt); scale(1, squash);
  const count = 15;
  for (let i = 0; i < count; i++) {
    const a = (360 / count) * i * 4 + random(-6, 6); // every fourth, so that neighbours overlap both ways
    const [len, wid, lean] = [r * random(0.92, 1.1), r * random(0.14, 0.18), random(-7, 7)];
    push(); rotate(a);
    for (const side of [90, 270]) { // lift the white from both ends
      paint("#fdfdf6", 255, 0.04, side, 0, 0, false);
      ray(len, wid, lean);
    }
    paint(cos(a + tilt - 30) > 0 ? "#dfe6ea" : "#b9c6d4", 215, 0.06, 90, 0.35, 0.7, false);
    ray(len * 0.98, wid * 0.95, lean);
    pop();
  }
  heart(r);
  pop();
}

// The yellow dome: light above, ochre and green shade below, a few grains.
function heart(r) {
  push();
  const coats = [["#fbe27a", 90, 0.3, 0], ["#fbe27a", 270, 0.3, 0], ["#f2b81f", 90, 0.29, 0.01], ["#cf7f14", 90, 0.24, 0.06], ["#8a6a1f", 90, 0.17, 0.12]];
  for (const [colour, side, k, dy] of coats) {
    paint(colour, 250, 0.08, side, 0.15, 0.4, false);
    blob(0, r * dy, r * k, r * k * (1 - dy), 0.2, 30);
  }
  pop();
  for (let i = 0; i < r / 3.4; i++) {
    const [a, d] = [random(360), r * 0.27 * sqrt(random(0.1, 1))];
    push(); translate(d * cos(a), d * sin(a));
    brush.set("charcoal", random(["#fbe9a0", "#a8620f", "#d99318"]), random(1.6, 2.8));
    brush.spline([[0, 0, 1], [0.8, 0.6, 1], [1.6, 0.8, 1]], 0.5);
    pop();
  }
}
