// Two provinces side by side: their sentence, their values, and where they stand.
(function () {
  "use strict";
  var part = document.getElementById("banding");
  if (!part) { return; }
  var data = JSON.parse(document.getElementById("banding-data").textContent);
  var keys = ["a", "b"], count = data.names.length, said = find("kalimat");
  var bars = all("rect.satu"), steps = all("line.satu");

  function find(name) { return document.getElementById("banding-" + name); }
  function all(selector) { return Array.prototype.slice.call(part.querySelectorAll(selector)); }
  function middle(one, other) { return ((one + other) / 2).toFixed(1); }

  function sentence(one, other) {
    var first = Math.min(one, other), second = Math.max(one, other);
    if (first === second) { return data.same; }
    return data.said[first * (2 * count - first - 1) / 2 + second - first - 1];
  }

  function mark(elements, chosen) {
    elements.forEach(function (element, position) {
      var key = keys[chosen.indexOf(position)];
      element.setAttribute("class", "satu" + (key ? " " + key : ""));
    });
  }

  function show(key, position) {
    var name = key.toUpperCase() + " " + data.names[position];
    part.querySelector(".nama-" + key).textContent = data.names[position];
    all(".nilai-" + key).forEach(function (cell, row) { cell.textContent = data.rows[row][1][position]; });
    var label = part.querySelector(".nama." + key), text = label.querySelector("text");
    var bar = data.bars[position], step = data.steps[position];
    label.querySelector("path").setAttribute("d", "M" + bar[0] + " " + (Number(label.dataset.y) + 3) + "V" + bar[1]);
    text.setAttribute("x", bar[0]);
    text.setAttribute("text-anchor", bar[2]);
    text.textContent = name;
    var letter = part.querySelector(".lorenz .huruf." + key);
    letter.setAttribute("x", middle(step[0], step[2]));
    letter.setAttribute("y", middle(step[1], step[3]));
  }

  function draw() {
    var chosen = keys.map(function (key) { return find(key).selectedIndex; });
    said.textContent = sentence(chosen[0], chosen[1]);
    mark(bars, chosen);
    mark(steps, chosen);
    keys.forEach(function (key, place) { show(key, chosen[place]); });
  }

  part.querySelector(".kendali").hidden = false;
  keys.forEach(function (key) { find(key).addEventListener("input", draw); });
  draw();
}());
