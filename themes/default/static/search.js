// Finds as the reader types: every word must occur, better places count more. Its lists are scripts that call
// okrsiteFound, which a page opened from a disk may load too. Its own words are in the page, in the page's language.
(() => {
  "use strict";
  const SHOWN = 50;
  const weights = { objective: 3, team: 2, lesson: 2, page: 2, "key result": 1 };
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [];
  const box = document.getElementById("search-box");
  const input = document.getElementById("search-for");
  const older = document.getElementById("search-older");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-found");
  const listed = document.getElementById("search-sources");
  const sources = new Set(listed.children);
  const kinds = new Map([...document.querySelectorAll("#search-kinds li")].map((item) => [item.dataset.kind, item]));
  const page = document.documentElement.lang;

  // What is said in the site's own language alone is a text, else pairs of a language and a text.
  const versions = (said) => (typeof said === "string" ? [[listed.dataset.language, said]] : said);
  const keyed = (said) => plain(said.map(([, text]) => text).join("\n"));
  // The version in the page's language, else the first.
  const preferred = (said) => said.find(([language]) => language === page) ?? said[0] ?? [page, ""];
  const titled = (kind, title) => {
    const pattern = kinds.get(kind)?.dataset.title;
    return pattern === undefined ? versions(title) : [[page, pattern.replace("{title}", title)]];
  };

  window.okrsiteFound = (found) => {
    for (const [kind, name, where, address, rest] of found) {
      const [title, place, words] = [titled(kind, name), versions(where), versions(rest)];
      entries.push({ kind, title, place, address, words, keys: [title, place, words].map(keyed), order: entries.length });
    }
    search();
  };

  const load = (wanted) => {
    for (const source of [...sources].filter(wanted)) {
      const script = document.createElement("script");
      script.src = source.dataset.src;
      script.async = false; // in their order
      document.head.append(script);
      sources.delete(source);
    }
    older.closest("label").hidden = !sources.size;
  };

  const startsWord = (text, at) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]);

  const scored = (entry, words) => {
    let score = weights[entry.kind] ?? 0;
    for (const word of words) {
      const [title, place, rest] = entry.keys;
      const at = title.indexOf(word);
      if (at >= 0) score += at === 0 ? 12 : startsWord(title, at) ? 9 : 6;
      else if (rest.includes(word)) score += 2;
      else if (place.includes(word)) score += 1;
      else return 0;
    }
    return score + 1;
  };

  // The text with marks around what was looked for; a letter and its accents are looked at as one.
  const marked = (text, words) => {
    const starts = [];
    let keys = "";
    let at = 0;
    for (const letter of text) {
      const key = plain(letter);
      for (let n = 0; n < key.length; n += 1) starts.push(at);
      keys += key;
      at += letter.length;
    }
    starts.push(at);
    const spans = words.flatMap((word) => {
      const found = [];
      for (let n = keys.indexOf(word); n >= 0; n = keys.indexOf(word, n + word.length)) {
        found.push([starts[n], starts[n + word.length]]);
      }
      return found;
    });
    spans.sort((a, b) => a[0] - b[0]);
    const nodes = [];
    let done = 0;
    for (const [from, to] of spans) {
      if (from < done || to <= from) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      nodes.push(text.slice(done, from), mark);
      done = to;
    }
    return [...nodes, text.slice(done)];
  };

  // Some words of a text around what was looked for, in the first language in which it occurs.
  const excerpt = (said, words) => {
    const held = said.find(([, text]) => words.some((word) => plain(text).includes(word)));
    const [language, text] = held ?? preferred(said);
    const key = plain(text);
    const at = Math.min(...words.map((word) => key.indexOf(word)).filter((n) => n >= 0), text.length);
    const near = Math.max(0, at - 40);
    const from = near && (text.slice(0, at).indexOf(" ", near) + 1 || near); // at the beginning of a word
    const cut = text.slice(from, from + 160);
    return [language, (from ? "… " : "") + cut + (from + 160 < text.length ? " …" : "")];
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  // An element with a text in a language, which is marked where it is not the page's.
  const said = (name, [language, text], words) => {
    const made = element(name, "", ...marked(text, words));
    if (language !== page) made.lang = language;
    return made;
  };

  const shown = (entry, words) => {
    const [language, title] = preferred(entry.title);
    const kind = kinds.get(entry.kind);
    const link = title ? said("a", [language, title], words) : element("a", "", ...(kind?.cloneNode(true).childNodes ?? []));
    link.href = entry.address;
    const about = element("span", "meta", ...(kind?.cloneNode(true).childNodes ?? []));
    const place = preferred(entry.place);
    if (place[1]) about.append(" · ", said("span", place, words));
    const item = element("li", "", link, " ", about);
    const inTitle = words.every((word) => plain(title).includes(word));
    if (!inTitle && entry.words.some(([, text]) => text)) item.append(said("p", excerpt(entry.words, words), words));
    return item;
  };

  const search = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) {
      status.textContent = "";
      return;
    }
    const found = entries
      .map((entry) => [scored(entry, words), entry])
      .filter(([score]) => score)
      .sort(([one, a], [two, b]) => two - one || a.order - b.order);
    list.append(...found.slice(0, SHOWN).map(([, entry]) => shown(entry, words)));
    const texts = status.dataset;
    const told = found.length > SHOWN ? texts.more : found.length ? texts.found : sources.size ? texts.noneHere : texts.none;
    status.textContent = told.replace("{number}", found.length).replace("{shown}", SHOWN);
  };

  const links = () => [...list.querySelectorAll("a")];
  box.hidden = false;
  input.addEventListener("input", () => {
    search();
    history.replaceState(null, "", `#${encodeURIComponent(input.value)}`);
  });
  older.addEventListener("change", () => load(() => true));
  box.addEventListener("keydown", (event) => {
    const at = links().indexOf(document.activeElement);
    if (event.key === "ArrowDown") (links()[at + 1] ?? document.activeElement).focus();
    else if (event.key === "ArrowUp" && at >= 0) (links()[at - 1] ?? input).focus();
    else if (event.key === "Enter" && document.activeElement === input) links()[0]?.click();
    else if (event.key === "Escape") {
      input.value = "";
      input.focus();
      search();
    } else return;
    event.preventDefault();
  });
  const asked = () => {
    try {
      input.value = decodeURIComponent(location.hash.slice(1));
    } catch {
      input.value = "";
    }
    search();
  };
  addEventListener("hashchange", asked);
  asked();
  input.focus();
  load((source) => "present" in source.dataset);
})();
