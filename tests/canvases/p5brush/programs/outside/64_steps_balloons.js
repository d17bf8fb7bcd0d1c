function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#d6ecf5");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  randomSeed(64);
  noiseSeed(64);

  // 1. Clouds of spray
  brush.set("spray", "#ffffff", 2.4);
  brush.line(60, 120, 180, 112);
  brush.line(90, 100, 150, 96);
  brush.line(420, 220, 560, 214);
  brush.line(450, 198, 520, 192);
  brush.line(60, 380, 140, 376);

  // 2. Fields far below
  let crops = ["#c9d7a2", "#e8d8a0", "#a7c08a", "#d4b483"];
  for (let i = 0; i < 4; i++) {
    brush.set("2H", "#7f8f60", 1);
    brush.hatchStyle("cpencil", crops[i], 1.6);
    brush.hatch(6, 20 + i * 35, { rand: 0.1, continuous: true, gradient: 0.1 });
    brush.beginShape(0);
    brush.vertex(i * 160 - 30, 500 + 8 * i);
    brush.vertex(i * 160 + 140, 490 + 4 * i);
    brush.vertex(i * 160 + 110, 610);
    brush.vertex(i * 160 - 70, 610);
    brush.endShape(true);
    brush.noHatch();
  }

  // 3. Three balloons: x, y, size, two colours
  let balloons = [
    [180, 220, 1.2, "#e63946", "#f1faee"],
    [400, 160, 0.8, "#ffb703", "#fb8500"],
    [450, 370, 0.6, "#457b9d", "#a8dadc"],
  ];
  for (let b of balloons) {
    let x = b[0];
    let y = b[1];
    let s = b[2];
    for (let k = 0; k < 5; k++) {
      let l = map(k, 0, 5, -80, 80) * s;
      let r = map(k + 1, 0, 5, -80, 80) * s;
      brush.set("2B", "#3c3c44", 0.8);
      brush.wash(k % 2 === 0 ? b[3] : b[4], 255);
      brush.beginShape(0.6);
      brush.vertex(x + l * 0.15, y - 96 * s);
      brush.vertex(x + r * 0.15, y - 96 * s);
      brush.vertex(x + r, y - 10 * s);
      brush.vertex(x + r * 0.25, y + 90 * s);
      brush.vertex(x + l * 0.25, y + 90 * s);
      brush.vertex(x + l, y - 10 * s);
      brush.endShape(true);
    }
    brush.noWash();
    brush.set("rotring", "#4a3a2a", 1);
    brush.line(x - 18 * s, y + 90 * s, x - 14 * s, y + 122 * s);
    brush.line(x + 18 * s, y + 90 * s, x + 14 * s, y + 122 * s);
    brush.wash("#8a5a33", 255);
    brush.rect(x - 16 * s, y + 122 * s, 32 * s, 24 * s);
    brush.noWash();
  }

  // 4. Swallows
  brush.set("pen", "#22303c", 1.2);
  for (let i = 0; i < 7; i++) {
    let x = random(40, 560);
    let y = random(40, 460);
    brush.spline([[x - 14, y - 4, 0.3], [x - 5, y - 7, 1], [x, y, 1], [x + 5, y - 7, 1], [x + 14, y - 4, 0.3]], 0.6);
  }

  // 5. Frame by p5
  noFill();
  stroke("#ffffff");
  strokeWeight(14);
  rect(7, 7, 586, 586);
}
