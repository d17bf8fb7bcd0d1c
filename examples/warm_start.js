// a purple poppy at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("purple", 180);
  for (let i = 0; i < 4; i++) {
    rotate(TAU / 4);
    brush.beginShape(0.8);
    brush.vertex(0, 0);
    brush.vertex(-60, 80);
    brush.vertex(0, 110);
    brush.vertex(60, 80);
    brush.endShape();
  }
}

// an orange daisy at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("orange", 180);
  for (let i = 0; i < 10; i++) {
    rotate(TAU / 10);
    brush.beginShape(0.7);
    brush.vertex(0, 20);
    brush.vertex(-20, 60);
    brush.vertex(0, 110);
    brush.vertex(20, 70);
    brush.endShape();
  }
}

// a green tulip at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("green", 200);
  brush.beginShape(0.4);
  brush.vertex(0, 80);
  brush.vertex(-60, 20);
  brush.vertex(-60, -80);
  brush.vertex(0, -30);
  brush.vertex(60, -80);
  brush.vertex(60, 20);
  brush.endShape();
}

// a navy leaf at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  rotate(1);
  brush.fill("navy", 220);
  brush.beginShape(0.7);
  brush.vertex(0, 120);
  brush.vertex(-50, 0);
  brush.vertex(0, -120);
  brush.vertex(50, 0);
  brush.endShape();
}

// a sienna fern at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  translate(0, 90);
  brush.fill("sienna", 200);
  for (let i = 0; i < 8; i++) {
    translate(0, -30);
    scale(-0.9, 0.9);
    brush.beginShape(0.5);
    brush.vertex(0, 0);
    brush.vertex(60, -40);
    brush.vertex(110, -60);
    brush.endShape();
  }
}

// an orchid moon at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("orchid", 200);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(100 * cos(a), 100 * sin(a));
  brush.endShape();
}

// a green sun at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("green", 100);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(110 * cos(a), 110 * sin(a));
  brush.endShape();
  brush.fill("green", 180);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(60 * cos(a), 60 * sin(a));
  brush.endShape();
}

// an orchid handful of berries at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("orchid", 220);
  for (let i = 0; i < 7; i++) {
    rotate(1);
    translate(60, 0);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(30 * cos(a), 30 * sin(a));
    brush.endShape();
  }
}

// a teal apple at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("teal", 180);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(90 * cos(a), 80 * sin(a));
  brush.endShape();
  brush.set("2B", "sienna", 3);
  brush.spline([[0, -60, 1], [5, -80, 1], [15, -120, 1]], 0.5);
}

// a navy fish in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("navy", 180);
  brush.beginShape(0.5);
  brush.vertex(-110, 0);
  brush.vertex(-30, -70);
  brush.vertex(60, 0);
  brush.vertex(120, -60);
  brush.vertex(120, 60);
  brush.vertex(60, 0);
  brush.vertex(-30, 60);
  brush.endShape();
}

// a gold butterfly at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("gold", 180);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(110, -110);
    brush.vertex(70, 10);
    brush.vertex(90, 90);
    brush.endShape();
  }
}

// a teal cloud at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("teal", 160);
  translate(-80, 0);
  for (let i = 0; i < 4; i++) {
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(60 * cos(a), 50 * sin(a));
    brush.endShape();
    translate(60, 0);
  }
}

// an orange boat in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("orange", 180);
  brush.beginShape(0.1);
  brush.vertex(-110, 30);
  brush.vertex(0, 120);
  brush.vertex(110, 30);
  brush.endShape();
  brush.beginShape(0.1);
  brush.vertex(0, 10);
  brush.vertex(0, -120);
  brush.vertex(80, 10);
  brush.endShape();
}

// an olive mushroom at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("olive", 180);
  brush.beginShape(0.7);
  brush.vertex(-120, 20);
  brush.vertex(0, -120);
  brush.vertex(120, 20);
  brush.endShape();
  brush.beginShape(0.1);
  brush.vertex(0, 20);
  brush.vertex(-30, 120);
  brush.vertex(30, 120);
  brush.endShape();
}

// an orchid balloon at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("orchid", 220);
  brush.beginShape(0.8);
  brush.vertex(0, 110);
  brush.vertex(-90, -20);
  brush.vertex(0, -110);
  brush.vertex(90, -20);
  brush.endShape();
}

// a green kite at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  rotate(-0.5);
  brush.fill("green", 200);
  brush.beginShape(0);
  brush.vertex(0, -110);
  brush.vertex(70, -20);
  brush.vertex(0, 130);
  brush.vertex(-70, -20);
  brush.endShape();
}

// a navy bird at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("navy", 200);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.5);
    brush.vertex(0, 40);
    brush.vertex(60, -40);
    brush.vertex(130, -70);
    brush.vertex(70, 20);
    brush.endShape();
  }
}

// an olive hill at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("olive", 200);
  brush.beginShape(0.5);
  brush.vertex(-130, 80);
  brush.vertex(-60, -40);
  brush.vertex(10, -90);
  brush.vertex(80, -20);
  brush.vertex(130, 80);
  brush.endShape();
}

// a gold pond at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("gold", 220);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(120 * cos(a), 60 * sin(a));
  brush.endShape();
}

// a crimson star at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("crimson", 220);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0);
    brush.vertex(0, 0);
    brush.vertex(-40, 40);
    brush.vertex(0, 120);
    brush.vertex(40, 40);
    brush.endShape();
  }
}

// a gold heart in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("gold", 220);
  brush.beginShape(0.6);
  brush.vertex(0, 110);
  brush.vertex(-110, 0);
  brush.vertex(-60, -80);
  brush.vertex(0, -30);
  brush.vertex(60, -80);
  brush.vertex(110, 0);
  brush.endShape();
}

// a gold pear at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("gold", 220);
  brush.beginShape(0.8);
  brush.vertex(0, 110);
  brush.vertex(-90, 50);
  brush.vertex(-30, -70);
  brush.vertex(30, -60);
  brush.vertex(90, 50);
  brush.endShape();
}

// a teal tuft of grass at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("teal", 180);
  for (let x = -90; x < 100; x += 30) {
    brush.beginShape(0.3);
    brush.vertex(x - 10, 90);
    brush.vertex(x + random(-50, 50), -100);
    brush.vertex(x + 10, 90);
    brush.endShape();
  }
}

// a crimson rose at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("crimson", 120);
  for (let r = 110; r > 20; r -= 30) {
    rotate(1);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(r * cos(a), r * sin(a));
    brush.endShape();
  }
}

// an olive shell at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("olive", 220);
  rotate(-1);
  for (let i = 0; i < 7; i++) {
    rotate(0.3);
    brush.beginShape(0.6);
    brush.vertex(0, 80);
    brush.vertex(-20, -110);
    brush.vertex(20, -100);
    brush.endShape();
  }
}

// an orange vase at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("orange", 200);
  brush.beginShape(0.5);
  brush.vertex(-40, -110);
  brush.vertex(-90, 20);
  brush.vertex(-40, 110);
  brush.vertex(40, 110);
  brush.vertex(90, 20);
  brush.vertex(40, -110);
  brush.endShape();
}

// a navy poppy at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("navy", 220);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0.8);
    brush.vertex(0, 0);
    brush.vertex(-60, 80);
    brush.vertex(0, 110);
    brush.vertex(60, 80);
    brush.endShape();
  }
}

// a teal daisy at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("teal", 220);
  for (let i = 0; i < 8; i++) {
    rotate(TAU / 8);
    brush.beginShape(0.7);
    brush.vertex(0, 20);
    brush.vertex(-20, 60);
    brush.vertex(0, 110);
    brush.vertex(20, 60);
    brush.endShape();
  }
}

// a crimson tulip at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("crimson", 200);
  brush.beginShape(0.4);
  brush.vertex(0, 80);
  brush.vertex(-60, 20);
  brush.vertex(-60, -80);
  brush.vertex(0, -30);
  brush.vertex(60, -90);
  brush.vertex(60, 20);
  brush.endShape();
}

// a purple leaf at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  rotate(-1);
  brush.fill("purple", 180);
  brush.beginShape(0.7);
  brush.vertex(0, 120);
  brush.vertex(-50, 0);
  brush.vertex(0, -120);
  brush.vertex(50, 0);
  brush.endShape();
}

// a teal fern at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  translate(0, 90);
  brush.fill("teal", 200);
  for (let i = 0; i < 8; i++) {
    translate(0, -30);
    scale(-0.9, 0.9);
    brush.beginShape(0.5);
    brush.vertex(0, 0);
    brush.vertex(60, -40);
    brush.vertex(120, -60);
    brush.endShape();
  }
}

// a purple moon at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("purple", 180);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(90 * cos(a), 90 * sin(a));
  brush.endShape();
}

// a sienna sun at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("sienna", 100);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(110 * cos(a), 110 * sin(a));
  brush.endShape();
  brush.fill("sienna", 180);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(60 * cos(a), 60 * sin(a));
  brush.endShape();
}

// a teal handful of berries at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("teal", 200);
  for (let i = 0; i < 7; i++) {
    rotate(1);
    translate(50, 0);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(30 * cos(a), 30 * sin(a));
    brush.endShape();
  }
}

// an olive apple at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("olive", 180);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(100 * cos(a), 80 * sin(a));
  brush.endShape();
  brush.set("2B", "sienna", 3);
  brush.spline([[0, -60, 1], [5, -80, 1], [15, -120, 1]], 0.5);
}

// a purple fish at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("purple", 180);
  brush.beginShape(0.5);
  brush.vertex(-110, 0);
  brush.vertex(-30, -70);
  brush.vertex(60, 0);
  brush.vertex(120, -60);
  brush.vertex(120, 60);
  brush.vertex(60, 0);
  brush.vertex(-30, 70);
  brush.endShape();
}

// a navy butterfly at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("navy", 220);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(110, -110);
    brush.vertex(70, 10);
    brush.vertex(90, 90);
    brush.endShape();
  }
}

// an orange cloud at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("orange", 160);
  translate(-80, 0);
  for (let i = 0; i < 3; i++) {
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(60 * cos(a), 50 * sin(a));
    brush.endShape();
    translate(60, 0);
  }
}

// a green boat at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("green", 200);
  brush.beginShape(0.1);
  brush.vertex(-110, 30);
  brush.vertex(0, 110);
  brush.vertex(120, 30);
  brush.endShape();
  brush.beginShape(0.1);
  brush.vertex(0, 10);
  brush.vertex(0, -120);
  brush.vertex(90, 10);
  brush.endShape();
}

// an olive mushroom at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("olive", 180);
  brush.beginShape(0.7);
  brush.vertex(-120, 20);
  brush.vertex(0, -130);
  brush.vertex(120, 20);
  brush.endShape();
  brush.beginShape(0.1);
  brush.vertex(0, 20);
  brush.vertex(-30, 120);
  brush.vertex(30, 120);
  brush.endShape();
}

// a gold balloon at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("gold", 200);
  brush.beginShape(0.8);
  brush.vertex(0, 110);
  brush.vertex(-90, -20);
  brush.vertex(0, -110);
  brush.vertex(90, -20);
  brush.endShape();
}

// an orange kite at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  rotate(0.5);
  brush.fill("orange", 200);
  brush.beginShape(0);
  brush.vertex(0, -110);
  brush.vertex(70, -20);
  brush.vertex(0, 120);
  brush.vertex(-80, -20);
  brush.endShape();
}

// a green bird at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("green", 200);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.5);
    brush.vertex(0, 40);
    brush.vertex(60, -40);
    brush.vertex(130, -60);
    brush.vertex(70, 20);
    brush.endShape();
  }
}

// a purple hill at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("purple", 180);
  brush.beginShape(0.5);
  brush.vertex(-130, 80);
  brush.vertex(-60, -30);
  brush.vertex(10, -90);
  brush.vertex(80, -20);
  brush.vertex(130, 80);
  brush.endShape();
}

// a sienna pond at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("sienna", 200);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(120 * cos(a), 70 * sin(a));
  brush.endShape();
}

// a green star at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("green", 200);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0);
    brush.vertex(0, 0);
    brush.vertex(-40, 40);
    brush.vertex(0, 120);
    brush.vertex(40, 40);
    brush.endShape();
  }
}

// a crimson heart at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("crimson", 220);
  brush.beginShape(0.6);
  brush.vertex(0, 110);
  brush.vertex(-110, 0);
  brush.vertex(-60, -90);
  brush.vertex(0, -30);
  brush.vertex(60, -90);
  brush.vertex(110, 0);
  brush.endShape();
}

// an olive pear in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("olive", 180);
  brush.beginShape(0.8);
  brush.vertex(0, 110);
  brush.vertex(-90, 50);
  brush.vertex(-30, -70);
  brush.vertex(30, -60);
  brush.vertex(90, 50);
  brush.endShape();
}

// an orchid tuft of grass at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("orchid", 200);
  for (let x = -90; x < 100; x += 30) {
    brush.beginShape(0.3);
    brush.vertex(x - 10, 90);
    brush.vertex(x + random(-50, 50), -90);
    brush.vertex(x + 10, 90);
    brush.endShape();
  }
}

// a green rose in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("green", 140);
  for (let r = 100; r > 20; r -= 30) {
    rotate(1);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(r * cos(a), r * sin(a));
    brush.endShape();
  }
}

// an orange shell at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("orange", 200);
  rotate(-1);
  for (let i = 0; i < 7; i++) {
    rotate(0.3);
    brush.beginShape(0.6);
    brush.vertex(0, 80);
    brush.vertex(-20, -110);
    brush.vertex(20, -110);
    brush.endShape();
  }
}

// an olive vase at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("olive", 200);
  brush.beginShape(0.5);
  brush.vertex(-40, -110);
  brush.vertex(-80, 20);
  brush.vertex(-40, 110);
  brush.vertex(40, 110);
  brush.vertex(90, 20);
  brush.vertex(40, -110);
  brush.endShape();
}

// an orchid poppy at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("orchid", 180);
  for (let i = 0; i < 4; i++) {
    rotate(TAU / 4);
    brush.beginShape(0.8);
    brush.vertex(0, 0);
    brush.vertex(-60, 80);
    brush.vertex(0, 110);
    brush.vertex(60, 80);
    brush.endShape();
  }
}

// a teal daisy at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("teal", 180);
  for (let i = 0; i < 10; i++) {
    rotate(TAU / 10);
    brush.beginShape(0.7);
    brush.vertex(0, 20);
    brush.vertex(-20, 70);
    brush.vertex(0, 120);
    brush.vertex(20, 70);
    brush.endShape();
  }
}

// a green tulip at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("green", 180);
  brush.beginShape(0.4);
  brush.vertex(0, 80);
  brush.vertex(-60, 20);
  brush.vertex(-60, -90);
  brush.vertex(0, -30);
  brush.vertex(60, -90);
  brush.vertex(60, 20);
  brush.endShape();
}

// an olive leaf at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  rotate(-1);
  brush.fill("olive", 220);
  brush.beginShape(0.7);
  brush.vertex(0, 120);
  brush.vertex(-50, 0);
  brush.vertex(0, -120);
  brush.vertex(50, 0);
  brush.endShape();
}

// an orchid fern at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  translate(0, 90);
  brush.fill("orchid", 200);
  for (let i = 0; i < 8; i++) {
    translate(0, -30);
    scale(-0.9, 0.9);
    brush.beginShape(0.5);
    brush.vertex(0, 0);
    brush.vertex(60, -40);
    brush.vertex(120, -60);
    brush.endShape();
  }
}

// an olive moon at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("olive", 200);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(90 * cos(a), 90 * sin(a));
  brush.endShape();
}

// a teal sun in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("teal", 100);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(120 * cos(a), 120 * sin(a));
  brush.endShape();
  brush.fill("teal", 220);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(70 * cos(a), 70 * sin(a));
  brush.endShape();
}

// a purple handful of berries in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("purple", 180);
  for (let i = 0; i < 7; i++) {
    rotate(1);
    translate(60, 0);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(30 * cos(a), 30 * sin(a));
    brush.endShape();
  }
}

// a sienna apple at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("sienna", 180);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(90 * cos(a), 80 * sin(a));
  brush.endShape();
  brush.set("2B", "sienna", 3);
  brush.spline([[0, -60, 1], [5, -80, 1], [15, -120, 1]], 0.5);
}

// an orange fish at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("orange", 200);
  brush.beginShape(0.5);
  brush.vertex(-110, 0);
  brush.vertex(-30, -60);
  brush.vertex(60, 0);
  brush.vertex(120, -60);
  brush.vertex(120, 60);
  brush.vertex(60, 0);
  brush.vertex(-30, 70);
  brush.endShape();
}

// a navy butterfly at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("navy", 180);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(110, -110);
    brush.vertex(70, 10);
    brush.vertex(90, 90);
    brush.endShape();
  }
}

// a sienna cloud at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("sienna", 160);
  translate(-80, 0);
  for (let i = 0; i < 4; i++) {
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(60 * cos(a), 50 * sin(a));
    brush.endShape();
    translate(60, 0);
  }
}

// a crimson boat in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("crimson", 180);
  brush.beginShape(0.1);
  brush.vertex(-120, 30);
  brush.vertex(0, 120);
  brush.vertex(120, 30);
  brush.endShape();
  brush.beginShape(0.1);
  brush.vertex(0, 10);
  brush.vertex(0, -120);
  brush.vertex(90, 10);
  brush.endShape();
}

// a crimson mushroom at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("crimson", 200);
  brush.beginShape(0.7);
  brush.vertex(-120, 20);
  brush.vertex(0, -130);
  brush.vertex(120, 20);
  brush.endShape();
  brush.beginShape(0.1);
  brush.vertex(0, 20);
  brush.vertex(-30, 120);
  brush.vertex(30, 120);
  brush.endShape();
}

// a crimson balloon at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("crimson", 180);
  brush.beginShape(0.8);
  brush.vertex(0, 120);
  brush.vertex(-90, -20);
  brush.vertex(0, -120);
  brush.vertex(90, -20);
  brush.endShape();
}

// a crimson kite at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  rotate(-0.5);
  brush.fill("crimson", 220);
  brush.beginShape(0);
  brush.vertex(0, -110);
  brush.vertex(80, -20);
  brush.vertex(0, 130);
  brush.vertex(-70, -20);
  brush.endShape();
}

// a gold bird at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("gold", 180);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.5);
    brush.vertex(0, 40);
    brush.vertex(60, -40);
    brush.vertex(140, -70);
    brush.vertex(70, 20);
    brush.endShape();
  }
}

// an orchid hill in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("orchid", 220);
  brush.beginShape(0.5);
  brush.vertex(-130, 80);
  brush.vertex(-60, -30);
  brush.vertex(10, -100);
  brush.vertex(80, -20);
  brush.vertex(130, 80);
  brush.endShape();
}

// a teal pond at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("teal", 200);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(120 * cos(a), 60 * sin(a));
  brush.endShape();
}

// a crimson star at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("crimson", 200);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0);
    brush.vertex(0, 0);
    brush.vertex(-40, 40);
    brush.vertex(0, 130);
    brush.vertex(40, 40);
    brush.endShape();
  }
}

// a purple heart at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("purple", 180);
  brush.beginShape(0.6);
  brush.vertex(0, 110);
  brush.vertex(-110, 0);
  brush.vertex(-60, -90);
  brush.vertex(0, -30);
  brush.vertex(60, -80);
  brush.vertex(110, 0);
  brush.endShape();
}

// an orange pear at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("orange", 180);
  brush.beginShape(0.8);
  brush.vertex(0, 110);
  brush.vertex(-90, 50);
  brush.vertex(-30, -70);
  brush.vertex(30, -70);
  brush.vertex(90, 50);
  brush.endShape();
}

// a gold tuft of grass at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("gold", 220);
  for (let x = -90; x < 100; x += 30) {
    brush.beginShape(0.3);
    brush.vertex(x - 10, 90);
    brush.vertex(x + random(-50, 50), -100);
    brush.vertex(x + 10, 90);
    brush.endShape();
  }
}

// a green rose at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("green", 140);
  for (let r = 110; r > 20; r -= 30) {
    rotate(1);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(r * cos(a), r * sin(a));
    brush.endShape();
  }
}

// a sienna shell at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("sienna", 220);
  rotate(-1);
  for (let i = 0; i < 7; i++) {
    rotate(0.3);
    brush.beginShape(0.6);
    brush.vertex(0, 80);
    brush.vertex(-20, -110);
    brush.vertex(20, -110);
    brush.endShape();
  }
}

// an orange vase at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("orange", 180);
  brush.beginShape(0.5);
  brush.vertex(-40, -110);
  brush.vertex(-90, 20);
  brush.vertex(-40, 110);
  brush.vertex(40, 110);
  brush.vertex(90, 20);
  brush.vertex(40, -110);
  brush.endShape();
}
