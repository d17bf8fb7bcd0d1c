// brush.load into a p5.Graphics and back
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  const pg = createGraphics(300, 300, WEBGL);
  pg.background("#dfe7ec");
  brush.load(pg);
  brush.set("2B", "#1d3557", 2);
  brush.line(-120, -120, 120, 120);
  brush.fill("#e63946", 180);
  brush.circle(0, 0, 80);
  brush.noFill();
  brush.load();
  image(pg, -150, -150);
  brush.set("charcoal", "#2a9d8f", 1.5);
  brush.rect(-200, -200, 400, 400);
}

function draw() {
  noLoop();
}
