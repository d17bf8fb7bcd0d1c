// Wind over a meadow: one custom field bends everything
let SEED = 42;
let GREENS = ["#5f7d3a", "#7d9a4b", "#9bb35f", "#4a6630"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    brush.scaleBrushes(3);
    randomSeed(SEED);
    noiseSeed(SEED);

    brush.addField("gust", function (t, field) {
        for (let col = 0; col < field.length; col++) {
            for (let row = 0; row < field[0].length; row++) {
                field[col][row] = map(noise(col * 0.03, row * 0.03, t), 0, 1, -50, 50);
            }
        }
        return field;
    });
}

function paint_sky() {
    brush.wash("#cfe2ea", 255);
    brush.rect(0, 0, 600, 330);
    brush.noWash();
    brush.field("gust");
    for (let i = 0; i < 60; i++) {
        brush.set("cpencil", random(["#ffffff", "#b4d0dc", "#e6f0f3"]), random(1, 2.5));
        brush.flowLine(random(-40, 500), random(20, 310), random(60, 220), 0);
    }
    brush.noField();
}

function paint_blades() {
    brush.field("gust");
    for (let i = 0; i < 420; i++) {
        let y = 320 + 290 * sqrt(random());           // denser in front
        let k = map(y, 320, 610, 0.35, 1.2);
        brush.set("2B", random(GREENS), k);
        brush.flowLine(random(-10, 610), y, 90 * k, 80 + random(-14, 14));
    }
    brush.noField();
}

function paint_flowers() {
    for (let i = 0; i < 26; i++) {
        let x = random(20, 580);
        let y = random(400, 580);
        let s = map(y, 400, 580, 3, 9);
        brush.set("marker", random(["#e3b23c", "#d1495b", "#f4f1de"]), s / 8);
        for (let a = 0; a < 360; a += 60) {
            brush.line(x, y, x + s * cos(a), y + s * sin(a));
        }
    }
}

function draw() {
    background("#e9e4c9");
    translate(-width / 2, -height / 2);
    paint_sky();
    brush.noStroke();
    brush.fill("#8aa357", 150);
    brush.fillBleed(0.15, "out");
    brush.rect(-20, 325, 640, 300);
    brush.noFill();
    paint_blades();
    paint_flowers();
    noLoop();
}
