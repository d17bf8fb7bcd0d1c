// shapes left open, of two and of many vertices, filled, hatched and drawn; rect and circle arguments
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  brush.set("HB", "#3a5a40", 1.5);
  brush.beginShape();
  brush.vertex(-230, -230);
  brush.vertex(-60, -200);
  brush.endShape();
  brush.fill("#588157", 170);
  brush.fillBleed(0.05);
  brush.beginShape(0.5);
  for (let i = 0; i < 30; i++) brush.vertex(-140 + 70 * cos(i * 11), -90 + 70 * sin(i * 11), 1 + (i % 3) * 0.4);
  brush.endShape();
  brush.noFill();
  brush.hatch(7, 60);
  brush.beginShape(0);
  brush.vertex(40, -220);
  brush.vertex(220, -200);
  brush.vertex(160, -60);
  brush.endShape(false);
  brush.noHatch();
  brush.beginShape(2); // clamped to 1
  brush.vertex(-220, 40);
  brush.vertex(-120, 10);
  brush.vertex(-60, 100);
  brush.vertex(-160, 180);
  brush.endShape(true);
  brush.rect(20, 40, 120, 70, "corner");
  brush.rect(80, 75, 60, 30, "center");
  brush.rect(200, 150, -60, -40);
  brush.circle(60, 180, 40);
  brush.circle(60, 180, 34, true);
  brush.circle(160, 200, 30, 1.5);
  brush.circle(160, 200, 0.4);
}

function draw() {
  noLoop();
}
