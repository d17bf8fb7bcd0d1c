// a green poppy at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("green", 200);
  brush.fillTexture(0.5, 0.7);
  for (let i = 0; i < 6; i++) {
    rotate(TAU / 6);
    brush.beginShape(0.8);
    brush.vertex(0, 0);
    brush.vertex(-62, 80);
    brush.vertex(0, 116);
    brush.vertex(62, 80);
    brush.endShape();
  }
}

// an orange daisy at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("orange", 200);
  for (let i = 0; i < 8; i++) {
    rotate(TAU / 8);
    brush.beginShape(0.7);
    brush.vertex(0, 18);
    brush.vertex(-24, 55);
    brush.vertex(0, 110);
    brush.vertex(24, 55);
    brush.endShape();
  }
}

// an olive tulip at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("olive", 180);
  brush.beginShape(0.4);
  brush.vertex(0, 54);
  brush.vertex(-60, 6);
  brush.vertex(-60, -83);
  brush.vertex(-18, -42);
  brush.vertex(0, -97);
  brush.vertex(18, -42);
  brush.vertex(60, -83);
  brush.vertex(60, 6);
  brush.endShape();
}

// a crimson leaf at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  rotate(0.7);
  brush.fill("crimson", 200);
  brush.fillTexture(0.5, 0.5);
  brush.beginShape(0.6);
  brush.vertex(0, 137);
  brush.vertex(-56, 46);
  brush.vertex(-42, -68);
  brush.vertex(0, -137);
  brush.vertex(42, -68);
  brush.vertex(56, 46);
  brush.endShape();
}

// a sienna fern at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  translate(0, 85);
  brush.fill("sienna", 210);
  for (let i = 0; i < 7; i++) {
    translate(0, -22);
    scale(-0.95, 0.95);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(53, -36);
    brush.vertex(106, -60);
    brush.vertex(53, 0);
    brush.endShape();
  }
}

// a teal moon at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("teal", 200);
  brush.fillTexture(0.4, 0.6);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(93 * cos(a), 93 * sin(a));
  brush.endShape();
}

// an olive sun at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("olive", 72);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(122 * cos(a), 122 * sin(a));
  brush.endShape();
  brush.fill("olive", 190);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(70 * cos(a), 70 * sin(a));
  brush.endShape();
}

// a gold handful of berries at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("gold", 190);
  for (let i = 0; i < 9; i++) {
    push();
    translate(random(-75, 75), random(-75, 75));
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(34 * cos(a), 34 * sin(a));
    brush.endShape();
    pop();
  }
}

// a gold apple at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("gold", 220);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(83 * cos(a), 76 * sin(a));
  brush.endShape();
  brush.set("cpencil", "sienna", 3);
  brush.spline([[0, -50, 1], [5, -80, 1], [14, -115, 1]], 0.5);
}

// a teal fish at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("teal", 200);
  brush.beginShape(0.5);
  brush.vertex(-114, 0);
  brush.vertex(-36, -60);
  brush.vertex(72, 0);
  brush.vertex(126, -60);
  brush.vertex(126, 60);
  brush.vertex(72, 6);
  brush.vertex(-36, 60);
  brush.endShape();
}

// a navy butterfly at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("navy", 230);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.6);
    brush.vertex(0, 12);
    brush.vertex(108, -110);
    brush.vertex(68, 12);
    brush.vertex(90, 86);
    brush.endShape();
  }
}

// a green cloud at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("green", 132);
  translate(-80, 0);
  for (let i = 0; i < 3; i++) {
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(54 * cos(a), 45 * sin(a));
    brush.endShape();
    translate(41, random(-25, 25));
  }
}

// a crimson boat at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("crimson", 210);
  brush.beginShape(0.1);
  brush.vertex(-130, 36);
  brush.vertex(0, 122);
  brush.vertex(124, 36);
  brush.endShape();
  brush.fill("crimson", 114);
  brush.beginShape(0.1);
  brush.vertex(-6, 18);
  brush.vertex(-6, -119);
  brush.vertex(85, 18);
  brush.endShape();
}

// an orchid mushroom at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("orchid", 210);
  brush.beginShape(0.6);
  brush.vertex(-120, 24);
  brush.vertex(-60, -98);
  brush.vertex(60, -96);
  brush.vertex(120, 24);
  brush.endShape();
  brush.beginShape(0.3);
  brush.vertex(-24, 42);
  brush.vertex(-30, 120);
  brush.vertex(30, 120);
  brush.endShape();
}

// a green balloon at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("green", 200);
  brush.beginShape(0.8);
  brush.vertex(0, 102);
  brush.vertex(-96, -24);
  brush.vertex(0, -130);
  brush.vertex(96, -24);
  brush.endShape();
  brush.set("cpencil", "black", 1);
  brush.spline([[0, 85, 1], [-8, 110, 1], [13, 142, 1]], 0.5);
}

// a purple kite at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  rotate(-0.5);
  brush.fill("purple", 210);
  brush.fillTexture(0.5, 0.6);
  brush.beginShape(0);
  brush.vertex(0, -114);
  brush.vertex(74, -24);
  brush.vertex(0, 127);
  brush.vertex(-74, -24);
  brush.endShape();
}

// an orange bird at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("orange", 230);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.5);
    brush.vertex(0, 36);
    brush.vertex(58, -44);
    brush.vertex(145, -66);
    brush.vertex(72, 18);
    brush.endShape();
  }
}

// a purple hill in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("purple", 200);
  brush.beginShape(0.5);
  brush.vertex(-155, 84);
  brush.vertex(-54, -35);
  brush.vertex(12, -94);
  brush.vertex(77, -18);
  brush.vertex(146, 84);
  brush.endShape();
}

// an orange pond at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("orange", 152);
  brush.fillBleed(0.15);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(132 * cos(a), 70 * sin(a));
  brush.endShape();
}

// an orchid star at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("orchid", 200);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0);
    brush.vertex(0, -12);
    brush.vertex(-47, 42);
    brush.vertex(0, 126);
    brush.vertex(43, 46);
    brush.endShape();
  }
}

// a purple heart at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("purple", 210);
  brush.fillBleed(0.25);
  brush.beginShape(0.6);
  brush.vertex(0, 114);
  brush.vertex(-108, 0);
  brush.vertex(-66, -86);
  brush.vertex(0, -36);
  brush.vertex(66, -90);
  brush.vertex(114, 0);
  brush.endShape();
}

// a navy pear at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("navy", 180);
  brush.beginShape(0.7);
  brush.vertex(0, 114);
  brush.vertex(-96, 48);
  brush.vertex(0, -114);
  brush.vertex(96, 48);
  brush.endShape();
  brush.set("cpencil", "sienna", 3);
  brush.spline([[0, -80, 1], [4, -100, 1], [12, -122, 1]], 0.5);
}

// a gold tuft of grass at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("gold", 230);
  for (let x = -90; x < 100; x += 25) {
    brush.beginShape(0.3);
    brush.vertex(x - 9, 108);
    brush.vertex(x + random(-50, 50), -92);
    brush.vertex(x + 9, 108);
    brush.endShape();
  }
}

// a gold rose in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("gold", 126);
  for (let r = 97; r > 15; r -= 21) {
    rotate(1);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(r * cos(a), r * sin(a));
    brush.endShape();
  }
}

// a crimson shell at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("crimson", 190);
  rotate(-1.2);
  for (let i = 0; i < 7; i++) {
    rotate(0.34);
    brush.beginShape(0.6);
    brush.vertex(0, 72);
    brush.vertex(-17, -108);
    brush.vertex(17, -102);
    brush.endShape();
  }
}

// a teal vase at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("teal", 220);
  brush.beginShape(0.5);
  brush.vertex(-38, -114);
  brush.vertex(-86, 18);
  brush.vertex(-46, 114);
  brush.vertex(46, 114);
  brush.vertex(84, 18);
  brush.vertex(38, -114);
  brush.endShape();
}

// a navy poppy in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("navy", 190);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0.8);
    brush.vertex(0, 0);
    brush.vertex(-54, 82);
    brush.vertex(0, 118);
    brush.vertex(54, 82);
    brush.endShape();
  }
}

// a teal daisy at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("teal", 230);
  for (let i = 0; i < 9; i++) {
    rotate(TAU / 9);
    brush.beginShape(0.7);
    brush.vertex(0, 18);
    brush.vertex(-24, 61);
    brush.vertex(0, 122);
    brush.vertex(24, 61);
    brush.endShape();
  }
}

// a navy tulip at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("navy", 220);
  brush.beginShape(0.4);
  brush.vertex(0, 54);
  brush.vertex(-55, 6);
  brush.vertex(-55, -88);
  brush.vertex(-18, -44);
  brush.vertex(0, -102);
  brush.vertex(18, -44);
  brush.vertex(55, -88);
  brush.vertex(55, 6);
  brush.endShape();
}

// an orchid leaf at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  rotate(-0.8);
  brush.fill("orchid", 180);
  brush.beginShape(0.6);
  brush.vertex(0, 144);
  brush.vertex(-50, 48);
  brush.vertex(-36, -72);
  brush.vertex(0, -144);
  brush.vertex(36, -72);
  brush.vertex(50, 48);
  brush.endShape();
}

// a navy fern at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  translate(0, 93);
  brush.fill("navy", 200);
  for (let i = 0; i < 7; i++) {
    translate(0, -24);
    scale(-0.95, 0.95);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(53, -36);
    brush.vertex(106, -60);
    brush.vertex(53, 0);
    brush.endShape();
  }
}

// an olive moon at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("olive", 180);
  brush.fillBleed(0.15);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(94 * cos(a), 94 * sin(a));
  brush.endShape();
}

// a gold sun at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("gold", 85);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(117 * cos(a), 117 * sin(a));
  brush.endShape();
  brush.fill("gold", 220);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(66 * cos(a), 66 * sin(a));
  brush.endShape();
}

// an orchid handful of berries at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("orchid", 230);
  for (let i = 0; i < 6; i++) {
    push();
    translate(random(-78, 78), random(-78, 78));
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(36 * cos(a), 36 * sin(a));
    brush.endShape();
    pop();
  }
}

// an olive apple in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("olive", 230);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(77 * cos(a), 70 * sin(a));
  brush.endShape();
  brush.set("cpencil", "sienna", 3);
  brush.spline([[0, -50, 1], [5, -80, 1], [11, -110, 1]], 0.5);
}

// an orange fish in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("orange", 230);
  brush.beginShape(0.5);
  brush.vertex(-114, 0);
  brush.vertex(-36, -67);
  brush.vertex(72, 0);
  brush.vertex(126, -67);
  brush.vertex(126, 67);
  brush.vertex(72, 6);
  brush.vertex(-36, 67);
  brush.endShape();
}

// a crimson butterfly at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("crimson", 190);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.6);
    brush.vertex(0, 12);
    brush.vertex(109, -109);
    brush.vertex(73, 12);
    brush.vertex(103, 96);
    brush.endShape();
  }
}

// a green cloud at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("green", 127);
  translate(-76, 0);
  for (let i = 0; i < 4; i++) {
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(57 * cos(a), 48 * sin(a));
    brush.endShape();
    translate(47, random(-25, 25));
  }
}

// an orchid boat in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("orchid", 230);
  brush.beginShape(0.1);
  brush.vertex(-120, 36);
  brush.vertex(0, 122);
  brush.vertex(121, 36);
  brush.endShape();
  brush.fill("orchid", 109);
  brush.beginShape(0.1);
  brush.vertex(-6, 18);
  brush.vertex(-6, -119);
  brush.vertex(85, 18);
  brush.endShape();
}

// a teal mushroom in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("teal", 220);
  brush.beginShape(0.6);
  brush.vertex(-120, 24);
  brush.vertex(-60, -97);
  brush.vertex(60, -96);
  brush.vertex(120, 24);
  brush.endShape();
  brush.beginShape(0.3);
  brush.vertex(-24, 42);
  brush.vertex(-30, 120);
  brush.vertex(30, 120);
  brush.endShape();
}

// a sienna balloon at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("sienna", 230);
  brush.beginShape(0.8);
  brush.vertex(0, 102);
  brush.vertex(-96, -24);
  brush.vertex(0, -121);
  brush.vertex(96, -24);
  brush.endShape();
  brush.set("cpencil", "black", 1);
  brush.spline([[0, 85, 1], [-8, 110, 1], [13, 147, 1]], 0.5);
}

// a gold kite at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  rotate(0.3);
  brush.fill("gold", 190);
  brush.beginShape(0);
  brush.vertex(0, -122);
  brush.vertex(84, -24);
  brush.vertex(0, 132);
  brush.vertex(-84, -24);
  brush.endShape();
}

// a sienna bird at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("sienna", 190);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.5);
    brush.vertex(0, 36);
    brush.vertex(59, -40);
    brush.vertex(148, -74);
    brush.vertex(72, 18);
    brush.endShape();
  }
}

// a green hill in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("green", 190);
  brush.fillTexture(0.5, 0.7);
  brush.beginShape(0.5);
  brush.vertex(-148, 84);
  brush.vertex(-53, -42);
  brush.vertex(12, -89);
  brush.vertex(85, -18);
  brush.vertex(155, 84);
  brush.endShape();
}

// a teal pond at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("teal", 138);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(135 * cos(a), 74 * sin(a));
  brush.endShape();
}

// a green star at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("green", 190);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0);
    brush.vertex(0, -12);
    brush.vertex(-38, 43);
    brush.vertex(0, 128);
    brush.vertex(43, 46);
    brush.endShape();
  }
}

// a purple heart at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("purple", 190);
  brush.beginShape(0.6);
  brush.vertex(0, 114);
  brush.vertex(-113, 0);
  brush.vertex(-66, -96);
  brush.vertex(0, -36);
  brush.vertex(66, -90);
  brush.vertex(114, 0);
  brush.endShape();
}

// a purple pear at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("purple", 220);
  brush.beginShape(0.7);
  brush.vertex(0, 114);
  brush.vertex(-100, 48);
  brush.vertex(0, -114);
  brush.vertex(96, 48);
  brush.endShape();
  brush.set("cpencil", "sienna", 3);
  brush.spline([[0, -80, 1], [4, -100, 1], [16, -122, 1]], 0.5);
}

// a green tuft of grass at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("green", 180);
  for (let x = -90; x < 100; x += 25) {
    brush.beginShape(0.3);
    brush.vertex(x - 9, 108);
    brush.vertex(x + random(-50, 50), -88);
    brush.vertex(x + 9, 108);
    brush.endShape();
  }
}

// a navy rose at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("navy", 128);
  for (let r = 92; r > 15; r -= 22) {
    rotate(1);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(r * cos(a), r * sin(a));
    brush.endShape();
  }
}

// a sienna shell at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("sienna", 180);
  rotate(-1.2);
  for (let i = 0; i < 6; i++) {
    rotate(0.4);
    brush.beginShape(0.6);
    brush.vertex(0, 72);
    brush.vertex(-17, -104);
    brush.vertex(17, -102);
    brush.endShape();
  }
}

// a green vase at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("green", 210);
  brush.fillBleed(0.1);
  brush.beginShape(0.5);
  brush.vertex(-43, -114);
  brush.vertex(-88, 18);
  brush.vertex(-46, 114);
  brush.vertex(46, 114);
  brush.vertex(84, 18);
  brush.vertex(38, -114);
  brush.endShape();
}

// a purple poppy at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("purple", 210);
  brush.fillBleed(0.25);
  for (let i = 0; i < 6; i++) {
    rotate(TAU / 6);
    brush.beginShape(0.8);
    brush.vertex(0, 0);
    brush.vertex(-55, 78);
    brush.vertex(0, 114);
    brush.vertex(55, 78);
    brush.endShape();
  }
}

// an olive daisy at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("olive", 190);
  for (let i = 0; i < 9; i++) {
    rotate(TAU / 9);
    brush.beginShape(0.7);
    brush.vertex(0, 18);
    brush.vertex(-24, 62);
    brush.vertex(0, 125);
    brush.vertex(24, 62);
    brush.endShape();
  }
}

// a sienna tulip at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("sienna", 210);
  brush.beginShape(0.4);
  brush.vertex(0, 54);
  brush.vertex(-59, 6);
  brush.vertex(-59, -84);
  brush.vertex(-18, -42);
  brush.vertex(0, -98);
  brush.vertex(18, -42);
  brush.vertex(59, -84);
  brush.vertex(59, 6);
  brush.endShape();
}

// a gold leaf at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  rotate(-0.8);
  brush.fill("gold", 230);
  brush.beginShape(0.6);
  brush.vertex(0, 143);
  brush.vertex(-50, 47);
  brush.vertex(-36, -72);
  brush.vertex(0, -143);
  brush.vertex(36, -72);
  brush.vertex(50, 47);
  brush.endShape();
}

// a gold fern at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  translate(0, 85);
  brush.fill("gold", 190);
  for (let i = 0; i < 9; i++) {
    translate(0, -27);
    scale(-0.95, 0.95);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(52, -36);
    brush.vertex(103, -60);
    brush.vertex(52, 0);
    brush.endShape();
  }
}

// an orchid moon at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("orchid", 230);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(109 * cos(a), 109 * sin(a));
  brush.endShape();
}

// a purple sun at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("purple", 77);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(122 * cos(a), 122 * sin(a));
  brush.endShape();
  brush.fill("purple", 230);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(70 * cos(a), 70 * sin(a));
  brush.endShape();
}

// an olive handful of berries at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("olive", 190);
  for (let i = 0; i < 6; i++) {
    push();
    translate(random(-82, 82), random(-82, 82));
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(34 * cos(a), 34 * sin(a));
    brush.endShape();
    pop();
  }
}

// a crimson apple at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("crimson", 190);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(87 * cos(a), 80 * sin(a));
  brush.endShape();
  brush.set("cpencil", "sienna", 3);
  brush.spline([[0, -50, 1], [5, -80, 1], [12, -115, 1]], 0.5);
}

// an orange fish at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("orange", 220);
  brush.beginShape(0.5);
  brush.vertex(-114, 0);
  brush.vertex(-36, -60);
  brush.vertex(72, 0);
  brush.vertex(126, -60);
  brush.vertex(126, 60);
  brush.vertex(72, 6);
  brush.vertex(-36, 60);
  brush.endShape();
}

// a navy butterfly at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("navy", 210);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.6);
    brush.vertex(0, 12);
    brush.vertex(107, -114);
    brush.vertex(70, 12);
    brush.vertex(95, 90);
    brush.endShape();
  }
}

// a sienna cloud in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("sienna", 148);
  translate(-75, 0);
  for (let i = 0; i < 3; i++) {
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(53 * cos(a), 44 * sin(a));
    brush.endShape();
    translate(46, random(-25, 25));
  }
}

// a sienna boat at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("sienna", 220);
  brush.beginShape(0.1);
  brush.vertex(-127, 36);
  brush.vertex(0, 128);
  brush.vertex(132, 36);
  brush.endShape();
  brush.fill("sienna", 105);
  brush.beginShape(0.1);
  brush.vertex(-6, 18);
  brush.vertex(-6, -126);
  brush.vertex(89, 18);
  brush.endShape();
}

// a sienna mushroom at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("sienna", 220);
  brush.beginShape(0.6);
  brush.vertex(-120, 24);
  brush.vertex(-60, -100);
  brush.vertex(60, -96);
  brush.vertex(120, 24);
  brush.endShape();
  brush.beginShape(0.3);
  brush.vertex(-24, 42);
  brush.vertex(-30, 120);
  brush.vertex(30, 120);
  brush.endShape();
}

// an olive balloon at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("olive", 200);
  brush.beginShape(0.8);
  brush.vertex(0, 102);
  brush.vertex(-96, -24);
  brush.vertex(0, -128);
  brush.vertex(96, -24);
  brush.endShape();
  brush.set("cpencil", "black", 1);
  brush.spline([[0, 85, 1], [-8, 110, 1], [5, 135, 1]], 0.5);
}

// an orange kite at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  rotate(-0.5);
  brush.fill("orange", 180);
  brush.beginShape(0);
  brush.vertex(0, -118);
  brush.vertex(76, -24);
  brush.vertex(0, 133);
  brush.vertex(-76, -24);
  brush.endShape();
}

// an orchid bird at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("orchid", 190);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.beginShape(0.5);
    brush.vertex(0, 36);
    brush.vertex(64, -46);
    brush.vertex(154, -73);
    brush.vertex(72, 18);
    brush.endShape();
  }
}

// a navy hill at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("navy", 230);
  brush.beginShape(0.5);
  brush.vertex(-148, 84);
  brush.vertex(-60, -30);
  brush.vertex(12, -88);
  brush.vertex(77, -18);
  brush.vertex(146, 84);
  brush.endShape();
}

// an orchid pond at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("orchid", 150);
  brush.beginShape(0.9);
  for (let a = 0; a < 6; a++) brush.vertex(128 * cos(a), 64 * sin(a));
  brush.endShape();
}

// an olive star at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("olive", 180);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.beginShape(0);
    brush.vertex(0, -12);
    brush.vertex(-47, 41);
    brush.vertex(0, 134);
    brush.vertex(43, 46);
    brush.endShape();
  }
}

// a crimson heart at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("crimson", 220);
  brush.beginShape(0.6);
  brush.vertex(0, 114);
  brush.vertex(-107, 0);
  brush.vertex(-66, -94);
  brush.vertex(0, -36);
  brush.vertex(66, -90);
  brush.vertex(114, 0);
  brush.endShape();
}

// a teal pear at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("teal", 230);
  brush.beginShape(0.7);
  brush.vertex(0, 114);
  brush.vertex(-94, 48);
  brush.vertex(0, -114);
  brush.vertex(96, 48);
  brush.endShape();
  brush.set("cpencil", "sienna", 3);
  brush.spline([[0, -80, 1], [4, -100, 1], [9, -117, 1]], 0.5);
}

// a navy tuft of grass at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("navy", 180);
  for (let x = -90; x < 100; x += 21) {
    brush.beginShape(0.3);
    brush.vertex(x - 9, 108);
    brush.vertex(x + random(-50, 50), -92);
    brush.vertex(x + 9, 108);
    brush.endShape();
  }
}

// an orange rose at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("orange", 140);
  for (let r = 92; r > 15; r -= 23) {
    rotate(1);
    brush.beginShape(0.9);
    for (let a = 0; a < 6; a++) brush.vertex(r * cos(a), r * sin(a));
    brush.endShape();
  }
}

// a crimson shell in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("crimson", 220);
  rotate(-1.2);
  for (let i = 0; i < 7; i++) {
    rotate(0.34);
    brush.beginShape(0.6);
    brush.vertex(0, 72);
    brush.vertex(-17, -109);
    brush.vertex(17, -102);
    brush.endShape();
  }
}

// an olive vase at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("olive", 190);
  brush.beginShape(0.5);
  brush.vertex(-38, -114);
  brush.vertex(-83, 18);
  brush.vertex(-46, 114);
  brush.vertex(46, 114);
  brush.vertex(84, 18);
  brush.vertex(38, -114);
  brush.endShape();
}
