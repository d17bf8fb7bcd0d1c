// createImage() filled by a formula, shown large, small and by parts.
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#f2efe9");
  const plasma = createImage(128, 128);
  plasma.loadPixels();
  for (let y = 0; y < 128; y++) {
    for (let x = 0; x < 128; x++) {
      const v = sin(x * 0.07) + cos(y * 0.09) + sin((x + y) * 0.05);
      plasma.set(x, y, color(128 + 40 * v, 110 + 30 * v, 150 - 35 * v));
    }
  }
  plasma.updatePixels();
  image(plasma, -220, -220, 300, 300);
  image(plasma, 100, -220);
  image(plasma, 100, -60, 128, 64, 32, 32, 64, 32);
  imageMode(CENTER);
  image(plasma, 164, 120, 90, 90);
  brush.set("2B", "#1b263b", 1.5);
  brush.rect(-220, -220, 300, 300);
  brush.fill("#e07a5f", 120);
  brush.circle(-70, 160, 60);
}

function draw() {
  noLoop();
}
