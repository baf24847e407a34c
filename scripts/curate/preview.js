// Asks every 300 ms whether the rules have changed; if so the page is loaded anew, at the same place.
const shown = document.body.dataset.version;

async function look() {
  try {
    const answer = await fetch("/_version", { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== shown) {
      location.reload();
      return;
    }
  } catch {
    // the preview was stopped, or is being started again
  }
  setTimeout(look, 300);
}

setTimeout(look, 300);
