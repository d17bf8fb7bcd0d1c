// Crocuses in spring grass: the blots never gather into flowers.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(71); noiseSeed(71);
  background("#fbf8f0");
  const colours = ["#8a6cc4", "#b79ae0", "#e8b23a", "#6f9f5a", "#9fc07a", "#5f4a9c"];
  for (let i = 0; i < 46; i++) {
    push();
    brush.fill(random(colours), random(140, 235));
    brush.fillBleed(random(0.05, 0.4), "out", random(360));
    brush.fillTexture(random(0.2, 0.6), random(0.1, 0.6));
    blot(random(-240, 240), random(-210, 240), random(10, 52));
    pop();
  }
}

function draw() { noLoop(); }

function blot(x, y, r) {
  const seed = random(100);
  brush.beginShape(0.6);
  for (let a = 0; a < 360; a += 40) {
    const k = 0.5 + noise(seed + cos(a) * 2, seed + sin(a) * 2);
    brush.vertex(x + r * k * cos(a), y + r * k * sin(a));
  }
  brush.endShape(true);
}
