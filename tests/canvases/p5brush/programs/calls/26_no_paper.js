// no background at all: strokes, a wash and a fill on a transparent canvas
function setup() {
  createCanvas(512, 512, WEBGL);
}

function draw() {
  brush.wash("#ffd6a5", 160);
  brush.circle(-90, -80, 110);
  brush.noWash();
  brush.fill("#0077b6", 190);
  brush.fillBleed(0.2);
  brush.circle(90, -60, 100);
  brush.noFill();
  brush.set("marker", "#d00000", 3);
  brush.line(-200, 120, 200, 160);
  brush.set("pastel", "#000000", 2);
  brush.line(-200, 180, 200, 210);
  noLoop();
}
