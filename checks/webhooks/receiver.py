"""Receives webhooks and verifies each with the program of docs/consuming.md. Arguments: its folder, port, secret."""
import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

folder, port, secret = sys.argv[1:]
sys.path.insert(0, folder)
from webhook import verified  # noqa: E402


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        good = verified(secret, headers, body)
        event = json.loads(body)
        print("verified" if good else "refused", headers["webhook-id"], event["type"], flush=True)
        self.send_response(204 if good else 400)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


HTTPServer(("127.0.0.1", int(port)), Receiver).serve_forever()
