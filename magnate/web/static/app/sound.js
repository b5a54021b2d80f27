/** Two short sounds, off unless the user wants them: dice, and "it is your turn". */
import { settings } from "./settings.js";

/** @type {AudioContext | null} */
let audio = null;
const TONES = /** @type {Record<string, [number, number][]>} */ ({ turn: [[523, 0], [784, 0.12]], dice: [[220, 0], [180, 0.06], [260, 0.12]] });

/** @param {"turn" | "dice"} name */
export function play(name) {
  if (!settings.value.sound || !("AudioContext" in window)) return;
  audio ??= new AudioContext();
  for (const [pitch, after] of TONES[name]) {
    const [tone, gain] = [audio.createOscillator(), audio.createGain()];
    const at = audio.currentTime + after;
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.08, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.15);
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.16);
  }
}
