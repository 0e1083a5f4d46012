// leave: the quick exit of the private area. It replaces this page, so that the back
// button does not return to it.
export function leave() {
  for (const link of document.querySelectorAll('[data-leave]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      document.body.hidden = true;
      window.location.replace(link.href);
    });
  }
}
