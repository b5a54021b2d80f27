/** A WebSocket that comes back by itself: after a lost network, a phone that slept, a server that restarted. */

/**
 * @typedef {{state: "connecting" | "open" | "lost" | "offline" | "over", tries: number, code: number}} Status
 * @typedef {{send: (frame: object) => boolean, close: () => void, again: () => void}} Line
 */

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;
const SLEPT_MS = 20_000;
const HANDSHAKE_MS = 10_000;

/**
 * Open a socket and keep it open.
 * @param {object} how
 * @param {() => Promise<string>} how.address what to open, asked anew for each attempt; an error that has `final` ends all
 * @param {(frame: any) => void} how.take each frame, read
 * @param {(status: Status) => void} how.told how it stands
 * @param {(code: number) => boolean} how.isFinal whether a close code means that there is no coming back
 * @returns {Line}
 */
export function openLine({ address, take, told, isFinal }) {
  /** @type {WebSocket | null} */
  let socket = null;
  let tries = 0;
  let ended = false;
  let attempt = 0;
  let hiddenAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function open() {
    clearTimeout(timer);
    const mine = ++attempt;
    if (!navigator.onLine) {
      told({ state: "offline", tries, code: 0 });
      return; // `online` opens it
    }
    told({ state: tries ? "lost" : "connecting", tries, code: 0 });
    /** @type {string} */
    let url;
    try {
      url = await address();
    } catch (error) {
      if (mine !== attempt || ended) return;
      if (/** @type {any} */ (error).final) finish(4002);
      else later();
      return;
    }
    if (mine !== attempt || ended) return;
    const fresh = new WebSocket(url);
    socket = fresh;
    const tooLong = setTimeout(() => fresh.close(), HANDSHAKE_MS);
    fresh.onopen = () => {
      clearTimeout(tooLong);
      if (fresh !== socket) return;
      told({ state: "open", tries, code: 0 });
    };
    fresh.onmessage = (event) => {
      if (fresh !== socket) return;
      tries = 0;
      take(JSON.parse(event.data));
    };
    fresh.onclose = (event) => {
      clearTimeout(tooLong);
      if (fresh !== socket) return;
      socket = null;
      if (isFinal(event.code)) finish(event.code);
      else later(event.code);
    };
  }

  /** @param {number} [code] */
  function later(code = 0) {
    if (ended) return;
    tries += 1;
    told({ state: navigator.onLine ? "lost" : "offline", tries, code });
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS) * (0.75 + Math.random() / 2);
    clearTimeout(timer);
    timer = setTimeout(open, wait);
  }

  /** @param {number} code */
  function finish(code) {
    stop();
    told({ state: "over", tries, code });
  }

  function drop() {
    const old = socket;
    socket = null;
    attempt += 1;
    clearTimeout(timer);
    old?.close(1000);
  }

  function again() {
    if (ended) return;
    drop();
    tries = Math.max(tries, 1);
    open();
  }

  function cut() {
    if (ended) return;
    drop(); // what the network still carries of this socket, nobody knows
    told({ state: "offline", tries: Math.max(tries, 1), code: 0 });
  }

  function seen() {
    if (document.hidden) hiddenAt = Date.now();
    else if (!socket || Date.now() - hiddenAt > SLEPT_MS) again();
  }

  function stop() {
    ended = true;
    drop();
    removeEventListener("online", again);
    removeEventListener("offline", cut);
    document.removeEventListener("visibilitychange", seen);
  }

  addEventListener("online", again);
  addEventListener("offline", cut);
  document.addEventListener("visibilitychange", seen);
  open();
  return {
    send(frame) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close: stop,
    again,
  };
}

/**
 * Return the address of a socket of this server.
 * @param {string} path @param {Record<string, string>} [query]
 */
export function socketAddress(path, query = {}) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
