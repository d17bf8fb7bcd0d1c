// Three pansies in yellow and violet, laid so thin that they nearly leave the paper.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(8); noiseSeed(8);
  background("#fbfaf6");
  wash(0, 0, 190, 180, "#e9ecd9", 110);
  for (const [x, y, a, len] of [[-60, 110, 120, 110], [40, 120, 70, 120], [110, 70, 30, 100], [-120, 60, 165, 90]]) leaf(x, y, a, len);
  pansy(-84, -64, 92, -12, "#cbbfe4", "#e6dff2");
  pansy(94, -48, 84, 10, "#f2e3b0", "#d8cdea");
  pansy(-4, 68, 96, 2, "#d6c6e6", "#f5eac0");
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed = 0.1, texture = 0.3) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", random(360));
  brush.fillTexture(texture, 0.3);
}

function blob(x, y, rx, ry, wobble = 0.4) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 20) {
    const r = 1 + wobble * (noise(seed + cos(a), seed + sin(a)) - 0.5);
    brush.vertex(x + rx * r * cos(a), y + ry * r * sin(a));
  }
  brush.endShape(true);
}

function wash(x, y, rx, ry, colour, opacity) {
  push(); paint(colour, opacity, 0.4); blob(x, y, rx, ry, 0.6); pop();
}

function pansy(x, y, r, tilt, upper, lower) {
  push(); translate(x, y); rotate(tilt);
  const petals = [[-0.34, -0.5, 0.5, 0.48, upper], [0.36, -0.5, 0.5, 0.48, upper], [-0.52, 0.06, 0.46, 0.42, lower], [0.52, 0.06, 0.46, 0.42, lower], [0, 0.44, 0.6, 0.5, lower]];
  for (const [px, py, rx, ry, colour] of petals) {
    paint(colour, 120);
    blob(px * r, py * r, rx * r, ry * r);
  }
  paint("#b7a3cf", 90);
  blob(0, 0.16 * r, 0.3 * r, 0.24 * r);
  paint("#efd98a", 150, 0.05);
  blob(0, 0.02 * r, 0.1 * r, 0.09 * r);
  pop();
}

function leaf(x, y, angle, len) {
  push(); translate(x, y); rotate(angle);
  paint("#cfdcc0", 130);
  brush.beginShape(0.5);
  for (const [t, w] of [[0, 0], [0.25, -0.14], [0.6, -0.2], [1, 0], [0.6, 0.2], [0.25, 0.14]]) brush.vertex(len * t, len * w);
  brush.endShape(true);
  pop();
}
