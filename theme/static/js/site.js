/* Night or day, copying, the key "/". In <head>: no flash of the other theme. */
(d => {
let t = d.documentElement.dataset, s;
try { s = localStorage.theme; } catch {}
if (/^(dark|light)$/.test(s)) t.theme = s;
d.onkeydown = e => {
  // To the field of the search, or to its page.
  let q = d.querySelector("#q") || d.querySelector("[rel=search]");
  if (e.key != "/" || !q || e.ctrlKey || e.metaKey || /INPUT|SELECT/.test(e.target.tagName)) return;
  e.preventDefault();
  q.focus();
  q.click();
};
d.addEventListener("DOMContentLoaded", () => {
  let b = d.getElementById("theme"), q = matchMedia("(prefers-color-scheme: dark)"),
    other = () => (t.theme ? t.theme == "dark" : q.matches) ? "light" : "dark",
    show = () => b.textContent = b.dataset[other()];
  // What needs a script is hidden without one.
  d.querySelectorAll("[hidden]").forEach(c => {
    c.hidden = 0;
    if (c.dataset.done) c.onclick = () => {
      c.previousElementSibling.select();
      d.execCommand("copy");
      c.nextElementSibling.textContent = c.dataset.done;
    };
  });
  if (!b) return;
  show();
  q.onchange = show;
  b.onclick = () => {
    t.theme = other();
    show();
    try { localStorage.theme = t.theme; } catch {}
  };
});
})(document);
