// brush.load(buffer), paint there, brush.load() back: the buffer is shown twice.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#f7f3e9");
  const leaf = createGraphics(200, 240, WEBGL);
  leaf.background("#e4ead8");
  brush.load(leaf);
  brush.fill("#5a7d4f", 170);
  brush.fillBleed(0.12);
  brush.beginShape(0.4);
  brush.vertex(0, -90);
  brush.vertex(60, -10);
  brush.vertex(0, 95);
  brush.vertex(-60, -10);
  brush.endShape();
  brush.noFill();
  brush.set("HB", "#24361f", 1.2);
  brush.line(0, -85, 0, 100);
  for (let y = -60; y < 80; y += 22) {
    brush.line(0, y, 40, y - 20);
    brush.line(0, y, -40, y - 20);
  }
  brush.load();
  brush.set("marker", "#8f5d3b", 3);
  brush.line(-230, 200, 230, 180);
  image(leaf, -230, -200);
  push();
  translate(120, 0);
  rotate(20);
  image(leaf, -80, -120, 160, 192);
  pop();
  brush.set("pen", "#333333", 1);
  brush.rect(-234, -204, 208, 248);
}

function draw() {
  noLoop();
}
