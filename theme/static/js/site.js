/* In <head>: no flash of the other theme. */
(d => {
let t = d.documentElement.dataset, s;
try { s = localStorage.theme; } catch {}
if (/^(dark|light)$/.test(s)) t.theme = s;
d.onkeydown = e => {
 let q = d.querySelector("#q,[rel=search]");
 if (e.key != "/" || !q || e.ctrlKey || /INPUT|SELECT/.test(e.target.tagName)) return;
 e.preventDefault();
 q.focus();
 q.click();
};
d.addEventListener("DOMContentLoaded", () => {
 let b = d.getElementById("theme"), q = matchMedia("(prefers-color-scheme: dark)"),
 other = () => (t.theme ? t.theme == "dark" : q.matches) ? "light" : "dark",
 show = () => b.textContent = b.dataset[other()];
 d.querySelectorAll("[hidden]").forEach(c => {
  let x = c.dataset.done;
  c.hidden = 0;
  if (x) c.onclick = () => {
   c.previousElementSibling.select();
   d.execCommand("copy");
   c.nextElementSibling.textContent = x;
  };
 });
 show();
 q.onchange = show;
 b.onclick = () => {
  t.theme = other();
  show();
  try { localStorage.theme = t.theme; } catch {}
 };
});
})(document);
