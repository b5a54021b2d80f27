/**
 * A private room as its frames tell it.
 *
 * @typedef {{username: string, ready: boolean, piece: number}} Member
 * @typedef {{owner: string, isOwner: boolean, members: Member[], level: string, seats: number,
 *   said: {user: string, text: unknown}[], refused: {message: string, code: string, count: number} | null,
 *   game: number | null, spectators: string}} Room
 */

/** @type {Room} */
export const EMPTY = {
  owner: "",
  isOwner: false,
  members: [],
  level: "medium",
  seats: 2,
  said: [],
  refused: null,
  game: null,
  spectators: "off",
};

/** @param {any[]} players @returns {Member[]} */
const membersOf = (players) =>
  players.map((each) => ({ username: each.username, ready: each.ready_to_play, piece: each.user_piece ?? 0 }));

/** Return the room after a frame. @param {Room} room @param {any} frame @returns {Room} */
export function fold(room, frame) {
  const owner = { owner: frame.owner ?? room.owner, isOwner: frame.is_owner ?? room.isOwner };
  // `spectators` is absent while nobody may watch.
  const settings = { level: frame.bot_level ?? room.level, seats: frame.target_players ?? room.seats, spectators: frame.spectators ?? "off" };
  switch (frame.action) {
    case "joined":
      return { ...room, ...owner, ...settings, members: membersOf(frame.players) };
    case "player_left":
      return { ...room, ...owner, members: membersOf(frame.players) };
    case "ready_status":
      return {
        ...room,
        ...owner,
        members: room.members.map((each) => (each.username === frame.user ? { ...each, ready: frame.is_ready } : each)),
      };
    case "settings_changed":
      return { ...room, ...settings };
    case "game_start":
      return { ...room, game: frame.game_id };
    case "chat_message":
      return { ...room, said: [...room.said, { user: frame.user, text: frame.message }].slice(-200) };
    case "error":
      return { ...room, refused: { message: frame.message, code: frame.code ?? "", count: (room.refused?.count ?? 0) + 1 } };
    default:
      return room;
  }
}
