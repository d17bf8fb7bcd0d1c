// fault: brush.bleed is the 1.x name of fillBleed
let c = ["#ef476f", "#ffd166", "#06d6a0", "#118ab2"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
}

function draw() {
  background("#fffcf2");
  translate(-300, -300);
  brush.set("HB", "#333", 1);
  for (let y = 40; y < 600; y += 40) brush.line(30, y, 570, y);
  brush.noStroke();
  for (let i = 0; i < 12; i++) {
    brush.fill(random(c), 120);
    brush.bleed(0.3);
    brush.circle(random(100, 500), random(100, 500), random(30, 90));
  }
  noLoop();
}
