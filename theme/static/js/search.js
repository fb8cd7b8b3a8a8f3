/* The search page. Pagefind finds; what is shown is made of text alone, no HTML is read. */
(d => {
const PAGE = 10, STAGE = 4e3, BY = { rubrique: "s", agence: "a", annee: "y", nom: "n" },
  PLAIN = { đ: "d", œ: "oe", æ: "ae", ø: "o", ł: "l", ß: "ss", ı: "i" };
// What a reader types, as the indexes have it: the phrases, and the other words.
const asked = text => {
  const exact = [], words = text.normalize("NFC").toLowerCase().replace(/[’‘ʼ´`]/g, "'").replace(/[«»“”„]/g, '"')
    .replace(/[\u200b-\u200d\u2060\u00ad]/g, "").replace(/[đœæøłßı]/g, c => PLAIN[c])
    .replace(/(?<!\d)\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)/g, n => n.replace(/\D/g, ""))
    .replace(/(^|[^\p{L}\p{N}'])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=[\p{L}"])/gu, "$1")
    .replace(/"([^"]+)"/g, (all, part) => (exact.push(part.trim()), " "))
    .split(/[\s"]+/).filter(word => /[\p{L}\p{N}]/u.test(word));
  return [exact.filter(part => part), words];
};
d.asked = asked;
addEventListener("DOMContentLoaded", () => {
  const one = q => d.querySelector(q), form = one("form"), say = form.dataset, root = one(".brand a").pathname,
    status = one("[role=status]"), list = one("#found"), names = one("#names"), more = one("#more"), every = JSON.parse(say.indexes);
  const el = (tag, props, ...inside) => {
    const e = Object.assign(d.createElement(tag), props);
    e.append(...inside);
    return e;
  }, at = name => root + say.folder.replace("*", name), query = () => new URLSearchParams(location.search);
  let program, merged, turn = 0;
  const open = async spans => {
    program ??= (merged = {}, import(at("programme") + "pagefind.js").then(async pagefind => {
      const it = pagefind.createInstance({ basePath: at("programme"), baseUrl: root, noWorker: true });
      await it.init();
      return it;
    }));
    const it = await program;
    await Promise.all(spans.map(([p]) => merged[p] ??= it.mergeIndex(at(p), { baseUrl: root, mergeFilter: { p } })));
    return it;
  };
  // Of one year those that touch it, else the newest that hold so many articles, then twice as many more at each step, one at least.
  const chosen = (year, stage) => {
    let sum = 0;
    return every.filter(([name, , count], i) => {
      const [from, to] = name.split("-"), had = sum;
      sum += count;
      return year ? from <= year && year <= (to > 31 ? to : from) : i < stage || had < (stage - .5) * STAGE;
    });
  };
  const look = async (it, spans, p) => {
    const found = async (term, how) => (await it.search(term, how)).results,
      ids = async term => new Set((await found(term)).map(r => r.id)),
      cut = (some, sets) => some.filter(r => sets.every(set => set.has(r.id)));
    let rows = [], [exact, words] = asked(p.get("q") || ""), sets = [], filters = Object.keys(BY).filter(f => p.get(f)).map(f => `"zz${BY[f]}${p.get(f).replace(/[^a-z0-9]/g, "")}9"`);
    for (const part of exact) {
      const set = await ids(`"${part}"`);
      set.size ? sets.push(set) : words.push(...part.split(" "));
    }
    for (const filter of filters) sets.push(await ids(filter));
    const text = words.join(" ") || (exact[0] ? `"${exact[0]}"` : filters[0]);
    if (!text) return rows;
    if (p.get("tri") || text == filters[0])
      for (const [name] of spans) rows.push(...await found(text, { filters: { p: name }, sort: { d: "desc" } }));
    else rows = await found(text);
    rows = cut(rows, sets);
    // All the words, if an article has them, as they are rather than as what others begin with;
    // "Saint-Denis" as two, if none has it as one.
    const whole = async word => (await ids(`"${word}"`)).size ? ids(`"${word}"`) : ids(word),
      all = cut(rows, await Promise.all(words.map(whole)));
    return all.length ? all : rows.length ? rows : cut(await found(text.replace(/\p{Pd}/gu, " ")), sets);
  };
  // A short word is found in all that begin with it ("de" in "depuis"): beside longer ones it is not marked.
  const bare = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const marked = q => {
    const long = bare(asked(q) + "").filter(w => w[3]);
    return word => !long[0] || bare(word).some(it => long.some(w => it.startsWith(w.slice(0, 3))));
  };
  // The words around the first that was found in the text; those of the headline stand before.
  const excerpt = (data, head, marks) => {
    const all = data.content.split(/\s+/), hits = data.locations.filter(n => marks(all[n] || "")), first = hits.find(n => n >= head) ?? head,
      start = Math.max(head, Math.min(first - 8, all.length - 30)), out = [start > head ? "… " : ""];
    all.slice(start, start + 30).forEach((word, n) => {
      word = word.replace(/(\d)'(?=\d)/g, "$1\u202f").replace(/'/g, "’");
      out.push(hits.includes(start + n) ? el("mark", {}, word) : word, " ");
    });
    return all[start + 30] ? [...out, "…"] : out;
  };
  const shown = async (result, marks) => {
    const data = await result.data(),
      [title, dateTime, date, section, credit, lang, named] = JSON.parse(decodeURIComponent(data.anchors[0].id)), told = lang ? { lang, dir: "auto" } : {};
    return [named, el("li", {}, section && el("p", { className: "kick" }, section),
      el("h2", { className: "hl" }, el("a", { href: data.url, ...told }, title)),
      el("p", { className: "dek", ...told }, ...excerpt(data, title.trim().split(/\s+/).length, marks)),
      el("p", { className: "meta" }, el("time", { dateTime }, date), credit && " · " + credit))];
  };
  const link = (nom, text) => {
    const to = query();
    nom ? to.set("nom", nom) : to.delete("nom");
    return el("li", {}, el("a", { href: "?" + to }, text));
  };
  const button = (text, onclick) => more.replaceChildren(el("button", { className: "more", onclick }, text));
  const clear = text => {
    [list, names, more].forEach(e => e.replaceChildren());
    status.textContent = text;
  };
  const run = async (stage = 1) => {
    const p = query(), mine = ++turn, year = p.get("annee"), nom = p.get("nom");
    for (const field of form.elements) if (field.name) field.value = p.get(field.name) || "";
    clear("");
    if (!["q", ...Object.keys(BY)].some(f => p.get(f)?.trim())) return form.q.focus();
    clear(say.wait);
    try {
      let spans, rows;
      for (const last = stage + 1; ; stage++) {
        spans = chosen(year, stage);
        rows = await look(await open(spans), spans, p);
        if (rows.length >= PAGE || year || !every[spans.length] || stage == last) break;
      }
      if (mine != turn) return;
      const older = !year && every[spans.length], n = rows.length, counts = {},
        since = text => text.replace("{month}", spans.at(-1)[1]);
      status.textContent = (n ? n > 1 ? say.many : say.one : say.none).replace("{n}", n) + (older ? " " + since(say.since) : "");
      const marks = marked(p.get("q") || ""), page = async from => {
        const found = await Promise.all(rows.slice(from, from + PAGE).map(r => shown(r, marks)));
        if (mine != turn) return;
        for (const [named, li] of found) {
          list.append(li);
          for (const [name, slug] of named) (counts[slug] ??= [0, slug, name])[0]++;
        }
        const often = Object.values(counts).filter(([n, slug]) => n > 1 && slug != nom).sort((a, b) => b[0] - a[0]);
        names.replaceChildren(...nom ? [link("", "✕ " + (counts[nom]?.[2] || nom))] : [],
          ...often.slice(0, 8).map(([, slug, name]) => link(slug, "+ " + name)));
        more.replaceChildren();
        if (n > from + PAGE) button(say.next, async () => {
          await page(from + PAGE);
          list.children[from + PAGE].querySelector("a").focus();
        });
        else if (older) button(since(say.older), () => run(stage + 1));
      };
      await page(0);
    } catch (fault) {
      console.warn(fault);
      program = null;
      if (mine == turn) clear(say.fault);
    }
  };
  form.onsubmit = e => {
    e.preventDefault();
    const was = query(), p = new URLSearchParams([...new FormData(form)].filter(([, v]) => v.trim()));
    // A name stays chosen as long as the words do.
    if (was.get("nom") && p.get("q") == was.get("q")) p.set("nom", was.get("nom"));
    history.pushState(null, "", "?" + p);
    run();
  };
  form.onchange = e => e.target == form.q || form.requestSubmit();
  onpopstate = () => run();
  run();
});
})(document);
