// heron in the reeds
let ink = "#1f2d3a", reed = ["#6b705c", "#a5a58d", "#b7b7a4", "#8a9a5b"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

const reeds = (n, y0, h) => {
  for (let i = 0; i < n; i++) {
    const x = random(-10, 610), k = random(0.6, 1), b = 12 * sin(x * 2);
    brush.set(random() < 0.5 ? "2B" : "crayon", random(reed), random(0.6, 1.2));
    brush.spline([[x, y0, 1.1], [x + b * 0.4, y0 - h * k * 0.5, 1], [x + b + random(8), y0 - h * k, 0.2]], 0.6);
  }
};

function draw() {
  randomSeed(28); noiseSeed(28);
  brush.scaleBrushes(3);
  background("#e6e4d5");
  translate(-300, -300);
  // mist
  brush.set("pastel", "#f4f3ea", 2);
  for (let i = 0; i < 14; i++) brush.line(random(-50, 200), 60 + i * 30, random(400, 650), 60 + i * 30);
  reeds(60, 480, 300);
  // body
  brush.set("HB", ink, 1.2);
  brush.wash("#8fa3b0", 255);
  brush.beginShape(0.7);
  [[220, 330], [300, 280], [390, 310], [450, 380], [340, 390], [260, 380]].forEach((v) => brush.vertex(...v));
  brush.endShape(true);
  brush.noWash();
  // neck
  brush.set("marker", "#8fa3b0", 3);
  brush.spline([[240, 340, 1.2], [190, 300, 1], [230, 220, 1], [200, 150, 1], [180, 120, 0.8]], 0.8);
  brush.set("marker", ink, 1.2);
  brush.spline([[186, 124, 1], [160, 126, 1], [110, 140, 0.3]], 0.4);
  brush.set("pen", ink, 1.4);
  brush.spline([[190, 112, 1], [224, 106, 0.8], [260, 128, 0.3]], 0.6);
  brush.circle(182, 120, 3);
  // legs
  brush.set("2B", "#8a6a3b", 1.6);
  brush.line(310, 388, 306, 470); brush.line(306, 470, 316, 560);
  brush.line(340, 388, 350, 470); brush.line(350, 470, 340, 560);
  // wing
  brush.noField();
  for (let i = 0; i < 16; i++) {
    brush.set("HB", i % 3 ? ink : "#5b7183", 1.2);
    brush.spline([[270 + i * 5, 312 + i, 1], [320 + i * 5, 330 + i * 2, 1], [380 + i * 4, 350 + i * 3, 0.3]], 0.5);
  }
  reeds(70, 610, 190);
  // water
  brush.wiggle(2);
  for (let i = 0; i < 24; i++) {
    const y = random(520, 590), x = random(600);
    brush.set("2H", "#6f8490", 1.2);
    brush.line(x, y, x + random(30, 110), y);
  }
}
