// Pink cosmos in a summer meadow: heads of one size in rows, without stems, over flat bands.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(111); noiseSeed(111);
  background("#fbf6ec");
  wash(0, -200, 420, 120, "#a9cfe6", 210, 270);
  wash(0, 120, 420, 240, "#a8c66c", 225, 90);
  wash(0, 250, 420, 90, "#7fa852", 215, 90);
  for (let row = 0; row < 3; row++) {
    for (let i = 0; i < 4; i++) cosmos(-186 + i * 122 + (row % 2) * 30, -30 + row * 104, 44);
  }
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

function cosmos(x, y, r) {
  push(); translate(x, y);
  const petal = (colour, px, py, rx, ry, angle) => {
    paint(colour, 235, 0.13, angle, 0.4, 0.45);
    blob(px * r, py * r, rx * r, ry * r, 0.7, 20);
  };
  petal("#fbe3ea", 0, -0.05, 0.95, 0.7, 90);
  petal("#f2a3c0", 0, -0.36, 0.9, 0.6, 270);
  petal("#e57fa8", -0.44, 0, 0.66, 0.52, 90);
  petal("#ec8fb2", 0.46, -0.02, 0.64, 0.5, 90);
  petal("#d9648f", 0.02, 0.32, 0.76, 0.4, 270);
  petal("#eec23c", 0, -0.06, 0.22, 0.15, 90);
  pop();
}
