// 1000 x 500, corners and marks that leave the sheet
function setup() {
  createCanvas(1000, 500, WEBGL);
  angleMode(DEGREES);
  background("#fdfaf3");
  brush.scaleBrushes(4);
  brush.set("charcoal", "#2f3e46", 1);
  brush.line(-900, -200, 900, -200);
  brush.line(-500, -250, 500, 250);
  brush.fill("#84a98c", 170);
  brush.circle(500, 250, 130);
  brush.fill("#e07a5f", 170);
  brush.circle(-560, 0, 120);
  brush.noFill();
  brush.hatch(12, 30);
  brush.rect(-200, 100, 400, 400);
  brush.noHatch();
  brush.spline([[-480, 200, 1], [-300, 40, 1], [-100, 240, 1], [300, 20, 1], [2000, 90, 1]], 0.6);
}

function draw() {
  noLoop();
}
