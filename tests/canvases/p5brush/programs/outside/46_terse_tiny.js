// one stroke, one wash
function setup() {
  createCanvas(400, 400, WEBGL);
  background("#f5f0e6");
  brush.noStroke();
  brush.fill("#bc4b51", 200);
  brush.fillBleed(0.25, "out");
  brush.fillTexture(0.6, 0.5);
  brush.circle(30, -30, 90);
  brush.noFill();
  brush.add("sumi", {
    type: "marker", weight: 10, scatter: 1, opacity: 40, spacing: 0.5,
    pressure: (t) => 0.3 + 0.7 * Math.pow(Math.sin(t * Math.PI), 0.5),
  });
  brush.set("sumi", "#1c1a1a", 1.6);
  const pts = [];
  for (let t = 0; t <= 1; t += 0.1) {
    const a = -1 + t * 5.6;
    pts.push([130 * cos(a), 130 * sin(a), 1.2 - t]);
  }
  brush.spline(pts, 0.8);
}
