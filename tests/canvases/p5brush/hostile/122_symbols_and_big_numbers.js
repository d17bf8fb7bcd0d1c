// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  {PETAL}
  for (const value of [Symbol("x"), 10n, () => 3, new Map(), null, undefined, [[[[[[[[1]]]]]]]]]) {
    brush.fill("#224466", value);
    brush.circle(value, value, value);
  }
}
