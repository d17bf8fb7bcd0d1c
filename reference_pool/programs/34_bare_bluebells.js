// Bluebells under beeches: a pale stain and three thin stalks, then it stops.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(104); noiseSeed(104);
  background("#fcfbf6");
  push();
  brush.fill("#dfe6ea", 120);
  brush.fillBleed(0.4, "out", 90);
  brush.fillTexture(0.5, 0);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 30) brush.vertex(20 + 110 * cos(a), 150 + 40 * sin(a));
  brush.endShape(true);
  pop();
  stalk(-30, 0.6);
  stalk(14, 1);
  stalk(60, 0.7);
}

function draw() { noLoop(); }

function stalk(x, k) {
  push();
  brush.set("cpencil", "#8aa58a", 1);
  brush.spline([[x, 170, 1], [x + 4, 170 - 60 * k, 0.8], [x + 16, 170 - 100 * k, 0.5]], 0.5);
  pop();
  push();
  brush.fill("#9aa6d8", 150);
  brush.fillBleed(0.1, "out", 90);
  brush.fillTexture(0.3, 0.3);
  brush.beginShape(0.6);
  for (const [px, py] of [[0, 0], [-7, 14], [0, 18], [7, 14]]) brush.vertex(x + 18 + px, 170 - 100 * k + py);
  brush.endShape(true);
  pop();
}
