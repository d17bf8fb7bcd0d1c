// flow lines, three bands of colour
let cols = ["#0b3954", "#087e8b", "#bfd7ea", "#ff5a5f", "#c81d25"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
}

function draw() {
  background("#f8f5f0");
  translate(-width / 2, -height / 2);
  brush.field("seabed");
  for (let y = 30; y < 580; y += 7) {
    const c = cols[floor(map(y, 30, 580, 0, cols.length))];
    brush.set(random() < 0.8 ? "marker" : "pen", c, random(0.3, 1.1));
    brush.flowLine(random(10, 60), y, random(380, 540), random(-4, 4));
  }
  brush.noField();
  brush.set("charcoal", "#222", 0.6);
  brush.rect(12, 12, 576, 576);
  noLoop();
}
