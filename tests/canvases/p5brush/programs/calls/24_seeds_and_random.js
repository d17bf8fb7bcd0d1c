// every form of random, gaussian and noise; seeds set twice; brush.seed, brush.noiseSeed and wRand
function row(y, colour) {
  brush.set("2B", colour, 1.3);
  for (let i = 0; i < 12; i++) brush.line(-230 + i * 40, y, -230 + i * 40 + random(-14, 14), y + random(30));
  brush.fill(colour, 160);
  brush.circle(-200 + random(400), y + 20, 12);
  brush.noFill();
}

function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  randomSeed(5);
  noiseSeed(5);
  row(-230, "#1d3557");
  randomSeed(5);
  row(-170, "#1d3557"); // the same row
  brush.seed(3);
  brush.noiseSeed(3);
  row(-110, random(["#e63946", "#2a9d8f"]));
  noiseDetail(3, 0.6);
  for (let x = -230; x < 230; x += 10) {
    brush.set("pen", "#457b9d", 1);
    const y = [noise(x * 0.02), noise(x * 0.02, 3), noise(x * 0.02, 3, 9)];
    y.forEach((value, k) => brush.line(x, -20 + k * 50 + value * 40, x + 8, -20 + k * 50 + value * 40));
  }
  for (let i = 0; i < 60; i++) {
    brush.set("marker", brush.wRand({ "#e63946": 5, "#f1a208": 2, "#000000": 1 }), 1.2);
    const x = randomGaussian(0, 60);
    const y = randomGaussian() * 14 + 185;
    brush.line(x, y, x + random() * 9, y + Math.random() * 9);
  }
  for (const x of shuffle([-200, -100, 0, 100, 200])) row(225 + x * 0.02, "#8d99ae");
}

function draw() {
  noLoop();
}
