// subject: poppies
// prompt: poppies in watercolour, a loose field
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#f7f2e6");
  randomSeed(9);
  brush.noStroke();
  brush.fill("#a9bd8b", 130);
  brush.fillBleed(0.2, "out");
  brush.rect(-240, 120, 480, 110);
  for (let i = 0; i < 4; i++) {
    push();
    translate(-165 + 110 * i, 10 * i - 30);
    brush.set("HB", "#5c7348", 2);
    brush.line(0, 20, 8, 210);
    brush.noStroke();
    brush.fill("#d8412f", 190);
    brush.fillBleed(0.15, "out");
    brush.circle(0, 0, 44, 0.5);
    brush.fill("#3a2026", 220);
    brush.fillBleed(0.05, "out");
    brush.circle(2, 4, 11);
    pop();
  }
}
