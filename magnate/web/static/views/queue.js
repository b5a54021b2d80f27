/** The public queue: wait until the server has enough players. */
import { useEffect, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { go } from "../app/routes.js";
import { setTitle } from "../app/title.js";
import { lobby, page } from "../app/words.js";
import { openQueue } from "../connection/room.js";
import { Connection } from "../widgets/connection.js";

export function View() {
  const [since] = useState(Date.now());
  const [now, setNow] = useState(Date.now());
  const [line, setLine] = useState(/** @type {ReturnType<typeof openQueue> | null} */ (null));
  useEffect(() => {
    setTitle(lobby("queue_title"));
    const opened = openQueue((game) => go(`/g/${game}`, true));
    setLine(opened);
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => {
      clearInterval(timer);
      opened.close();
    };
  }, []);
  const isOver = line?.status.value.state === "over";
  return html`<section class="card">
    <h1>${lobby("queue_title")}</h1>
    ${line && html`<${Connection} status=${line.status.value} over=${page("queue_elsewhere")} />`}
    ${!isOver && html`<p role="timer">${lobby("queue_waiting", { seconds: Math.round((now - since) / 1000) })}</p><p>${lobby("queue_hint")}</p>`}
    <button type="button" onClick=${() => go("/")}>${isOver ? lobby("back") : lobby("queue_leave")}</button>
  </section>`;
}
