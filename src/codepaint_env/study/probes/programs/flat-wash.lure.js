// One wash over the sheet, and nothing else.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#f8f1e2");
  push();
  brush.fill("#8fb0bc", 230);
  brush.fillBleed(0.2, "out");
  brush.fillTexture(0.5, 0);
  brush.beginShape(0);
  for (const [x, y] of [[-320, -320], [320, -320], [320, 320], [-320, 320]]) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function draw() {
  noLoop();
}
