// engine: program_error unsupported
// page: program_error too_large
function setup() {
  {CANVAS}
  {PETAL}
  const element = document.querySelector("canvas");
  element.width = element.height = 4096;
}
