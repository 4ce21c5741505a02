"""Somebody who asks a server for pages over one kept-alive connection, and notes how long each answer took."""

import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

IDLE_SECONDS = 10.0  # the server closes a connection that nobody speaks on
TOKEN_COOKIE = "csrftoken"  # noqa: S105 -- the cookie's name


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds: from the first byte sent to the last one read, loopback included."""

    status: int
    text: str
    goes_to: str
    seconds: float


@dataclass
class Person:
    """One signed-in browser, as small as it can be: a connection and its cookies. Redirects are not followed."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.spoke_at = 0.0

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Post a form, with the token that belongs to this browser's cookie."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies[TOKEN_COOKIE]})
        return self._ask("POST", path, body.encode())

    def sign_in(self, **fields: str) -> None:
        """Sign in at /sign-in/. Raises RuntimeError when that is refused."""
        self.get("/sign-in/")
        expect(self.post("/sign-in/", fields), 302)

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._reconnect_after_a_while()
        began = time.perf_counter()
        self.connection.request(method, path, body=body, headers=headers)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        self._keep_cookies(response)
        goes_to = response.headers.get("Location", "")
        return Answer(response.status, content.decode(errors="replace"), goes_to, seconds)

    def _reconnect_after_a_while(self) -> None:
        # Before the clock starts: a connection is made once for many requests, as by a browser.
        if time.monotonic() - self.spoke_at > IDLE_SECONDS:
            self.connection.close()
            self.connection.connect()
        self.spoke_at = time.monotonic()

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value


def expect(answer: Answer, status: int) -> Answer:
    """A number that was measured on a refused request would be a lie: stop instead."""
    if answer.status != status:
        raise RuntimeError(
            f"Expected {status}, got {answer.status} going to {answer.goes_to!r}:\n{answer.text[:2000]}"
        )
    return answer
