"""A site behind a page cache: every page says how many it is and for whom it was made."""

import itertools
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

made = itertools.count(1)


class Site(BaseHTTPRequestHandler):
    """Renders by the signed choice where it gets one, which it must not of pages that are kept, and by the letters."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        cookie = self.headers.get("Cookie", "")
        if self.path in ("/account", "/session"):
            page = f"cookie={cookie}"
        else:
            page = f"page {next(made)}; allowed={self.headers.get('X-Samtycke-Allowed', '')}; cookie={cookie}"
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=60")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing."""


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Site).serve_forever()
