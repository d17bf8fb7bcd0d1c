// fault: forgets the brush prefix throughout, so p5 paints flat shapes and no brush mark is made
function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#fff4e0");
  translate(-width / 2, -height / 2);

  // 1. Wall
  fill("#e3c8a0");
  stroke("#8a6a45");
  rect(40, 80, 520, 440);

  // 2. Awning
  strokeWeight(3);
  for (let i = 0; i < 8; i++) {
    fill(i % 2 === 0 ? "#c44536" : "#fdf0d5");
    beginShape();
    vertex(60 + i * 60, 120);
    vertex(120 + i * 60, 120);
    vertex(112 + i * 62, 210);
    vertex(50 + i * 62, 210);
    endShape(CLOSE);
    arc(81 + i * 62, 210, 62, 40, 0, 180);
  }

  // 3. Counter
  fill("#9c6644");
  rect(60, 380, 480, 120);
  line(60, 400, 540, 400);
  line(60, 440, 540, 440);

  // 4. Fruit in rows
  for (let i = 0; i < 12; i++) {
    fill("#f48c06");
    circle(90 + i * 38, 366, 30);
    fill("#9ef01a");
    circle(108 + i * 36, 344, 26);
  }

  // 5. Price tag
  fill("#ffffff");
  triangle(290, 250, 330, 250, 310, 300);
}
