// NaN for a colour or one of its channels, in fills, washes, strokes, hatches and p5's own shapes
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#9cb4a8");
  noStroke();
  fill(NaN);
  rect(-250, -250, 60, 60);
  fill(NaN, 100, 200);
  rect(-180, -250, 60, 60);
  fill(250, 100, NaN, 120);
  rect(-110, -250, 60, 60);
  fill(255, 0, 0, NaN);
  rect(-40, -250, 60, 60);
  brush.noStroke();
  brush.fill(NaN, 150);
  brush.circle(-150, -70, 70);
  brush.fill(200, NaN, 20, 220);
  brush.circle(10, -70, 60);
  brush.noFill();
  brush.wash(NaN, 150);
  brush.rect(110, -150, 120, 140);
  brush.noWash();
  brush.hatchStyle("marker", NaN, 2);
  brush.hatch(9, 45);
  brush.circle(-150, 130, 70);
  brush.noHatch();
  brush.set("marker", NaN, 3);
  brush.line(-40, 80, 230, 110);
  brush.set("charcoal", color(20, NaN, 200), 3);
  brush.line(-40, 130, 230, 160);
  brush.set("rotring", "#204080", 2);
  brush.stroke(NaN, 0, 0);
  brush.line(-40, 180, 230, 210);
}

function draw() {
  noLoop();
}
