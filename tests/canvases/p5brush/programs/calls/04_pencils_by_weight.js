// the dry brushes at four weights, unscaled: lines, splines with pressure
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  ["pen", "rotring", "2B", "HB", "2H", "cpencil"].forEach((name, i) => {
    [0.3, 1, 3, 8].forEach((weight, j) => {
      brush.set(name, ["#1b1b1b", "#7a2e2e", "#2e5a7a", "#4d7a2e"][j], weight);
      const y = -220 + i * 78 + j * 18;
      brush.line(-240, y, -20, y + 6);
      brush.spline([[10, y, 0.2], [80, y - 14, 1], [160, y + 14, 1.5], [240, y, 0.1]], 0.6);
    });
  });
}

function draw() {
  noLoop();
}
