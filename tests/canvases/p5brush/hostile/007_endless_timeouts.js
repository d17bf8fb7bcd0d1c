// engine: program_error never_finished
// page: program_error never_finished
// races
async function setup() {
  {CANVAS}
  {PETAL}
  await new Promise(() => {
    const again = () => setTimeout(again, 1);
    again();
  });
}
