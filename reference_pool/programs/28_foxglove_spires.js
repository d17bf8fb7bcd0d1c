// Foxgloves: two spires of hanging bells over a loose patch of green.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(41); noiseSeed(41);
  background("#faf6ee");
  wash(0, 190, 260, 110, "#b7cba0", 190);
  wash(80, -60, 170, 190, "#e0e6e4", 160);
  for (let i = 0; i < 9; i++) leaf(-200 + i * 48, 250, -90 + random(-35, 35), random(90, 150));
  spire(-70, -200, 240, 1);
  spire(86, -140, 240, 0.86);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle = 90, texture = 0.4) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(texture, 0.5);
}

function blob(x, y, rx, ry, wobble = 0.3) {
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

function spire(x, top, base, size) {
  push();
  paint("#6a8f52", 235, 0.04);
  brush.beginShape(0.5);
  for (const [px, py] of [[-2, top], [-5, 0], [-5, base], [5, base], [5, 0], [2, top]]) brush.vertex(x + px, py);
  brush.endShape(true);
  pop();
  const rows = 9;
  for (let i = 0; i < rows; i++) {
    const t = i / (rows - 1);
    const y = lerp(top, 90, t);
    const len = size * lerp(22, 62, t);
    for (const side of [-1, 1]) bell(x + side * 4, y + (side > 0 ? 12 : 0), side * lerp(20, 46, t), len);
  }
}

function bell(x, y, angle, len) {
  push(); translate(x, y); rotate(-angle);
  const shape = (k) => {
    brush.beginShape(0.6);
    for (const [px, py] of [[-0.12, 0], [-0.26, 0.4], [-0.3, 0.75], [-0.42, 0.98], [0, 1.06], [0.42, 0.98], [0.3, 0.75], [0.26, 0.4], [0.12, 0]]) {
      brush.vertex(px * len * k, py * len * k);
    }
    brush.endShape(true);
  };
  paint("#fbeef2", 255, 0.03, 90, 0);
  shape(0.98);
  paint(random(["#cf6fa8", "#c45a9a", "#d985b4"]), 225, 0.07, 270);
  shape(1);
  paint("#8f2f70", 190, 0.1);
  blob(0, len * 0.98, len * 0.3, len * 0.1);
  pop();
}

function leaf(x, y, angle, len) {
  push(); translate(x, y); rotate(angle);
  paint(random(["#7fa268", "#5f8a56", "#9ab886"]), 215, 0.08);
  brush.beginShape(0.5);
  for (const [t, w] of [[0, 0], [0.3, -0.18], [0.65, -0.16], [1, 0], [0.65, 0.16], [0.3, 0.18]]) brush.vertex(len * t, len * w);
  brush.endShape(true);
  pop();
}
