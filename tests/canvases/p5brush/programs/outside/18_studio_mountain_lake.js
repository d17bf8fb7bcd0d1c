/*
 * Mountain Lake
 * -------------
 * Two ridges, their mirrored reflection and a row of pines in the foreground.
 */

const FAR = "#8aa0b8";
const NEAR = "#4d6580";
const PINE = "#1f3b2f";

function setup() {
  createCanvas(600, 400, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(2.5);
  randomSeed(2);
  noiseSeed(2);
  noLoop();
}

function draw() {
  background("#f1efe6");
  translate(-width / 2, -height / 2);

  drawRidge(60, 120, 0.011, FAR, 130, 1);
  drawRidge(100, 90, 0.017, NEAR, 170, 1);
  drawLake();
  drawRidge(300, 60, 0.017, NEAR, 70, -1);
  for (let x = 10; x < 600; x += random(18, 44)) {
    drawPine(x, 390 + random(-6, 10), random(50, 130) * (abs(x - 300) / 300 + 0.25));
  }
}

// direction 1 draws a ridge that stands, -1 one that hangs (the reflection)
function drawRidge(base, amplitude, frequency, colour, opacity, direction) {
  brush.noStroke();
  brush.fill(colour, opacity);
  brush.fillBleed(0.08, "out", direction > 0 ? 90 : 270);
  brush.fillTexture(0.5, 0.4);
  brush.beginShape(0.1);
  brush.vertex(-10, 205);
  for (let x = -10; x <= 610; x += 31) {
    const n = noise(x * frequency, base) * amplitude;
    brush.vertex(x, direction > 0 ? base + amplitude - n : base - amplitude + n);
  }
  brush.vertex(610, 205);
  brush.endShape(true);
  brush.noFill();
}

function drawLake() {
  brush.noStroke();
  brush.wash("#c4d5de", 200);
  brush.rect(-5, 205, 610, 200);
  brush.noWash();
  for (let y = 212; y < 395; y += 10) {
    brush.set("2H", "#6b8699", 0.9);
    const x = random(0, 300);
    brush.line(x, y, x + random(80, 280), y);
  }
}

function drawPine(x, y, h) {
  brush.set("2B", PINE, 1);
  brush.line(x, y, x, y - h);
  for (let k = 0; k < h / 6; k++) {
    const yy = y - 8 - k * 6;
    const w = map(yy, y, y - h, h * 0.24, 1);
    brush.line(x, yy - 3, x - w, yy + 3 + random(3));
    brush.line(x, yy - 3, x + w, yy + 3 + random(3));
  }
}
