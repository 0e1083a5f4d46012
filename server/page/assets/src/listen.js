// listen: reads the page aloud, sentence by sentence, in the language of each text, with
// the voices that the phone has. Nothing leaves the phone.
const readable = 'h1, h2, h3, p, li, dt, dd, label, legend, button, a, blockquote, summary, small, caption';

export function listen() {
  const speech = window.speechSynthesis;
  if (!speech) return;
  const playing = { stop: () => {} };
  for (const button of document.querySelectorAll('[data-listen]')) ready(button, playing);
  window.addEventListener('pagehide', () => playing.stop());
}

// ready lets a button read the part of the page that it names. One part is read at a time.
function ready(button, playing) {
  button.hidden = false;
  const word = button.querySelector('span');
  const start = word.textContent;
  const state = { on: false };

  const stop = () => {
    state.on = false;
    window.speechSynthesis.cancel();
    word.textContent = start;
    button.setAttribute('aria-pressed', 'false');
    mark(null);
  };
  button.addEventListener('click', () => {
    if (state.on) return stop();
    playing.stop();
    playing.stop = stop;
    state.on = true;
    word.textContent = button.dataset.stop;
    button.setAttribute('aria-pressed', 'true');
    speak(texts(document.getElementById(button.dataset.listen)), state, stop);
  });
}

function speak(elements, state, done) {
  const element = elements.shift();
  if (!element || !state.on) return done();
  const said = new SpeechSynthesisUtterance(element.innerText.trim());
  said.lang = element.closest('[lang]').lang;
  mark(element);
  said.onend = () => speak(elements, state, done);
  said.onerror = () => speak(elements, state, done);
  window.speechSynthesis.speak(said);
}

// texts are the smallest elements that hold words, in the order of the page.
function texts(main) {
  return [...main.querySelectorAll(readable)].filter((e) => {
    if (e.closest('[hidden], [aria-hidden="true"], .hidden')) return false;
    return e.innerText?.trim() && !e.querySelector(readable);
  });
}

function mark(element) {
  document.querySelector('.spoken')?.classList.remove('spoken');
  element?.classList.add('spoken');
  element?.scrollIntoView({ block: 'nearest' });
}
