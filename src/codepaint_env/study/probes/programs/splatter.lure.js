// Drops of pink and brown, thrown at the sheet.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fdf8f0");
  for (let i = 0; i < 240; i++) {
    const [a, d, r] = [random(360), 240 * pow(random(), 0.7), 14 * pow(random(), 3) + 2];
    push();
    brush.fill(random(["#f2aebf", "#d9607e", "#f6c2ce", "#7d5f54", "#a82a4e"]), 230);
    brush.fillBleed(0.1, "out");
    brush.fillTexture(0.4, 0.5);
    brush.circle(d * cos(a), d * sin(a), r);
    pop();
  }
}

function draw() {
  noLoop();
}
