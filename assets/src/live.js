// Says when the page is no longer as it was drawn. Nothing is replaced under the reader's hands; without it one loads the page again.

const notice = document.querySelector("[data-live]");
if (notice && window.EventSource) {
  const source = new EventSource(notice.dataset.live);
  source.addEventListener("message", (event) => {
    if (event.data === notice.dataset.mark) return;
    notice.hidden = false;
    source.close();
  });
}
