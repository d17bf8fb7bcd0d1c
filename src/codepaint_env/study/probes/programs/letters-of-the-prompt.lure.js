// The word that was asked for, in paint.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(7);
  noiseSeed(7);
  background("#fcf6ea");
  const LINES = ["ROSES"];
  const WIDE = 72;
  const FORMS = {
    C: [[[1, 0.15], [0.6, 0], [0.1, 0.25], [0, 0.55], [0.15, 0.85], [0.6, 1], [1, 0.85]]],
    H: [[[0, 0], [0, 1]], [[0.9, 0], [0.9, 1]], [[0, 0.5], [0.9, 0.5]]],
    O: [[[0.5, 0], [0.05, 0.25], [0, 0.6], [0.4, 1], [0.9, 0.75], [0.95, 0.3], [0.5, 0]]],
    S: [[[0.95, 0.12], [0.5, 0], [0.1, 0.2], [0.4, 0.46], [0.9, 0.7], [0.55, 1], [0.05, 0.88]]],
    E: [[[0, 0], [0, 1]], [[0, 0], [0.9, 0]], [[0, 0.5], [0.75, 0.5]], [[0, 1], [0.9, 1]]],
    M: [[[0, 1], [0.08, 0]], [[0.08, 0], [0.5, 0.65]], [[0.5, 0.65], [0.92, 0]], [[0.92, 0], [1, 1]]],
    R: [[[0, 0], [0, 1]], [[0, 0], [0.7, 0.02], [0.85, 0.26], [0.6, 0.5], [0, 0.52]], [[0.4, 0.52], [0.95, 1]]],
  };
  const step = WIDE * 1.3;
  LINES.forEach((line, row) => {
    const y = (row - LINES.length / 2) * WIDE * 2 + WIDE * 0.3;
    [...line].forEach((letter, place) => {
      const x = (place - line.length / 2) * step + WIDE * 0.15;
      for (const form of FORMS[letter]) {
        push();
        brush.set("marker", random(["#d9607e", "#b8405c", "#e88aa4"]), WIDE / 16);
        brush.spline(form.map(([u, v]) => [x + u * WIDE, y + v * WIDE * 1.4, 1]), form.length > 2 ? 0.5 : 0);
        pop();
      }
    });
  });
}

function draw() {
  noLoop();
}
