// clip and noClip, plain and inside a transform (2.2.2 accepts them and clips nothing)
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  brush.set("HB", "#0f4c5c", 1.2);
  brush.clip([-200, -200, 0, 0]);
  for (let i = 0; i < 12; i++) brush.line(-250, -220 + i * 18, 60, -240 + i * 24);
  brush.hatch(7, 45);
  brush.circle(-100, -100, 120);
  brush.noHatch();
  brush.noClip();
  brush.line(-240, 30, 240, 10);
  push();
  translate(100, 130);
  rotate(30);
  brush.clip([-60, -60, 60, 60]);
  brush.set("marker", "#e36414", 1);
  for (let i = -5; i < 6; i++) brush.line(-120, i * 14, 120, i * 14);
  pop();
  brush.fill("#9a031e", 150);
  brush.circle(-130, 150, 60);
  brush.noClip();
}

function draw() {
  noLoop();
}
