/** One stream of states and ticks from the server. Reconnects on errors and when the stream stalls, which raises no error. */

const LONGEST_PAUSE = 30000;
/** Ten ticks: early enough for another attempt before the screen reports a lost connection. */
const STALLED = 10000;
const LONGEST_STALL = 30000;

/**
 * @param accept called with the kind (snapshot, tick or bye), the data and, for a snapshot, its id
 * @param newest returns the id of the snapshot that this browser already has, or null
 * @returns quiet: milliseconds since the last event; close
 */
export function connect(accept, newest) {
  let source = null;
  let failures = 0;
  let receivedAt = performance.now();
  let tried = receivedAt;
  let pending = null;

  function note(kind, event) {
    receivedAt = performance.now();
    failures = 0;
    accept(kind, JSON.parse(event.data), kind === 'snapshot' ? event.lastEventId : null);
  }

  function open() {
    pending = null;
    tried = performance.now();
    const held = newest();
    source = new EventSource('/api/v1/stream' + (held === null ? '' : `?lastEventId=${encodeURIComponent(held)}`));
    source.addEventListener('snapshot', event => note('snapshot', event));
    source.addEventListener('tick', event => note('tick', event));
    source.addEventListener('bye', event => {
      accept('bye', JSON.parse(event.data), null);
      again();
    });
    // Not the browser's own reconnection: it retries every three seconds, all screens at the same time.
    source.onerror = again;
  }

  /** After 1, 2, 4 to 30 seconds with random variation, so that a hundred screens do not reconnect at once. */
  function again() {
    source.close();
    if (pending === null) {
      const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures++) * (0.5 + Math.random() / 2);
      pending = setTimeout(open, pause);
    }
  }

  open();
  // If the browser has no connection left, the stream never opens and raises no error.
  const watchdog = setInterval(() => {
    const patience = Math.min(LONGEST_STALL, STALLED * 2 ** failures);
    if (pending === null && performance.now() - Math.max(receivedAt, tried) > patience) {
      again();
    }
  }, 1000);
  return {
    quiet: () => performance.now() - receivedAt,
    close() {
      clearInterval(watchdog);
      clearTimeout(pending);
      source.close();
    },
  };
}
