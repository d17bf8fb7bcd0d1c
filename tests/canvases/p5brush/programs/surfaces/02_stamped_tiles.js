// One small drawing, stamped many times with image(): plain, scaled, turned and tinted.
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fdf6e3");
  randomSeed(3);
  const tile = createGraphics(64, 64);
  tile.background("#eee8d5");
  tile.noStroke();
  tile.fill("#b58900");
  tile.rect(8, 8, 48, 48, 6);
  tile.fill("#cb4b16");
  tile.triangle(32, 12, 52, 50, 12, 50);
  tile.stroke("#073642");
  tile.strokeWeight(2);
  tile.line(8, 56, 56, 56);
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 6; column++) {
      push();
      translate(-222 + column * 76, -222 + row * 76);
      if ((row + column) % 3 === 1) {
        translate(32, 32);
        rotate(QUARTER_PI * row);
        translate(-32, -32);
      }
      if ((row + column) % 4 === 2) tint(255, 140);
      image(tile, 0, 0, row % 2 ? 64 : 48, row % 2 ? 64 : 48);
      noTint();
      pop();
    }
  }
  brush.set("charcoal", "#002b36", 1);
  brush.hatch(9, 45);
  brush.rect(-60, -60, 120, 120);
}
