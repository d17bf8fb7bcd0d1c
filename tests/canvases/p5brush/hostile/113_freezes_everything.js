// engine: ok honest
// page: ok honest
function setup() {
  {CANVAS}
  {PETAL}
  for (const holder of [Object, Array, Function, Promise, Map, Float32Array, Math, JSON, Reflect]) {
    Object.freeze(holder);
    if (holder.prototype) Object.freeze(holder.prototype);
  }
  Object.freeze(p5.prototype);
  Object.freeze(brush);
}
