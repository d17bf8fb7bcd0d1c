// Invented letters with a broad nib
let INK = "#1f1a17";
let RED = "#a4161a";

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    brush.scaleBrushes(3);
    brush.add("nib", {
        type: "custom",
        weight: 14,
        scatter: 0.2,
        opacity: 70,
        spacing: 0.8,
        pressure: { mode: "gaussian", curve: [0.2, 0.2], min_max: [0.8, 1.1] },
        tip: (g) => {
            g.fill(0);
            g.rotate(-40);
            g.rect(-45, -7, 90, 14);
        },
        rotate: "none",
        markerTip: false,
        noise: 0.2,
    });
    randomSeed(27);
    noLoop();
}

function glyph(x, y, s) {
    let n = floor(random(1, 4));
    for (let i = 0; i < n; i++) {
        let a = random([-90, -60, 0, 45, 120]);
        brush.beginStroke("curve", x + random(s), y - random(s));
        for (let k = 0; k < 3; k++) {
            brush.move(a, s * random(0.3, 0.6), random(0.5, 1.2));
            a += random(-90, 90);
        }
        brush.endStroke(a, 0.5);
    }
}

function draw() {
    background("#f3e9d2");
    translate(-width / 2, -height / 2);
    brush.set("2H", "#c9b58f", 1);
    for (let y = 110; y <= 530; y += 70) brush.line(60, y + 8, 540, y + 8);
    for (let y = 110; y <= 530; y += 70) {
        for (let x = 66; x < 500; x += 52) {
            brush.set("nib", random() < 0.1 ? RED : INK, 1);
            glyph(x, y, 34);
        }
    }
    // a red seal
    brush.wash(RED, 230);
    brush.rect(490, 500, 52, 52);
    brush.noWash();
    brush.set("pen", "#f3e9d2", 2);
    brush.line(502, 512, 530, 512);
    brush.line(516, 512, 516, 540);
    brush.line(502, 540, 530, 540);
}
