// engine: program_error unsupported
// page: program_error runtime
// races
function setup() {
  {CANVAS}
  {PETAL}
  for (let i = 0; i < 40; i++) document.createElement("canvas").getContext("webgl2");
}
