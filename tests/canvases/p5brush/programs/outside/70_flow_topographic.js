// A map: contours walked with stroke state, lakes as polygons hatched together
let SEED = 8848;
let CONTOUR = "#9c6b3f";
let LAKES = [];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    randomSeed(SEED);
    noiseSeed(SEED);
    brush.scaleBrushes(3);
    for (let i = 0; i < 5; i++) LAKES.push(make_lake(random(90, 510), random(90, 510), random(24, 52)));
}

function height_at(x, y) {
    return noise(x * 0.005, y * 0.005, 4) + 0.25 * noise(x * 0.02, y * 0.02);
}

function make_lake(x, y, r) {
    let pts = [];
    for (let a = 0; a < 360; a += 20) {
        let q = r * (0.6 + 0.8 * noise(x + cos(a), y + sin(a)));
        pts.push([x + q * cos(a), y + q * sin(a)]);
    }
    return new brush.Polygon(pts);
}

// marching squares: the two points where a cell's sides cross the level
function cell_crossings(x, y, s, level) {
    let corners = [[x, y], [x + s, y], [x + s, y + s], [x, y + s]];
    let values = corners.map(([cx, cy]) => height_at(cx, cy) - level);
    let found = [];
    for (let k = 0; k < 4; k++) {
        let a = values[k];
        let b = values[(k + 1) % 4];
        if ((a < 0) !== (b < 0)) {
            let t = a / (a - b);
            let p = corners[k];
            let q = corners[(k + 1) % 4];
            found.push([lerp(p[0], q[0], t), lerp(p[1], q[1], t)]);
        }
    }
    return found;
}

function paint_contours() {
    brush.pick("rotring");
    brush.stroke(CONTOUR);
    let s = 14;
    let n = 0;
    for (let level = 0.3; level < 0.95; level += 0.09) {
        brush.strokeWeight(n++ % 3 === 0 ? 1.8 : 0.8);
        for (let x = 30; x < 570; x += s) {
            for (let y = 30; y < 570; y += s) {
                let c = cell_crossings(x, y, s, level);
                if (c.length >= 2) brush.line(c[0][0], c[0][1], c[1][0], c[1][1]);
            }
        }
    }
}

function paint_lakes() {
    brush.noStroke();
    for (let lake of LAKES) lake.wash("#b9d8e0", 230);
    brush.hatchStyle("cpencil", "#3a7ca5", 1.2);
    brush.hatch(5, 0, { rand: 0.05 });
    brush.hatchArray(LAKES);
    brush.noHatch();
    brush.stroke("#2f6690");
    brush.pick("pen");
    brush.strokeWeight(1.2);
    for (let lake of LAKES) lake.draw();
}

function paint_forest() {
    for (let i = 0; i < 130; i++) {
        let x = random(40, 560);
        let y = random(40, 560);
        if (height_at(x, y) > 0.62) continue;
        brush.set("2B", "#5b7f4a", 1);
        brush.line(x, y, x, y - 7);
        brush.arc(x, y - 9, 4, 0, 359);
    }
}

function paint_route() {
    brush.set("marker", "#c1121f", 0.8);
    let x = 60;
    let y = 540;
    while (x < 540) {
        let a = -35 + 70 * (noise(x * 0.01, 9) - 0.5) * 2;
        brush.line(x, y, x + 9 * cos(a), y + 9 * sin(a));
        x += 15 * cos(a);
        y += 15 * sin(a);
    }
    brush.set("marker", "#c1121f", 1.6);
    brush.line(54, 534, 66, 546);
    brush.line(54, 546, 66, 534);
}

function paint_frame() {
    brush.set("rotring", "#3b3027", 1.6);
    brush.rect(24, 24, 552, 552);
    brush.strokeWeight(0.8);
    for (let k = 0; k <= 10; k++) {
        brush.line(24 + k * 55.2, 24, 24 + k * 55.2, 16);
        brush.line(24, 24 + k * 55.2, 16, 24 + k * 55.2);
    }
    // compass
    brush.set("pen", "#3b3027", 1.4);
    brush.circle(528, 72, 22);
    brush.line(528, 44, 528, 100);
    brush.line(500, 72, 556, 72);
    brush.wash("#c1121f", 255);
    brush.polygon([[528, 46], [534, 72], [522, 72]]);
    brush.noWash();
}

function draw() {
    background("#f6f0dd");
    translate(-width / 2, -height / 2);
    paint_contours();
    paint_lakes();
    paint_forest();
    paint_route();
    paint_frame();
    noLoop();
}
