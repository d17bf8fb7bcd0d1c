// brush.load into a p5.Framebuffer while it is drawn to, and back
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  const layer = createFramebuffer({ width: 240, height: 240 });
  layer.draw(() => {
    background("#e9d8a6");
    brush.load(layer);
    brush.set("HB", "#001219", 2);
    brush.circle(0, 0, 80);
    brush.wash("#ae2012", 160);
    brush.rect(-60, -60, 80, 80);
    brush.noWash();
  });
  brush.load();
  image(layer, -120, -120);
  brush.set("marker", "#0a9396", 2);
  brush.line(-220, 200, 220, 180);
}

function draw() {
  noLoop();
}
