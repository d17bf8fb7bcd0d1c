// A buffer is posterised and mirrored by its pixels and by set(), then framed with brushes.
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#efe6dd");
  const g = createGraphics(256, 256);
  g.background("#3c6e71");
  g.noStroke();
  for (let i = 0; i < 40; i++) {
    g.fill(255 - 5 * i, 120 + 2 * i, 60 + 4 * i);
    g.rect(6 * i, 5 * i, 90, 40);
  }
  g.loadPixels();
  for (let y = 0; y < 256; y++) {
    for (let x = 0; x < 128; x++) {
      const from = 4 * (y * 256 + x);
      const to = 4 * (y * 256 + 255 - x);
      for (let k = 0; k < 3; k++) {
        g.pixels[from + k] = 51 * Math.round(g.pixels[from + k] / 51);
        g.pixels[to + k] = g.pixels[from + k];
      }
    }
  }
  g.updatePixels();
  for (let i = 0; i < 256; i++) g.set(i, i, color(255));
  g.updatePixels();
  image(g, -128, -128);
  const c = g.get(10, 20);
  brush.set("2B", color(c[0], c[1], c[2]), 2);
  brush.rect(-150, -150, 300, 300);
  brush.set("spray", "#284b63", 2);
  brush.line(-220, 210, 220, 200);
}

function draw() {
  noLoop();
}
