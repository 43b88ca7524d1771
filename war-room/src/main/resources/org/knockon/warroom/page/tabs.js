/**
 * One stream for all tabs of a browser, which allows only six connections per host. The tab that holds the lock is the leader: it opens
 * the stream and passes on what it receives. When it closes, another tab gets the lock and becomes the leader; if it is stuck, another
 * tab takes over.
 */
import {connect} from './stream.js';

const NAME = 'knockon-war-room';
const LOOK_EVERY = 500;
/** After this time without a tick, a tab asks whether there is a leader. */
const QUIET = 2500;
/** It waits this long for a reply, up to twice as long at random, so that not all tabs take over at once. In total well below "Late". */
const PATIENCE = 2500;

/** @param handlers onState and onTick get the data and its age in milliseconds; onBye gets the reason for the end */
export function follow({onState, onTick, onBye}) {
  const handle = {snapshot: onState, tick: onTick, bye: onBye};
  /** Newest message of each kind: its data, and when it was received first. */
  const newest = {};
  let held = null;

  function accept(kind, data, id, age) {
    if (kind !== 'bye') {
      newest[kind] = {data, at: performance.now() - age};
      held = id ?? held;
    }
    handle[kind](data, age);
  }

  const alone = () => connect((kind, data, id) => accept(kind, data, id, 0), () => held);
  const channel = shared();
  if (channel === null) {
    alone();
    return;
  }

  const me = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const patience = PATIENCE * (1 + Math.random());
  let stream = null;
  /** Increases with each leader, so that messages of a former leader are ignored. */
  let term = 0;
  let waiting = null;
  let answered = performance.now();
  let asked = null;

  const send = message => channel.postMessage({term, ...message});

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
    // Browsers slow the timers of hidden tabs, so a hidden leader reconnects late: a visible tab takes over.
    if (kind !== 'here' || !message.hidden || document.hidden) {
      answered = performance.now();
      asked = null;
    }
    if (kind !== 'here') {
      accept(kind, message.data, message.id, message.age);
      if (newest.snapshot === undefined) {
        send({kind: 'hello', from: me});
      }
    }
  };

  function answer({kind, from}) {
    if (kind === 'who') {
      send({kind: 'here', hidden: document.hidden});
      return;
    }
    for (const [known, {data, at}] of Object.entries(newest)) {
      send({kind: known, data, id: known === 'snapshot' ? held : null, age: performance.now() - at, to: from});
    }
  }

  function lead() {
    stream?.close();
    term = Math.max(Date.now(), term + 1);
    send({kind: 'here', hidden: document.hidden});
    stream = connect((kind, data, id) => {
      send({kind, data, id, age: 0});
      accept(kind, data, id, 0);
    }, () => held);
    return stream;
  }

  /** Requests the lock, and stays the leader until the page closes or another tab takes over. */
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
        // Without permission to store data there are no locks either.
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
      send({kind: 'who'});
    } else if (asked !== null && now - asked > patience) {
      asked = null;
      answered = now;
      waiting.abort();
      hold({steal: true});
    }
  }

  const watchdog = setInterval(watch, LOOK_EVERY);
  queue();
  send({kind: 'hello', from: me});
}

/** Null if each tab is on its own: browsers grant no locks to a page from another machine without TLS. */
function shared() {
  try {
    return navigator.locks && window.BroadcastChannel ? new BroadcastChannel(NAME) : null;
  } catch {
    return null;
  }
}
