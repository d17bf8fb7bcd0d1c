// 7x7 hatched squares
const N = 7, S = 600 / N;
const C = ["#1a535c", "#4ecdc4", "#ff6b6b", "#ffe66d"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  randomSeed(101);
  background("#f7fff7");
  translate(-300, -300);
  for (let i = 0; i < N; i++)
    for (let j = 0; j < N; j++) {
      const c = random(C), d = random(4, 10), a = random([0, 45, 90, 135]);
      brush.noStroke();
      brush.hatchStyle(random(["2B", "cpencil", "marker", "rotring"]), c, random(0.6, 1.4));
      brush.hatch(d, a, { rand: 0.08, continuous: random() < 0.3 });
      brush.rect(i * S + 6, j * S + 6, S - 12, S - 12);
    }
  brush.noHatch();
}
