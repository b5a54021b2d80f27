/** The token that a socket is opened with: one that the server refused is not sent again. */
import { accessToken, Refused } from "../app/session.js";

const REFUSED = 4002;

/** @returns {{next: () => Promise<string>, closed: (code: number) => boolean}} */
export function socketToken() {
  let used = "";
  let bad = "";
  let times = 0;
  return {
    /** A token to connect with. Its error is `final` where the user has to sign in again. */
    async next() {
      try {
        used = await accessToken(bad);
        return used;
      } catch (error) {
        throw error instanceof Refused && error.status === 401 ? Object.assign(error, { final: true }) : error;
      }
    },
    /** Note how a socket closed; return whether the token is to blame for good. */
    closed(code) {
      times = code === REFUSED ? times + 1 : 0;
      bad = code === REFUSED ? used : "";
      return times > 2;
    },
  };
}
