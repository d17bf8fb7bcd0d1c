// p5's own flat shapes before, between and after brush marks
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#f4efe6");
  noStroke();
  fill("#dda15e");
  rect(-220, -220, 180, 180);
  brush.set("charcoal", "#283618", 2);
  brush.line(-240, -130, 240, -130);
  fill(96, 108, 56, 160);
  ellipse(60, -120, 200, 140);
  brush.line(-240, -80, 240, -80);
  stroke("#bc6c25");
  strokeWeight(6);
  line(-220, 0, 220, 20);
  noFill();
  triangle(-200, 60, -80, 60, -140, 200);
  quad(-40, 60, 60, 80, 40, 200, -60, 180);
  arc(150, 130, 120, 120, 0, PI);
  strokeWeight(14);
  point(150, 90);
  beginShape();
  vertex(90, 210);
  vertex(220, 200);
  vertex(200, 240);
  endShape(CLOSE);
  bezier(-240, 240, -120, 150, 20, 300, 80, 230);
  circle(150, 130, 30);
  square(-250, 200, 40);
  brush.fill("#606c38", 180);
  brush.circle(-140, 130, 60);
  fill(0);
  strokeWeight(1);
  rect(-160, 110, 40, 40, 8);
}

function draw() {
  noLoop();
}
