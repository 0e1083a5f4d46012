// pulse: what changes while people are in a room is asked for again every few seconds, as long
// as somebody looks at it. A part that holds what one is typing is left alone.
export function pulse() {
  for (const part of document.querySelectorAll('[data-pulse]')) setInterval(() => beat(part), 4_000);
}

async function beat(part) {
  if (document.hidden || part.contains(document.activeElement)) return;
  try {
    const answer = await fetch(part.dataset.pulse, { headers: { Accept: 'text/html' } });
    const text = await answer.text();
    if (answer.ok && !answer.redirected && text !== part.dataset.last) part.innerHTML = part.dataset.last = text;
  } catch { /* the next beat tries again */ }
}
