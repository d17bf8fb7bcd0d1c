// a translucent background over an earlier one
function setup() {
  createCanvas(512, 512, WEBGL);
  background(20, 60, 120, 120);
  brush.fill("#ffb703", 200);
  brush.circle(-80, -60, 120);
  background(255, 255, 255, 60);
  brush.set("charcoal", "#000000", 1.5);
  brush.line(-220, 180, 220, 140);
  brush.wash("#fb8500", 90);
  brush.rect(40, 20, 160, 160);
}

function draw() {
  noLoop();
}
