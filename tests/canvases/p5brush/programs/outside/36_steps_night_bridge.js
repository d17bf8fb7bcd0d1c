function setup() {
  createCanvas(600, 600, WEBGL);
  noLoop();
}

function draw() {
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  background("#101a3a");

  // 1. Stars
  for (let i = 0; i < 80; i++) {
    let x = random(0, 600);
    let y = random(0, 280);
    brush.set("pen", "#f4f1ff", random(0.6, 1.6));
    brush.line(x, y, x + 2, y);
  }

  // 2. Moon with a halo
  brush.noStroke();
  brush.wash("#f5e9c0", 40);
  brush.circle(470, 110, 74);
  brush.wash("#f5e9c0", 60);
  brush.circle(470, 110, 58);
  brush.wash("#fbf3d5", 255);
  brush.circle(470, 110, 44);
  brush.noWash();

  // 3. Hills
  brush.wash("#1b2750", 255);
  brush.beginShape(0.4);
  brush.vertex(-10, 330);
  brush.vertex(120, 270);
  brush.vertex(260, 310);
  brush.vertex(420, 260);
  brush.vertex(610, 320);
  brush.vertex(610, 420);
  brush.vertex(-10, 420);
  brush.endShape(true);
  brush.noWash();

  // 4. Deck of the bridge
  brush.set("rotring", "#c3cbe8", 1.6);
  brush.line(-10, 400, 610, 400);
  brush.line(-10, 412, 610, 412);

  // 5. Towers
  brush.set("marker", "#9aa6d6", 1.3);
  brush.line(160, 200, 160, 470);
  brush.line(184, 200, 184, 470);
  brush.line(416, 200, 416, 470);
  brush.line(440, 200, 440, 470);
  brush.set("rotring", "#9aa6d6", 1.4);
  brush.line(160, 240, 184, 240);
  brush.line(160, 300, 184, 300);
  brush.line(160, 360, 184, 360);
  brush.line(416, 240, 440, 240);
  brush.line(416, 300, 440, 300);
  brush.line(416, 360, 440, 360);

  // 6. Cables
  brush.set("pen", "#dfe5ff", 1.2);
  brush.spline([[172, 200, 1], [236, 340, 1], [300, 382, 1], [364, 340, 1], [428, 200, 1]], 0.7);
  brush.spline([[172, 200, 1], [110, 320, 1], [-10, 390, 1]], 0.7);
  brush.spline([[428, 200, 1], [490, 320, 1], [610, 390, 1]], 0.7);
  brush.set("2H", "#aab4dd", 1);
  for (let i = 0; i <= 16; i++) {
    let x = 180 + i * 15;
    let d = (x - 300) / 128;
    brush.line(x, 382 - 180 * d * d, x, 400);
  }

  // 7. Lamps on the deck
  for (let i = 0; i < 9; i++) {
    let x = 40 + i * 65;
    brush.set("spray", "#ffcf70", 0.6);
    brush.line(x, 392, x + 2, 392);
    brush.set("marker", "#fff0b8", 1);
    brush.line(x, 392, x + 1, 393);
  }

  // 8. Water with broken reflections
  brush.wiggle(2);
  for (let i = 0; i < 60; i++) {
    let y = 430 + i * 2.8;
    let lamp = 40 + floor(random(9)) * 65;
    brush.set("cpencil", random(["#ffcf70", "#5a6bb0", "#2f3d78"]), random(0.8, 2));
    brush.line(lamp - random(6, 30), y, lamp + random(6, 30), y);
  }
  brush.noField();
}
