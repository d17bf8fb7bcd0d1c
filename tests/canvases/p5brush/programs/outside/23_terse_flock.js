// a flock that turns around two points
const ink = ["#2d3142", "#4f5d75", "#bf4342"];

function setup() {
  createCanvas(600, 600, WEBGL);
  noLoop();
}

function draw() {
  randomSeed(17); noiseSeed(17);
  brush.scaleBrushes(3);
  background("#e7ecef");
  translate(-width / 2, -height / 2);
  for (let i = 0; i < 420; i++) {
    const x = random(width), y = random(height);
    const a1 = atan2(y - 200, x - 180), a2 = atan2(y - 420, x - 430);
    const d1 = dist(x, y, 180, 200), d2 = dist(x, y, 430, 420);
    const a = (d1 < d2 ? a1 : a2) + HALF_PI;
    const s = constrain(map(min(d1, d2), 0, 260, 26, 9), 8, 26);
    brush.set("HB", random() < 0.06 ? ink[2] : ink[i % 2], s / 8);
    const wing = 0.6 + noise(i) * 0.5;
    brush.line(x, y, x - s * cos(a + wing), y - s * sin(a + wing));
    brush.line(x, y, x - s * cos(a - wing), y - s * sin(a - wing));
  }
}
