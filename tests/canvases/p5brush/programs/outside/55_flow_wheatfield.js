// Wheat under a heavy sky, about 950 short strokes in two fields
let SEED = 1890;
let SKY = ["#1d3461", "#376996", "#9cc0ea", "#c4d3e6", "#14284f"];
let WHEAT = ["#e0a526", "#c98a1b", "#f2c14e", "#8f6b1e", "#b5651d"];
let PATH = ["#7a8b45", "#9caf5a", "#a9744f"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    randomSeed(SEED);
    noiseSeed(SEED);
    brush.scaleBrushes(3);

    brush.addField("storm", function (t, field) {
        let cx = field.length * 0.32;
        let cy = field[0].length * 0.14;
        for (let col = 0; col < field.length; col++) {
            for (let row = 0; row < field[0].length; row++) {
                let swirl = atan2(row - cy, col - cx) + 90;
                field[col][row] = swirl + 30 * (noise(col * 0.06, row * 0.06) - 0.5);
            }
        }
        return field;
    });

    brush.addField("breeze", function (t, field) {
        for (let col = 0; col < field.length; col++) {
            for (let row = 0; row < field[0].length; row++) {
                field[col][row] = 24 * sin(col * 9 + row * 4);
            }
        }
        return field;
    });
}

function paint_sky() {
    brush.field("storm");
    for (let i = 0; i < 220; i++) {
        brush.set(random(["marker", "crayon", "2B"]), random(SKY), random(0.6, 1.2));
        brush.flowLine(random(-20, 620), random(-20, 290), random(16, 46), 0);
    }
    brush.noField();
}

function paint_wheat() {
    brush.field("breeze");
    for (let i = 0; i < 700; i++) {
        let y = 300 + 310 * (i / 700);                // from the horizon to the front
        let x = random(-10, 610);
        let d = abs(x - (300 + (y - 300) * 0.35 * sin(y)));
        let near = map(y, 300, 610, 0.4, 1.1);
        if (d < 34 * near) {
            brush.set("2B", random(PATH), near);
            brush.flowLine(x, y, 18 * near, 170);
        } else {
            brush.set(random() < 0.4 ? "crayon" : "2B", random(WHEAT), near);
            brush.flowLine(x, y, random(20, 50) * near, 80 + random(-22, 22));
        }
    }
    brush.noField();
}

function paint_crows() {
    brush.set("marker", "#0c0c14", 0.7);
    for (let i = 0; i < 22; i++) {
        let x = random(60, 580);
        let y = random(150, 380);
        let s = map(y, 150, 380, 5, 15);
        brush.line(x, y, x - s, y - s * random(0.3, 0.8));
        brush.line(x, y, x + s, y - s * random(0.3, 0.8));
    }
}

function draw() {
    background("#2f4f7d");
    translate(-width / 2, -height / 2);
    brush.set("2B", "#e0a526", 1);
    brush.line(0, 300, 600, 296);
    brush.noStroke();
    brush.wash("#d9a436", 255);
    brush.rect(-4, 296, 608, 310);
    brush.noWash();
    paint_sky();
    paint_wheat();
    paint_crows();
    noLoop();
}
