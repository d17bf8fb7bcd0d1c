// engine: program_error unsupported
// page: ok honest
function setup() {
  {CANVAS}
  alert("a");
  confirm("b");
  prompt("c");
  addEventListener("beforeunload", (event) => {
    event.preventDefault();
    event.returnValue = "stay";
  });
  {PETAL}
}
