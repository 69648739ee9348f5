"""What is answered to a request, at one moment of the site: a page with what keeps it fresh, a file, or why not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from okrsite.core.settings import Settings
from okrsite.pages import urls
from okrsite.pages.hosting import headers
from okrsite.render.page import TemplateFailureError
from okrsite.render.report import printable
from okrsite.shell.serving.http import Request, Response, kind_of, refusal
from okrsite.shell.serving.site import ServedPage, ServedSite, Stamps, stamp

OWN: Final = ".okrsite/"
"""What lies below no site has, for no name in it begins with a dot."""
EVENTS: Final = f"/{OWN}events"
_SCRIPT: Final = "live.js"
_OWN_FILES: Final = (_SCRIPT, "live.css")
_STAND_IN: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="/{own}live.css">
</head>
<body class="stand-in">
<h1>{title}</h1>
<p>This page shows the site as soon as that is mended.</p>
<pre id="report">{report}</pre>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is served: a site or none yet, and what is wrong with the files as they are now; moments are numbered."""

    epoch: int = 0
    site: ServedSite | None = None
    trouble: str = ""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that the site tells its hosts to send."""
        return headers(self.site.settings if self.site else Settings())


def answer(request: Request, now: Moment) -> Response:
    """Answer a request for a page or a file."""
    if request.path.startswith(f"/{OWN}"):
        return _own_file(request.path.removeprefix(f"/{OWN}"))
    site = now.site
    if site is None:
        return _page(HTTPStatus.SERVICE_UNAVAILABLE, _open_page(request.path, now), now)
    path = site.find(request.path)
    if path is None:
        found = site.file(request.path[1:])
        if found is not None:
            return Response(HTTPStatus.OK, kind_of(request.path), found, now.headers)
        if site.leads_on(request.path):
            location = {"Location": quote(f"{request.path}/")}
            return Response(HTTPStatus.FOUND, kind_of(""), b"", {**now.headers, **location})
    page = _open_page(request.path, now)
    status = HTTPStatus.OK if path is not None else HTTPStatus.NOT_FOUND
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR if page.body.endswith(_FAILED) else status, page, now)


def event(address: str, now: Moment) -> bytes:
    """What a page that is open at an address is told of a moment."""
    stamps = _open_page(address, now).stamps
    said = {"epoch": now.epoch, "page": stamps.page, "shape": stamps.shape, "trouble": now.trouble}
    return f"data: {json.dumps(said)}\n\n".encode()


def _open_page(address: str, now: Moment) -> ServedPage:
    """The page at an address, or what stands in for it."""
    if now.site is None:
        return _stand_in("There is no site yet", now.trouble)
    try:
        return now.site.page(now.site.find(address) or urls.NOT_FOUND)
    except TemplateFailureError as error:
        return _stand_in("This page cannot be made", printable(str(error)))


_FAILED: Final = b"<!-- a stand-in -->\n"


def _stand_in(title: str, report: str) -> ServedPage:
    text = _STAND_IN.format(title=escape(title), report=escape(report), own=OWN)
    body = text.encode("utf-8", "backslashreplace") + _FAILED
    return ServedPage(body, Stamps(stamp(body), stamp(body)))


def _page(status: HTTPStatus, page: ServedPage, now: Moment) -> Response:
    """A page as it is sent: only here, and never in a file, it is joined by what keeps it fresh."""
    stamps = f'data-page="{page.stamps.page}" data-shape="{page.stamps.shape}"'
    live = f'<script src="/{OWN}{_SCRIPT}" {stamps}></script>\n'
    return Response(status, kind_of(urls.HOME), page.body + live.encode(), now.headers)


def _own_file(name: str) -> Response:
    if name not in _OWN_FILES:
        return refusal(HTTPStatus.NOT_FOUND)
    return Response(HTTPStatus.OK, kind_of(name), _read_own(name))


@cache
def _read_own(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()
