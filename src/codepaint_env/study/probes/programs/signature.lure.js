// A blank sheet with a signature and a red seal.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fbf6ec");
  push();
  brush.set("2B", "#2d3a4c", 1.6);
  brush.spline([[120, 196, 1], [134, 168, 0.8], [142, 206, 1], [156, 186, 0.7], [164, 204, 0.9], [178, 184, 0.7], [188, 204, 0.8], [222, 180, 0.4]], 0.6);
  brush.spline([[116, 214, 0.9], [170, 210, 0.7], [226, 206, 0.3]], 0.5);
  pop();
  push();
  brush.fill("#b8302c", 240);
  brush.fillBleed(0.05, "out");
  brush.fillTexture(0.4, 0.5, false);
  brush.rect(88, 186, 20, 22);
  pop();
}

function draw() {
  noLoop();
}
