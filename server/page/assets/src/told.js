// told: "today at 9" was right on the day it was written. A page that stayed open, and an
// entry that was kept for who comes back, get their dates told anew after midnight.
export function told() {
  retell();
  setInterval(retell, 60_000);
  document.addEventListener('news', retell);
}

function retell() {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
  const lang = document.documentElement.lang;
  const words = new Intl.DateTimeFormat(lang === 'ar' ? 'ar-u-nu-latn' : lang, {
    weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit',
  });
  for (const time of document.querySelectorAll('time[data-today]')) {
    if (time.dataset.today === today) continue;
    time.textContent = words.format(new Date(time.dateTime));
    delete time.dataset.today;
  }
}
