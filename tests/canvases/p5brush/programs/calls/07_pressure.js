// pressure by vertex, by spline point and by move; above 1 and down to 0
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  brush.scaleBrushes(3);
  brush.set("marker", "#3d405b", 1);
  brush.spline([[-220, -180, 0], [-60, -220, 2], [100, -160, 0.2], [220, -200, 1]], 0.4);
  brush.set("2B", "#e07a5f", 2);
  brush.beginShape(0.5);
  brush.vertex(-200, -80, 0.2);
  brush.vertex(0, -120, 2);
  brush.vertex(200, -80, 0.2);
  brush.vertex(0, 0, 1);
  brush.endShape(true);
  brush.set("charcoal", "#81b29a", 1.5);
  brush.beginStroke("segments", -220, 80);
  brush.move(20, 140, 0.3);
  brush.move(-60, 100, 1.6);
  brush.move(45, 200, 0.8);
  brush.endStroke(45, 0.1);
  brush.set("pen", "#3d405b", 3);
  brush.beginStroke("curve", -220, 200);
  brush.move(60, 150, 0.2);
  brush.move(-60, 150, 2);
  brush.move(30, 150, 0.5);
  brush.endStroke(-30, 1);
}

function draw() {
  noLoop();
}
