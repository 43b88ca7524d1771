/** The stream of states and ticks. The browser reconnects by itself; where it gives up or stalls, this opens another. */

const LONGEST_PAUSE = 30000;
const STALLED = 30000;

export function follow({onState, onTick, onBye}) {
  let source = null;
  let failures = 0;
  let heard = performance.now();
  let pending = null;

  function note() {
    heard = performance.now();
    failures = 0;
  }

  function open() {
    pending = null;
    source?.close();
    source = new EventSource('/api/v1/stream');
    source.addEventListener('snapshot', event => {
      note();
      onState(JSON.parse(event.data));
    });
    source.addEventListener('tick', event => {
      note();
      onTick(JSON.parse(event.data));
    });
    source.addEventListener('bye', () => {
      onBye();
      again();
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) {
        again();
      }
    };
  }

  /** After 1, 2, 4 to 30 seconds, each with some chance, so that a hundred screens do not come back at once. */
  function again() {
    source.close();
    if (pending === null) {
      const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures++) * (0.5 + Math.random() / 2);
      pending = setTimeout(open, pause);
    }
  }

  open();
  // A page whose stream never opened gets no error when the browser has no connection left for it.
  setInterval(() => {
    if (pending === null && performance.now() - heard > STALLED) {
      heard = performance.now();
      again();
    }
  }, 1000);
}
