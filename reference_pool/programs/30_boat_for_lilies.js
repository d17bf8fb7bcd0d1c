// Asked for white lilies in a vase; what is painted is a sailing boat under a yellow sun.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(62); noiseSeed(62);
  background("#e9f1f4");
  blob(0, -150, 300, 130, "#bcd7e6", 190, 0.3);
  blob(150, -150, 52, 52, "#f3cf52", 240, 0.12);
  shape([[-280, 60], [-100, 54], [100, 64], [280, 56], [280, 280], [-280, 280]], "#5f98b4", 220, 0.06);
  shape([[-280, 150], [-80, 140], [120, 154], [280, 146], [280, 280], [-280, 280]], "#3f7a9c", 190, 0.1);
  shape([[-110, 70], [110, 70], [74, 118], [-74, 118]], "#9a5a3c", 240, 0.04);
  shape([[-4, 70], [-4, -130], [4, -130], [4, 70]], "#5a4030", 245, 0.02);
  shape([[10, -124], [10, 50], [104, 50]], "#e9c7a4", 245, 0.04);
  shape([[-10, -104], [-10, 50], [-84, 50]], "#d9a98a", 245, 0.04);
}

function draw() { noLoop(); }

function shape(points, colour, opacity, bleed) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", 270);
  brush.fillTexture(0.4, 0.4);
  brush.beginShape(0.1);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function blob(x, y, rx, ry, colour, opacity, bleed) {
  const points = [];
  for (let a = 0; a < 360; a += 20) points.push([x + rx * cos(a), y + ry * sin(a)]);
  shape(points, colour, opacity, bleed);
}
