// Dandelion clocks at dusk: white seeds lifting off into a wet indigo and apricot sky.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(42); noiseSeed(42);
  background("#f7ecd9");
  wash(20, -230, 460, 210, "#3a4a7c", 235, 270);
  wash(-60, -120, 440, 150, "#6f7fae", 200, 270);
  wash(60, 20, 430, 100, "#d99a8a", 190, 270);
  wash(-40, 110, 430, 90, "#f0b06a", 190, 90);
  wash(0, 236, 440, 96, "#3f5a5a", 235, 90);
  wash(80, 280, 420, 80, "#1f3844", 240, 90);
  for (let i = 0; i < 34; i++) blade(random(-260, 260), 268, random(-40, 40), random(60, 170), random(1.5, 3.4));
  stalk([[-84, 268], [-92, 150], [-84, 40], [-70, -34]]);
  stalk([[112, 268], [122, 200], [132, 140], [134, 96]]);
  clock(134, 90, 62, 0, 360);
  clock(-70, -40, 104, 60, 330);
  const flying = [[30, -108, 60, 30], [74, -60, 78, 26], [66, -176, 48, 30], [136, -134, 62, 26]];
  flying.push([182, -214, 50, 22], [208, -100, 80, 24], [10, -196, 30, 24], [226, -30, 70, 18]);
  for (const [x, y, angle, size] of flying) seed(x, y, angle, size, 0.9);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, step = 20) {
  const k = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(k + cos(a) * 1.4, k + sin(a) * 1.4) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity, angle) {
  push();
  paint(colour, opacity, 0.4, angle, 0.4, 0);
  blob(x, y, rx, ry, 0.5);
  pop();
}

function blade(x, y, lean, len, w) {
  push();
  paint(random(["#1f3a40", "#2f4f4a", "#24384e"]), 240, 0.04, 90, 0.3, 0.3, false);
  brush.beginShape(0.7);
  for (const [t, side] of [[0, -1], [0.35, -0.8], [0.7, -0.5], [1, 0], [0.7, 0.5], [0.35, 0.8], [0, 1]]) {
    brush.vertex(x + side * w + lean * t * t, y - len * t);
  }
  brush.endShape();
  pop();
}

function stalk(points) {
  push();
  paint("#2b4448", 255, 0.04, 90, 0.2, 0.4, false);
  brush.beginShape(0.8);
  for (const [x, y] of points) brush.vertex(x - 2.6, y);
  for (const [x, y] of points.reverse()) brush.vertex(x + 2.6, y + 1);
  brush.endShape();
  pop();
}

function stroke1(points, colour, w, kind = "cpencil") {
  push();
  brush.set(kind, colour, w);
  brush.spline(points, 0.6);
  pop();
}

// A seed at (x, y): a thread along `angle`, a dark grain below, a tuft of hairs above.
function seed(x, y, angle, size, light) {
  push(); translate(x, y); rotate(angle);
  stroke1([[0, 0, 1], [0.6, -size * 0.5, 0.9], [0, -size, 0.8]], "#f4ece0", 0.8);
  stroke1([[0, 3, 1], [0.3, 0, 1], [0, -3, 1]], "#4a3428", 1.4, "charcoal");
  for (let k = -3; k <= 3; k++) {
    const a = k * 19 + random(-4, 4);
    const h = size * 0.42 * light * random(0.85, 1.1);
    stroke1([[0, -size, 1], [0.5 * h * sin(a), -size - 0.55 * h * cos(a), 0.9], [h * sin(a), -size - h * cos(a), 0.5]], "#fffdf6", 0.8);
  }
  pop();
}

// A globe of seeds between two angles; a soft pale bloom of paint holds it together.
function clock(x, y, r, from, to) {
  push();
  paint("#f6efe6", 215, 0.3, 0, 0.4, 0);
  blob(x, y, r * 0.92, r * 0.92, 0.25);
  paint("#fffaf2", 215, 0.3, 0, 0.4, 0);
  blob(x, y, r * 0.6, r * 0.6, 0.3);
  pop();
  push(); translate(x, y);
  for (const [ring, count] of [[0.3, 9], [0.5, 15], [0.66, 20], [0.78, 24]]) {
    for (let i = 0; i < count; i++) {
      const a = from + ((to - from) * i) / count + random(-4, 4);
      push(); rotate(a); translate(0, -r * 0.08);
      seed(0, 0, 0, r * ring * random(0.9, 1.1), r * 0.3 / (r * ring) + 0.25);
      pop();
    }
  }
  paint("#5a4a3a", 255, 0.1, 0, 0.2, 0.4);
  blob(0, 0, r * 0.1, r * 0.1, 0.3, 36);
  pop();
}
