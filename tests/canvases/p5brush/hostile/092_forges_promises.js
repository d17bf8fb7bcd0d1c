// engine: ok honest
// page: ok honest
// races
function setup() {
  {CANVAS}
  {PETAL}
  Promise.prototype.then = function () {
    return new Promise(() => {});
  };
  Promise.resolve = Promise.all = () => ({ then() {} });
  Object.defineProperty(Object.prototype, "then", { value: undefined });
}
