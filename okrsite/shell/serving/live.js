// Keeps an open page as its files are: told of each change, it loads itself anew, or its styles alone, or shows what is
// wrong. Where the reader was, and what was unfolded, stays. Only a page that is served while it is written has this.
(() => {
  "use strict";
  const script = document.currentScript;
  const OWN = "/.okrsite/";
  const KEPT = "okrsite-live";
  let { page, shape } = script.dataset;
  let source = null;
  let again = 0;
  let trouble = "";
  let hushed = "";

  // --- where the reader was -----------------------------------------------------------------------------------------

  // Unfolded parts by what is around them and what they are called: what comes before them may have changed.
  const folds = () => {
    const seen = new Map();
    return [...document.querySelectorAll("details")].map((fold) => {
      const near = fold.id || fold.closest("[id]")?.id || "";
      const name = `${near} ${fold.querySelector("summary")?.textContent.replace(/\d+/g, "") ?? ""}`;
      const number = seen.get(name) ?? 0;
      seen.set(name, number + 1);
      return [`${name} ${number}`, fold];
    });
  };

  const keep = () => {
    const open = folds().map(([name, fold]) => [name, fold.open]);
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ at: location.href, x: scrollX, y: scrollY, open }));
    } catch {
      // storage is closed to this page: the browser remembers by itself how far it was scrolled
    }
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (kept?.at !== location.href) return;
    const open = new Map(kept.open);
    for (const [name, fold] of folds()) if (open.has(name)) fold.open = open.get(name);
    const back = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    back();
    if (document.readyState !== "complete") addEventListener("load", back, { once: true });
  };

  // --- what has changed ---------------------------------------------------------------------------------------------

  const reload = () => {
    leave();
    keep();
    location.reload();
  };

  const styles = (where) => [...where.querySelectorAll("link[rel~=stylesheet]")];

  // A new style is there before the old one goes, so that nothing flashes.
  const swap = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const live = fresh.querySelector("script[data-shape]");
    const links = styles(fresh);
    if (live?.dataset.shape !== shape || links.length !== styles(document).length) return reload();
    page = live.dataset.page;
    styles(document).forEach((old, number) => {
      const href = links[number].getAttribute("href");
      if (href === old.getAttribute("href")) return;
      const link = links[number].cloneNode();
      link.addEventListener("load", () => old.remove());
      link.addEventListener("error", reload);
      old.after(link);
    });
  };

  const hear = (said) => {
    tell(said.trouble);
    if (said.shape !== shape) reload();
    else if (said.page !== page) swap().catch(() => {});
  };

  // --- what is wrong ------------------------------------------------------------------------------------------------

  const overlay = () => {
    const host = document.createElement("okrsite-problems");
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `${OWN}live.css`;
    const box = document.createElement("section");
    box.className = "problems";
    box.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = "The files have problems; this page is from before";
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Hide (Esc)";
    close.addEventListener("click", hush);
    const report = document.createElement("pre");
    report.tabIndex = 0;
    report.textContent = trouble;
    box.append(title, close, report);
    root.append(style, box);
    return host;
  };

  const hush = () => {
    hushed = trouble;
    draw();
  };

  const draw = () => {
    document.querySelector("okrsite-problems")?.remove();
    if (trouble && trouble !== hushed && !document.body.classList.contains("stand-in")) {
      document.documentElement.append(overlay());
    }
  };

  const tell = (now) => {
    if (now === trouble) return;
    trouble = now;
    hushed = "";
    draw();
  };

  addEventListener("keydown", (event) => event.key === "Escape" && trouble && hush());

  // --- listening ----------------------------------------------------------------------------------------------------

  // A page that nobody sees does not listen, for a browser opens few connections to one server; when it is seen again
  // it is told at once what has changed meanwhile.
  const listen = () => {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource(`${OWN}events?page=${encodeURIComponent(location.pathname)}`);
    source.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
      leave();
      again = setTimeout(listen, 2000);
    });
  };

  const leave = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };

  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  restore();
  listen();
})();
