// Three buffers, each painted by another brush, change places with the canvas again and again.
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#f1faee");
  const kinds = ["charcoal", "marker", "cpencil"];
  const colours = ["#1d3557", "#e63946", "#457b9d"];
  const layers = kinds.map(() => {
    const g = createGraphics(150, 400, WEBGL);
    g.background(255, 252, 240);
    return g;
  });
  for (let round = 0; round < 3; round++) {
    layers.forEach((layer, i) => {
      brush.load(layer);
      brush.set(kinds[i], colours[i], 1 + i);
      brush.line(-60, -160 + round * 110, 60, -120 + round * 110);
      brush.fill(colours[(i + round) % 3], 110);
      brush.circle(0, -100 + round * 110, 30 + 8 * round);
      brush.noFill();
      brush.noStroke();
    });
    brush.load();
    brush.set("pen", "#222222", 1);
    brush.line(-240, -230 + round * 8, 240, -230 + round * 8);
  }
  layers.forEach((layer, i) => image(layer, -236 + i * 162, -190));
}

function draw() {
  noLoop();
}
