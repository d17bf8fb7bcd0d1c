// Reeds before a low sun: a circle, a waterline and two dozen strokes.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(4); noiseSeed(4);
  background("#f7f1e3");
  brush.set("2B", "#b5472d", 2.4);
  brush.circle(70, -80, 74);
  brush.set("cpencil", "#8aa0a8", 1.6);
  for (let i = 0; i < 6; i++) {
    const x = random(-190, 20), y = 150 + i * 13;
    brush.line(x, y, x + random(60, 190), y + random(-2, 2));
  }
  for (let i = 0; i < 13; i++) reed(random(-190, 150), random(150, 330));
}

function reed(x, tall) {
  const lean = random(-26, 44);
  brush.set("2B", "#3c4a35", random(1.6, 2.6));
  brush.spline([[x, 222, 1], [x + lean * 0.2, 222 - tall * 0.5, 0.8], [x + lean, 222 - tall, 0.4]], 0.6);
  if (tall > 235) {
    brush.set("charcoal", "#5b3620", 2.6);
    brush.line(x + lean * 0.8, 234 - tall, x + lean * 1.02, 190 - tall);
  }
}

function draw() {
  noLoop();
}
