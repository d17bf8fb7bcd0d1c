// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  for (const ask of [
    () => navigator.clipboard.writeText("x"), () => navigator.mediaDevices.getUserMedia({ video: true }),
    () => navigator.usb.requestDevice({ filters: [] }), () => navigator.bluetooth.requestDevice(), () => document.body.requestFullscreen(),
    () => document.body.requestPointerLock(), () => navigator.share({ text: "x" }), () => navigator.vibrate(9999),
    () => Notification.requestPermission(), () => navigator.wakeLock.request(), () => showOpenFilePicker(), () => navigator.gpu.requestAdapter(),
  ]) {
    try { Promise.resolve(ask()).catch(() => {}); } catch {}
  }
  {LINGER}
  {PETAL}
}
