// Scribbled rings drawn with beginStroke / move / endStroke
let COLS = ["#1b4965", "#5fa8d3", "#cae9ff", "#ee6c4d", "#293241"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    randomSeed(60);
    noiseSeed(60);
    brush.scaleBrushes(3);

    brush.add("dry", {
        type: "default",
        weight: 0.6,
        scatter: 2.2,
        sharpness: 0.4,
        grain: 1.2,
        opacity: 60,
        spacing: 0.08,
        pressure: [0.6, 1.3, 0.5],
        rotate: "natural",
    });
}

function ring(x, y, r, col) {
    brush.set(random(["dry", "charcoal", "2B"]), col, random(1, 3));
    let start = random(360);
    brush.beginStroke("curve", x + r * cos(start - 90), y - r * sin(start - 90));
    for (let k = 0; k < 7; k++) {
        brush.move(start + k * 60, r * random(0.95, 1.12), noise(k, r) + 0.5);
    }
    brush.endStroke(start + 420, 0.4);
}

function draw() {
    background("#f6f4ef");
    translate(-width / 2, -height / 2);
    for (let gx = 0; gx < 4; gx++) {
        for (let gy = 0; gy < 4; gy++) {
            let x = 90 + gx * 140;
            let y = 90 + gy * 140;
            for (let r = 56; r > 8; r -= random(8, 16)) ring(x + random(-4, 4), y + random(-4, 4), r, random(COLS));
        }
    }
    noLoop();
}
