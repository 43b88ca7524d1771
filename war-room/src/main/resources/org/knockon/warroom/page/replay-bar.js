/**
 * The bar of an exercise: controls the replay for everyone, and lets this page look back. Looking back requests a past state; the replay
 * continues.
 */
import {opened, navigated, remember, written} from './address.js';
import {byId, make, say} from './dom.js';
import {axis, dayOf} from './replay-axis.js';
import {may} from './roles.js';
import {dayTime} from './words.js';

const HOUR = 3600000;
const LOOK_AGAIN = 5000;
const IDLE = 3000;
const ROLE = 'facilitator';
const SPEEDS = ['1x', '10x', '60x', '600x', 'max'];

/**
 * @param changed called when another state must be shown
 * @returns past: the past state that is shown, or null; paused; saying; state and tick: call these with each state and tick
 */
export function replayBar(changed) {
  const wide = matchMedia('(min-width: 1000px)');
  let head = null;
  let tick = null;
  let timeline = null;
  let looked = -Infinity;
  let wanted = opened.at;
  let past = null;
  let asking = null;
  let speedAsked = navigated && opened.mode !== 'wall' ? opened.speed : null;

  const slider = axis(at => seek(at));

  const now = () => tick?.eventTime ?? head?.board?.now ?? null;
  const shown = () => wanted ?? now();

  function range() {
    const replay = tick?.replay ?? null;
    const from = replay?.from ?? Math.min(timeline?.first ?? now(), shown());
    return {from, to: Math.max(replay?.to ?? now(), now(), from + 1)};
  }

  /** Shows the state at an instant; follows the newest state if there is no later one. */
  async function seek(at) {
    asking?.abort();
    if (at === null || now() === null || at >= now()) {
      follow('');
      return;
    }
    // Without a replay, the server itself refuses times before the history.
    wanted = Math.max(at, tick?.replay?.from ?? -Infinity);
    remember('at', written(wanted));
    draw();
    const mine = new AbortController();
    asking = mine;
    try {
      const answer = await fetch(`/api/v1/state?at=${wanted}`, {signal: mine.signal});
      if (!answer.ok) {
        follow(`Cannot show ${dayTime(wanted)}: ${await answer.text()}`);
        return;
      }
      past = await answer.json();
      // For long ago the server has whole hours only.
      wanted = past.board?.now ?? wanted;
      remember('at', written(wanted));
      say('replay-message', '');
      draw();
      changed();
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        follow(`Cannot show ${dayTime(wanted)}: no response from the server`);
      }
    }
  }

  function follow(why) {
    wanted = null;
    past = null;
    remember('at', null);
    say('replay-message', why);
    draw();
    changed();
  }

  async function control(change) {
    let message = '';
    try {
      const answer = await fetch('/api/v1/replay', {
        method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(change),
      });
      if (answer.ok) {
        tick = {...tick, replay: await answer.json()};
      } else {
        message = await answer.text();
      }
    } catch {
      message = 'No response from the server';
    }
    say('replay-message', message);
    draw();
    changed();
  }

  /** The next time at which an outage was confirmed (and so first shown), its system was back, or all dependents were. */
  function nextEvent() {
    const times = (timeline?.bands ?? []).flatMap(band => [band.confirmedAt, band.backAt, band.to]).filter(at => at !== null);
    const known = at => (at < timeline.exactFrom ? Math.ceil(at / HOUR) * HOUR : at);
    return times.map(known).filter(at => at > shown() && at < now()).sort((one, other) => one - other)[0] ?? null;
  }

  async function look() {
    if (performance.now() - looked < LOOK_AGAIN) {
      return;
    }
    looked = performance.now();
    try {
      const answer = await fetch('/api/v1/timeline');
      timeline = answer.ok ? await answer.json() : timeline;
      draw();
    } catch {
      // The watchdog of the stream reports a server that does not respond.
    }
  }

  function visible() {
    return head !== null && (opened.mode === 'wall-controls' || (opened.mode === null && head.exercise !== null && wide.matches));
  }

  /** On a desk without a bar, a page that shows the past needs a way back, and a failed request needs its reason. */
  function returning() {
    return head !== null && opened.mode === null && !visible() && (wanted !== null || byId('replay-message').textContent !== '');
  }

  function buttons(replay) {
    const running = replay !== null && (replay.phase === 'PLAYING' || replay.phase === 'PAUSED');
    const offered = running && may(ROLE) === true;
    byId('replay-play').hidden = !offered;
    byId('replay-speeds').hidden = !offered;
    if (!offered) {
      return;
    }
    say('replay-play', replay.phase === 'PAUSED' ? 'Play' : 'Pause');
    const speeds = SPEEDS.includes(replay.speed) ? SPEEDS : [replay.speed, ...SPEEDS];
    const group = byId('replay-speeds');
    if (group.children.length !== speeds.length || group.firstElementChild.textContent !== speeds[0]) {
      group.replaceChildren(...speeds.map(speed => {
        const button = make('button', {type: 'button', text: speed});
        button.addEventListener('click', () => control({speed}));
        return button;
      }));
    }
    for (const button of group.children) {
      button.setAttribute('aria-pressed', String(button.textContent === replay.speed));
    }
  }

  function draw() {
    const bar = byId('replay-bar');
    bar.hidden = !visible() && !returning();
    bar.classList.toggle('returning', returning());
    document.body.classList.toggle('with-bar', !bar.hidden);
    if (bar.hidden || now() === null) {
      return;
    }
    buttons(tick?.replay ?? null);
    const {from, to} = range();
    slider.show({from, to}, timeline?.bands ?? [], shown(), now());
    say('replay-where', `${dayTime(shown())}, ${dayOf(shown(), {from, to})}`);
    byId('replay-follow').setAttribute('aria-pressed', String(wanted === null));
    byId('replay-next').setAttribute('aria-disabled', String(wanted === null));
    byId('replay-back').setAttribute('aria-disabled', String(shown() <= from));
  }

  byId('replay-play').addEventListener('click', () => control({paused: tick.replay.phase === 'PLAYING'}));
  byId('replay-back').addEventListener('click', () => seek(Math.max(shown() - HOUR, range().from)));
  byId('replay-next').addEventListener('click', () => wanted !== null && seek(nextEvent()));
  byId('replay-follow').addEventListener('click', () => seek(null));
  wide.addEventListener('change', draw);
  if (opened.mode === 'wall') {
    hideIdlePointer();
  }

  return {
    past: () => past,
    paused: () => tick?.replay?.phase === 'PAUSED',
    /** The text of the badge while the past is shown; otherwise null. */
    saying: () => past?.board ? `Showing ${dayTime(past.board.now)}` : null,
    state(newest) {
      head = newest;
      restore();
      if (visible()) {
        look();
      }
      draw();
    },
    tick(newest) {
      const speed = newest.replay?.speed ?? null;
      if (speed !== null && speedAsked === null && opened.mode !== 'wall') {
        remember('speed', speed);
      }
      tick = newest;
      restore();
      draw();
    },
  };

  /** Applies the time and speed from the address, as soon as there is a state. */
  function restore() {
    if (wanted !== null && past === null && asking === null && head?.board && tick !== null) {
      if (wanted > now()) {
        follow(`It is not ${dayTime(wanted)} yet`);
      } else {
        seek(wanted);
      }
    }
    const phase = tick?.replay?.phase;
    if (may(ROLE) === false) {
      speedAsked = null;
    }
    if (speedAsked !== null && may(ROLE) && (phase === 'PLAYING' || phase === 'PAUSED')) {
      const speed = speedAsked;
      speedAsked = null;
      if (speed !== tick.replay.speed) {
        control({speed});
      }
    } else if (tick !== null && phase !== 'STARTING' && may(ROLE) !== undefined) {
      speedAsked = null;
    }
  }
}

/** Hides the idle pointer: a wall has nothing to click. */
function hideIdlePointer() {
  let timer = null;
  function moved() {
    document.body.classList.remove('idle');
    clearTimeout(timer);
    timer = setTimeout(() => document.body.classList.add('idle'), IDLE);
  }
  addEventListener('pointermove', moved);
  moved();
}
