// The plan for what the reader chooses: its sentence, its point on the curve, its map and its table.
(function () {
  "use strict";
  var part = document.getElementById("rencana");
  if (!part) { return; }
  var data = JSON.parse(document.getElementById("rencana-data").textContent);
  var people = find("orang"), model = find("model"), circle = find("lingkup"), point = find("titik");
  var curves = all("polyline"), tiles = all("svg.petak g").map(function (tile) {
    return { whole: tile, title: tile.querySelector("title"), value: tile.querySelector(".nilai") };
  });
  var cells = all("tbody td:last-child");
  var models = data.models.length, budgets = data.people.length;
  var computed = data.said.length / (models * budgets);
  var none = data.names.map(function () { return ""; }).join("|");

  function find(name) { return document.getElementById("rencana-" + name); }
  function all(selector) { return Array.prototype.slice.call(part.querySelectorAll(selector)); }

  function draw() {
    var m = model.selectedIndex, c = circle.selectedIndex, k = Number(people.value);
    var is = c < computed, number = (c * models + m) * budgets + k, plan = data.plan[number];
    find("kalimat").textContent = is ? data.said[number] : data.unknown;
    find("jumlah").textContent = data.people[k];
    people.setAttribute("aria-valuetext", data.people[k]);
    curves.forEach(function (curve, position) {
      var own = is && Math.floor(position / models) === c;
      curve.setAttribute("class", !own ? "tidak" : position % models === m ? "ini" : "lain");
    });
    point.setAttribute("class", is ? "" : "tidak");
    if (is) {
      point.setAttribute("transform", "translate(" + data.x[k] + " " + data.y[number] + ")");
      point.lastElementChild.textContent = data.gini[number];
    }
    var thousands = (is ? data.thousands[plan] : none).split("|");
    var net = (is ? data.net[plan] : none).split("|");
    tiles.forEach(function (tile, position) {
      var shade = is ? data.shades[plan][position] : 3;
      var opposed = is && data.opposed[c * budgets + k][position] === "1";
      tile.whole.setAttribute("class", "s" + shade + (opposed ? " beda" : ""));
      tile.value.textContent = thousands[position];
      tile.title.textContent = data.names[position] + (is ? ": " + net[position] : "");
      cells[position].textContent = is ? net[position] : "\u2013";
    });
  }

  part.querySelector(".kendali").hidden = false;
  [people, model, circle].forEach(function (control) { control.addEventListener("input", draw); });
  draw();
}());
