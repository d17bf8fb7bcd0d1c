// 240 x 360: everything is relative to width and height, painted in draw
function setup() {
  createCanvas(240, 360, WEBGL);
}

function draw() {
  background("#e8ecef");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(1.5);
  brush.fill("#b56576", 180);
  brush.circle(width / 2, height / 3, width / 4);
  brush.noFill();
  brush.field("waves");
  brush.set("2B", "#355070", 1);
  for (let y = height / 2; y < height; y += 12) brush.flowLine(10, y, width - 20, 0);
  brush.noField();
  brush.hatch(6, 0.8);
  brush.rect(20, height - 70, width - 40, 50);
  noLoop();
}
