// A bare tree in winter: charcoal lines that fork seven times.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(15); noiseSeed(15);
  background("#f3f1ec");
  brush.set("2H", "#9aa3a8", 1.4);
  brush.spline([[-240, 206, 1], [-80, 190, 0.9], [90, 200, 1], [244, 184, 0.6]], 0.6);
  branch(-6, 206, -90, 104, 0);
}

function branch(x, y, angle, length, depth) {
  if (depth > 6) return;
  const bend = angle + random(-9, 9);
  const midX = x + cos(angle) * length * 0.5, midY = y + sin(angle) * length * 0.5;
  const endX = midX + cos(bend) * length * 0.5, endY = midY + sin(bend) * length * 0.5;
  brush.set(depth < 3 ? "charcoal" : "2B", depth < 3 ? "#3a322d" : "#4f453f", [4.4, 3, 2, 1.9, 1.5, 1.1, 0.9][depth]);
  brush.spline([[x, y, 1], [midX, midY, 0.9], [endX, endY, 0.8]], 0.6);
  branch(endX, endY, bend - random(12, 30), length * random(0.7, 0.82), depth + 1);
  branch(endX, endY, bend + random(14, 34), length * random(0.62, 0.8), depth + 1);
}

function draw() {
  noLoop();
}
