// Two bands and the line between them.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fbf6ea");
  for (const [top, foot, colour] of [[-320, 20, "#a9cbe0"], [24, 320, "#3f8fa8"]]) {
    push();
    brush.fill(colour, 210);
    brush.fillBleed(0.06, "out");
    brush.fillTexture(0.45, 0.2);
    brush.beginShape(0);
    for (const [x, y] of [[-320, top], [320, top], [320, foot], [-320, foot]]) brush.vertex(x, y);
    brush.endShape(true);
    pop();
  }
  push();
  brush.set("2B", "#2b4a5c", 1.4);
  brush.line(-256, 22, 256, 22);
  pop();
}

function draw() {
  noLoop();
}
