// once: a form is sent once. The second tap of a double tap does nothing; coming back
// with the back button makes the form ready again.
export function once() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented) return; // another module sends it in its own way
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    form.setAttribute('aria-busy', 'true');
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
    }
  });
}
