// A town on a slope: some thirty painted houses with hatched shadows.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(8); noiseSeed(8);
  background("#f7f1e4");
  push();
  brush.fill("#b9cbd3", 110);
  brush.fillBleed(0.4, "out");
  brush.fillTexture(0.5, 0.1);
  brush.circle(-40, -150, 170);
  pop();
  for (let row = 0; row < 4; row++) {
    const size = 46 + row * 13;
    for (let x = -262 + (row % 2) * 24; x < 250; x += size * 1.05) {
      house(x, -70 + row * 78 - 36 * noise(x * 0.01 + row), size, row);
    }
  }
}

function house(x, y, size, row) {
  const wide = size * random(0.82, 1), tall = size * random(0.9, 1.5);
  const wall = random(["#d9b25e", "#c98a54", "#cf8f7a", "#8fa58c", "#e3c48a", "#7f9fae"]);
  const roof = random(["#a83a26", "#8a2f24", "#bf5430", "#5f4a4a"]);
  push();
  translate(x, y);
  shape(wall, 215, [[0, 0], [wide, 0], [wide, tall], [0, tall]]);
  shape(roof, 245, [[-6, 2], [wide * 0.5, -size * random(0.42, 0.62)], [wide + 6, 2]]);
  brush.hatch(4 + row, 62, { rand: 0.2 });
  brush.hatchStyle("2B", "#6b5648", 1);
  brush.set("2B", "#4a3a31", 1.3);
  brush.polygon([[wide * 0.62, 0], [wide, 0], [wide, tall], [wide * 0.62, tall]]);
  brush.noHatch();
  brush.polygon([[0, 0], [wide, 0], [wide, tall], [0, tall]]);
  brush.set("2B", "#3d4a57", 1.8);
  for (const h of [0.22, 0.56]) brush.rect(wide * 0.2, tall * h, wide * 0.16, tall * 0.18);
  pop();
}

function shape(colour, opacity, points) {
  push();
  brush.noStroke();
  brush.fill(colour, opacity);
  brush.fillBleed(0.06, "out");
  brush.fillTexture(0.4, 0.5);
  brush.beginShape(0);
  for (const [x, y] of points) brush.vertex(x + random(-2, 2), y + random(-2, 2));
  brush.endShape();
  pop();
}

function draw() {
  noLoop();
}
