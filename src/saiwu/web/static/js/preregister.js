// Helps while somebody fills in the form: the chosen answer is marked, a question that an answer makes needless is hidden,
// names of registered units are offered while one types. Without it all is there and works; nothing here decides.
(function () {
  "use strict";

  function each(list, act) {
    Array.prototype.forEach.call(list, act);
  }

  // The chosen answer
  function mark(fieldset) {
    each(fieldset.querySelectorAll(".sw-choice"), function (choice) {
      var input = choice.querySelector("input");
      choice.classList.toggle("is-chosen", Boolean(input && input.checked));
    });
  }
  document.addEventListener("change", function (event) {
    var choices = event.target.closest && event.target.closest(".sw-choices");
    if (choices) mark(choices);
    ask();
  });

  // Questions that hang on another answer
  function said(name) {
    var fields = document.getElementsByName(name);
    for (var at = 0; at < fields.length; at += 1) {
      if (fields[at].type !== "radio" || fields[at].checked) return fields[at].value;
    }
    return "";
  }
  function ask() {
    each(document.querySelectorAll("[data-with]"), function (field) {
      var answer = said(field.getAttribute("data-with"));
      var among = field.getAttribute("data-among").split(" ");
      var whole = field.closest("div");
      if (whole) whole.hidden = answer !== "" && among.indexOf(answer) < 0;
    });
  }
  ask();

  // Names of registered units
  var place = document.querySelector("[data-units]");
  var unit = place && place.querySelector("input");
  var token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (unit && token && window.fetch && document.createElement("datalist").options) {
    var list = document.createElement("datalist");
    list.id = "units";
    place.appendChild(list);
    unit.setAttribute("list", "units");
    var waiting = 0;
    unit.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () {
        if (unit.value.length < 2) return;
        var sent = new FormData();
        sent.append("unit", unit.value);
        sent.append("csrfmiddlewaretoken", token.value);
        fetch(place.getAttribute("data-units"), { method: "POST", body: sent, credentials: "same-origin" })
          .then(function (answer) { return answer.ok ? answer.json() : { units: [] }; })
          .then(function (found) {
            list.textContent = "";
            found.units.forEach(function (name) {
              var option = document.createElement("option");
              option.value = name;
              list.appendChild(option);
            });
          })
          .catch(function () {});
      }, 300);
    });
  }
})();
