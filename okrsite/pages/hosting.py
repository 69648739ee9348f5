"""What a site tells the hosts and robots it meets: the headers of its answers, in the files that common hosts read."""

import json
from collections.abc import Mapping
from typing import Final

from okrsite.core.settings import Settings
from okrsite.pages import urls

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page may load: its own site's files and nothing else."""


def headers(settings: Settings) -> Mapping[str, str]:
    """The headers of every answer; some of what they say no page can say for itself."""
    robots = {"X-Robots-Tag": "noindex"} if settings.noindex else {}
    return {
        "Content-Security-Policy": f"{POLICY}; frame-ancestors 'self'",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        **robots,
    }


def plan_hosting(settings: Settings) -> Mapping[str, bytes]:
    """The files for hosts and robots, by path in the site."""
    said = headers(settings)
    files = {
        # Netlify, Cloudflare Pages and others
        urls.HEADERS: "".join(["/*\n", *(f"  {name}: {value}\n" for name, value in said.items())]),
        # Azure Static Web Apps
        urls.AZURE: _json({"globalHeaders": said, "responseOverrides": {"404": {"rewrite": f"/{urls.NOT_FOUND}"}}}),
        # Vercel
        urls.VERCEL: _json(
            {"headers": [{"source": "/(.*)", "headers": [{"key": k, "value": v} for k, v in said.items()]}]}
        ),
        urls.ROBOTS: f"User-agent: *\nDisallow:{' /' if settings.noindex else ''}\n",
    }
    return {path: text.encode("utf-8") for path, text in files.items()}


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"
