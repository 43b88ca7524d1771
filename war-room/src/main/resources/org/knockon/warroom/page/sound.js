/** Three signals, each shorter than a second, synthesised in the page without any file. */

const NOTES = {
  cause: {hertz: [880, 587], seconds: 0.4},
  lost: {hertz: [698, 698, 698], seconds: 0.16},
  recovered: {hertz: [587, 880], seconds: 0.3},
};
const LOUDNESS = 0.4;
const FADE = 0.02;
const PAUSE = 0.08;
const BETWEEN = 0.6;
/** At the highest replay speed root causes begin faster than they can be played. */
const MOST_WAIT = 3;

/** @param changed called when the browser starts or stops allowing sound */
export function player(changed) {
  let context = null;
  let busyUntil = 0;

  return {
    /** Browsers allow sound only after a first interaction with the page, or with a start option. */
    wake() {
      if (context === null) {
        context = new AudioContext();
        context.onstatechange = changed;
      }
      context.resume().catch(changed);
    },
    stop() {
      context?.close();
      context = null;
      busyUntil = 0;
    },
    audible: () => context?.state === 'running',
    play(signal) {
      const {hertz, seconds} = NOTES[signal];
      const begin = Math.max(context.currentTime, busyUntil);
      if (begin - context.currentTime > MOST_WAIT) {
        return;
      }
      busyUntil = begin + hertz.length * (seconds + PAUSE) + BETWEEN;
      hertz.forEach((pitch, index) => {
        const from = begin + index * (seconds + PAUSE);
        const note = new OscillatorNode(context, {frequency: pitch});
        const volume = new GainNode(context, {gain: 0});
        volume.gain.setValueAtTime(0, from);
        volume.gain.linearRampToValueAtTime(LOUDNESS, from + FADE);
        volume.gain.setValueAtTime(LOUDNESS, from + seconds - FADE);
        volume.gain.linearRampToValueAtTime(0, from + seconds);
        note.connect(volume).connect(context.destination);
        note.start(from);
        note.stop(from + seconds);
      });
    },
  };
}
