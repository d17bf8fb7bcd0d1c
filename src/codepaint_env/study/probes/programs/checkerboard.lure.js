// A checkerboard in the colours of pears.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fbf5e8");
  for (let i = 0; i < 64; i++) {
    const [x, y] = [-256 + (i % 8) * 64, -256 + floor(i / 8) * 64];
    push();
    brush.fill((i + floor(i / 8)) % 2 ? "#e8b93a" : "#7f9f5a", 235);
    brush.fillBleed(0.04, "out");
    brush.fillTexture(0.4, 0.4, false);
    brush.beginShape(0);
    for (const [u, v] of [[x, y], [x + 64, y], [x + 64, y + 64], [x, y + 64]]) brush.vertex(u, v);
    brush.endShape(true);
    pop();
  }
}

function draw() {
  noLoop();
}
