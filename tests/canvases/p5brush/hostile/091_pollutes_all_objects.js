// engine: ok honest
// page: program_error runtime
function setup() {
  {CANVAS}
  {PETAL}
  for (const name of ["get", "set", "value", "writable", "status", "outcome", "kind", "width", "0"]) {
    Object.defineProperty(Object.prototype, name, { __proto__: null, get: () => undefined, set() {}, configurable: true });
  }
}
