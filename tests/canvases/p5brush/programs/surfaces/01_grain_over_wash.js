// A buffer of paper grain, made pixel by pixel, laid over a painting.
let grain;

function setup() {
  createCanvas(512, 512, WEBGL);
  randomSeed(11);
  noiseSeed(4);
  background("#f4ecdc");
  grain = createGraphics(512, 512);
  grain.loadPixels();
  for (let y = 0; y < grain.height; y++) {
    for (let x = 0; x < grain.width; x++) {
      const i = 4 * (y * grain.width + x);
      const shade = 90 + 60 * noise(x * 0.05, y * 0.05);
      grain.pixels[i] = shade;
      grain.pixels[i + 1] = shade * 0.9;
      grain.pixels[i + 2] = shade * 0.75;
      grain.pixels[i + 3] = random(40);
    }
  }
  grain.updatePixels();
  brush.noStroke();
  for (const [x, y, r, c] of [[-90, -40, 120, "#c8553d"], [80, 30, 150, "#588b8b"], [0, 120, 90, "#f28f3b"]]) {
    brush.fill(c, 110);
    brush.fillBleed(0.2);
    brush.fillTexture(0.4, 0.5);
    brush.circle(x, y, r);
  }
  brush.noFill();
  brush.set("2B", "#2d3047", 1.5);
  brush.spline([[-200, 180, 1], [-40, 90, 0.7], [200, 190, 0.4]], 0.5);
}

function draw() {
  image(grain, -width / 2, -height / 2);
  noLoop();
}
