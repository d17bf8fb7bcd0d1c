// A small painting that uses every kind of mark; its bytes show whether two machines draw alike.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(12);
  noiseSeed(12);
  background("#f8f3e8");
  for (let i = 0; i < 5; i++) {
    push();
    rotate(72 * i);
    brush.fill(["#d94f6b", "#e58a4a", "#4f7fc4", "#5b9a5f", "#8a5cb0"][i], 180);
    brush.fillBleed(0.05 + 0.08 * i, i % 2 ? "in" : "out");
    brush.fillTexture(0.2 + 0.15 * i, 0.9 - 0.15 * i);
    brush.beginShape(0.2 * i);
    brush.vertex(0, -10);
    brush.vertex(-60, -90);
    brush.vertex(random(-20, 20), -190);
    brush.vertex(60, -100);
    brush.endShape();
    pop();
    push();
    rotate(72 * i + 36);
    brush.set(["2B", "HB", "cpencil", "charcoal", "marker"][i], "#33404d", 1.5);
    brush.spline([[0, -30, 1], [25, -110, 0.7], [-10, -200, 0.3]], 0.6);
    pop();
  }
}

function draw() {
  noLoop();
}
