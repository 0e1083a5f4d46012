// tablet: shuts the desk's shared screen a minute after the last touch, and covers it at
// once. The server shuts by itself as well: this only hides what is already on the screen,
// and tells the server that somebody is still there.
export function tablet() {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
  const clock = document.querySelector('[data-tablet]');
  if (!clock) return;
  const lasts = Number(clock.dataset.tablet) * 1000;
  const ring = clock.querySelector('.left');
  const state = { touched: Date.now(), told: Date.now() };

  const shut = async () => {
    clearInterval(ticking);
    document.body.hidden = true;
    try {
      await fetch(clock.dataset.shut, { method: 'POST', redirect: 'manual' });
    } catch { /* the server shuts it anyway */ }
    window.location.replace(clock.dataset.shut);
  };
  const touch = async () => {
    const now = Date.now();
    if (now - state.touched >= lasts) return;
    state.touched = now;
    if (now - state.told < lasts / 4) return;
    state.told = now;
    const answer = await fetch(clock.dataset.still, { method: 'POST', redirect: 'manual' }).catch(() => null);
    if (answer && answer.status !== 204) shut();
  };
  const ticking = setInterval(() => {
    const left = lasts - (Date.now() - state.touched);
    if (left <= 0) return shut();
    ring?.setAttribute('stroke-dasharray', `${Math.max(0, 100 * left / lasts)} 100`);
  }, 500);
  for (const kind of ['pointerdown', 'keydown', 'scroll', 'input']) {
    document.addEventListener(kind, touch, { passive: true, capture: true });
  }
  // A page that comes back from the browser's memory is asked for anew.
  window.addEventListener('pageshow', (event) => { if (event.persisted) window.location.reload(); });
}
