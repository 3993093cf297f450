"""Identity providers that the tests start on this machine: a real one, and one that lies."""

import base64
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import oidc_provider_mock
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "samlad-test"
CLIENT_SECRET = "samlad-test-secret-of-some-length"
GOOD_ACR = "urn:test:loa3"


class RealProvider:
    """An OpenID provider of Authlib's making, with codes, keys and tokens of its own."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def knows(self, sub: str, **claims: Any) -> None:
        answer = requests.put(f"{self.issuer}/users/{sub}", json=claims, timeout=10)
        assert answer.status_code == 204, answer.text

    def lets_in(self, address: str, sub: str) -> str:
        """The person signs in at the provider; answers the address the browser is sent to."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def turns_away(self, address: str) -> str:
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


@contextmanager
def real_provider() -> Iterator[RealProvider]:
    # Plain http, since it is on this machine.
    before = os.environ.get("AUTHLIB_INSECURE_TRANSPORT")
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    try:
        with oidc_provider_mock.run_server_in_thread() as server:
            yield RealProvider(f"http://localhost:{server.server_port}")
    finally:
        if before is None:
            del os.environ["AUTHLIB_INSECURE_TRANSPORT"]
        else:
            os.environ["AUTHLIB_INSECURE_TRANSPORT"] = before


class LyingProvider:
    """Speaks the protocol and checks PKCE, but says in its token whatever a test wants."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.issuer = ""
        self.asked: dict[str, str] = {}
        """What Samlad asked for at the address that it sent the browser to."""
        self.token: Callable[[], Any] = lambda: self.sign(self.claims())
        self.discovery: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.exchanges: list[dict[str, str]] = []

    @property
    def public_jwk(self) -> dict[str, Any]:
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {**jwk, "kid": "k1", "use": "sig", "alg": "RS256"}

    def claims(self, **other: Any) -> dict[str, Any]:
        """The claims of an honest token; a claim given as None is left out."""
        now = int(time.time())
        honest = {
            "iss": self.issuer,
            "sub": "p1",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked.get("nonce"),
            "acr": GOOD_ACR,
        }
        return {name: value for name, value in (honest | other).items() if value is not None}

    def sign(self, claims: dict[str, Any], *, key: Any = None, algorithm="RS256", **header) -> str:
        header = {"kid": "k1"} | header
        return jwt.encode(claims, key or self.key, algorithm=algorithm, headers=header)

    def lets_in(self, address: str, code: str = "code-1") -> str:
        self.asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        self.codes[code] = self.asked
        return f"{self.asked['redirect_uri']}?code={code}&state={self.asked['state']}"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, Any]:
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                **self.discovery,
            }
        if path == "/jwks":
            return 200, {"keys": [self.public_jwk]}
        if path == "/token":
            self.exchanges.append(form)
            asked = self.codes.pop(form.get("code", ""), None)  # a code is good once
            if asked is None or not self._proves(form, asked):
                return 400, {"error": "invalid_grant"}
            return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.token()}
        return 404, {}

    @staticmethod
    def _proves(form: dict[str, str], asked: dict[str, str]) -> bool:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        same_place = form.get("redirect_uri") == asked["redirect_uri"]
        return (
            asked["code_challenge_method"] == "S256"
            and same_place
            and (asked["code_challenge"] == challenge)
        )


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    provider = LyingProvider()

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
            status, body = provider.answer(urlsplit(self.path).path, form)
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = reply  # noqa: N815 - the names that the base class calls

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
