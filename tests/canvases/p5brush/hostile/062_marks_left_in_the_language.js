// engine: ok honest
// page: ok honest
// rounds: 3
function setup() {
  {CANVAS}
  for (const holder of [globalThis, Math, Object.prototype, Array.prototype, Function.prototype, brush, p5, p5.prototype, Date, console]) {
    if ("mark" in holder) throw new Error("something was left");
  }
  for (const holder of [globalThis, Math, Array.prototype, Function.prototype, brush, p5, p5.prototype, Date, console]) {
    try { Object.defineProperty(holder, "mark", { value: 1, enumerable: false }); } catch {}
  }
  {PETAL}
}
