// push and pop carry brush, fill, wash, hatch, mass and field; nested three deep; one pop too many
function tile(x, y) {
  brush.rect(x, y, 90, 90);
}

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(20);
  background("#fbf6ec");
  brush.set("2B", "#14213d", 1);
  brush.fill("#fca311", 150);
  tile(-240, -240);
  push();
  brush.set("charcoal", "#9d0208", 1);
  brush.fillBleed(0.4);
  brush.fillTexture(1, 1);
  tile(-110, -240);
  push();
  brush.noFill();
  brush.hatch(7, 30, { rand: 0.1 });
  brush.hatchStyle("cpencil", "#005f73", 1);
  tile(20, -240);
  push();
  brush.field("zigzag");
  brush.wash("#94d2bd", 150);
  tile(150, -240);
  brush.mass("HB", "#370617", { strength: 0.4 });
  tile(150, -100);
  pop();
  tile(20, -100);
  pop();
  tile(-110, -100);
  pop();
  tile(-240, -100);
  brush.noFill();
  brush.noStroke();
  push();
  brush.pick("marker");
  brush.stroke(20, 120, 200);
  brush.strokeWeight(2);
  brush.line(-240, 80, 240, 80);
  pop();
  brush.stroke("#000000");
  brush.line(-240, 140, 240, 140);
  push();
  translate(0, 60);
  brush.line(-240, 140, 240, 140);
  pop();
}

function draw() {
  noLoop();
}
