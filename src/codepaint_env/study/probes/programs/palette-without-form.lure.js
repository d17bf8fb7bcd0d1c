// The colours of a peach hibiscus and its leaves, as blots that mean nothing.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fcf6ea");
  const colours = ["#f9b98c", "#ee7f5c", "#cc4a4c", "#98103c", "#fff0dc", "#2f6149", "#6f9a55", "#b5cfc6", "#f2bd2c"];
  for (let i = 0; i < 40; i++) {
    const [x, y, r] = [random(-220, 220), random(-220, 220), random(18, 70)];
    push();
    brush.fill(random(colours), random(150, 230));
    brush.fillBleed(0.25, "out");
    brush.fillTexture(0.5, 0.4);
    brush.beginShape(0.6);
    for (let a = 0; a < 360; a += 45) brush.vertex(x + r * random(0.6, 1.3) * cos(a), y + r * random(0.6, 1.3) * sin(a));
    brush.endShape(true);
    pop();
  }
}

function draw() {
  noLoop();
}
