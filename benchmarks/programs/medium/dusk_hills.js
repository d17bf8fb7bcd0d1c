// Hills at dusk: a sun and six washes, pale ones far away and dark ones near.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(6); noiseSeed(6);
  background("#f9eedd");
  sky("#efb98d", -250, -30, 150, 0);
  sky("#d98a86", -70, 60, 120, 0);
  push();
  brush.fill("#e2572f", 220);
  brush.fillBleed(0.08, "out");
  brush.fillTexture(0.3, 0.5);
  brush.circle(64, -46, 46);
  pop();
  hill("#b9a2b4", 8, 60, 150, 1);
  hill("#8f8aa8", 58, 54, 170, 2);
  hill("#62718f", 108, 50, 190, 3);
  hill("#3f5670", 160, 42, 205, 4);
  hill("#26394f", 214, 34, 220, 5);
}

function sky(colour, top, bottom, opacity, angle) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(0.4, "out", angle);
  brush.fillTexture(0.5, 0);
  brush.beginShape(0.4);
  for (let x = -290; x <= 290; x += 58) brush.vertex(x, top + 20 * noise(x, top));
  for (let x = 290; x >= -290; x -= 58) brush.vertex(x, bottom + 20 * noise(x, bottom));
  brush.endShape();
  pop();
}

function hill(colour, y, tall, opacity, row) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(0.1, "out", 90);
  brush.fillTexture(0.45, 0.5);
  brush.beginShape(0.5);
  for (let x = -290; x <= 290; x += 29) brush.vertex(x, y + 30 - 2 * tall * noise(x * 0.008 + row * 9, row));
  brush.vertex(290, 290);
  brush.vertex(-290, 290);
  brush.endShape();
  pop();
}

function draw() {
  noLoop();
}
