"""Chromium as readers have it: opens pages, tries whatever on them could act, and tells all that they did."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, ConsoleMessage, Dialog, Page

Result = TypeVar("Result")

_EXECUTABLES: Final = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""The one without windows starts at once and takes half the time."""
EXECUTABLE: Final = next((path for path in _EXECUTABLES if path.exists()), _EXECUTABLES[-1])
ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-gpu"),
    # Nothing that a page asks for elsewhere may leave this machine; that it asked is seen all the same.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
TABS: Final = 4
"""Pages opened at the same time."""

_WATCH: Final = """
Object.defineProperty(window, '__refused', {value: []});
window.addEventListener('securitypolicyviolation', event =>
  window.__refused.push(`${event.violatedDirective} refused ${event.blockedURI}`), true);
"""
_TRY: Final = """async () => {
  if (document.readyState !== 'complete') await new Promise(done => window.addEventListener('load', done));
  if (document.querySelector('meta[http-equiv=refresh i]')) await new Promise(done => setTimeout(done, 3000));
  const own = ['', ':', 'http:', 'https:', 'file:', 'mailto:', 'tel:'], acting = [];
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    for (const attribute of [...element.attributes]) {
      if (/^(on.*|style|srcdoc|formaction|ping|background)$/i.test(attribute.name))
        acting.push(`<${name} ${attribute.name}>`);
      if (/^on/i.test(attribute.name)) element.dispatchEvent(new Event(attribute.name.slice(2)));
    }
    for (const attribute of ['href', 'src', 'action', 'data', 'xlink:href']) {
      const address = element.getAttribute(attribute);
      if (address === null) continue;
      let scheme = '';
      try { scheme = new URL(address, document.baseURI).protocol } catch { continue }
      if (own.includes(scheme)) continue;
      acting.push(`<${name} ${attribute}=${scheme}>`);
      if (scheme === 'javascript:' && element.click) element.click();
    }
  }
  if (acting.length) await new Promise(done => setTimeout(done, 20));
  return {
    ran: typeof window.__x, acting, refused: window.__refused,
    ids: [...document.querySelectorAll('[id]')].map(element => element.id),
    elements: document.querySelectorAll('*').length, words: document.documentElement.textContent.length,
  };
}"""
"""Asks a page, after it has loaded or has led on to another, for what could act on it, and lets that act."""


class Visit(NamedTuple):
    """All that a page did; `ran` is the kind of value that `window.__x` has, a number where a vector set it."""

    address: str
    ran: str
    dialogs: list[str]
    refused: list[str]
    errors: list[str]
    requests: list[str]
    acting: list[str]
    ids: list[str]
    elements: int
    words: int
    answer: Any

    def executed(self) -> bool:
        """Whether something of what the page holds was run."""
        return self.ran == "number" or bool(self.dialogs)


class MissingBrowserError(Exception):
    """What a browser needs is not on this machine; the message says what to install."""


class Chromium:
    """One browser with one profile, for all tests."""

    def __init__(self, runner: asyncio.Runner, context: "BrowserContext") -> None:
        self._runner, self._context = runner, context

    def use(self, address: str, act: "Callable[[Page], Awaitable[Result]]", *, scripts: bool = True) -> Result:
        """Open a page and act on it as a reader would, with scripts or without; the result is what the reader found."""

        async def _act() -> Result:
            browser = self._context.browser
            assert browser
            context = self._context if scripts else await browser.new_context(java_script_enabled=False)
            tab = await context.new_page()
            try:
                await tab.goto(address)
                return await act(tab)
            finally:
                await (tab if scripts else context).close()

        return self._runner.run(_act())

    def visit(self, addresses: Iterable[str], question: str = "") -> list[Visit]:
        """Open pages, some at a time, and tell of each; `question` is an expression whose value becomes the answer."""
        return self._runner.run(_visit_all(self._context, list(addresses), question))


@contextmanager
def started(executable: Path = EXECUTABLE) -> Iterator[Chromium]:
    """A running browser. Raises MissingBrowserError.

    The asynchronous interface, for it opens several pages at a time, and no event loop runs while other tests do.
    """
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        message = "pages are opened with the Python package `playwright`; install it: pip install playwright"
        raise MissingBrowserError(message) from None
    if not executable.exists():
        message = f"pages are opened in {executable}, which is missing; install it: apt-get install chromium"
        raise MissingBrowserError(message)
    with asyncio.Runner() as runner:
        playwright = runner.run(async_playwright().start())
        try:
            launch = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            browser = runner.run(launch)
            context = runner.run(browser.new_context())
            runner.run(context.add_init_script(_WATCH))
            yield Chromium(runner, context)
            runner.run(browser.close())
        finally:
            runner.run(playwright.stop())


async def _visit_all(context: "BrowserContext", addresses: list[str], question: str) -> list[Visit]:
    found: dict[int, Visit] = {}
    rest = iter(enumerate(addresses))

    async def go_on() -> None:
        tab = await context.new_page()
        log = _Log(tab)
        for number, address in rest:
            found[number] = await _visit(tab, log, address, question)
        await tab.close()

    await asyncio.gather(*(go_on() for _ in range(min(TABS, len(addresses)))))
    return [found[number] for number in range(len(addresses))]


class _Log:
    """What one tab tells by itself, page after page; listening anew for each page would cost as much as the page."""

    def __init__(self, tab: "Page") -> None:
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.requests: list[str] = []
        tab.on("dialog", self._dismiss)
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("popup", lambda page: self.requests.append(page.url))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on("console", self._note)

    async def _dismiss(self, dialog: "Dialog") -> None:
        from playwright.async_api import Error

        self.dialogs.append(dialog.message)
        # A frame that is left takes its dialog along.
        with suppress(Error):
            await dialog.dismiss()

    def _note(self, message: "ConsoleMessage") -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location}")

    def begin(self) -> dict[str, list[str]]:
        """The lists into which all that comes from now on is written."""
        self.dialogs, self.errors, self.requests = [], [], []
        return {"dialogs": self.dialogs, "errors": self.errors, "requests": self.requests}


async def _visit(tab: "Page", log: _Log, address: str, question: str) -> Visit:
    told: dict[str, Any] = log.begin()
    await _settled(partial(tab.goto, address, wait_until="load"))
    seen = await _settled(partial(tab.evaluate, _TRY))
    answer = await tab.evaluate(question) if question else None
    return Visit(address, **told, **seen, answer=answer)


async def _settled(step: Callable[[], Any]) -> Any:
    """The outcome of a step, tried again while a page that leads on by itself, as an old address does, is leaving."""
    from playwright.async_api import Error

    for _ in range(40):
        try:
            return await step()
        except Error as error:
            if "navigation" not in error.message:
                raise
        await asyncio.sleep(0.05)
    return await step()


class _Files(SimpleHTTPRequestHandler):
    # Connections are kept, and headers leave together with what they head, or each page would take twice the time.
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer; that there is no icon for what is no page is nothing that the site could help."""
        if self.path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing: what was asked for is seen in the browser."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, as any web server would."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder)))
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
