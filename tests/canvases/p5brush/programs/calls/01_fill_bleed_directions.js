// fill: both bleed directions with and without an angle, strengths 0 to 1
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  const angles = [undefined, 0, 90, 180, 270];
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 5; column++) {
      brush.fill(["#a63a50", "#2f6690"][row], 190);
      brush.fillBleed([0, 0.1, 0.2, 0.4, 1][column], row ? "in" : "out", angles[column]);
      brush.beginShape(0.6);
      const x = -200 + column * 100;
      const y = row ? 110 : -110;
      brush.vertex(x - 36, y);
      brush.vertex(x, y - 70);
      brush.vertex(x + 36, y);
      brush.vertex(x, y + 70);
      brush.endShape(true);
    }
  }
}

function draw() {
  noLoop();
}
