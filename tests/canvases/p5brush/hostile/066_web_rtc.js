// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  const frame = document.createElement("iframe");
  document.body.append(frame);
  for (const realm of [window, frame.contentWindow]) {
    try {
      const Peer = realm.RTCPeerConnection ?? realm.webkitRTCPeerConnection;
      const peer = new Peer({ iceServers: [{ urls: ["stun:127.0.0.1:{UDP}", "stun:[::1]:{UDP}", "turn:127.0.0.1:{TCP}?transport=tcp"], username: "a", credential: "b" }] });
      peer.createDataChannel("x");
      await peer.setLocalDescription(await peer.createOffer());
    } catch {}
  }
  {LINGER}
  {PETAL}
}
