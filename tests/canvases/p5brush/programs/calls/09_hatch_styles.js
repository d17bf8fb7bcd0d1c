// hatchStyle with each brush, with and without an outline, on concave shapes
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#f8f4ea");
  const names = ["pen", "rotring", "2B", "HB", "2H", "cpencil", "charcoal", "marker", "crayon"];
  names.forEach((name, i) => {
    const x = -170 + (i % 3) * 170;
    const y = -170 + floor(i / 3) * 170;
    brush.set("pen", "black", 1);
    if (i % 2) brush.noStroke();
    brush.hatchStyle(name, ["#d62828", "#003049", "#f77f00"][i % 3], 1 + (i % 2));
    brush.hatch(name === "marker" ? 12 : 7, 0.5 + i * 0.3, { rand: 0.1 });
    brush.beginShape();
    for (let k = 0; k < 10; k++) {
      const r = k % 2 ? 28 : 72;
      brush.vertex(x + r * cos((k * PI) / 5), y + r * sin((k * PI) / 5));
    }
    brush.endShape(true);
    brush.noHatch();
  });
}

function draw() {
  noLoop();
}
