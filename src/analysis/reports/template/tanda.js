// Figures: touching a mark, or choosing its name from the list, shows it and what it says.
(function () {
  "use strict";
  var NEAR = 24; // pixels from the middle of a mark that still touch it
  var tools = document.getElementById("alat-gambar");

  function all(selector, where) {
    return Array.prototype.slice.call(where.querySelectorAll(selector));
  }

  function away(mark, event) {
    var box = mark.getBoundingClientRect();
    return Math.hypot(
      (box.left + box.right) / 2 - event.clientX, (box.top + box.bottom) / 2 - event.clientY
    );
  }

  all("figure.gambar > svg", document).forEach(function (drawing) {
    var marks = {};
    all("title", drawing).forEach(function (title) {
      var name = title.textContent;
      marks[name] = (marks[name] || []).concat(title.parentNode);
    });
    var names = Object.keys(marks);
    if (!names.length) { return; }
    var shown = tools.content.cloneNode(true), list = shown.querySelector("select");
    names.sort(new Intl.Collator(document.documentElement.lang, { numeric: true }).compare);
    names.forEach(function (name) { list.appendChild(new Option(name)); });

    function choose() {
      all(".dipilih", drawing).forEach(function (mark) { mark.removeAttribute("class"); });
      (marks[list.value] || []).forEach(function (mark) { mark.setAttribute("class", "dipilih"); });
    }

    drawing.addEventListener("click", function (event) {
      var found = event.target.querySelector(":scope > title");
      if (!found) {
        var nearest = all("title", drawing).map(function (title) {
          return [away(title.parentNode, event), title];
        }).sort(function (one, other) { return one[0] - other[0]; })[0];
        found = nearest[0] < NEAR ? nearest[1] : null;
      }
      list.value = found ? found.textContent : "";
      choose();
    });
    list.addEventListener("change", choose);
    drawing.parentNode.insertBefore(shown, drawing.nextSibling);
  });
}());
