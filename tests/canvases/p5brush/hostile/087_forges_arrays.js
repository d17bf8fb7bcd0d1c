// engine: ok honest
// page: program_error never_finished
function setup() {
  {CANVAS}
  {PETAL}
  for (const name of ["map", "push", "join", "slice", "forEach", "indexOf", "concat"]) Array.prototype[name] = () => [];
  for (const name of ["set", "fill", "slice", "subarray"]) Object.getPrototypeOf(Uint8Array.prototype)[name] = () => new Uint8Array(4);
}
