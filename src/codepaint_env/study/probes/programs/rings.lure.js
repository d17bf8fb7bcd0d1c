// Red rings round one middle.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fcf6ea");
  for (let i = 0; i < 9; i++) {
    push();
    brush.fill(i % 2 ? "#fdf2e2" : "#cf2f28", 250);
    brush.fillBleed(0.04, "out");
    brush.fillTexture(i % 2 ? 0 : 0.45, 0.5, false);
    brush.circle(0, 0, 210 - i * 23);
    pop();
  }
}

function draw() {
  noLoop();
}
