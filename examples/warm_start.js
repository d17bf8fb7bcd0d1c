// a purple poppy at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("purple", 180);
  for (let i = 0; i < 4; i++) {
    rotate(TAU / 4);
    brush.polygon([[0, 0], [-60, 80], [0, 110], [60, 80]]);
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
    brush.polygon([[0, 20], [-20, 60], [0, 110], [20, 70]]);
  }
}

// a green tulip at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("green", 200);
  brush.polygon([[0, 80], [-60, 20], [-60, -80], [0, -30], [60, -80], [60, 20]]);
}

// a navy leaf at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  rotate(1);
  brush.fill("navy", 220);
  brush.polygon([[0, 120], [-50, 0], [0, -120], [50, 0]]);
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
    brush.polygon([[0, 0], [60, -40], [110, -60]]);
  }
}

// an orchid moon at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("orchid", 200);
  brush.circle(0, 0, 100);
}

// a green sun at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("green", 100);
  brush.circle(0, 0, 110);
  brush.fill("green", 180);
  brush.circle(0, 0, 60);
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
    brush.circle(0, 0, 30);
  }
}

// a teal apple at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("teal", 180);
  brush.circle(0, 0, 90);
  brush.set("2B", "sienna", 3);
  brush.spline([[0, -60, 1], [5, -80, 1], [15, -120, 1]], 0.5);
}

// a navy fish in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("navy", 180);
  brush.polygon([[-110, 0], [-30, -70], [60, 0], [120, -60], [120, 60], [60, 0], [-30, 60]]);
}

// a gold butterfly at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("gold", 180);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.polygon([[0, 0], [110, -110], [70, 10], [90, 90]]);
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
    brush.circle(0, 0, 60);
    translate(60, 0);
  }
}

// an orange boat in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("orange", 180);
  brush.polygon([[-110, 30], [0, 120], [110, 30]]);
  brush.polygon([[0, 10], [0, -120], [80, 10]]);
}

// an olive mushroom at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("olive", 180);
  brush.polygon([[-120, 20], [0, -120], [120, 20]]);
  brush.polygon([[0, 20], [-30, 120], [30, 120]]);
}

// an orchid balloon at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("orchid", 220);
  brush.polygon([[0, 110], [-90, -20], [0, -110], [90, -20]]);
}

// a green kite at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  rotate(-0.5);
  brush.fill("green", 200);
  brush.polygon([[0, -110], [70, -20], [0, 130], [-70, -20]]);
}

// a navy bird at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("navy", 200);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.polygon([[0, 40], [60, -40], [130, -70], [70, 20]]);
  }
}

// an olive hill at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("olive", 200);
  brush.polygon([[-130, 80], [-60, -40], [10, -90], [80, -20], [130, 80]]);
}

// a gold pond at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("gold", 220);
  scale(1, 0.5);
  brush.circle(0, 0, 120);
}

// a crimson star at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("crimson", 220);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.polygon([[0, 0], [-40, 40], [0, 120], [40, 40]]);
  }
}

// a gold heart in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("gold", 220);
  brush.polygon([[0, 110], [-110, 0], [-60, -80], [0, -30], [60, -80], [110, 0]]);
}

// a gold pear at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("gold", 220);
  brush.polygon([[0, 110], [-90, 50], [-30, -70], [30, -60], [90, 50]]);
}

// a teal tuft of grass at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("teal", 180);
  for (let x = -90; x < 100; x += 30) {
    brush.polygon([[x - 10, 90], [x + random(-50, 50), -100], [x + 10, 90]]);
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
    brush.circle(0, 0, r);
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
    brush.polygon([[0, 80], [-20, -110], [20, -100]]);
  }
}

// an orange vase at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("orange", 200);
  brush.polygon([[-40, -110], [-90, 20], [-40, 110], [40, 110], [90, 20], [40, -110]]);
}

// a navy poppy at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("navy", 220);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.polygon([[0, 0], [-60, 80], [0, 110], [60, 80]]);
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
    brush.polygon([[0, 20], [-20, 60], [0, 110], [20, 60]]);
  }
}

// a crimson tulip at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("crimson", 200);
  brush.polygon([[0, 80], [-60, 20], [-60, -80], [0, -30], [60, -90], [60, 20]]);
}

// a purple leaf at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  rotate(-1);
  brush.fill("purple", 180);
  brush.polygon([[0, 120], [-50, 0], [0, -120], [50, 0]]);
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
    brush.polygon([[0, 0], [60, -40], [120, -60]]);
  }
}

// a purple moon at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("purple", 180);
  brush.circle(0, 0, 90);
}

// a sienna sun at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("sienna", 100);
  brush.circle(0, 0, 110);
  brush.fill("sienna", 180);
  brush.circle(0, 0, 60);
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
    brush.circle(0, 0, 30);
  }
}

// an olive apple at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("olive", 180);
  scale(1, 0.8);
  brush.circle(0, 0, 100);
  brush.set("2B", "sienna", 3);
  brush.spline([[0, -60, 1], [5, -80, 1], [15, -120, 1]], 0.5);
}

// a purple fish at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("purple", 180);
  brush.polygon([[-110, 0], [-30, -70], [60, 0], [120, -60], [120, 60], [60, 0], [-30, 70]]);
}

// a navy butterfly at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("navy", 220);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.polygon([[0, 0], [110, -110], [70, 10], [90, 90]]);
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
    brush.circle(0, 0, 60);
    translate(60, 0);
  }
}

// a green boat at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("green", 200);
  brush.polygon([[-110, 30], [0, 110], [120, 30]]);
  brush.polygon([[0, 10], [0, -120], [90, 10]]);
}

// an olive mushroom at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("olive", 180);
  brush.polygon([[-120, 20], [0, -130], [120, 20]]);
  brush.polygon([[0, 20], [-30, 120], [30, 120]]);
}

// a gold balloon at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("gold", 200);
  brush.polygon([[0, 110], [-90, -20], [0, -110], [90, -20]]);
}

// an orange kite at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  rotate(0.5);
  brush.fill("orange", 200);
  brush.polygon([[0, -110], [70, -20], [0, 120], [-80, -20]]);
}

// a green bird at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("green", 200);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.polygon([[0, 40], [60, -40], [130, -60], [70, 20]]);
  }
}

// a purple hill at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("purple", 180);
  brush.polygon([[-130, 80], [-60, -30], [10, -90], [80, -20], [130, 80]]);
}

// a sienna pond at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("sienna", 200);
  scale(1, 0.5);
  brush.circle(0, 0, 120);
}

// a green star at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("green", 200);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.polygon([[0, 0], [-40, 40], [0, 120], [40, 40]]);
  }
}

// a crimson heart at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("crimson", 220);
  brush.polygon([[0, 110], [-110, 0], [-60, -90], [0, -30], [60, -90], [110, 0]]);
}

// an olive pear in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("olive", 180);
  brush.polygon([[0, 110], [-90, 50], [-30, -70], [30, -60], [90, 50]]);
}

// an orchid tuft of grass at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("orchid", 200);
  for (let x = -90; x < 100; x += 30) {
    brush.polygon([[x - 10, 90], [x + random(-50, 50), -90], [x + 10, 90]]);
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
    brush.circle(0, 0, r);
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
    brush.polygon([[0, 80], [-20, -110], [20, -110]]);
  }
}

// an olive vase at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("olive", 200);
  brush.polygon([[-40, -110], [-80, 20], [-40, 110], [40, 110], [90, 20], [40, -110]]);
}

// an orchid poppy at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("orchid", 180);
  for (let i = 0; i < 4; i++) {
    rotate(TAU / 4);
    brush.polygon([[0, 0], [-60, 80], [0, 110], [60, 80]]);
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
    brush.polygon([[0, 20], [-20, 70], [0, 120], [20, 70]]);
  }
}

// a green tulip at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  brush.fill("green", 180);
  brush.polygon([[0, 80], [-60, 20], [-60, -90], [0, -30], [60, -90], [60, 20]]);
}

// an olive leaf at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  rotate(-1);
  brush.fill("olive", 220);
  brush.polygon([[0, 120], [-50, 0], [0, -120], [50, 0]]);
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
    brush.polygon([[0, 0], [60, -40], [120, -60]]);
  }
}

// an olive moon at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("olive", 200);
  brush.circle(0, 0, 90);
}

// a teal sun in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("teal", 100);
  brush.circle(0, 0, 120);
  brush.fill("teal", 220);
  brush.circle(0, 0, 70);
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
    brush.circle(0, 0, 30);
  }
}

// a sienna apple at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("sienna", 180);
  brush.circle(0, 0, 90);
  brush.set("2B", "sienna", 3);
  brush.spline([[0, -60, 1], [5, -80, 1], [15, -120, 1]], 0.5);
}

// an orange fish at the lower left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, 120);
  brush.fill("orange", 200);
  brush.polygon([[-110, 0], [-30, -60], [60, 0], [120, -60], [120, 60], [60, 0], [-30, 70]]);
}

// a navy butterfly at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("navy", 180);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.polygon([[0, 0], [110, -110], [70, 10], [90, 90]]);
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
    brush.circle(0, 0, 60);
    translate(60, 0);
  }
}

// a crimson boat in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("crimson", 180);
  brush.polygon([[-120, 30], [0, 120], [120, 30]]);
  brush.polygon([[0, 10], [0, -120], [90, 10]]);
}

// a crimson mushroom at the bottom
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 130);
  brush.fill("crimson", 200);
  brush.polygon([[-120, 20], [0, -130], [120, 20]]);
  brush.polygon([[0, 20], [-30, 120], [30, 120]]);
}

// a crimson balloon at the lower right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, 120);
  brush.fill("crimson", 180);
  brush.polygon([[0, 120], [-90, -20], [0, -120], [90, -20]]);
}

// a crimson kite at the top
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, -130);
  rotate(-0.5);
  brush.fill("crimson", 220);
  brush.polygon([[0, -110], [80, -20], [0, 130], [-70, -20]]);
}

// a gold bird at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("gold", 180);
  for (let i = 0; i < 2; i++) {
    scale(-1, 1);
    brush.polygon([[0, 40], [60, -40], [140, -70], [70, 20]]);
  }
}

// an orchid hill in the middle
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(0, 0);
  brush.fill("orchid", 220);
  brush.polygon([[-130, 80], [-60, -30], [10, -100], [80, -20], [130, 80]]);
}

// a teal pond at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("teal", 200);
  scale(1, 0.5);
  brush.circle(0, 0, 120);
}

// a crimson star at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("crimson", 200);
  for (let i = 0; i < 5; i++) {
    rotate(TAU / 5);
    brush.polygon([[0, 0], [-40, 40], [0, 130], [40, 40]]);
  }
}

// a purple heart at the right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(130, 0);
  brush.fill("purple", 180);
  brush.polygon([[0, 110], [-110, 0], [-60, -90], [0, -30], [60, -80], [110, 0]]);
}

// an orange pear at the upper right
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(120, -120);
  brush.fill("orange", 180);
  brush.polygon([[0, 110], [-90, 50], [-30, -70], [30, -70], [90, 50]]);
}

// a gold tuft of grass at the upper left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-120, -120);
  brush.fill("gold", 220);
  for (let x = -90; x < 100; x += 30) {
    brush.polygon([[x - 10, 90], [x + random(-50, 50), -100], [x + 10, 90]]);
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
    brush.circle(0, 0, r);
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
    brush.polygon([[0, 80], [-20, -110], [20, -110]]);
  }
}

// an orange vase at the left
function setup() {
  createCanvas(512, 512, WEBGL);
  background("linen");
  translate(-130, 0);
  brush.fill("orange", 180);
  brush.polygon([[-40, -110], [-90, 20], [-40, 110], [40, 110], [90, 20], [40, -110]]);
}
