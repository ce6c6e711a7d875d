/* The map of the form: draws the quartiers from their outlines, lets one show a place, and has it told in words.
   It only adds: the list of quartiers and the words come first and are enough. No map service is ever asked. */
(function () {
  "use strict";

  var MILLION = 1000000;

  function start(box) {
    var latitude = document.getElementById("latitude"), longitude = document.getElementById("longitude");
    var frame = box.querySelector("[data-map]"), words = document.getElementById("ou");
    if (!window.L || !latitude || !longitude) return;
    box.hidden = false;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", box.dataset.label);
    var map = L.map(frame, { attributionControl: false, zoomControl: false, zoomSnap: 0.5, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: box.dataset.closer, zoomOutTitle: box.dataset.farther }).addTo(map);
    var point = null;

    function tell() {
      if (!latitude.value) { words.textContent = ""; return; }
      fetch(box.dataset.where + "?latitude=" + latitude.value + "&longitude=" + longitude.value, { headers: { "HX-Request": "true" } })
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .then(function (html) {
          var said = new DOMParser().parseFromString(html, "text/html").getElementById("ou");
          words.textContent = said ? said.textContent : "";
        });
    }

    function show(at) {
      if (point) point.setLatLng(at);
      else point = L.circleMarker(at, { radius: 10, className: "map-point" }).addTo(map);
    }

    function choose(at) {
      latitude.value = Math.round(at.lat * MILLION);
      longitude.value = Math.round(at.lng * MILLION);
      show(at);
      tell();
    }

    function clear() {
      latitude.value = longitude.value = "";
      if (point) { point.remove(); point = null; }
      tell();
    }

    map.on("click", function (event) { choose(event.latlng); });
    box.querySelector("[data-map-centre]").addEventListener("click", function () { choose(map.getCenter()); });
    box.querySelector("[data-map-clear]").addEventListener("click", clear);

    fetch(box.dataset.outlines).then(function (answer) { return answer.json(); }).then(function (outlines) {
      var shapes = L.geoJSON(outlines, {
        style: { className: "map-there" },
        onEachFeature: function (feature, shape) {
          var name = document.createElement("span");
          name.textContent = feature.properties.name;
          shape.bindTooltip(name, { permanent: true, direction: "center", className: "map-name" });
        }
      }).addTo(map);
      map.fitBounds(shapes.getBounds(), { padding: [12, 12] });
      if (latitude.value) show(L.latLng(latitude.value / MILLION, longitude.value / MILLION));
    });
  }

  document.querySelectorAll("[data-map-picker]").forEach(start);
})();
