// engine: program_error unsupported
// page: program_error work_limit
// races
function setup() {
  {CANVAS}
  {PETAL}
  for (;;) {
    const box = document.createElement("div");
    box.textContent = "x".repeat(50);
    document.body.append(box);
    if (document.body.childNodes.length % 50 === 0) document.body.getBoundingClientRect();
  }
}
