// A cherry branch: one straight bough with blossoms set along it like beads.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(27); noiseSeed(27);
  background("#f4f6f4");
  wash(0, 0, 230, 150, "#d3e2e4", 170);
  bough(-256, 60, 256, -50, 9);
  bough(-90, 24, -60, -96, 4);
  bough(90, -14, 130, 90, 4);
  for (let i = 0; i < 7; i++) blossom(-216 + i * 72, 42 - i * 15.5 + (i % 2 ? -26 : 24), 38);
  blossom(-58, -110, 38);
  blossom(134, 104, 38);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, texture = 0.4) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", 90);
  brush.fillTexture(texture, 0.5);
}

function blob(x, y, rx, ry, wobble) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 24) {
    const r = 1 + wobble * (noise(seed + cos(a), seed + sin(a)) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity) {
  push(); paint(colour, opacity, 0.4); blob(x, y, rx, ry, 0.7); pop();
}

function bough(ax, ay, bx, by, w) {
  push();
  paint("#5a4238", 240, 0.04);
  brush.beginShape(0.2);
  brush.vertex(ax, ay - w); brush.vertex(bx, by - w * 0.5); brush.vertex(bx, by + w * 0.5); brush.vertex(ax, ay + w);
  brush.endShape(true);
  pop();
}

function blossom(x, y, r) {
  push(); translate(x, y);
  for (let i = 0; i < 5; i++) {
    const a = i * 72 - 90;
    paint("#fdf2f2", 255, 0.03, 0);
    blob(0.55 * r * cos(a), 0.55 * r * sin(a), 0.42 * r, 0.42 * r, 0.2);
    paint("#f0b3c2", 205, 0.08);
    blob(0.55 * r * cos(a), 0.55 * r * sin(a), 0.42 * r, 0.42 * r, 0.3);
  }
  paint("#c2476c", 220, 0.1);
  blob(0, 0, 0.22 * r, 0.22 * r, 0.3);
  pop();
}
