// subject: butterfly
// prompt: a butterfly in watercolour, wings open
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#faf7ef");
  randomSeed(2);
  brush.noStroke();
  for (let side = -1; side < 2; side += 2) {
    push();
    scale(side, 1);
    brush.fill("#5b86c4", 190);
    brush.fillBleed(0.12, "out");
    brush.fillTexture(0.4, 0.5);
    brush.beginShape(0.5);
    brush.vertex(6, -10);
    brush.vertex(60, -130);
    brush.vertex(170, -140);
    brush.vertex(150, -30);
    brush.endShape(true);
    brush.fill("#8fb3dd", 190);
    brush.polygon([[6, 0], [110, 20], [120, 110], [50, 130]]);
    brush.fill("#33415c", 210);
    brush.circle(110, -90, 16);
    pop();
  }
  brush.fill("#2e2a2a", 230);
  brush.polygon([[-7, -50], [7, -50], [5, 80], [-5, 80]]);
}
