/* The theme choice; copying a feed's address. Loaded in <head> without defer: no flash of the other theme. */
(function (d) {
  var r = d.documentElement, k = "theme", s;
  try { s = localStorage.getItem(k); } catch (e) { s = ""; }
  if (s === "dark" || s === "light") { r.dataset.theme = s; }
  function copier(b) {
    var i = b.previousElementSibling, o = b.nextElementSibling;
    function done() { o.textContent = b.dataset.done; }
    b.hidden = false;
    i.addEventListener("focus", function () { i.select(); });
    b.addEventListener("blur", function () { o.textContent = ""; });
    b.addEventListener("click", function () {
      var c = navigator.clipboard;
      i.select();
      if (c) { c.writeText(i.value).then(done, function () { /* it is selected */ }); }
      else if (d.execCommand("copy")) { done(); }
      b.focus();
    });
  }
  d.addEventListener("DOMContentLoaded", function () {
    var b = d.getElementById(k), q = matchMedia("(prefers-color-scheme: dark)");
    function dark() { return r.dataset.theme ? r.dataset.theme === "dark" : q.matches; }
    function show() { b.textContent = dark() ? b.dataset.light : b.dataset.dark; }
    d.querySelectorAll(".copy button").forEach(copier);
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
