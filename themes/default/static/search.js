// Finds as the reader types: every word must occur, better places count more. Its lists are scripts that call
// okrsiteFound, which a page opened from a disk may load too.
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
  const sources = new Set(document.querySelectorAll("#search-sources li"));

  window.okrsiteFound = (found) => {
    for (const [kind, title, place, address, words] of found) {
      entries.push({ kind, title, place, address, words, keys: [title, place, words].map(plain), order: entries.length });
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

  const excerpt = (entry, words) => {
    const at = Math.min(...words.map((word) => entry.keys[2].indexOf(word)).filter((n) => n >= 0), entry.words.length);
    const near = Math.max(0, at - 40);
    const from = near && (entry.words.slice(0, at).indexOf(" ", near) + 1 || near); // at the beginning of a word
    const cut = entry.words.slice(from, from + 160);
    return (from ? "… " : "") + cut + (from + 160 < entry.words.length ? " …" : "");
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  const shown = (entry, words) => {
    const link = element("a", "", ...marked(entry.title || entry.kind, words));
    link.href = entry.address;
    const about = element("span", "meta", entry.kind, ...(entry.place ? [" · ", ...marked(entry.place, words)] : []));
    const item = element("li", "", link, " ", about);
    const inTitle = words.every((word) => entry.keys[0].includes(word));
    if (!inTitle && entry.words) item.append(element("p", "", ...marked(excerpt(entry, words), words)));
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
    const more = found.length > SHOWN ? `; the first ${SHOWN} are shown` : "";
    status.textContent = found.length ? `${found.length} found${more}` : "Nothing found";
    if (!found.length && sources.size) status.textContent += " in this cycle";
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
