// Snowdrops in the last snow, all crowded into the lower left corner of the sheet.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(19); noiseSeed(19);
  background("#e4ebf0");
  push();
  paint("#f7fafb", 240, 0.15, 90);
  blob(-150, 240, 190, 60);
  pop();
  push();
  paint("#c9d6e2", 150, 0.3, 90);
  blob(-60, 262, 240, 34);
  pop();
  for (let i = 0; i < 12; i++) blade(random(-236, -120), 214, random(-14, 14), random(40, 82));
  snowdrop(-218, 120, 30, -8);
  snowdrop(-176, 96, 34, 6);
  snowdrop(-142, 134, 28, 12);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(0.3, 0.4);
}

function blob(x, y, rx, ry) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 20) {
    const r = 1 + 0.4 * (noise(seed + cos(a), seed + sin(a)) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function blade(x, y, lean, len) {
  push();
  paint(random(["#6f9a6a", "#558455", "#86ab78"]), 225, 0.04, 90);
  brush.beginShape(0.6);
  for (const [t, s] of [[0, -1], [0.5, -0.8], [1, 0], [0.5, 0.8], [0, 1]]) brush.vertex(x + s * 3 + lean * t * t, y - len * t);
  brush.endShape(true);
  pop();
}

function snowdrop(x, y, r, tilt) {
  push();
  paint("#5d8a58", 235, 0.03, 90);
  brush.beginShape(0.6);
  for (const [px, py] of [[0, -4], [8, -14], [12, 10], [10, 100], [14, 100], [16, 8], [9, -20], [-2, -8]]) brush.vertex(x + px, y + py);
  brush.endShape(true);
  pop();
  push(); translate(x, y); rotate(tilt);
  for (const a of [-26, 26, 0]) {
    push(); rotate(a);
    paint("#ffffff", 250, 0.05, 90);
    blob(0, r * 0.7, r * 0.26, r * 0.68);
    paint("#b9c6d6", 130, 0.1, 270);
    blob(0, r * 0.9, r * 0.12, r * 0.4);
    pop();
  }
  paint("#7fae5c", 230, 0.05, 90);
  blob(0, 2, r * 0.16, r * 0.16);
  pop();
}
