// The same three strokes in every square of a grid.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fbf4e2");
  for (let y = -232; y < 256; y += 44) {
    for (let x = -240; x < 256; x += 44) {
      push();
      brush.set("marker", "#d79a35", 2);
      brush.spline([[x, y + 30, 1], [x + 12, y + 14, 0.8], [x + 30, y, 0.4]], 0.5);
      brush.set("cpencil", "#8a5c22", 1.4);
      brush.spline([[x + 6, y + 32, 1], [x + 18, y + 18, 0.8], [x + 34, y + 6, 0.4]], 0.5);
      brush.set("2B", "#5f7a48", 1.2);
      brush.spline([[x + 2, y + 6, 1], [x + 10, y + 2, 0.8], [x + 18, y + 4, 0.4]], 0.5);
      pop();
    }
  }
}

function draw() {
  noLoop();
}
