// Nebula: spray, a spiral field and two masses
let SEED = 7;

function setup() {
    createCanvas(600, 600, WEBGL);
    brush.scaleBrushes(3);
    noLoop();
}

function dust(n, colours, spread) {
    for (let i = 0; i < n; i++) {
        let a = random(TWO_PI);
        let r = spread * sqrt(random());
        brush.set("spray", random(colours), random(0.4, 1.6));
        brush.flowLine(300 + r * cos(a), 300 + 0.7 * r * sin(a), random(20, 120), random(TWO_PI));
    }
}

function draw() {
    randomSeed(SEED);
    noiseSeed(SEED);
    background("#0d0b1e");
    translate(-width / 2, -height / 2);

    brush.field("spiral");
    dust(40, ["#2b1d5b", "#4c2a85", "#1d3a6b"], 300);
    dust(40, ["#8e3b8a", "#c2567a", "#3f6fb0"], 200);
    dust(20, ["#f2c1a0", "#ffe9c9"], 90);
    brush.noField();

    // two dark lanes
    brush.mass("charcoal", "#0a0818", { precision: 0.2, strength: 0.5, gradient: 0.4 });
    brush.noStroke();
    brush.beginShape(0.6);
    brush.vertex(80, 330);
    brush.vertex(240, 290);
    brush.vertex(420, 350);
    brush.vertex(530, 300);
    brush.vertex(400, 390);
    brush.vertex(220, 330);
    brush.endShape(true);
    brush.noMass();

    // stars, few of them big
    for (let i = 0; i < 150; i++) {
        let big = brush.wRand({ 1: 90, 3: 10 });
        let x = random(600);
        let y = random(600);
        brush.set("pen", random(["#ffffff", "#cfe0ff", "#ffe4c4"]), 0.8 * Number(big));
        brush.line(x, y, x + 1.5 * big, y);
        if (big > 1) brush.line(x + 2, y - 4, x + 2, y + 4);
    }
}
