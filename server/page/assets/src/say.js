// say: a message is sent without leaving the page; the live log brings it back into the
// conversation. Where there is no network the words stay, and a sentence says so. What the
// server refuses is sent as it would be without this script, so that it can say why.
export function say() {
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!('say' in form.dataset)) return;
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    const said = new URLSearchParams(new FormData(form, event.submitter));
    const unsent = form.querySelector('[data-unsent]');
    try {
      const answer = await fetch(form.action, { method: 'POST', body: said, redirect: 'manual' });
      if (answer.type === 'opaqueredirect') done(form);
      else again(form, event.submitter);
      if (unsent) unsent.hidden = true;
    } catch {
      if (unsent) unsent.hidden = false;
    } finally {
      form.ariaBusy = null;
    }
  });
}

// done makes the form ready for the next message: another key, no words.
function done(form) {
  form.elements.key.value = key();
  if (form.elements.words) form.elements.words.value = '';
}

function again(form, button) {
  if (button?.name) {
    const value = document.createElement('input');
    Object.assign(value, { type: 'hidden', name: button.name, value: button.value });
    form.append(value);
  }
  HTMLFormElement.prototype.submit.call(form);
}

// key is a random key (UUID version 4); crypto.randomUUID is not there without TLS.
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
