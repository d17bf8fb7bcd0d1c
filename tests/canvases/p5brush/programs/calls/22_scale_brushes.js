// scaleBrushes: repeated calls multiply; a brush added later keeps its size
function rows(y) {
  brush.box().forEach((name, i) => {
    brush.set(name, "#3d348b", 1);
    brush.line(-236 + i * 40, y, -206 + i * 40, y + 120);
  });
}

function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  rows(-240);
  brush.scaleBrushes(4);
  rows(-70);
  brush.add("late", { type: "default", weight: 1, scatter: 1, sharpness: 0.5, grain: 1, opacity: 120, spacing: 0.3, pressure: [1, 0.5] });
  brush.scaleBrushes(0.5);
  rows(100);
}

function draw() {
  noLoop();
}
