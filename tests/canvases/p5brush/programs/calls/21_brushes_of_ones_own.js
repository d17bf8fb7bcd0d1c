// brush.add: default, spray, marker and custom tips; pressure as array, function and gaussian; old names
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#f8f4ea");
  const base = { weight: 4, scatter: 2, sharpness: 0.5, grain: 2, opacity: 90, spacing: 0.6, pressure: [1, 1] };
  brush.add("ramp", { ...base, type: "default", pressure: [2, 0.3] });
  brush.add("swell", { ...base, type: "default", pressure: [0.3, 2, 0.3], noise: 0, rotate: "natural" });
  brush.add("bell", { ...base, pressure: { mode: "gaussian", curve: [0.15, 0.2], min_max: [0.5, 1.5] } });
  brush.add("beat", { ...base, type: "marker", opacity: 60, markerTip: false, pressure: (t) => 0.5 + 0.5 * Math.sin(t * 20) });
  brush.add("mist", { ...base, type: "spray", weight: 1, scatter: 14, grain: 12, noise: 1 });
  brush.add("felt", { ...base, type: "marker", opacity: 14, spacing: 1 });
  brush.add("old", { type: "default", weight: 3, vibration: 3, definition: 0.6, quality: 3, opacity: 80, spacing: 0.5, pressure: { curve: [0.1, 0.3], min_max: [1.2, 0.8] } });
  brush.add("leaf", { ...base, type: "custom", weight: 22, opacity: 40, spacing: 9, rotate: "natural", markerTip: false, tip: (g) => { g.fill(0); g.ellipse(0, 0, 90, 30); } });
  brush.add("cross", { ...base, type: "custom", weight: 16, opacity: 60, spacing: 14, rotate: "random", tip: (g) => { g.fill(20); g.rotate(45); g.rect(-45, -8, 90, 16); g.rect(-8, -45, 16, 90); } });
  brush.add("plain", { ...base, type: "custom", weight: 12, opacity: 60, spacing: 10, rotate: "none", tip: (g) => { g.fill(120); g.triangle(-40, 40, 0, -40, 40, 40); } });
  brush.add("unseen", { ...base, type: "custom", weight: 12, spacing: 10, tip: (g) => g.rect(-20, -20, 40, 40) }); // white is clear
  const names = brush.box().slice(-11);
  names.forEach((name, i) => {
    brush.set(name, ["#264653", "#2a9d8f", "#e76f51"][i % 3], 1);
    brush.line(-235, -232 + i * 44, -40, -226 + i * 44);
    brush.spline([[0, -230 + i * 44, 1], [80, -245 + i * 44, 1], [150, -215 + i * 44, 1], [235, -230 + i * 44, 0.5]], 0.5);
  });
}

function draw() {
  noLoop();
}
