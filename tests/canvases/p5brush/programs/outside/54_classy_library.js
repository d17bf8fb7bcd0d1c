/**
 * Bookshelf with a cat-free guarantee.
 */
class Shelf {
  constructor(y, height) {
    this.y = y;
    this.height = height;
    this.books = [];
    let x = 44;
    while (x < 540) {
      const book = new Book(x, this);
      this.books.push(book);
      x += book.thickness + random(1, 3);
      if (random() < 0.08) x += random(20, 50);
    }
  }

  draw() {
    this.books.forEach((book) => book.draw());
    brush.set("2B", "#4a2c17", 1);
    brush.wash("#8c5a33", 255);
    brush.rect(30, this.y, 540, 14);
    brush.noWash();
  }
}

class Book {
  static palette = ["#6d1a36", "#1f4e5f", "#79a8a9", "#d9b44a", "#3b3b58", "#a4452c", "#efe3cf", "#4f6d3a"];

  constructor(x, shelf) {
    this.x = x;
    this.bottom = shelf.y;
    this.thickness = random(14, 34);
    this.height = shelf.height * random(0.62, 0.94);
    this.tint = random(Book.palette);
    this.bands = floor(random(0, 4));
    this.tilt = random() < 0.07 ? 0.12 : 0;
  }

  draw() {
    push();
    translate(this.x, this.bottom);
    rotate(this.tilt);
    const { thickness: w, height: h } = this;
    brush.set("HB", "#22150d", 0.8);
    brush.wash(this.tint, 245);
    brush.rect(0, -h, w, h - 1);
    brush.noWash();
    brush.set("rotring", "#f0d999", 1);
    for (let k = 0; k < this.bands; k++) {
      const y = -h * (0.15 + 0.18 * k);
      brush.line(2, y, w - 2, y);
    }
    if (w > 24) {
      brush.set("cpencil", "#fff5dc", 1);
      brush.rect(5, -h * 0.62, w - 10, h * 0.22);
    }
    pop();
  }
}

const shelves = [];

function setup() {
  createCanvas(600, 600, WEBGL);
  randomSeed(451);
  brush.scaleBrushes(3);
  for (const y of [180, 330, 480]) shelves.push(new Shelf(y, 128));
}

function draw() {
  background("#d8c3a5");
  translate(-width / 2, -height / 2);

  // wood of the back wall
  brush.field("waves");
  for (let x = 30; x < 580; x += 18) {
    brush.set("2B", random(["#b89b76", "#c9ad86"]), 1);
    brush.flowLine(x, 20, 560, -HALF_PI);
  }
  brush.noField();

  for (const shelf of shelves) shelf.draw();

  // frame
  brush.set("charcoal", "#4a2c17", 1.4);
  brush.wash("#7a4a28", 255);
  brush.rect(14, 14, 16, 572);
  brush.rect(570, 14, 16, 572);
  brush.rect(14, 14, 572, 16);
  brush.rect(14, 560, 572, 26);
  brush.noWash();
  noLoop();
}
