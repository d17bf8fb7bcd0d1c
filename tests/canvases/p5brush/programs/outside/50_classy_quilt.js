/**
 * Quilt: patches are chosen from a table of pattern functions.
 */
const GRID = { columns: 6, rows: 6, cell: 86, margin: 42 };
const CLOTH = ["#7d3c4a", "#c97b63", "#e7c8a0", "#4b6858", "#2f3e55", "#b8a9c9"];

const patterns = {
  stripes(s, a, b) {
    brush.wash(a, 240);
    brush.rect(0, 0, s, s);
    brush.noWash();
    brush.set("marker", b, 0.9);
    for (let x = s * 0.15; x < s; x += s * 0.18) brush.line(x, 4, x, s - 4);
  },
  triangles(s, a, b) {
    brush.wash(a, 240);
    brush.polygon([[0, 0], [s, 0], [0, s]]);
    brush.wash(b, 240);
    brush.polygon([[s, s], [s, 0], [0, s]]);
    brush.noWash();
  },
  dots(s, a, b) {
    brush.wash(a, 240);
    brush.rect(0, 0, s, s);
    brush.wash(b, 255);
    for (let i = 0; i < 9; i++) brush.circle(s * (0.2 + 0.3 * (i % 3)), s * (0.2 + 0.3 * floor(i / 3)), s * 0.07);
    brush.noWash();
  },
  crosshatch(s, a, b) {
    brush.hatchStyle("cpencil", a, 1.4);
    brush.hatch(6, 45, { rand: 0.05 });
    brush.rect(0, 0, s, s);
    brush.hatchStyle("cpencil", b, 1.4);
    brush.hatch(9, 135, { rand: 0.05 });
    brush.rect(0, 0, s, s);
    brush.noHatch();
  },
  star(s, a, b) {
    brush.wash(a, 240);
    brush.rect(0, 0, s, s);
    brush.wash(b, 255);
    brush.beginShape(0);
    for (let k = 0; k < 16; k++) {
      const r = k % 2 ? s * 0.2 : s * 0.44;
      brush.vertex(s / 2 + r * cos(k * 22.5), s / 2 + r * sin(k * 22.5));
    }
    brush.endShape(true);
    brush.noWash();
  },
};

/** A shuffled deck that refills itself, so that neighbours differ. */
const deck = (cards) => {
  let rest = [];
  return () => {
    if (rest.length === 0) rest = shuffle([...cards]);
    return rest.pop();
  };
};

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  randomSeed(1850);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#f2e8da");
  translate(-width / 2, -height / 2);
  brush.set("HB", "#5a4634", 1);
  brush.rect(24, 24, 552, 552);

  const nextPattern = deck(Object.keys(patterns));
  const nextCloth = deck(CLOTH);
  for (let row = 0; row < GRID.rows; row++) {
    for (let column = 0; column < GRID.columns; column++) {
      push();
      translate(GRID.margin + column * GRID.cell, GRID.margin + row * GRID.cell);
      brush.set("2H", "#6b5744", 0.8);
      patterns[nextPattern()](GRID.cell - 4, nextCloth(), nextCloth());
      pop();
    }
  }

  // running stitches
  brush.set("pen", "#fff7ea", 1.3);
  for (let k = 0; k <= GRID.columns; k++) {
    const at = GRID.margin + k * GRID.cell - 2;
    for (let d = 44; d < 550; d += 16) {
      brush.line(at, d, at, d + 8);
      brush.line(d, at, d + 8, at);
    }
  }
}
