// Wind over a meadow: flow fields carry four hundred strokes over washes, with poppies among them.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(44); noiseSeed(44);
  background("#f5f0e2");
  band("#a9c4cf", -256, -90, 120);
  band("#c9cf9a", -60, 90, 130);
  band("#8fa35a", 60, 280, 150);
  brush.field("waves");
  strokes(90, -240, -90, ["#7e9fb0", "#a7bcc2"], "2B", 1.5, 110);
  brush.field("seabed");
  strokes(190, -30, 240, ["#5f7a3a", "#7d9448", "#a99b4a", "#3f6240"], "cpencil", 2, 90);
  strokes(120, 70, 256, ["#3d5a34", "#6b7f3c"], "2B", 2, 70);
  brush.noField();
  for (let i = 0; i < 26; i++) poppy(random(-235, 235), random(10, 225));
}

function band(colour, top, bottom, opacity) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(0.35, "out", 90);
  brush.fillTexture(0.5, 0.1);
  brush.beginShape(0.5);
  for (let x = -280; x <= 280; x += 56) brush.vertex(x, top + 40 * noise(x * 0.01, top));
  for (let x = 280; x >= -280; x -= 56) brush.vertex(x, bottom + 40 * noise(x * 0.01, bottom));
  brush.endShape();
  pop();
}

function strokes(count, top, bottom, colours, kind, weight, length) {
  for (let i = 0; i < count; i++) {
    brush.set(kind, random(colours), weight);
    brush.flowLine(random(-260, 230), random(top, bottom), random(0.5, 1) * length, random(-12, 4));
  }
}

function poppy(x, y) {
  const r = map(y, 10, 225, 6, 17);
  push();
  brush.fill(random(["#d63a2b", "#e2552f", "#c22a30"]), 225);
  brush.fillBleed(0.15, "out");
  brush.fillTexture(0.4, 0.6);
  brush.beginShape(0.7);
  for (let a = 0; a < 360; a += 45) brush.vertex(x + r * random(0.8, 1.2) * cos(a), y + 0.7 * r * random(0.8, 1.2) * sin(a));
  brush.endShape();
  pop();
}

function draw() {
  noLoop();
}
