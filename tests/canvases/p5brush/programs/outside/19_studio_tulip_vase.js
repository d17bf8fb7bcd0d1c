// fault: brush.splatter does not exist; it throws before the last petals
/*
 * Tulips in a Glass Vase
 * ----------------------
 * Cup-shaped fills for the flowers, hatching for the glass.
 */

const TULIPS = ["#d6336c", "#e8590c", "#f2b705", "#9c36b5"];
const GREEN = "#4f772d";

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(8);
  noiseSeed(8);
  noLoop();
}

function draw() {
  background("#fdf8f0");
  translate(-width / 2, -height / 2);

  drawVase();
  const heads = [[190, 190], [285, 130], [370, 175], [440, 240]];
  heads.forEach(([x, y], i) => {
    drawStem(x, y);
    drawTulip(x, y, TULIPS[i]);
  });
  drawStains();
  drawFallenPetals();
}

function drawVase() {
  brush.set("pen", "#52748a", 1.2);
  brush.hatchStyle("2H", "#7fa3b8", 1);
  brush.hatch(8, 80, { rand: 0.1, continuous: false, gradient: 0.3 });
  brush.beginShape(0.3);
  brush.vertex(240, 360);
  brush.vertex(360, 360);
  brush.vertex(380, 470);
  brush.vertex(345, 550);
  brush.vertex(255, 550);
  brush.vertex(220, 470);
  brush.endShape(true);
  brush.noHatch();
}

function drawStem(x, y) {
  brush.set("marker", GREEN, 1);
  brush.spline([[x, y + 30, 0.8], [lerp(x, 300, 0.4), y + 120, 1], [lerp(x, 300, 0.8), 400, 1], [300 + (x - 300) * 0.1, 530, 1]], 0.6);
}

function drawTulip(x, y, colour) {
  brush.noStroke();
  for (const lean of [-20, 20, 0]) {
    brush.fill(colour, 170);
    brush.fillBleed(0.1, "out", 90);
    brush.fillTexture(0.5, 0.6);
    brush.beginShape(0.6);
    brush.vertex(x, y + 44);
    brush.vertex(x - 32 + lean, y + 10);
    brush.vertex(x - 14 + lean * 1.2, y - 44);
    brush.vertex(x + lean * 1.4, y - 54);
    brush.vertex(x + 14 + lean * 1.2, y - 44);
    brush.vertex(x + 32 + lean, y + 10);
    brush.endShape(true);
  }
  brush.noFill();
}

// Little drops of water around the vase
function drawStains() {
  brush.splatter(300, 560, 40, { color: "#7fa3b8", count: 30 });
}

function drawFallenPetals() {
  brush.fill(TULIPS[0], 150);
  brush.circle(430, 545, 14);
  brush.circle(470, 560, 10);
}
