/* Shows what a page says of rules past their day of review, by the reader's own day. Without this file nothing is claimed. */
(function () {
  "use strict";
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  for (const notice of document.querySelectorAll("[data-yb-review-by]")) {
    if (notice.dataset.ybReviewBy < today) notice.hidden = false;
  }
})();
