// Tables: a heading sorts its rows upwards, then downwards, then as they first stood. Long tables
// have a field that filters. Rows that are totals (data-total) stay where they are.
(function () {
  "use strict";
  var LONG = 15;
  var tools = document.getElementById("alat-tabel");
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function all(selector, where) {
    return Array.prototype.slice.call(where.querySelectorAll(selector));
  }

  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ").trim();
  }

  // The number that a cell shows, or null: thousands are parted by the sign that parts no decimals.
  function number(text) {
    var digits = text.replace("\u2212", "-").split("").filter(function (sign) {
      return sign === "-" || sign === tools.dataset.desimal || /\d/.test(sign);
    }).join("").replace(tools.dataset.desimal, ".");
    return /\d/.test(digits) ? Number(digits) : null;
  }

  function sorted(rows, column, way) {
    var left = rows.some(function (row) { return row.cells[column].classList.contains("gt_left"); });
    function value(row) {
      var text = row.cells[column].textContent;
      return left ? text : number(text);
    }
    return rows.slice().sort(function (one, other) {
      var a = value(one), b = value(other);
      if (a === null || b === null) { return (a === null) - (b === null); }
      return way * (left ? collator.compare(a, b) : a - b);
    });
  }

  function sortable(table) {
    var body = table.tBodies[0], native = Array.prototype.slice.call(body.rows);
    var heads = all("thead th", table);
    function isFree(row) { return !("total" in row.dataset); }
    function order(column, way) {
      var free = native.filter(isFree);
      var queue = way ? sorted(free, column, way) : free;
      native.forEach(function (row) { body.appendChild(isFree(row) ? queue.shift() : row); });
    }
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "urut";
      button.title = tools.dataset.urut;
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var next = { "ascending": "descending", "descending": null }[now];
        next = next === undefined ? "ascending" : next;
        heads.forEach(function (each) { each.removeAttribute("aria-sort"); });
        if (next) { head.setAttribute("aria-sort", next); }
        order(column, next ? (next === "ascending" ? 1 : -1) : 0);
      });
    });
    return native.filter(isFree);
  }

  function filterable(frame, rows) {
    var field = tools.content.cloneNode(true);
    var input = field.querySelector("input"), said = field.querySelector("[role=status]");
    frame.parentNode.insertBefore(field, frame);
    input.addEventListener("input", function () {
      var word = plain(input.value), shown = 0;
      rows.forEach(function (row) {
        row.hidden = plain(row.textContent).indexOf(word) < 0;
        shown += row.hidden ? 0 : 1;
      });
      said.textContent = word
        ? tools.dataset.hasil.replace("##", rows.length).replace("#", shown) : "";
    });
  }

  all("figure.tabel .scroll", document).forEach(function (frame) {
    var table = frame.querySelector("table");
    if (!table || !table.tHead || !table.tBodies.length || table.tBodies[0].rows.length < 2) { return; }
    var rows = sortable(table);
    if (rows.length > LONG) { filterable(frame, rows); }
  });
}());
