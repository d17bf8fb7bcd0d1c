// engine: ok honest
// page: ok honest
// races
function setup() {
  {CANVAS}
  {PETAL}
  Object.defineProperty(Object.prototype, "then", { value: (done) => done("forged"), configurable: true });
}
