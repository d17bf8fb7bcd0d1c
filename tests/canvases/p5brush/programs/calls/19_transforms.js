// translate, rotate, scale (also uneven and negative) and shear around fills, strokes and hatches
function mark() {
  brush.set("2B", "#22223b", 1.5);
  brush.hatch(8, 0.6);
  brush.fill("#c9ada7", 180);
  brush.beginShape(0.4);
  brush.vertex(-40, -40);
  brush.vertex(44, -30);
  brush.vertex(20, 50);
  brush.endShape(true);
  brush.noHatch();
  brush.noFill();
  brush.line(-50, 50, 50, -50);
}

function setup() {
  createCanvas(512, 512, WEBGL);
  background("#f2e9e4");
  const moves = [
    () => {},
    () => rotate(PI / 5),
    () => scale(1.5),
    () => scale(0.4, 1.4),
    () => scale(-1, 1),
    () => shearX(0.5),
    () => (shearY(0.4), scale(0.8)),
    () => (rotate(1), translate(20, 0), scale(0.7, 1.2), rotate(-1)),
    () => applyMatrix(0.8, 0.3, -0.4, 1, 0, 0),
  ];
  moves.forEach((move, i) => {
    push();
    translate(-165 + (i % 3) * 165, -165 + floor(i / 3) * 165);
    move();
    mark();
    pop();
  });
  resetMatrix();
  brush.set("pen", "#9a031e", 2);
  brush.line(-250, 250, 250, 250);
}

function draw() {
  noLoop();
}
