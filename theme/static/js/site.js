/* Theme choice, copying. In <head>: no flash of the other theme. */
(function (d) {
var r = d.documentElement, k = "theme", s;
try { s = localStorage.getItem(k); } catch (e) {}
if (/^(dark|light)$/.test(s)) r.dataset.theme = s;
d.addEventListener("DOMContentLoaded", function () {
  var b = d.getElementById(k), q = matchMedia("(prefers-color-scheme: dark)");
  function dark() { return r.dataset.theme ? r.dataset.theme === "dark" : q.matches; }
  function show() { b.textContent = dark() ? b.dataset.light : b.dataset.dark; }
  d.querySelectorAll(".copy button").forEach(function (c) {
    c.hidden = 0;
    c.onclick = function () {
      c.previousElementSibling.select();
      d.execCommand("copy");
      c.nextElementSibling.textContent = c.dataset.done;
    };
  });
  if (!b) return;
  b.hidden = 0;
  show();
  q.onchange = show;
  b.onclick = function () {
    r.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem(k, r.dataset.theme); } catch (e) {}
    show();
  };
});
}(document));
