// seen: what a person has on their screen for two seconds is read. The form says so
// without this script, with a button.
export function seen() {
  const form = document.querySelector('[data-seen]');
  if (!form) return;
  form.querySelector('button').hidden = true;
  const mark = form.elements.seq;
  let timer;
  let sent = form.hidden ? Number(mark.value) : -1;
  const look = () => {
    clearTimeout(timer);
    if (!document.hidden && Number(mark.value) > sent) timer = setTimeout(say, 2000);
  };
  const say = async () => {
    const seq = Number(mark.value);
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams({ seq }), redirect: 'manual' });
      if (answer.type === 'opaqueredirect') sent = Math.max(sent, seq);
    } catch {
      // No network: the next look says it.
    }
  };
  document.addEventListener('news', (event) => {
    mark.value = event.detail;
    look();
  });
  document.addEventListener('visibilitychange', look);
  look();
}
