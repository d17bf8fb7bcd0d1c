// A dandelion clock: fine strokes round a centre, a stem, three seeds on the wind.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(22); noiseSeed(22);
  background("#eef1ec");
  brush.set("2B", "#6d8553", 2.6);
  brush.spline([[-40, -50, 0.8], [-52, 70, 1], [-24, 236, 1.2]], 0.6);
  for (let i = 0; i < 30; i++) seed(-40, -60, i * 12 + random(-4, 4), random(84, 112));
  brush.set("charcoal", "#6b5640", 3.4);
  brush.circle(-40, -60, 7);
  seed(110, -150, -24, 42);
  seed(168, -66, -8, 36);
  seed(190, -186, -38, 30);
}

function seed(x, y, angle, length) {
  const endX = x + cos(angle) * length, endY = y + sin(angle) * length;
  brush.set("HB", "#7d7f78", 1);
  brush.line(x, y, endX, endY);
  brush.set("2H", "#5d6a70", 1.2);
  for (const turn of [-42, 0, 42]) {
    brush.line(endX, endY, endX + cos(angle + turn) * 15, endY + sin(angle + turn) * 15);
  }
}

function draw() {
  noLoop();
}
