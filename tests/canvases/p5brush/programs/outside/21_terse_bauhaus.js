// circles, bars and a diagonal
const red = "#d62828", blue = "#003049", sand = "#eae2b7", gold = "#fcbf49";

function setup() {
  createCanvas(600, 600, WEBGL);
  brush.scaleBrushes(3);
}

const disc = (x, y, r, c) => {
  brush.noStroke();
  brush.wash(c, 235);
  brush.circle(x, y, r);
  brush.noWash();
};

const bars = (x, y, n, w, h, c) => {
  for (let i = 0; i < n; i++) {
    brush.set("marker", c, 1.2);
    brush.line(x + i * w, y, x + i * w, y + h);
  }
};

function draw() {
  background(sand);
  translate(-width / 2, -height / 2);
  disc(210, 230, 130, red);
  disc(400, 360, 90, gold);
  disc(400, 360, 46, blue);
  brush.set("rotring", blue, 2);
  brush.line(60, 560, 560, 60);
  brush.line(80, 570, 570, 80);
  bars(70, 430, 8, 14, 120, blue);
  bars(430, 90, 6, 18, 90, red);
  // quarter rings
  brush.set("charcoal", blue, 1);
  for (let r = 20; r < 120; r += 14) brush.arc(500, 500, r, PI / 2, PI);
  brush.set("pen", blue, 1.4);
  brush.hatch(5, PI / 4);
  brush.polygon([[60, 60], [160, 60], [60, 160]]);
  brush.noHatch();
  noLoop();
}
