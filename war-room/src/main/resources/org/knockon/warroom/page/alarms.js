/**
 * Signals a new root cause, a screen that cannot be trusted, and the end of either. The text is shown on every screen. The sound is off
 * until someone turns it on; then one tab of a browser plays it.
 */
import {opened, remember} from './address.js';
import {causes} from './causes.js';
import {byId, say} from './dom.js';
import {name} from './isolate.js';
import {player} from './sound.js';

const NAME = 'knockon-war-room-sound';
const AGAIN = 60000;
const MOST_RINGS = 5;
/** Milliseconds for which other tabs do not repeat a signal. */
const HELD = 10000;
const LOST = 'lost';
/** Levels of the badge that end the alarm; late does not. */
const CURRENT = ['live', 'feeds'];

export function alarms() {
  const controls = opened.mode !== 'wall';
  const sound = player(draw);
  const channel = window.BroadcastChannel ? new BroadcastChannel(NAME) : null;
  /** Unacknowledged alarms by key: the signal, the text and how often it was played. */
  const pending = new Map();
  const played = causes();
  const live = causes();
  let on = false;
  let lost = false;
  let holding = false;
  let again = null;
  let silence = null;

  function show(words) {
    if (words !== '') {
      say('notice', words);
    }
    clearTimeout(silence);
    silence = setTimeout(hush, AGAIN);
    byId('acknowledge').hidden = !controls || pending.size === 0;
  }

  function hush() {
    clearTimeout(silence);
    silence = null;
    say('notice', '');
    byId('acknowledge').hidden = true;
  }

  /** @param key null for a signal that needs no acknowledgement */
  function raise(key, signal, words) {
    if (key !== null) {
      if (pending.has(key)) {
        return;
      }
      pending.set(key, {signal, words, rings: 1});
      plan();
    }
    show(words);
    ring(key === null ? [] : [key], signal, words);
  }

  function ring(keys, signal, words) {
    if (!on) {
      return;
    }
    if (!sound.audible()) {
      show(words === '' ? '' : `${words} (this browser blocks sound)`);
      return;
    }
    claim(() => {
      if (!sound.audible()) {
        return;
      }
      sound.play(signal);
      const given = keys.filter(key => pending.has(key)).map(key => [key, pending.get(key)]);
      channel?.postMessage({kind: 'rang', given, words});
    });
  }

  /** Runs the action in one tab of the browser. Without locks, each tab runs it. */
  function claim(action) {
    if (holding || !navigator.locks) {
      action();
      return;
    }
    navigator.locks.request(NAME, {ifAvailable: true}, lock => {
      if (lock === null) {
        return null;
      }
      holding = true;
      action();
      return new Promise(release => setTimeout(() => {
        holding = false;
        release();
      }, HELD));
    }).catch(action);
  }

  function plan() {
    clearTimeout(again);
    again = pending.size === 0 ? null : setTimeout(repeat, AGAIN);
  }

  function repeat() {
    for (const [key, alarm] of pending) {
      if (alarm.rings >= MOST_RINGS) {
        pending.delete(key);
      } else {
        alarm.rings++;
      }
    }
    plan();
    if (pending.size > 0) {
      const signal = pending.has(LOST) ? LOST : 'cause';
      const words = summary();
      if (on) {
        show(words);
      }
      ring([...pending.keys()], signal, words);
    }
  }

  function summary() {
    const all = [...pending.values()].map(alarm => alarm.words).filter(words => words !== '');
    return all.length < 2 ? all[0] ?? '' : `${all.at(-1)}, and ${all.length - 1} more`;
  }

  function over(key) {
    if (pending.delete(key)) {
      plan();
      if (pending.size === 0) {
        byId('acknowledge').hidden = true;
      }
    }
  }

  function acknowledged() {
    pending.clear();
    plan();
    hush();
  }

  function turn(wanted) {
    on = wanted;
    remember('sound', on ? 'on' : null);
    if (on) {
      sound.wake();
    } else {
      sound.stop();
    }
    draw();
  }

  function draw() {
    byId('sound').hidden = !controls;
    say('sound-title', on ? sound.audible() ? 'Sound on' : 'Sound ✕' : 'Sound');
    say('sound-turn', on ? 'Turn sound off' : 'Turn sound on');
    byId('sound-test').setAttribute('aria-disabled', String(!sound.audible()));
    say('sound-message', !on ? 'Sound is off' : sound.audible() ? 'Sound is on' : 'This browser blocks sound until the page is touched');
  }

  /**
   * @param world prefix of keys: the board's or, beside an exercise, the live one
   * @param label prefix of the text
   */
  function signal(world, label, {began, overran, ended, open}) {
    [...pending.keys()].filter(key => key.startsWith(world) && !open.has(key.slice(world.length))).forEach(over);
    began.forEach(([id, system]) => raise(world + id, 'cause', `▲ ${label}New root cause: ${name(system)}`));
    overran.forEach(([id, system]) => raise(world + id, 'cause', `▲ ${label}Maintenance on ${name(system)} overran: dependent systems are still down`));
    ended.forEach(([, system]) => raise(null, 'recovered', `✓ ${label}Back: ${name(system)}`));
  }

  if (channel !== null) {
    channel.onmessage = ({data}) => {
      if (data.kind === 'acknowledged') {
        acknowledged();
        return;
      }
      data.given.filter(([key]) => key !== LOST || lost).forEach(([key, alarm]) => pending.set(key, alarm));
      plan();
      show(data.words);
    };
  }
  byId('acknowledge').addEventListener('click', () => {
    acknowledged();
    channel?.postMessage({kind: 'acknowledged'});
  });
  byId('sound-turn').addEventListener('click', () => turn(!on));
  byId('sound-test').addEventListener('click', () => sound.audible() && sound.play('cause'));
  for (const touch of ['pointerdown', 'keydown']) {
    addEventListener(touch, () => on && !sound.audible() && sound.wake());
  }
  turn(opened.sound);

  let breaking = false;
  return {
    /** During a real outage, alarms of the exercise are suppressed. */
    state({exercise, board}) {
      if (board !== null) {
        const changes = played(board.bands);
        signal('board/', exercise === null ? '' : 'EXERCISE. ', breaking ? {began: [], overran: [], ended: [], open: changes.open} : changes);
      }
    },
    tick({liveOutages}) {
      if (liveOutages !== null) {
        breaking = liveOutages.some(({to, planned}) => to === null && !planned);
        signal('live/', 'REAL OUTAGE. ', live(liveOutages));
      }
    },
    /** Without a text: the red bar shows it. */
    trust(level) {
      if (level === LOST && !lost) {
        lost = true;
        raise(LOST, LOST, '');
      } else if (lost && CURRENT.includes(level)) {
        lost = false;
        over(LOST);
        raise(null, 'recovered', '✓ Up to date again');
      }
    },
  };
}
