/* The frame in which one signs: it only adds, the presence is noted before and without it. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-signature]");
  if (!form) return;
  var pad = form.querySelector("[data-signature-pad]"), canvas = pad.querySelector("canvas");
  var pen = canvas.getContext("2d"), drawn = false, last = null;
  if (!pen) return;
  pad.hidden = false;

  function clear() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  }

  function at(event) {
    var box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * canvas.width / box.width, y: (event.clientY - box.top) * canvas.height / box.height };
  }

  canvas.addEventListener("pointerdown", function (event) {
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!last) return;
    var here = at(event);
    pen.strokeStyle = "#000";
    pen.lineWidth = 7;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(last.x, last.y);
    pen.lineTo(here.x, here.y);
    pen.stroke();
    last = here;
    drawn = true;
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    canvas.addEventListener(name, function () { last = null; });
  });
  form.querySelector("[data-signature-clear]").addEventListener("click", clear);
  form.addEventListener("submit", function () {
    form.elements.drawing.value = drawn ? canvas.toDataURL("image/png") : "";
  });
  clear();
})();
