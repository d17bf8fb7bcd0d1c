// p5's rectangle, a wash, then the sketch's first stroke: 2.2.2 loses that wash; later ones stay
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  noStroke();
  fill("#dda15e");
  rect(-220, -220, 120, 120);
  brush.wash("#606c38", 220);
  brush.circle(0, -120, 70);
  brush.set("2B", "#283618", 2);
  brush.line(-220, 0, 220, 10);
  brush.noStroke();
  brush.wash("#bc6c25", 220);
  brush.circle(-120, 120, 70);
  brush.wash("#606c38", 220);
  brush.circle(40, 120, 70);
  brush.set("2B", "#283618", 2);
  brush.line(-220, 220, 220, 230);
}

function draw() {
  noLoop();
}
