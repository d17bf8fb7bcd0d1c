"""Serves a model of transformers that scores a picture and its prompt, for the reward `http`.

python examples/score_server.py MODEL 8000        # a folder, or a name in the hub
codepaint score sketch.js --prompt "a poppy" --reward "http(url='http://127.0.0.1:8000', scorer='MODEL')"
"""

import base64
import io
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image


def load(model: str) -> Any:
    import torch
    import transformers

    config = transformers.AutoConfig.from_pretrained(model)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = getattr(transformers, config.architectures[0]).from_pretrained(model).to(device).eval()
    processor = transformers.AutoProcessor.from_pretrained(model)
    padding = "max_length" if "siglip" in config.model_type else True  # as it was trained

    def score(images: list[Any], text: list[str]) -> list[float]:
        read = processor(images=images, text=text, padding=padding, truncation=True, return_tensors="pt")
        with torch.inference_mode():
            told = network(**read.to(device))
        if "image_embeds" in told and "text_embeds" in told:  # CLIP, SigLIP, PickScore: a cosine
            return list((0.5 + 0.5 * (told.image_embeds * told.text_embeds).sum(-1)).tolist())
        return list(told.logits[:, 0].sigmoid().tolist())  # a head with one number

    return score


def server(score: Any, port: int) -> ThreadingHTTPServer:
    turn = threading.Lock()  # requests come from many threads, the model takes one at a time

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                items = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["items"]
                images = [Image.open(io.BytesIO(base64.b64decode(item["image"]))) for item in items]
                with turn:
                    reply: Any = {"scores": score(images, [item["prompt"] for item in items])}
            except Exception as error:  # noqa: BLE001 (whatever a picture does to a model, the next is served)
                reply = {"error": repr(error)}
            self.send_response(200 if "scores" in reply else 500)
            self.end_headers()
            self.wfile.write(json.dumps(reply).encode())

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    server(load(sys.argv[1]), int(sys.argv[2])).serve_forever()
