/* The page about embedding: what is picked becomes the line to copy and the frame below it, made by that very line. */
(function () {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const LIVE = ["theme", "size"];
  const picker = document.getElementById("yb-picker");
  const lines = document.getElementById("yb-lines");
  const preview = document.getElementById("yb-preview");
  const heard = document.getElementById("yb-heard");
  let shown;

  function options() {
    const fields = Array.from(picker.querySelectorAll("select"));
    return fields.filter((field) => field.value).map((field) => [field.name, field.value]);
  }

  function line(picked) {
    const attributes = picked.map(([name, value]) => ` data-${name}="${value}"`).join("");
    return `<script src="${root.href}embed.js" async${attributes}></script>`;
  }

  function frame(picked) {
    const fragment = new URLSearchParams(picked).toString();
    const address = `${root.href}embed.html${fragment && "#" + fragment.replaceAll("&", "&amp;")}`;
    return `<iframe src="${address}" title="${preview.dataset.title}" width="100%" height="900" loading="lazy"></iframe>`;
  }

  function draw() {
    const picked = options();
    lines.value = line(picked);
    document.getElementById("yb-frame-line").value = frame(picked);
    const fixed = JSON.stringify(picked.filter(([name]) => !LIVE.includes(name)));
    if (shown && shown.fixed === fixed) {
      for (const name of LIVE) delete shown.script.dataset[name];
      Object.assign(shown.script.dataset, Object.fromEntries(picked));
      return;
    }
    const script = document.createElement("script");
    Object.assign(script.dataset, Object.fromEntries(picked));
    script.src = root.href + "embed.js";
    preview.replaceChildren(script);
    shown = { script: script, fixed: fixed };
    heard.textContent = "";
  }

  preview.addEventListener("yibao:answer", (event) => { heard.textContent = heard.dataset.said + event.detail.assessment.headline; });
  preview.addEventListener("yibao:withdrawn", () => { heard.textContent = ""; });
  for (const button of document.querySelectorAll("button[data-yb-copies]")) {
    button.addEventListener("click", function () {
      const field = document.getElementById(button.dataset.ybCopies);
      field.select();
      const copied = navigator.clipboard ? navigator.clipboard.writeText(field.value) : Promise.reject();
      copied.then(() => { button.textContent = button.dataset.done; }, () => undefined);
    });
  }
  picker.addEventListener("change", draw);
  draw();
})();
