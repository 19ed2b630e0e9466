(function () {
  "use strict";
  var field = document.getElementById("cari");
  var said = document.getElementById("ditemukan");
  if (!field) { return; }
  // Provinces first: who types the name of one wants its page, not a report that mentions it.
  var items = all("#provinsi li").concat(all("#laporan > li"));
  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }
  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ").trim();
  }
  function shown() {
    return items.filter(function (item) { return !item.hidden; });
  }
  field.parentNode.hidden = false;
  field.addEventListener("input", function () {
    var word = plain(field.value);
    items.forEach(function (item) { item.hidden = plain(item.textContent).indexOf(word) < 0; });
    said.textContent = word ? said.dataset.words.replace("#", shown().length) : "";
  });
  field.addEventListener("keydown", function (event) {
    var first = field.value && shown()[0];
    if (event.key === "Enter" && first) { first.querySelector("a").click(); }
  });
}());
