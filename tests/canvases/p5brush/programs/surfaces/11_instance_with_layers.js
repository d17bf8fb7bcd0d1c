// Instance mode: a painted layer and a flat one, mixed by hand, pixel for pixel.
const sketch = (p) => {
  p.setup = () => {
    p.createCanvas(400, 400, p.WEBGL);
    brush.instance(p);
    p.background("#f5f0e6");
    const painted = p.createGraphics(160, 160, p.WEBGL);
    painted.background(255);
    brush.load(painted);
    brush.set("marker", "#9d0208", 5);
    for (let y = -70; y <= 70; y += 18) brush.line(-75, y, 75, y + 8);
    brush.load();
    const mixed = p.createImage(160, 160);
    painted.loadPixels();
    mixed.loadPixels();
    for (let i = 0; i < mixed.pixels.length; i += 4) {
      const x = (i / 4) % 160;
      const part = p.constrain(x / 160, 0, 1);
      mixed.pixels[i] = p.lerp(painted.pixels[i], 40, part);
      mixed.pixels[i + 1] = p.lerp(painted.pixels[i + 1], 80, part);
      mixed.pixels[i + 2] = p.lerp(painted.pixels[i + 2], 120, part);
      mixed.pixels[i + 3] = 255;
    }
    mixed.updatePixels();
    p.image(painted, -180, -180);
    p.image(mixed, 20, 20);
    brush.set("HB", "#003049", 2);
    brush.line(-20, -20, 20, 20);
  };
  p.draw = () => p.noLoop();
};
new p5(sketch);
