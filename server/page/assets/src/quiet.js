// quiet: a press that changes only itself, such as a thank-you, is sent without leaving
// the page. If that fails, the form is sent as it would be without this script.
export function quiet() {
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!('quiet' in form.dataset) || !button?.hasAttribute('aria-pressed')) return;
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    const pressed = button.getAttribute('aria-pressed') === 'true';
    button.value = pressed ? 'no' : 'yes';
    const said = new URLSearchParams(new FormData(form));
    said.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: 'POST', body: said, redirect: 'manual' });
      if (answer.type !== 'opaqueredirect') throw new Error();
      // A live entry may have drawn the notice anew meanwhile.
      (document.getElementById(button.id) ?? button).setAttribute('aria-pressed', String(!pressed));
    } catch {
      HTMLFormElement.prototype.submit.call(withValue(form, button));
    } finally {
      form.ariaBusy = null;
    }
  });
}

// withValue keeps what the button says in a form that is sent without a press.
function withValue(form, button) {
  const value = document.createElement('input');
  Object.assign(value, { type: 'hidden', name: button.name, value: button.value });
  form.append(value);
  return form;
}
