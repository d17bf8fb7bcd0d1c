// pastel, crayon and charcoal: wide strokes, crossings, a colour over itself
function setup() {
  createCanvas(512, 512, WEBGL);
  background("#efe9dc");
  brush.scaleBrushes(2);
  const names = ["pastel", "crayon", "charcoal"];
  for (let i = 0; i < names.length; i++) {
    brush.set(names[i], "#31572c", 1);
    for (let k = 0; k < 6; k++) brush.line(-230 + i * 165, -220 + k * 20, -100 + i * 165, -180 + k * 20);
    brush.set(names[i], "#bc4749", 2);
    brush.line(-165 + i * 165, -240, -165 + i * 165, 230);
    brush.line(-150 + i * 165, 230, -150 + i * 165, -240);
    brush.stroke("#386fa4");
    brush.strokeWeight(0.5);
    brush.circle(-165 + i * 165, 130, 50);
  }
}

function draw() {
  noLoop();
}
