/** One stream of states and ticks from the server. It comes back by itself, and looks after itself: a stream that stalls gives no error. */

const LONGEST_PAUSE = 30000;
/** Ten ticks: early enough for another try before the screen says that the connection is lost. */
const STALLED = 10000;
const LONGEST_STALL = 30000;

/**
 * @param hear given the kind (snapshot, tick or bye), what it says and, for a snapshot, its id
 * @param newest gives the id of the snapshot that is held already, or null
 * @returns quiet: milliseconds since anything was heard; close
 */
export function connect(hear, newest) {
  let source = null;
  let failures = 0;
  let heard = performance.now();
  let tried = heard;
  let pending = null;

  function note(kind, event) {
    heard = performance.now();
    failures = 0;
    hear(kind, JSON.parse(event.data), kind === 'snapshot' ? event.lastEventId : null);
  }

  function open() {
    pending = null;
    tried = performance.now();
    const held = newest();
    source = new EventSource('/api/v1/stream' + (held === null ? '' : `?lastEventId=${encodeURIComponent(held)}`));
    source.addEventListener('snapshot', event => note('snapshot', event));
    source.addEventListener('tick', event => note('tick', event));
    source.addEventListener('bye', event => {
      hear('bye', JSON.parse(event.data), null);
      again();
    });
    // The browser's own way is every three seconds for ever, all screens in step.
    source.onerror = again;
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
  const watchdog = setInterval(() => {
    const patience = Math.min(LONGEST_STALL, STALLED * 2 ** failures);
    if (pending === null && performance.now() - Math.max(heard, tried) > patience) {
      again();
    }
  }, 1000);
  return {
    quiet: () => performance.now() - heard,
    close() {
      clearInterval(watchdog);
      clearTimeout(pending);
      source.close();
    },
  };
}
