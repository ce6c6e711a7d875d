/* The running total of the booth. It helps and decides nothing: the server reads the ballot again. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-booth]");
  var line = document.querySelector("#reste [data-total]");
  if (!form) return;

  function given() {
    var points = Array.from(form.querySelectorAll("[name^='points-']"));
    if (!points.length) return form.querySelectorAll("[name=choices]:checked").length;
    return points.reduce(function (sum, input) { return sum + (parseInt(input.value, 10) || 0); }, 0);
  }

  function tell() {
    if (!line) return;
    var left = Number(line.dataset.total) - given();
    line.querySelector("span").textContent = left < 0 ? line.dataset.over : line.dataset.left;
    line.querySelector("bdi").textContent = Math.abs(left);
  }

  form.addEventListener("input", tell);
  /* The browser may give back what was filled in before. */
  window.addEventListener("pageshow", tell);
  tell();
})();
