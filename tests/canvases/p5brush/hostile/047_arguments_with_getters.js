// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  {PETAL}
  brush.fill({
    get _array() {
      throw new Error("read");
    },
    toString() {
      throw new Error("read");
    },
  }, 100);
  {PETAL}
}
