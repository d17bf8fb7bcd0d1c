// engine: program_error unsupported
// page: ok honest
function setup() {
  {CANVAS}
  {PETAL}
  const link = document.createElement("a");
  link.download = "hostile.bin";
  link.href = "data:application/octet-stream,x";
  document.body.append(link);
  link.click();
  saveCanvas("hostile", "png");
}
