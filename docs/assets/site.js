/* Menu and search buttons that keyboards and screen readers can use, and a search box that hears every way of typing. */
(function () {
  "use strict";
  const toggleOf = (button) => document.getElementById(button.dataset.ybToggle);
  const buttons = Array.from(document.querySelectorAll("button[data-yb-toggle]"));

  function show(button) {
    button.setAttribute("aria-expanded", String(toggleOf(button).checked));
  }

  for (const button of buttons) {
    const toggle = toggleOf(button);
    button.addEventListener("click", function () {
      toggle.click();
      const input = document.querySelector(".md-search__input");
      if (button.dataset.ybToggle === "__search" && toggle.checked && input) setTimeout(() => input.focus(), 50);
    });
    toggle.addEventListener("change", () => show(button));
  }

  addEventListener("keydown", function (event) {
    const drawer = document.getElementById("__drawer");
    if (event.key !== "Escape" || !drawer || !drawer.checked) return;
    drawer.click();
    const opener = document.querySelector("button[data-yb-toggle=__drawer]");
    if (opener) opener.focus();
  });

  /* The theme's search listens to keyup only; pasting, handwriting, voice and input methods fire "input" alone. */
  const input = document.querySelector(".md-search__input");
  if (input) input.addEventListener("input", () => input.dispatchEvent(new KeyboardEvent("keyup")));
})();
