// marks whose alpha is above 1: rotrings, strong pressure, tips of one's own with opacities up to 1000
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#f7f3ea");
  const base = { weight: 5, scatter: 1.5, sharpness: 0.6, grain: 3, spacing: 0.5, pressure: [1.2, 0.6] };
  const tip = (g) => { g.fill(40); g.ellipse(0, 0, 90, 40); g.fill(150); g.circle(0, 0, 30); };
  [235, 300, 400, 1000].forEach((opacity, i) => {
    const y = -230 + i * 44;
    brush.add("plain" + i, { ...base, type: "default", opacity });
    brush.add("felt" + i, { ...base, type: "marker", opacity });
    brush.add("mist" + i, { ...base, type: "spray", scatter: 8, grain: 10, opacity });
    brush.add("leaf" + i, { ...base, type: "custom", weight: 18, spacing: 12, opacity, rotate: "natural", tip });
    ["plain", "felt", "mist", "leaf"].forEach((name, k) => {
      brush.set(name + i, ["#22577a", "#c44536", "#386641", "#5f0f40"][k], 1);
      brush.line(-235 + 122 * k, y, -135 + 122 * k, y + 20);
    });
  });
  brush.scaleBrushes(2.5);
  ["2B", "pen", "charcoal", "marker", "rotring"].forEach((name, i) => {
    brush.set(name, ["#0d3b66", "#ee964b", "#5f0f40"][i % 3], 1.4);
    brush.spline([[-230, -30 + i * 34, 3], [-90, -52 + i * 34, 4], [60, -10 + i * 34, 2.5], [230, -30 + i * 34, 5]], 0.5);
  });
  brush.set("rotring", "#1d2b3a", 1);
  for (let x = -220; x < 220; x += 44) brush.rect(x, 160, 36, 80);
}

function draw() {
  noLoop();
}
