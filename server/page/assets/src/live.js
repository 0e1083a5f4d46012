// The boards of this page, live: one socket for all of them, each entry once and in
// order. The conversation inside an agreement is such a board, too. A board is an element with data-board (its id) and data-after (the number of
// the newest entry the page was made with). Without sockets it asks by plain HTTP, and
// without this script the page is simply as new as its last load.
//
// What the page holds:
//   [data-board][data-after][data-epoch?]   the board; inside it:
//   [data-since?][data-page?]               where to ask without a socket, and for a fresh copy
//   [data-entries]                          where new notices are put first
//   [data-remarks]                          where a notice's comments are put last
//   [data-new-button][data-one][data-many]  offers what came while someone was reading;
//                                           further plural forms as data-two, data-few, …; {n} is the number
//   [data-live][data-live-on][data-live-off] says whether the page is live
//   body[data-member]                       equals data-by of what this person wrote
//   [data-about]                            on a board that shows one notice whole: its id
// After each change the board's element sends "news" with the newest number shown.
// What a frame's html is: one element with an id, which replaces the one with that id;
// else a notice comes first, and a comment goes under the notice whose id is data-under.
// Of kind "notice", "back" or "top" it hangs where its data-rank says, the highest first; [data-whole] stands on
// entries that lead to no older page. Of kind "gone" it names in data-gone the id that disappears; "message" comes last among
// the entries; "step" has no html and asks for a fresh copy of the board.

const second = 1000;

// Codes of the server after which coming back is of no use: see server/live.
const forGood = [4001, 4003];

export function live() {
  const boards = new Map();
  for (const element of document.querySelectorAll("[data-board]")) {
    boards.set(element.dataset.board, new Board(element));
  }
  if (boards.size > 0) new Line(boards).open();
}

// Line is the way to the server: a socket, or questions where none can be had.
class Line {
  constructor(boards) {
    this.boards = boards;
    this.refused = 0; // sockets in a row that never opened
    this.tries = 0; // since the last one that did
    addEventListener("online", () => this.look());
    addEventListener("pagehide", () => this.rest());
    addEventListener("pageshow", (e) => e.persisted && this.look());
    document.addEventListener("visibilitychange", () => this.look());
    for (const board of boards.values()) board.line = this;
  }

  open() {
    clearTimeout(this.timer);
    if (this.over || this.socket) return;
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/live");
    this.socket = socket;
    socket.onopen = () => {
      this.refused = this.tries = 0;
      this.follow(...this.boards.values());
    };
    socket.onmessage = (e) => this.take(JSON.parse(e.data));
    socket.onclose = (e) => {
      if (this.socket === socket) this.closed(e.code);
    };
    this.opened = false;
    this.answerWithin(20 * second);
  }

  // answerWithin gives up a socket that says nothing: a phone that slept does not
  // notice that its connection is dead.
  answerWithin(time) {
    const socket = this.socket;
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      if (this.socket !== socket) return;
      socket.close(); // its own event may take minutes
      this.closed(0);
    }, time);
  }

  closed(code) {
    clearTimeout(this.watch);
    this.socket = null;
    this.say(false);
    if (!this.opened) this.refused++;
    if (forGood.includes(code)) {
      this.over = true;
    } else if (this.refused >= 2) {
      this.ask();
    } else {
      this.again(() => this.open());
    }
  }

  // again waits so long that not everybody comes back at once: 1 to 30 seconds.
  again(act) {
    clearTimeout(this.timer);
    const most = Math.min(29, 5 * 2 ** this.tries++);
    this.timer = setTimeout(act, (1 + Math.random() * most) * second);
  }

  // look makes sure of the connection when the page is seen again or the network is back.
  look() {
    if (document.hidden || this.over) return;
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.follow(...this.boards.values());
      this.answerWithin(5 * second);
    } else if (!this.socket) {
      this.refused >= 2 ? this.ask() : this.open();
    }
  }

  // rest closes the socket of a page that is left, so that going back to it is instant.
  rest() {
    const socket = this.socket;
    this.socket = null;
    clearTimeout(this.timer);
    clearTimeout(this.watch);
    socket?.close();
  }

  // follow asks for these boards from the number each of them has.
  follow(...boards) {
    const follow = boards.filter((b) => !b.reloading).map((b) => ({ board: b.id, after: b.after, epoch: b.epoch }));
    if (this.socket?.readyState === WebSocket.OPEN && follow.length > 0) this.socket.send(JSON.stringify({ follow }));
  }

  // ask is the way without sockets: every 10 seconds while somebody looks, and now and
  // then a socket is tried again.
  async ask(round = 1) {
    clearTimeout(this.timer);
    if (document.hidden || this.over || this.asking) return; // look goes on
    this.asking = true;
    let heard = this.boards.size > 0;
    for (const board of this.boards.values()) heard = (await this.since(board)) && heard;
    this.asking = false;
    this.say(heard);
    if (this.socket) return;
    this.timer = setTimeout(() => (round % 6 === 0 ? this.open() : this.ask(round + 1)), 10 * second);
  }

  async since(board) {
    if (board.reloading) return true;
    const query = new URLSearchParams({ after: board.after, epoch: board.epoch });
    try {
      const answer = await fetch(`${board.since}?${query}`, { headers: { Accept: "application/json" } });
      if (answer.status >= 400 && answer.status < 500) this.boards.delete(board.id);
      if (!answer.ok) return false;
      for (const message of await answer.json()) this.take(message);
      return true;
    } catch {
      return false; // no network: the next question tells
    }
  }

  // take reads one message of the server, by whichever way it came.
  take(message) {
    clearTimeout(this.watch);
    this.opened = true;
    const board = this.boards.get(message.board);
    if (!board || board.reloading) return;
    if (message.refused) {
      this.boards.delete(message.board);
      if (this.boards.size === 0) this.end();
      return;
    }
    this.say(true);
    if (message.reload) board.reload();
    else if (message.n === undefined) board.stands(message);
    else if (message.n === board.after + 1) board.add(message);
    else if (message.n > board.after) this.socket ? this.follow(board) : board.reload();
  }

  end() {
    this.over = true;
    this.rest();
    this.say(false);
  }

  say(on) {
    for (const sign of document.querySelectorAll("[data-live]")) {
      const words = on ? sign.dataset.liveOn : sign.dataset.liveOff;
      if (sign.textContent !== words) sign.textContent = words;
      sign.dataset.state = on ? "on" : "off";
    }
  }
}

// Board is one board of the page, and the number of the newest entry it has.
class Board {
  constructor(element) {
    this.id = element.dataset.board;
    this.waiting = document.createElement("div"); // came while somebody was reading; newest first
    addEventListener("scroll", () => this.reading() || this.show(), { passive: true });
    this.begin(element);
  }

  begin(element) {
    this.element = element;
    this.after = Number(element.dataset.after);
    this.epoch = element.dataset.epoch ?? "";
    this.since = element.dataset.since ?? `/boards/${this.id}/since`;
    this.page = element.dataset.page ?? location.href;
    this.entries = element.querySelector("[data-entries]");
    this.button = element.querySelector("[data-new-button]");
    this.button?.addEventListener("click", () => {
      this.show();
      this.element.scrollIntoView({ block: "start" });
    });
    own(element);
  }

  // stands hears where the server has brought this board.
  stands({ at, epoch }) {
    this.epoch = epoch ?? "";
    if (at > this.after) this.reload();
  }

  add({ n, kind, html }) {
    this.after = n;
    if (kind === "step") return this.reload(0);
    const template = document.createElement("template");
    template.innerHTML = html ?? "";
    const fresh = template.content.firstElementChild;
    if (!fresh) return;
    const about = this.element.dataset.about;
    if (about) return [fresh.id, fresh.dataset.gone].includes(about) && this.reload();
    const old = fresh.id && this.find(fresh.id);
    own(fresh);
    if (kind === "gone") this.find(fresh.dataset.gone)?.remove();
    else if (kind === "top" || kind === "back") {
      old?.remove();
      this.place(fresh);
    } else if (old) swap(old, fresh);
    else if (kind === "comment") this.find(fresh.dataset.under)?.querySelector("[data-remarks]")?.append(arriving(fresh));
    else if (kind === "message") this.entries?.append(arriving(fresh));
    else if (kind === "notice") this.reading() ? this.waiting.prepend(arriving(fresh)) : this.place(arriving(fresh));
    window.htmx?.process(fresh);
    this.offer();
  }

  // place hangs something in its place among the entries, unless that is on an older page.
  place(fresh) {
    const below = [...(this.entries?.children ?? [])].find((e) => Number(e.dataset.rank) < Number(fresh.dataset.rank));
    if (below) below.before(fresh);
    else if (this.entries?.dataset.whole !== undefined) this.entries.append(fresh);
  }

  find(id) {
    const here = "#" + CSS.escape(id ?? "");
    return id ? (this.element.querySelector(here) ?? this.waiting.querySelector(here)) : null;
  }

  // reading tells whether something put in above would move what is being read.
  reading() {
    if (!this.entries) return false;
    return this.entries.getBoundingClientRect().top < 0 || this.entries.contains(document.activeElement);
  }

  show() {
    if (!this.waiting.firstChild) return;
    for (const one of [...this.waiting.children].reverse()) this.place(one);
    this.offer();
  }

  offer() {
    const n = this.waiting.childElementCount;
    if (n === 0) this.element.dispatchEvent(new CustomEvent("news", { bubbles: true, detail: this.after }));
    if (!this.button) return;
    const form = new Intl.PluralRules(document.documentElement.lang || "fr").select(n);
    const words = this.button.dataset[form] ?? this.button.dataset.many ?? "{n}";
    this.button.hidden = n === 0;
    this.button.textContent = words.replace("{n}", n.toLocaleString(document.documentElement.lang || "fr"));
  }

  // reload takes the board out of a fresh copy of the page, because what lies between
  // cannot be had entry by entry. What comes meanwhile is asked for again afterwards.
  // It waits a little, and longer the second time: everybody may have been told at once;
  // but not where only two are told.
  async reload(most) {
    this.reloading = true;
    const soon = performance.now() - (this.reloaded ?? -Infinity) > 30 * second;
    this.reloaded = performance.now();
    await new Promise((go) => setTimeout(go, Math.random() * (most ?? (soon ? 1 : 20)) * second));
    let fresh;
    try {
      const answer = await fetch(this.page, { headers: { Accept: "text/html" } });
      if (answer.status >= 500) throw new Error();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fresh = page.querySelector(`[data-board="${CSS.escape(this.id)}"]`);
    } catch {
      return this.reload();
    }
    if (!fresh) return location.assign(this.page); // signed out or moved: let the server say it
    this.waiting.replaceChildren();
    fresh = document.adoptNode(fresh);
    swap(this.element, fresh);
    this.begin(fresh);
    this.reloading = false;
    this.line.follow(this);
    window.htmx?.process(fresh);
    this.offer();
  }
}

// own marks what this person wrote: frames are the same for everybody.
function own(element) {
  const me = document.body.dataset.member;
  if (!me) return;
  for (const one of [element, ...element.querySelectorAll("[data-by]")]) {
    if (one.dataset.by !== me) continue;
    one.dataset.mine = "";
    for (const button of one.querySelectorAll("[data-others]")) button.disabled = true;
  }
}

function arriving(element) {
  element.classList.add("arriving");
  return element;
}

// swap puts an element in another's place and keeps what belongs to the one who looks:
// words being typed, what is unfolded, what was pressed, and where they are.
function swap(old, fresh) {
  const focus = old.contains(document.activeElement) ? document.activeElement.id : "";
  for (const before of old.querySelectorAll("textarea[id], input[id], details[id], [aria-pressed][id]")) {
    const now = fresh.querySelector("#" + CSS.escape(before.id));
    if (!now) continue;
    if (before.value !== before.defaultValue && before.type !== "hidden") now.value = before.value;
    if (before.open) now.open = true;
    if (before.hasAttribute("aria-pressed")) now.setAttribute("aria-pressed", before.getAttribute("aria-pressed"));
  }
  old.replaceWith(fresh);
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}
