// Two layers in framebuffers, each painted with brushes, laid over each other.
let sky, land;

function setup() {
  createCanvas(512, 512, WEBGL);
  background(255);
  sky = createFramebuffer({ width: 512, height: 320 });
  land = createFramebuffer({ width: 512, height: 240 });
  sky.begin();
  background("#cfe3ee");
  brush.load(sky);
  brush.fill("#f6bd60", 160);
  brush.circle(120, -40, 60);
  brush.noFill();
  brush.set("marker", "#84a59d", 4);
  for (let x = -240; x < 240; x += 40) brush.line(x, 60 + 20 * sin(x), x + 60, 70);
  brush.load();
  sky.end();
  land.draw(() => {
    background("#a3b18a");
    brush.load(land);
    brush.set("charcoal", "#344e41", 1.4);
    for (let y = -90; y < 110; y += 24) brush.line(-250, y, 250, y + 12 * cos(y));
    brush.load();
  });
}

function draw() {
  image(sky, -256, -256);
  image(land, -256, 40);
  brush.set("HB", "#22223b", 1.5);
  brush.line(-256, 40, 256, 44);
  noLoop();
}
