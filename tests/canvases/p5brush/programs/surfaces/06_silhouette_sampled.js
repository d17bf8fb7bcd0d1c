// A shape drawn into a hidden buffer says where marks may go.
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fffaf0");
  randomSeed(5);
  const mask = createGraphics(512, 512);
  mask.background(0);
  mask.fill(255);
  mask.noStroke();
  mask.ellipse(256, 300, 320, 260);
  mask.triangle(150, 220, 130, 90, 240, 180);
  mask.triangle(362, 220, 382, 90, 272, 180);
  mask.fill(0);
  mask.circle(200, 280, 40);
  mask.circle(312, 280, 40);
  mask.loadPixels();
  brush.set("2B", "#6d4c41", 1);
  let drawn = 0;
  for (let i = 0; i < 4000 && drawn < 350; i++) {
    const x = floor(random(512));
    const y = floor(random(512));
    if (mask.pixels[4 * (y * 512 + x)] < 128) continue;
    drawn++;
    const a = noise(x * 0.01, y * 0.01) * TWO_PI;
    brush.line(x - 256, y - 256, x - 256 + 26 * cos(a), y - 256 + 26 * sin(a));
  }
}

function draw() {
  noLoop();
}
