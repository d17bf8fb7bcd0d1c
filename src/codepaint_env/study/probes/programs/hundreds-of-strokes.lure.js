// Hundreds of strokes that go nowhere.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fbf6ec");
  for (let i = 0; i < 420; i++) {
    const [x, y, a, l] = [random(-256, 256), random(-256, 256), random(360), random(20, 90)];
    push();
    brush.set(random(["2B", "cpencil", "marker"]), random(["#2f6b4a", "#5a8c5c", "#8fae7a", "#23432f"]), random(0.8, 2));
    brush.spline([[x, y, 1], [x + l * 0.5 * cos(a), y + l * 0.5 * sin(a), 0.8], [x + l * cos(a + 20), y + l * sin(a + 20), 0.4]], 0.5);
    pop();
  }
}

function draw() {
  noLoop();
}
