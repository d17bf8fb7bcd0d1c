/**
 * Mosaic: tiles take their colour from a hidden picture.
 */
const TILE = 24;

function hiddenPicture(size) {
  const layer = createGraphics(size, size);
  layer.noStroke();
  for (let y = 0; y < size; y++) {
    layer.fill(lerpColor(color("#264653"), color("#e9c46a"), y / size));
    layer.rect(0, y, size, 1);
  }
  layer.fill("#e76f51");
  layer.circle(size / 2, size / 2, size * 0.5);
  return layer;
}

function setup() {
  createCanvas(600, 600, WEBGL);
  pixelDensity(1);
  brush.scaleBrushes(3);
  randomSeed(24);
}

function draw() {
  background("#fbf5ea");
  translate(-width / 2, -height / 2);
  const picture = hiddenPicture(100);
  brush.noStroke();
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) {
      const tint = picture.get(floor(map(x, 0, width, 0, 100)), floor(map(y, 0, height, 0, 100)));
      brush.wash(color(tint[0], tint[1], tint[2]), random(170, 255));
      const j = () => random(-2, 2);
      brush.polygon([
        [x + 2 + j(), y + 2 + j()],
        [x + TILE - 2 + j(), y + 2 + j()],
        [x + TILE - 2 + j(), y + TILE - 2 + j()],
        [x + 2 + j(), y + TILE - 2 + j()],
      ]);
    }
  }
  brush.noWash();
  noLoop();
}
