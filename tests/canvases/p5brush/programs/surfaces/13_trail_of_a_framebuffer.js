// What is on the sheet goes through a framebuffer and comes back smaller: pictures within a picture.
let copyOf;

function setup() {
  createCanvas(512, 512, WEBGL);
  background("#f8edeb");
  copyOf = createFramebuffer();
  copyOf.begin();
  clear();
  background("#fec89a");
  noStroke();
  for (let i = 0; i < 9; i++) {
    fill(80 + 18 * i, 60, 140 - 9 * i);
    rect(-240 + 52 * i, -200 + 20 * i, 44, 260);
  }
  copyOf.end();
  for (let i = 0; i < 4; i++) image(copyOf, -250 + i * 40, -250 + i * 50, 420 - i * 100, 420 - i * 100);
  copyOf.loadPixels();
  const [r, g, b] = copyOf.get(40, 100);
  brush.set("charcoal", color(r, g, b), 1.5);
  brush.line(-200, 220, 220, 220);
  brush.fill(color(copyOf.pixels[0], copyOf.pixels[1], copyOf.pixels[2]), 150);
  brush.circle(170, 120, 60);
}

function draw() {
  noLoop();
}
