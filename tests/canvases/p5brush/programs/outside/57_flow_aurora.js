// Aurora: vertical curtains of pastel and spray above a black forest
let SEED = 66;
let LIGHT = ["#39d98a", "#6ef3c5", "#a0f0ff", "#b57bee", "#52e08b"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    randomSeed(SEED);
    noiseSeed(SEED);
    brush.scaleBrushes(3);
    brush.add("veil", {
        type: "spray",
        weight: 0.5,
        scatter: 9,
        sharpness: 5,
        grain: 9,
        opacity: 26,
        spacing: 1.2,
        pressure: (t) => 1 - 0.8 * t,
        noise: 0.6,
    });
}

function curtain(y0, col, phase) {
    for (let x = -10; x < 610; x += 5) {
        let y = y0 + 60 * sin(x * 0.7 + phase) + 40 * noise(x * 0.01, phase);
        let h = 60 + 140 * noise(x * 0.03, phase * 2);
        brush.set("veil", col, 1);
        brush.line(x, y, x + 8, y - h);
    }
}

function forest() {
    for (let x = -6; x < 610; x += random(8, 20)) {
        let h = random(40, 130);
        brush.set("charcoal", "#04070f", 1.1);
        brush.line(x, 600, x, 600 - h);
        for (let k = 12; k < h; k += 9) {
            let w = map(k, 12, h, 3, 15);
            brush.line(x - w, 600 - h + k + 4, x + w, 600 - h + k + 4);
        }
    }
}

function draw() {
    background("#0a1230");
    translate(-width / 2, -height / 2);
    brush.set("pen", "#dbe6ff", 1);
    for (let i = 0; i < 90; i++) {
        let x = random(600);
        let y = random(400);
        brush.line(x, y, x + 1.5, y);
    }
    for (let i = 0; i < 4; i++) curtain(220 + i * 60, LIGHT[i], i * 47);
    brush.noStroke();
    brush.wash("#0a1a2e", 255);
    brush.rect(-4, 520, 608, 84);
    brush.noWash();
    forest();
    noLoop();
}
