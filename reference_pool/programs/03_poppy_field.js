// A loose field of red poppies under a wet morning sky.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(21); noiseSeed(21);
  background("#fbf6ec");
  // sky and meadow are laid wet over the whole sheet
  wash(-60, -250, 420, 170, "#8fb4cb", 200, 270);
  wash(160, -190, 330, 130, "#b9cdd6", 170, 270);
  wash(-70, -66, 360, 46, "#f0c48f", 160, 0);
  wash(-190, -6, 270, 44, "#9fb497", 190, 90);
  wash(190, 6, 260, 52, "#7fa08a", 190, 90);
  wash(0, 170, 420, 170, "#93aa62", 220, 90);
  wash(60, 300, 400, 150, "#4f7d4c", 235, 90);
  for (let i = 0; i < 16; i++) fleck(random(-250, 250), random(0, 50), random(4, 8));
  grasses(24, 190);
  poppy(-196, 78, 26, -10);
  poppy(-120, 56, 20, 8);
  poppy(36, 50, 20, -6);
  poppy(214, 70, 28, 12);
  poppy(128, 84, 38, 8);
  poppy(-66, 106, 46, -10);
  bud(10, 118, 10, 80);
  bud(-232, 140, -8, 100);
  poppy(-158, 176, 66, 8);
  poppy(104, 176, 78, -8);
  bud(206, 150, -10, 120);
  grasses(22, 276);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle, texture, border, spread = true) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, border, spread);
}

function blob(x, y, rx, ry, wobble, step) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += step) {
    const r = 1 + wobble * (noise(seed + cos(a) * 1.5, seed + sin(a) * 1.5) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity, angle) {
  push();
  paint(colour, opacity, 0.4, angle, 0.45, 0);
  blob(x, y, rx, ry, 0.6, 20);
  pop();
}

function fleck(x, y, r) {
  push();
  paint(random(["#d8402f", "#e0603c"]), 240, 0.2, 90, 0.2, 0.2);
  blob(x, y, r * 1.2, r, 0.7, 45);
  pop();
}

// A blade or stalk of paint: from (x, y) down to a point, swayed by lean.
function stalk(x, y, lean, len, w, colour) {
  push();
  paint(colour, 235, 0.04, 270, 0.3, 0.4, false);
  brush.beginShape(0.7);
  for (const [t, side] of [[0, -1], [0.35, -0.9], [0.7, -0.6], [1, 0], [0.7, 0.6], [0.35, 0.9], [0, 1]]) {
    brush.vertex(x + side * w + lean * t * t, y + len * t);
  }
  brush.endShape();
  pop();
}

function grasses(count, base) {
  for (let i = 0; i < count; i++) {
    const h = random(30, 84);
    stalk(random(-262, 262), base, random(-20, 20), -h, random(1.4, 3), random(["#3f6a41", "#5f8a4c", "#2f5a40"]));
  }
}

function poppy(x, y, r, tilt) {
  stalk(x, y + r * 0.5, -tilt * 2, r * 1.9, r * 0.03 + 0.8, "#3d6a3e");
  push(); translate(x, y); rotate(tilt);
  const petal = (colour, px, py, rx, ry, angle) => {
    paint(colour, 235, 0.13, angle, 0.4, 0.45);
    blob(px * r, py * r, rx * r, ry * r, 0.7, 20);
  };
  petal("#f8cdb4", 0, -0.05, 0.95, 0.7, 90); // lifts the paper colour under the reds
  petal("#f8cdb4", 0, -0.05, 0.9, 0.66, 270);
  petal("#e5502f", 0, -0.36, 0.9, 0.6, 270);
  petal("#d02a22", -0.44, 0.0, 0.66, 0.52, 90);
  petal("#dc3a26", 0.46, -0.02, 0.64, 0.5, 90);
  petal("#ae111c", 0.02, 0.32, 0.76, 0.4, 270);
  petal("#ae111c", 0, -0.06, 0.4, 0.24, 90);
  if (r > 30) petal("#2a1020", 0, -0.06, 0.22, 0.15, 90);
  pop();
  push(); translate(x, y); rotate(tilt);
  for (let i = 0; i < r / 2.4; i++) {
    const a = random(360);
    const d = r * sqrt(random(0.003, 0.11));
    const [dx, dy] = [d * cos(a), d * 0.65 * sin(a) - r * 0.06];
    brush.set("charcoal", "#24101f", random(1.2, 2.6) + r / 50);
    brush.spline([[dx, dy, 1], [dx + 0.8, dy + 0.6, 1], [dx + 1.6, dy + 0.8, 1]], 0.5);
  }
  pop();
}

function bud(x, y, tilt, len) {
  stalk(x, y + 8, -tilt, len, 1.5, "#3d6a3e");
  push();
  paint("#c92f2a", 240, 0.1, 270, 0.2, 0.4);
  blob(x + 1, y - 9, 6, 9, 0.3, 45);
  paint("#5f8149", 245, 0.08, 90, 0.3, 0.6);
  blob(x, y, 9, 13, 0.2, 30);
  pop();
}
