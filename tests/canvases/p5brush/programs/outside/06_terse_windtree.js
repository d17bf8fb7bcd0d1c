// a tree in the wind
const ink = "#3b2a22";
const leaves = ["#7a8b3c", "#a0a83f", "#c98f2b", "#b5562b"];
let tips = [];

const branch = (x, y, a, len, w) => {
  const x2 = x + cos(a) * len, y2 = y + sin(a) * len;
  brush.set("charcoal", ink, w);
  const mx = (x + x2) / 2 + random(-4, 4), my = (y + y2) / 2 + random(-4, 4);
  brush.spline([[x, y, 1.1], [mx, my, 1], [x2, y2, 0.85]], 0.5);
  if (len < 26) { tips.push([x2, y2]); return; }
  const n = random() < 0.35 ? 3 : 2;
  for (let i = 0; i < n; i++) {
    // the wind bends all to the right
    branch(x2, y2, lerp(a + random(-32, 32), -12, 0.17), len * random(0.66, 0.82), w * 0.68);
  }
};

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  randomSeed(9);
  background("#efe8d8");
  brush.scaleBrushes(3);
  translate(-300, -300);

  // gusts
  brush.field("waves");
  brush.set("2H", "#9db0b5", 1.2);
  for (let i = 0; i < 40; i++) brush.flowLine(random(-20, 300), random(40, 520), random(120, 320), 0);
  brush.noField();

  // ground
  brush.noStroke();
  brush.fill("#a58b5f", 110);
  brush.fillBleed(0.25);
  brush.fillTexture(0.6, 0.3);
  brush.beginShape(0.4);
  [[-20, 560], [150, 535], [330, 545], [620, 530], [620, 620], [-20, 620]].forEach((v) => brush.vertex(...v));
  brush.endShape(true);
  brush.noFill();

  branch(210, 560, -82, 120, 3.2);

  // foliage flies off
  for (const [x, y] of tips) {
    brush.set("marker", random(leaves), random(0.6, 1.6));
    for (let k = 0; k < 2; k++) {
      const d = pow(random(), 2) * 180;
      const px = x + d, py = y + random(-12, 12) + d * 0.15;
      brush.line(px, py, px + random(5, 11), py + random(-3, 3));
    }
  }
}
