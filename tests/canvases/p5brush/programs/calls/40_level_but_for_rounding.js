// edges and strokes that rounding tilts by 1e-14 pixels, as those of a circle of sines and cosines are
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  brush.set("2B", "#33415c", 2);
  brush.fill("#c9184a", 120);
  brush.fillBleed(0.02);
  brush.fillTexture(0.1, 0.1);
  [-1e-14, 1e-14].forEach((tilt, i) => {
    push();
    translate(-120 + 240 * i, -170);
    for (const curvature of [0, 0.5, 1]) {
      brush.beginShape(curvature);
      for (const [x, y] of [[-90, 0], [0, tilt], [90, 0], [90, 70], [-90, 70]]) brush.vertex(x, y);
      brush.endShape(true);
      translate(0, 110);
    }
    brush.spline([[-100, 0, 1], [0, tilt, 1], [90, 0, 1], [100, 30, 1]], 0.5);
    brush.line(-100, 0, 100, tilt);
    pop();
  });
  brush.noFill();
  brush.beginShape(0.6);
  for (let i = 0; i < 8; i++) brush.vertex(30 * Math.cos((i * Math.PI) / 4), 200 + 30 * Math.sin((i * Math.PI) / 4));
  brush.endShape(true);
}

function draw() {
  noLoop();
}
