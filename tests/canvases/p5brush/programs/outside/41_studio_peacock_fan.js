/*
 * Peacock Feather Fan
 * -------------------
 * Eleven feathers placed by push, translate and rotate around one point.
 */

const TEAL = ["#0f6e6e", "#13858a", "#1f9e8f"];
const GOLD = "#d9a21b";
const EYE = "#1b2a6b";

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(15);
  noLoop();
}

function draw() {
  background("#f5f1e3");

  for (let i = 0; i < 11; i++) {
    push();
    translate(0, 230);
    rotate(map(i, 0, 10, -75, 75));
    drawFeather(390 - abs(i - 5) * 14, TEAL[i % 3]);
    pop();
  }
  drawHandle();
}

// A feather points upwards, from (0, 0) to (0, -length)
function drawFeather(length, colour) {
  brush.set("pen", "#5f5233", 1);
  brush.line(0, 0, 0, -length);

  // barbs
  for (let d = 70; d < length; d += 9) {
    const w = map(d, 70, length, 8, 44);
    brush.set("cpencil", colour, 1.2);
    brush.spline([[0, -d, 1], [w * 0.6, -d - 8, 0.8], [w, -d - 22, 0.2]], 0.6);
    brush.spline([[0, -d, 1], [-w * 0.6, -d - 8, 0.8], [-w, -d - 22, 0.2]], 0.6);
  }

  // eye: three nested washes
  brush.noStroke();
  brush.wash(GOLD, 235);
  drop(-length, 26, 40);
  brush.wash(colour, 255);
  drop(-length, 19, 30);
  brush.wash(EYE, 255);
  brush.circle(0, -length + 4, 10);
  brush.noWash();
}

function drop(y, w, h) {
  brush.beginShape(0.7);
  brush.vertex(0, y - h);
  brush.vertex(w, y);
  brush.vertex(0, y + h * 0.7);
  brush.vertex(-w, y);
  brush.endShape(true);
}

function drawHandle() {
  brush.set("2B", "#4a2f1a", 1.2);
  brush.wash("#7a4a26", 255);
  brush.beginShape(0.4);
  brush.vertex(-22, 205);
  brush.vertex(22, 205);
  brush.vertex(12, 290);
  brush.vertex(-12, 290);
  brush.endShape(true);
  brush.noWash();
  brush.set("pen", GOLD, 1.4);
  for (let y = 216; y < 284; y += 9) brush.line(-14, y, 14, y - 4);
}
