// A dahlia: sixty petals in five rings, back to front.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(12); noiseSeed(12);
  background("#fbf6ee");
  push();
  brush.fill("#d9dcc8", 110);
  brush.fillBleed(0.45, "out");
  brush.fillTexture(0.5, 0.1);
  brush.circle(0, 0, 210);
  pop();
  const rings = [[16, 205, 38, "#8f2348"], [14, 165, 35, "#b03257"], [12, 126, 31, "#cc4a68"], [10, 88, 26, "#df6f7f"], [8, 54, 20, "#eb97a0"]];
  rings.forEach(([count, length, wide, colour], ring) => {
    for (let i = 0; i < count; i++) petal((360 / count) * i + ring * 11 + random(-4, 4), length, wide, colour);
  });
  push();
  brush.fill("#e5b23c", 230);
  brush.fillBleed(0.1, "out");
  brush.fillTexture(0.6, 0.6);
  brush.circle(0, 0, 17);
  pop();
}

function petal(angle, length, wide, colour) {
  const long = length * random(0.94, 1.06);
  push();
  rotate(angle);
  brush.fill(colour, random(170, 205));
  brush.fillBleed(0.09, "out");
  brush.fillTexture(0.45, 0.65);
  brush.beginShape(0.7);
  for (const [x, y] of [[0, -8], [-0.6, -0.35], [-1, -0.62], [-0.6, -0.9], [0, -1], [0.6, -0.9], [1, -0.62], [0.6, -0.35]]) {
    brush.vertex(x * wide + random(-2, 2), y < -1 ? y : y * long);
  }
  brush.endShape();
  pop();
  push();
  rotate(angle);
  brush.set("cpencil", "#6d1735", 0.9);
  brush.spline([[0, -long * 0.4, 1], [random(-3, 3), -long * 0.65, 0.7], [0, -long * 0.88, 0.3]], 0.5);
  pop();
}

function draw() {
  noLoop();
}
