// engine: ok honest
// page: program_error runtime
function setup() {
  {CANVAS}
  {PETAL}
  Object.defineProperty = Object.freeze = Object.assign = (target) => target;
  Reflect.apply = Reflect.construct = () => undefined;
  Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => undefined;
}
