// A violet aster with a golden heart, as one disc with a dot in it.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(83);
  background("#ffffff");
  disc(0, 0, 120, "#8f6cc0", 225, 0.1);
  disc(0, 0, 34, "#e9b93c", 240, 0.05);
}

function draw() { noLoop(); }

function disc(x, y, r, colour, opacity, bleed) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(0.4, 0.4);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 20) brush.vertex(x + r * cos(a), y + r * sin(a));
  brush.endShape(true);
  pop();
}
