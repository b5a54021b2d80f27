/** Who is playing: the tokens, kept for this origin only, and the REST calls that need them. */
import { signal } from "../vendor/signals.js";

/**
 * @typedef {{pk: number, username: string, points: number, elo: number, exp: number, date_joined: string,
 *   num_played_games: number, num_won_games: number, user_piece: number, active_game: number | null,
 *   guest?: boolean}} Profile
 * @typedef {{access: string, refresh: string, until: number, user: Profile, attempt?: string}} Session
 */

const KEY = "magnate.session";
const LEASE = "magnate.refreshing";
const EARLY_MS = 60_000;
const LEASE_MS = 10_000;

/** A call that the server refused: its status, and one sentence for each thing that is wrong. */
export class Refused extends Error {
  /** @param {number} status @param {string[]} sentences @param {Record<string, string[]>} fields */
  constructor(status, sentences, fields = {}) {
    super(sentences[0] ?? `HTTP ${status}`);
    this.status = status;
    this.sentences = sentences;
    this.fields = fields;
  }
}

/** The server cannot be reached. */
export class Unreachable extends Error {}

/** @returns {Session | null} */
function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}

/** @type {{value: Session | null}} */
export const session = signal(stored());

/** By how much the server's clock is ahead of this one, in ms. */
export let clockAhead = 0;

/** @param {Session | null} next */
function keep(next) {
  session.value = next;
  try {
    if (next) localStorage.setItem(KEY, JSON.stringify(next));
    else localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing plays until the tab is closed
  }
}

addEventListener("storage", (event) => {
  if (event.key === KEY) session.value = stored(); // another tab signed in, out, or got new tokens
});

/** How long an access token lives, in ms: by its own words, not by this machine's clock. @param {string} token */
function lifeOf(token) {
  try {
    const claims = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    return (claims.exp - claims.iat) * 1000;
  } catch {
    return 0;
  }
}

/** @param {{user: Profile, tokens: {access: string, refresh: string}}} answer */
function enter(answer) {
  const { access, refresh } = answer.tokens;
  keep({ access, refresh, until: Date.now() + lifeOf(access), user: answer.user });
}

/**
 * @param {string} method @param {string} path @param {unknown} [body] @param {string} [access]
 * @returns {Promise<any>}
 */
async function ask(method, path, body, access) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (access) headers.authorization = `Bearer ${access}`;
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Unreachable();
  }
  const date = Date.parse(answer.headers.get("date") ?? "");
  if (date) clockAhead = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
  // An answer that breaks off says nothing: what it would have told must not be taken for told.
  const told = answer.status === 204 ? {} : await answer.json().catch(() => null);
  if (answer.ok && told === null) throw new Unreachable();
  if (answer.ok) return told;
  const fields = told?.detail || told?.error ? {} : told ?? {};
  const sentences = told?.detail || told?.error ? [told.detail ?? told.error] : Object.values(told ?? {}).flat();
  throw new Refused(answer.status, sentences.map(String), fields);
}

/** Call without a token. @param {string} method @param {string} path @param {unknown} [body] */
export const call = (method, path, body) => ask(method, path, body);

/** Call as the user who is signed in. @param {string} method @param {string} path @param {unknown} [body] */
export async function callAs(method, path, body) {
  const access = await accessToken();
  try {
    return await ask(method, path, body, access);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
    return ask(method, path, body, await accessToken(access));
  }
}

/**
 * Return an access token that counts, refreshed if need be.
 * @param {string} [refused] a token that the server has refused
 * @returns {Promise<string>}
 */
export async function accessToken(refused = "") {
  const fits = () => {
    const now = session.value;
    return now && now.access !== refused && now.until - EARLY_MS > Date.now() ? now.access : "";
  };
  if (!session.value) throw new Refused(401, ["you are not signed in"]);
  return fits() || alone(async () => {
    session.value = stored() ?? session.value; // another tab may have been faster
    return fits() || refreshed();
  });
}

function randomText() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @returns {Promise<string>} */
async function refreshed() {
  const now = session.value;
  if (!now) throw new Refused(401, ["you are not signed in"]);
  try {
    // Remembered before it is sent: if the answer is lost, the same attempt gets it again.
    const attempt = now.attempt ?? randomText();
    keep({ ...now, attempt });
    const tokens = await ask("POST", "/auth/refresh/", { refresh: now.refresh, attempt });
    keep({ ...now, ...tokens, attempt: undefined, until: Date.now() + lifeOf(tokens.access) });
    return tokens.access;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) keep(null);
    throw error;
  }
}

/**
 * Do something that only one tab may do at a time: a refresh token that is used twice ends the session.
 * Browsers lock for pages over https and on this machine only; elsewhere a note in the storage does.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
async function alone(work) {
  if (navigator.locks) return navigator.locks.request(LEASE, work);
  const mine = `${Date.now()}-${Math.random()}`;
  const held = () => {
    const [since, owner] = (localStorage.getItem(LEASE) ?? "0 ").split(" ");
    return owner !== mine && Date.now() - Number(since) < LEASE_MS;
  };
  const moment = () => new Promise((done) => setTimeout(done, 40 + Math.random() * 80));
  do {
    while (held()) await moment();
    localStorage.setItem(LEASE, `${Date.now()} ${mine}`);
    await moment();
  } while (held());
  try {
    return await work();
  } finally {
    localStorage.removeItem(LEASE);
  }
}

/** @param {string} username */
export async function comeInAsGuest(username) {
  enter(await call("POST", "/auth/guest/", username ? { username } : {}));
}

/** @param {string} username @param {string} password */
export async function signIn(username, password) {
  enter(await call("POST", "/auth/login/", { username, password }));
}

/** @param {string} username @param {string} password @param {string} password2 */
export async function register(username, password, password2) {
  enter(await call("POST", "/auth/register/", { username, password, password2 }));
}

/** Make a guest's account a lasting one. @param {string} username @param {string} password @param {string} password2 */
export async function claim(username, password, password2) {
  const answer = await callAs("POST", "/auth/claim/", { username, password, password2 });
  if (answer.tokens) enter(answer);
  else await refreshProfile();
}

/** Ask for the profile anew. @returns {Promise<Profile>} */
export async function refreshProfile() {
  const user = await callAs("GET", "/user/info/");
  if (session.value) keep({ ...session.value, user });
  return user;
}

export async function signOut() {
  const now = session.value;
  keep(null);
  if (now) await call("POST", "/auth/logout/", { refresh: now.refresh }).catch(() => undefined);
}
