/* The theme choice, nothing else. Loaded in <head> without defer: no flash of the other theme. */
(function (d) {
  var r = d.documentElement, k = "theme", s;
  try { s = localStorage.getItem(k); } catch (e) { s = ""; }
  if (s === "dark" || s === "light") { r.dataset.theme = s; }
  d.addEventListener("DOMContentLoaded", function () {
    var b = d.getElementById(k), q = matchMedia("(prefers-color-scheme: dark)");
    function dark() { return r.dataset.theme ? r.dataset.theme === "dark" : q.matches; }
    function show() { b.textContent = dark() ? b.dataset.light : b.dataset.dark; }
    if (!b) { return; }
    b.hidden = false;
    show();
    q.addEventListener("change", show);
    b.addEventListener("click", function () {
      r.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem(k, r.dataset.theme); } catch (e) { /* private window */ }
      show();
    });
  });
}(document));
