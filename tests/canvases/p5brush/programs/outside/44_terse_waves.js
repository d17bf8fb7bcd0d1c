// great waves in a frame
const B = ["#0b3c5d", "#1d65a6", "#72a2c0", "#d9e8f5"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

const wave = (y, amp, i) => {
  const pts = [];
  for (let x = -20; x <= 620; x += 20) {
    pts.push([x, y - amp * pow(abs(sin(x * 0.5 + i * 50)), 2) + 8 * sin(x * 3)]);
  }
  brush.noStroke();
  brush.wash(B[i % 4], 255);
  brush.beginShape(0.3);
  pts.forEach(([x, yy]) => brush.vertex(x, yy));
  brush.vertex(620, 620);
  brush.vertex(-20, 620);
  brush.endShape(true);
  brush.noWash();
  // foam
  for (const [x, yy] of pts) {
    brush.set("spray", "#ffffff", 0.35);
    brush.line(x - 4, yy - 2, x + 4, yy - 3);
  }
  // ribs
  for (let k = 1; k < 4; k++) {
    brush.set("cpencil", B[(i + 2) % 4], 1.2);
    brush.spline(pts.map(([x, yy]) => [x, yy + k * 14 + random(-2, 2), random(0.5, 1.1)]), 0.4);
  }
};

function draw() {
  randomSeed(1831);
  background("#f3ead3");
  translate(-300, -300);
  brush.clip([20, 20, 580, 580]);
  brush.set("pastel", "#d8c79f", 1.4);
  for (let y = 40; y < 260; y += 26) brush.line(20, y, 580, y);
  brush.noStroke();
  brush.wash("#c8553d", 240);
  brush.circle(450, 130, 48);
  brush.noWash();
  for (let i = 0; i < 5; i++) wave(300 + i * 70, 120 - i * 16, i);
  brush.noClip();
  noFill();
  stroke("#0b3c5d");
  strokeWeight(10);
  rect(5, 5, 590, 590);
}
