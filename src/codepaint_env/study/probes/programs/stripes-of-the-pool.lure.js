// Stripes in violet, green and sky blue.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fcf6ea");
  const colours = ["#8a6fc0", "#b9a4dc", "#6d8f5a", "#c5d6d2", "#5c4a94", "#e9dcc0"];
  for (let i = 0; i < 14; i++) {
    const x = -256 + i * 37;
    push();
    brush.fill(colours[i % colours.length], 225);
    brush.fillBleed(0.06, "out");
    brush.fillTexture(0.45, 0.5);
    brush.beginShape(0);
    for (const [u, v] of [[x, -300], [x + 34, -300], [x + 34, 300], [x, 300]]) brush.vertex(u, v);
    brush.endShape(true);
    pop();
  }
}

function draw() {
  noLoop();
}
