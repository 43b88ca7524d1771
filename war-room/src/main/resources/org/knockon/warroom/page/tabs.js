/**
 * One stream for all tabs of a browser, which has six connections for a host and no more. The tab that holds the lock leads: it opens
 * the stream and passes on what it hears. When it closes, the lock and the lead go to another; when it is stuck, another takes both.
 */
import {connect} from './stream.js';

const NAME = 'knockon-war-room';
const LOOK_EVERY = 500;
/** Without a tick for so long, a tab asks whether anybody leads. */
const QUIET = 2500;
/** So long it waits for an answer, and up to as much again, so that not all tabs seize the lead at once. In sum well below "Late". */
const PATIENCE = 2500;

/** @param handlers onState and onTick are given what was heard and how many milliseconds ago; onBye why it ends */
export function follow({onState, onTick, onBye}) {
  const handle = {snapshot: onState, tick: onTick, bye: onBye};
  /** Newest of each kind: what, and when this tab got it, less its age. */
  const newest = {};
  let held = null;

  function take(kind, data, id, age) {
    if (kind !== 'bye') {
      newest[kind] = {data, at: performance.now() - age};
      held = id ?? held;
    }
    handle[kind](data, age);
  }

  const alone = () => connect((kind, data, id) => take(kind, data, id, 0), () => held);
  const channel = shared();
  if (channel === null) {
    alone();
    return;
  }

  const me = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const patience = PATIENCE * (1 + Math.random());
  let stream = null;
  /** Each leader's is greater than any before, so that one that was asleep is not listened to any more. */
  let term = 0;
  let waiting = null;
  let answered = performance.now();
  let asked = null;

  const tell = message => channel.postMessage({term, ...message});

  channel.onmessage = ({data: message}) => {
    const {kind} = message;
    if (kind === 'hello' || kind === 'who') {
      if (stream !== null) {
        answer(message);
      }
      return;
    }
    if (stream !== null || message.term < term || (message.to ?? me) !== me) {
      return;
    }
    term = message.term;
    // The browser slows a hidden leader's clock, by which it comes back to a server that was away: one that is seen does better.
    if (kind !== 'here' || !message.hidden || document.hidden) {
      answered = performance.now();
      asked = null;
    }
    if (kind !== 'here') {
      take(kind, message.data, message.id, message.age);
      if (newest.snapshot === undefined) {
        tell({kind: 'hello', from: me});
      }
    }
  };

  function answer({kind, from}) {
    if (kind === 'who') {
      tell({kind: 'here', hidden: document.hidden});
      return;
    }
    for (const [known, {data, at}] of Object.entries(newest)) {
      tell({kind: known, data, id: known === 'snapshot' ? held : null, age: performance.now() - at, to: from});
    }
  }

  function lead() {
    stream?.close();
    term = Math.max(Date.now(), term + 1);
    tell({kind: 'here', hidden: document.hidden});
    stream = connect((kind, data, id) => {
      tell({kind, data, id, age: 0});
      take(kind, data, id, 0);
    }, () => held);
    return stream;
  }

  /** Keeps the lead, once it has it, for as long as the page lives or until another tab takes it away. */
  function hold(options) {
    let mine = null;
    navigator.locks.request(NAME, options, () => {
      mine = lead();
      return new Promise(() => null);
    }).catch(problem => {
      if (mine !== null && mine === stream) {
        mine.close();
        stream = null;
        answered = performance.now();
        asked = null;
        queue();
      } else if (mine === null && problem.name !== 'AbortError') {
        // Where nothing may be stored there are no locks either.
        clearInterval(watchdog);
        channel.close();
        alone();
      }
    });
  }

  function queue() {
    waiting = new AbortController();
    hold({signal: waiting.signal});
  }

  function watch() {
    const now = performance.now();
    if (stream !== null) {
      return;
    }
    if (asked === null && now - answered > QUIET) {
      asked = now;
      tell({kind: 'who'});
    } else if (asked !== null && now - asked > patience) {
      asked = null;
      answered = now;
      waiting.abort();
      hold({steal: true});
    }
  }

  const watchdog = setInterval(watch, LOOK_EVERY);
  queue();
  tell({kind: 'hello', from: me});
}

/** Null where each tab is on its own: browsers give no locks to a page from another machine without TLS. */
function shared() {
  try {
    return navigator.locks && window.BroadcastChannel ? new BroadcastChannel(NAME) : null;
  } catch {
    return null;
  }
}
