// A single red rose: rings of petals laid one inside the other, one stem, two leaves.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(3); noiseSeed(3);
  background("#fffaf2");
  stem();
  leaf(6, 130, -32, 120);
  leaf(-4, 170, 208, 110);
  const reds = ["#c8202f", "#d83a44", "#b8182a", "#cf2c38", "#a31022"];
  for (let ring = 0; ring < 5; ring++) {
    const r = 112 - ring * 22;
    const count = 7 - ring;
    for (let i = 0; i < count; i++) {
      const a = (360 / count) * i + ring * 25;
      petal(r * 0.55 * cos(a), -60 + r * 0.5 * sin(a), r * 0.62, reds[ring]);
    }
  }
}

function draw() { noLoop(); }

function paint(colour, opacity) {
  brush.fill(colour, opacity);
  brush.fillBleed(0.02, "out");
  brush.fillTexture(0.1, 0.2);
}

function petal(x, y, r, colour) {
  push();
  paint(colour, 230);
  brush.beginShape(0.5);
  for (let a = 0; a < 360; a += 30) {
    const k = 1 + 0.12 * random(-1, 1);
    brush.vertex(x + r * k * cos(a), y + r * 0.9 * k * sin(a));
  }
  brush.endShape(true);
  pop();
}

function stem() {
  push();
  paint("#3f7a3a", 240);
  brush.beginShape(0.4);
  for (const [x, y] of [[-5, 20], [-6, 120], [-2, 256], [10, 256], [6, 120], [5, 20]]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function leaf(x, y, angle, len) {
  push(); translate(x, y); rotate(angle);
  paint("#4f9148", 235);
  brush.beginShape(0.5);
  for (const [t, w] of [[0, 0], [0.3, -0.2], [0.65, -0.22], [1, 0], [0.65, 0.22], [0.3, 0.2]]) brush.vertex(len * t, len * w);
  brush.endShape(true);
  pop();
}
