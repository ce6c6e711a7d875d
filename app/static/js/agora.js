/* Small helps, none of them needed: every page and every act works without this file. No inline handler, no eval. */
(function () {
  "use strict";

  var voice = window.speechSynthesis;

  function say(button, text) { (button.querySelector("span") || button).textContent = text; }

  /* Shows what only works with a script, in the page or in the piece that has just arrived. */
  function prepare(root) {
    root.querySelectorAll("[data-print], [data-reveal]").forEach(function (button) { button.hidden = false; });
    if (voice) root.querySelectorAll("[data-read-aloud]").forEach(function (button) { button.hidden = false; });
    root.querySelectorAll("[data-counter]").forEach(count);
    var summary = root.querySelector("[data-error-summary]:not([data-still] *)");
    if (summary) summary.focus();
  }

  function count(area) {
    var words = document.getElementById(area.id + "-compte");
    var left = Number(area.dataset.counter) - area.value.length;
    if (words) words.textContent = (left < 0 ? words.dataset.over : words.dataset.left).replace("{n}", Math.abs(left));
  }

  function read(button) {
    var going = button.dataset.going === "yes";
    voice.cancel();
    document.querySelectorAll("[data-going=yes]").forEach(function (other) { say(other, other.dataset.start); other.dataset.going = ""; });
    var text = document.querySelector(button.dataset.readAloud);
    if (going || !text) return;
    var speech = new SpeechSynthesisUtterance(text.innerText);
    speech.lang = (text.closest("[lang]") || document.documentElement).lang;
    speech.rate = 0.95;
    speech.onend = speech.onerror = function () { say(button, button.dataset.start); button.dataset.going = ""; };
    button.dataset.start = button.textContent.trim();
    button.dataset.going = "yes";
    say(button, button.dataset.stop);
    voice.speak(speech);
  }

  function reveal(button) {
    var input = document.getElementById(button.dataset.reveal);
    var words = button.textContent.trim();
    input.type = input.type === "password" ? "text" : "password";
    say(button, button.dataset.hide);
    button.dataset.hide = words;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print], [data-read-aloud], [data-reveal]");
    document.querySelectorAll("details[data-dropdown][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (!button) return;
    if (button.hasAttribute("data-print")) window.print();
    else if (button.hasAttribute("data-read-aloud")) read(button);
    else reveal(button);
  });

  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.activeElement.closest("details[data-dropdown][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  document.addEventListener("input", function (event) { if (event.target.matches("[data-counter]")) count(event.target); });

  /* A second press while the first is on its way sends nothing. The first one always leaves, with its button's value. */
  function free(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled=true]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method === "get") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopPropagation(); return; }
    setTimeout(function () {
      form.dataset.sent = "yes";
      form.querySelectorAll("button[type=submit], button:not([type])").forEach(function (button) { button.setAttribute("aria-disabled", "true"); });
    });
    /* A download or a cut connection leaves the page where it is: the form must not stay shut. */
    setTimeout(function () { free(form); }, 8000);
  }, true);
  window.addEventListener("pageshow", function () { document.querySelectorAll("form[data-sent]").forEach(free); });
  window.addEventListener("pagehide", function () { if (voice) voice.cancel(); });

  document.addEventListener("htmx:afterRequest", function (event) { var form = event.target.closest("form"); if (form) free(form); });
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) prepare(event.target); });
  prepare(document);
})();
