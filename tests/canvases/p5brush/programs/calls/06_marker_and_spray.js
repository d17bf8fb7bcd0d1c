// markers that overlap at their tips, sprays of several weights, dots
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#ffffff");
  for (let i = 0; i < 8; i++) {
    brush.set("marker", ["#ffb703", "#219ebc", "#d62828"][i % 3], 1 + i * 0.8);
    brush.line(-230 + i * 20, -220, 120 - i * 20, 30);
  }
  for (let i = 0; i < 6; i++) {
    brush.set("spray", "#5a189a", 0.5 + i);
    brush.line(-220, 60 + i * 32, 0, 60 + i * 32);
    brush.set("spray", "#ff006e", 0.3);
    brush.line(40 + i * 32, 120, 41 + i * 32, 121);
  }
  brush.set("marker", "#111111", 4);
  brush.line(100, 200, 102, 200);
  brush.line(160, 200, 160, 200); // no length: nothing
}

function draw() {
  noLoop();
}
