// Finds as the reader types: every word must occur, better places count more; spelt a little otherwise only where nothing is. Its lists are scripts that call
// okrsiteFound, which a page opened from a disk may load too. Its own words are in the page, in the page's language.
(() => {
  "use strict";
  const SHOWN = 50;
  const weights = { objective: 3, team: 2, lesson: 2, page: 2, "key result": 1 };
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [];
  let known; // every longer word in Latin letters, once a misspelt one was looked for
  const box = document.getElementById("search-box");
  const input = document.getElementById("search-for");
  const older = document.getElementById("search-older");
  const offer = document.getElementById("search-offer");
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
  const dated = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    const { day: pattern, months } = listed.dataset;
    return pattern.replace("{day}", date).replace("{month}", months.split("|")[month - 1]).replace("{year}", year);
  };

  window.okrsiteFound = (found) => {
    for (const [kind, name, where, address, rest] of found) {
      const pattern = kinds.get(kind)?.dataset.title; // of what has a day for a title, or none
      const title = pattern === undefined ? versions(name) : [[page, pattern.replace("{title}", () => dated(name))]];
      const [place, words] = [where, rest].map(versions);
      const keys = [title, place, pattern === undefined ? words : [...words, ["", name]]].map(keyed);
      entries.push({ kind, title, place, address, words, keys, order: entries.length });
    }
    known = undefined;
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

  const isLetter = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

  // What a word may be written as: itself anywhere, or where a word begins if it is short; an English plural as its
  // singular too, and the other way round where no letter is only added, both as whole words.
  const forms = (word) => {
    const [stem, other] = [word.slice(0, -1), word.slice(0, -2)];
    const others = [];
    if (/[a-z]{2}ies$/.test(word)) others.push(`${other.slice(0, -1)}y`);
    else if (/[a-z](?:[sxz]|[cs]h)es$/.test(word)) others.push(other, stem);
    else if (/[a-z]{2}[^\Wius]s$/.test(word)) others.push(stem);
    else if (/[a-z]{2}[^\Waeiou]y$/.test(word)) others.push(`${stem}ies`);
    const whole = others.map((form) => ({ form, starts: true, ends: true }));
    return [{ form: word, starts: /^\w{1,2}$/.test(word) }, ...whole];
  };

  // Where the first of a word's forms that a text holds stands: from, to, and which form it is.
  const find = (text, word, from = 0) => {
    for (const [n, { form, starts, ends }] of word.entries()) {
      for (let at = text.indexOf(form, from); at >= 0; at = text.indexOf(form, at + 1)) {
        const to = at + form.length;
        if (!(starts && isLetter(text[at - 1])) && !(ends && isLetter(text[to]))) return [at, to, n];
      }
    }
    return undefined;
  };

  const scored = (entry, words) => {
    let score = weights[entry.kind] ?? 0;
    for (const word of words) {
      const [title, place, rest] = entry.keys;
      const hit = find(title, word);
      if (hit) score += (hit[0] === 0 ? 12 : isLetter(title[hit[0] - 1]) ? 6 : 9) - Math.min(hit[2], 1);
      else if (find(rest, word)) score += 2;
      else if (find(place, word)) score += 1;
      else return 0;
    }
    return score + 1;
  };

  // Whether two words that begin alike differ by one letter, or by two that changed places.
  const isNear = (one, other) => {
    let same = 0;
    while (same < one.length && one[same] === other[same]) same += 1;
    const [a, b] = [one.slice(same), other.slice(same)];
    const swapped = () => a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
    return same > 0 && (a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || swapped());
  };

  // The forms of what a word may have been meant to be, or undefined if something holds it as it is.
  const meant = (typed) => {
    const word = forms(typed);
    const isHeld = () => entries.some(({ keys }) => keys.some((key) => find(key, word)));
    if (!/^\p{Script=Latin}{4,}$/u.test(typed) || isHeld()) return undefined;
    if (!known) {
      known = new Set();
      for (const key of entries.flatMap(({ keys }) => keys)) {
        for (const one of key.match(/[a-z]{3,}/g) ?? []) if (!known.has(one)) for (const { form } of forms(one)) known.add(form);
      }
    }
    return [...known].filter((one) => isNear(typed, one)).flatMap(forms);
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
    const spans = words.flat().flatMap((form) => {
      const found = [];
      for (let hit = find(keys, [form]); hit; hit = find(keys, [form], hit[1])) found.push([starts[hit[0]], starts[hit[1]]]);
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
    const held = said.find(([, text]) => words.some((word) => find(plain(text), word)));
    const [language, text] = held ?? preferred(said);
    const key = plain(text);
    const at = Math.min(...words.map((word) => find(key, word)?.[0] ?? text.length), text.length);
    const near = Math.max(0, at - 40);
    const from = near && (text.slice(0, at).indexOf(" ", near) + 1 || near); // at the beginning of a word
    const [cut, more] = [text.slice(from, from + 160), from + 160 < text.length];
    return [language, (from ? "… " : "") + (more ? `${cut.replace(/\s\S{0,20}$/, "")} …` : cut)]; // at the end of one
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
    const inTitle = words.every((word) => find(plain(title), word));
    if (!inTitle && entry.words.some(([, text]) => text)) item.append(said("p", excerpt(entry.words, words), words));
    return item;
  };

  const matching = (words) =>
    entries
      .map((entry) => [scored(entry, words), entry])
      .filter(([score]) => score)
      .sort(([one, a], [two, b]) => two - one || a.order - b.order);

  const search = () => {
    const typed = plain(input.value).split(/\s+/).filter(Boolean);
    typed.sort((one, other) => other.length - one.length); // long words are rare, and what lacks one is passed over
    list.replaceChildren();
    offer.hidden = true;
    status.textContent = "";
    if (!typed.length) return;
    let words = typed.map(forms);
    let found = matching(words);
    const exact = found.length > 0;
    if (!exact) {
      const guesses = typed.map(meant);
      words = words.map((word, n) => guesses[n] ?? word);
      found = guesses.some(Boolean) ? matching(words) : [];
    }
    offer.hidden = exact || !sources.size;
    list.append(...found.slice(0, SHOWN).map(([, entry]) => shown(entry, words)));
    const texts = status.dataset;
    const none = sources.size ? texts.noneHere : texts.none;
    const told = !found.length ? none : !exact ? texts.near : found.length > SHOWN ? texts.more : texts.found;
    status.textContent = told.replace("{number}", found.length).replace("{shown}", Math.min(SHOWN, found.length));
  };

  const links = () => [...list.querySelectorAll("a"), offer].filter((link) => !link.hidden);
  box.hidden = false;
  input.addEventListener("input", () => {
    search();
    history.replaceState(null, "", `#${encodeURIComponent(input.value)}`);
  });
  older.addEventListener("change", () => {
    load(() => true);
    search();
  });
  offer.addEventListener("click", () => {
    older.click();
    input.focus();
  });
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
