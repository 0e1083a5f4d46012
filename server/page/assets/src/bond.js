// bond: a case stays open on a desk while somebody changes their mind at home. Each panel
// asks for its mark every three seconds while it can be seen, and is drawn again when the
// mark has changed. Every panel asks alike, whether it shows something or not.
const every = 3000;

export function bond() {
  const panels = document.querySelectorAll('[data-bond]');
  if (panels.length === 0) return;
  for (const panel of panels) watch(panel.dataset.bond);
}

function watch(address) {
  let busy = false;
  const look = async () => {
    if (document.hidden || busy) return;
    busy = true;
    try {
      await compare(address);
    } catch {
      // The network is away: what stays on the page is at most as old as the outage, and
      // the next answer mends it.
    } finally {
      busy = false;
    }
  };
  setInterval(look, every);
  document.addEventListener('visibilitychange', look);
}

// X-Watching says that a page asks by itself: nobody's presence, so the session still ends.
const ask = (address) => fetch(address, { headers: { 'X-Watching': 'yes' }, redirect: 'error', cache: 'no-store' });

async function compare(address) {
  const panel = document.querySelector(`[data-bond="${address}"]`);
  if (!panel) return;
  const answer = await ask(address + '/state').catch(() => null);
  if (!answer) return closed();
  misses = 0;
  if (answer.status === 404) return window.location.reload(); // the case is not theirs any more
  if (!answer.ok || (await answer.text()) === panel.dataset.mark) return;
  const drawn = await ask(address);
  if (!drawn.ok) return window.location.reload();
  const fresh = new DOMParser().parseFromString(await drawn.text(), 'text/html').querySelector('[data-bond]');
  if (fresh) panel.replaceWith(document.importNode(fresh, true));
}

// closed: the session has ended, or the network is away. After two misses in a row the
// page is opened anew, which leads to the entrance when the session is over.
let misses = 0;
function closed() {
  misses += 1;
  if (navigator.onLine && misses > 1) window.location.reload();
}
