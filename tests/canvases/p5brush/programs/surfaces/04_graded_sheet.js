// Reads the finished painting back and grades it: a vignette and warmer shadows.
function setup() {
  createCanvas(480, 480, WEBGL);
  background(248, 244, 236);
  randomSeed(8);
  brush.noStroke();
  for (let i = 0; i < 7; i++) {
    brush.wash(random(["#264653", "#2a9d8f", "#e9c46a", "#e76f51"]), random(90, 200));
    brush.rect(random(-220, 60), random(-220, 60), random(60, 200), random(60, 200));
  }
  brush.noWash();
}

function draw() {
  loadPixels();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = 4 * (y * width + x);
      const away = dist(x, y, width / 2, height / 2) / width;
      const light = 1 - 0.5 * away * away;
      pixels[i] = pixels[i] * light + 12 * away;
      pixels[i + 1] *= light;
      pixels[i + 2] *= light * 0.97;
    }
  }
  updatePixels();
  brush.set("2B", "#1d1d1b", 1);
  brush.rect(-200, -200, 400, 400);
  noLoop();
}
