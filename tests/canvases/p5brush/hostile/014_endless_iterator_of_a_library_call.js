// engine: program_error runtime
// page: program_error runtime
Array.prototype[Symbol.iterator] = function () {
  return { next: () => ({ value: 0, done: false }) };
};
function setup() {
  {CANVAS}
  for (const corner of [1, 2, 3]) brush.circle(0, 0, corner);
}
