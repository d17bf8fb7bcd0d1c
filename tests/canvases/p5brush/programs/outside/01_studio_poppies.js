/*
 * Poppies by the Road
 * -------------------
 * A loose watercolor of four poppies against a pale sky.
 * The petals are layered fills; stems and stamens are drawn with pencils.
 */

const PALETTE = {
  paper: "#f6f0e4",
  sky: "#a9c7d6",
  petals: ["#c8312b", "#d94a38", "#b3241f"],
  heart: "#2a1a22",
  stem: "#5d7a3c",
  leaf: "#7c9a55",
};

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(11);
  noiseSeed(11);
  noLoop();
}

function draw() {
  background(PALETTE.paper);
  translate(-width / 2, -height / 2);

  drawSky();
  drawGrass();
  drawPoppy(170, 210, 82);
  drawPoppy(410, 160, 66);
  drawPoppy(330, 330, 96);
  drawPoppy(120, 400, 54);
}

// A very diluted wash in the upper half of the sheet
function drawSky() {
  brush.noStroke();
  brush.noHatch();
  brush.fill(PALETTE.sky, 70);
  brush.fillBleed(0.35, "out");
  brush.fillTexture(0.3, 0.2);
  brush.beginShape(0.4);
  brush.vertex(40, 50);
  brush.vertex(300, 30);
  brush.vertex(560, 60);
  brush.vertex(540, 300);
  brush.vertex(280, 340);
  brush.vertex(60, 290);
  brush.endShape(true);
  brush.noFill();
}

// Blades of grass, each one a spline that leans with the wind
function drawGrass() {
  for (let i = 0; i < 70; i++) {
    const x = random(20, 580);
    const h = random(60, 180);
    const lean = random(-30, 50);
    brush.set(random(["cpencil", "HB"]), random([PALETTE.stem, PALETTE.leaf, "#94a96a"]), random(0.6, 1.3));
    brush.spline(
      [
        [x, 600, 1],
        [x + lean * 0.3, 600 - h * 0.6, 0.8],
        [x + lean, 600 - h, 0.3],
      ],
      0.7
    );
  }
}

function drawPoppy(cx, cy, r) {
  // --- Stem first, so that the flower covers its end ---
  brush.noFill();
  brush.set("2B", PALETTE.stem, 1.4);
  brush.spline(
    [
      [cx, cy + r * 0.3, 1],
      [cx + random(-20, 20), cy + (600 - cy) * 0.5, 1],
      [cx + random(-30, 30), 600, 1],
    ],
    0.6
  );

  // --- Petals ---
  brush.noStroke();
  for (let i = 0; i < 5; i++) {
    const a = i * 72 + random(-10, 10);
    brush.fill(PALETTE.petals[i % 3], random(140, 190));
    brush.fillBleed(0.14, "out");
    brush.fillTexture(0.5, 0.6);
    brush.beginShape(0.6);
    brush.vertex(cx, cy);
    brush.vertex(cx + cos(a - 38) * r * 0.8, cy + sin(a - 38) * r * 0.7);
    brush.vertex(cx + cos(a - 14) * r * 1.1, cy + sin(a - 14) * r);
    brush.vertex(cx + cos(a + 14) * r * 1.1, cy + sin(a + 14) * r);
    brush.vertex(cx + cos(a + 38) * r * 0.8, cy + sin(a + 38) * r * 0.7);
    brush.endShape(true);
  }

  // --- Dark heart and stamens ---
  brush.fill(PALETTE.heart, 200);
  brush.fillBleed(0.1);
  brush.circle(cx, cy, r * 0.2);
  brush.noFill();
  brush.set("HB", PALETTE.heart, 0.8);
  for (let a = 0; a < 360; a += 18) {
    const len = r * random(0.3, 0.42);
    brush.line(cx + cos(a) * r * 0.2, cy + sin(a) * r * 0.2, cx + cos(a) * len, cy + sin(a) * len);
  }
}
