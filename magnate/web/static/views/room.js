/** A private room: who is here, who is ready, the bots, the link to share, and the chat. */
import { useEffect, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { note } from "../app/notes.js";
import { follow, go } from "../app/routes.js";
import { session } from "../app/session.js";
import { setTitle } from "../app/title.js";
import { lobby, page, refusal } from "../app/words.js";
import { openRoom } from "../connection/room.js";
import { Chat } from "../widgets/chat.js";
import { Connection } from "../widgets/connection.js";
import { Share } from "../widgets/share.js";
import { LEVELS, LevelSelect } from "./home.js";

/** @typedef {import("../connection/room.js").RoomLine} RoomLine */

/** @param {{id: string}} props */
export function View({ id }) {
  const [line, setLine] = useState(/** @type {RoomLine | null} */ (null));
  useEffect(() => {
    setTitle(lobby("room_title", { code: id }));
    const opened = openRoom(id);
    setLine(opened);
    return opened.close;
  }, [id]);
  return line && html`<${RoomView} line=${line} code=${id} />`;
}

/** @param {{line: RoomLine, code: string}} props */
function RoomView({ line, code }) {
  const room = line.room.value;
  const status = line.status.value;
  const me = session.value?.user.username ?? "";
  const isReady = room.members.find((each) => each.username === me)?.ready ?? false;
  useEffect(() => {
    if (room.game !== null) go(`/g/${room.game}`, true);
  }, [room.game]);
  useEffect(() => {
    if (room.refused && status.state === "open") note(refusal(room.refused.message), "bad");
  }, [room.refused?.count]);
  useStartAtOnce(line, code);

  if (status.state === "over" && room.game === null) return html`<${Gone} refused=${room.refused} code=${code} />`;
  if (!room.members.length) return html`<section class="card"><${Connection} status=${status} /><p class="loading">${page("loading")}</p></section>`;
  const bots = Math.max(room.seats - room.members.length, 0);
  const everybodyReady = room.members.every((each) => each.ready);
  return html`
    <${Connection} status=${status} />
    <div class="cards">
      <section class="card">
        <h1>${lobby("room_title", { code })}</h1>
        <h2>${lobby("room_players")}</h2>
        <ul class="members">
          ${room.members.map((each) => html`<li key=${each.username}>
            <strong>${each.username}</strong>
            ${each.username === room.owner && html`<span class="badge">${page("host")}</span>`}
            <span class=${each.ready ? "ready yes" : "ready"}>${each.ready ? "✓ " : "… "}${lobby(each.ready ? "room_ready" : "room_not_ready")}</span>
          </li>`)}
          ${Array.from({ length: bots }, (_, at) => html`<li key=${`bot-${at}`}><span>${page("bot_of", { level: lobby(`level_${room.level}`) })}</span></li>`)}
        </ul>
        <div class="row">
          <button type="button" class=${isReady ? "" : "primary"} aria-pressed=${isReady} onClick=${() => line.send({ command: "ready_status", is_ready: !isReady })}>
            ${isReady ? page("not_ready_any_more") : page("ready")}
          </button>
          ${room.isOwner && html`<button type="button" class="primary" disabled=${!everybodyReady || room.members.length + bots < 2}
            onClick=${() => line.send({ command: "start_game" })}>${page("start_game")}</button>`}
        </div>
        ${!room.isOwner && html`<p class="quiet">${page("host_starts", { name: room.owner })}</p>`}
        ${room.isOwner && !everybodyReady && html`<p class="quiet">${page("all_ready_first")}</p>`}
      </section>
      <${Share} code=${code} />
      <section class="card">
        <h2>${page("room_settings")}</h2>
        <label>${page("seats")}
          <select value=${room.seats} disabled=${!room.isOwner} onChange=${(/** @type {any} */ event) => line.send({ command: "update_settings", target_players: Number(event.currentTarget.value) })}>
            ${[2, 3, 4].map((each) => html`<option key=${each} value=${each}>${each}</option>`)}
          </select>
        </label>
        <label>${page("bots_play_at")}
          <${LevelSelect} value=${LEVELS.includes(room.level) ? room.level : "expert"} disabled=${!room.isOwner}
            onLevel=${(/** @type {string} */ level) => line.send({ command: "update_settings", bot_level: level })} />
        </label>
        <label>${page("spectators")}
          <select value=${room.spectators} disabled=${!room.isOwner} onChange=${(/** @type {any} */ event) => line.send({ command: "update_settings", spectators: event.currentTarget.value })}>
            ${["off", "link", "all"].map((each) => html`<option key=${each} value=${each}>${page(`spectators_${each}`)}</option>`)}
          </select>
        </label>
      </section>
      <section class="card"><h2>${page("chat")}</h2>
        <${Chat} said=${room.said} onSay=${(/** @type {string} */ text) => line.send({ command: "chat_message", message: text })} />
      </section>
    </div>
    <p class="ways"><a href="/" onClick=${follow}>${page("leave_room")}</a></p>`;
}

/** A game against bots was asked for: set the bots and start as soon as we are in. @param {RoomLine} line @param {string} code */
function useStartAtOnce(line, code) {
  const isIn = line.room.value.members.length > 0;
  useEffect(() => {
    const wish = JSON.parse(sessionStorage.getItem("magnate.start") ?? "null");
    if (!isIn || wish?.code !== code) return;
    sessionStorage.removeItem("magnate.start");
    line.send({ command: "update_settings", bot_levels: wish.levels, target_players: wish.levels.length + 1 });
    line.send({ command: "ready_status", is_ready: true });
    line.send({ command: "start_game" });
  }, [isIn]);
}

/** The room is not to be had: say why, and what can be done. @param {{refused: {code: string} | null, code: string}} props */
function Gone({ refused, code }) {
  const why = { room_full: "room_is_full", already_in_room: "room_in_other_tab" }[refused?.code ?? ""] ?? "room_is_gone";
  return html`<section class="card">
    <h1>${lobby("room_title", { code })}</h1>
    <p>${page(why)}</p>
    <div class="row">
      <button type="button" onClick=${() => location.reload()}>${lobby("retry")}</button>
      <a class="button primary" href="/" onClick=${follow}>${page("to_start")}</a>
    </div>
  </section>`;
}
