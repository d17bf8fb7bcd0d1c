// fault: hatch after noStroke without a hatchStyle throws "No brush or color set"
const cols = ["#606c38", "#283618", "#dda15e", "#bc6c25"];

function setup() {
  createCanvas(600, 600, WEBGL);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#fefae0");
  translate(-300, -300);
  for (let i = 0; i < 24; i++) {
    brush.set("charcoal", random(cols), 1);
    brush.line(20 + i * 24, 30, 40 + i * 24, 300);
  }
  brush.noStroke();
  brush.hatch(6, PI / 3, { rand: 0.2 });
  for (let i = 0; i < 6; i++) brush.circle(100 + i * 80, 420, 60);
}
