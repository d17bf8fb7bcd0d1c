// Three masks: nested polygons massed as one, holes for eyes and mouths
let SKIN = ["#8c2f39", "#3d405b", "#b08968"];
let LIGHT = ["#f4d58d", "#e07a5f", "#f2e8cf"];

function setup() {
    createCanvas(800, 800, WEBGL);
    angleMode(DEGREES);
    randomSeed(16);
    noiseSeed(16);
    brush.scaleBrushes(4);
    noLoop();
}

function ring(x, y, rx, ry, n, wobble) {
    let pts = [];
    for (let k = 0; k < n; k++) {
        let a = (360 / n) * k;
        let w = 1 + wobble * (noise(x + cos(a), y + sin(a)) - 0.5);
        pts.push([x + rx * w * cos(a), y + ry * w * sin(a)]);
    }
    return new brush.Polygon(pts);
}

function mask(x, y, s, i) {
    let face = ring(x, y, 100 * s, 150 * s, 26, 0.3);
    let eyes = [-1, 1].map((k) => ring(x + k * 42 * s, y - 36 * s, 24 * s, 11 * s, 12, 0.1));
    let mouth = ring(x, y + 74 * s, 38 * s, 15 * s, 14, 0.2);

    brush.noStroke();
    brush.mass(i === 1 ? "crayon" : "charcoal", SKIN[i], { precision: 0.6, strength: 0.9, gradient: 0.2 });
    brush.massArray([face, ...eyes, mouth]);
    brush.noMass();

    brush.set("2B", "#1c1412", 1.2);
    face.draw();
    for (let eye of eyes) eye.draw("pen", LIGHT[i], 2);
    mouth.draw("pen", LIGHT[i], 2);

    // nose and marks
    brush.set("marker", LIGHT[i], 1);
    brush.beginStroke("segments", x, y - 50 * s);
    brush.move(-88, 70 * s, 0.7);
    brush.move(-10, 20 * s, 1);
    brush.endStroke(-10, 0.4);
    for (let k = -3; k <= 3; k++) {
        brush.set("marker", LIGHT[i], 0.8);
        brush.spline([[x + k * 14 * s, y - 126 * s, 0.5], [x + k * 20 * s, y - 100 * s, 1], [x + k * 22 * s, y - 72 * s, 0.3]], 0.6);
    }
    for (let k = 0; k < 4; k++) {
        for (let side of [-1, 1]) {
            brush.set("crayon", LIGHT[i], 0.7);
            brush.line(x + side * 50 * s, y + (10 + k * 14) * s, x + side * 84 * s, y + (2 + k * 16) * s);
        }
    }
}

function fringe(x, y, s, i) {
    brush.field("waves");
    for (let k = 0; k < 34; k++) {
        let a = map(k, 0, 33, 200, 340);
        brush.set("2B", random([SKIN[(i + 1) % 3], LIGHT[(i + 2) % 3]]), 1);
        brush.flowLine(x + 98 * s * cos(a), y + 146 * s * sin(a), random(50, 110) * s, 360 - a);
    }
    brush.noField();
}

function draw() {
    background("#e6dccb");
    translate(-width / 2, -height / 2);
    for (let i = 0; i < 3; i++) {
        let x = [220, 560, 400][i];
        let y = [270, 290, 590][i];
        let s = [1, 0.9, 1][i];
        fringe(x, y, s, i);
        mask(x, y, s, i);
    }
}
