// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  let text = "petal";
  for (;;) text += text;
}
