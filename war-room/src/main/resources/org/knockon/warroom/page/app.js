/** Shows states and ticks on the screen, with a watchdog for the stream. */
import {accessEnded, endAccess, haveAccess} from './access.js';
import {alarms} from './alarms.js';
import {charts} from './charts.js';
import {atDesk} from './desk.js';
import {byId, say} from './dom.js';
import {judge, LATE_AFTER} from './freshness.js';
import {showLiveOutages} from './live-outage.js';
import {noHistory} from './no-history.js';
import {cards, feeds, heat, outages, outlook, systems} from './panels.js';
import {replayBar} from './replay-bar.js';
import {askRoles} from './roles.js';
import {follow} from './tabs.js';
import {day, hourMinute, time, useZone, zoneName} from './words.js';

const CLOCK_OFF = 30000;
const RELOAD_WITHIN = 30000;

let state = null;
let tick = null;
const began = performance.now();
let received = null;
let build = null;

const wide = matchMedia('screen and (min-width: 1000px)');

function board() {
  return bar.past()?.board ?? state?.board ?? null;
}

const alarm = alarms();
const bar = replayBar(() => {
  if (state !== null) {
    show();
    watchdog();
  }
});

function show() {
  const exercise = state.exercise;
  byId('exercise').hidden = exercise === null;
  document.body.classList.toggle('exercise', exercise !== null);
  if (exercise !== null) {
    say('exercise', `EXERCISE, synthetic data: ${exercise}`);
  }
  title();
  const now = board();
  if (now === null) {
    return;
  }
  useZone(now.zone);
  atDesk(now);
  systems(now);
  charts(now);
  outages(now, wide.matches);
  if (now.postponed === null) {
    noHistory(now);
  } else {
    cards(now);
    heat(now.heat);
    outlook(now.backlog);
  }
  feeds(now, state.unreadable);
}

function title() {
  const live = document.body.classList.contains('live-outage') ? 'REAL OUTAGE. ' : '';
  document.title = `${live}${state === null || state.exercise === null ? '' : 'EXERCISE: '}Care postponed by IT outages`;
}

/** Event time in an exercise; otherwise the server's clock, because that of a television may be wrong. */
function clock(silence) {
  const live = state !== null && state.exercise === null;
  const past = bar.past() !== null;
  const at = past ? board().now : live && tick !== null ? tick.serverTime + silence : tick?.eventTime ?? board()?.now ?? null;
  if (at === null) {
    return;
  }
  say('clock-day', `${past ? 'Past: ' : live ? '' : bar.paused() ? 'Exercise time, paused: ' : 'Exercise time: '}${day(at)}`);
  say('clock-time', `${time(at)} ${zoneName(at)}`);
}

function watchdog() {
  const silence = performance.now() - (received ?? began);
  const live = state !== null && state.exercise === null;
  const past = bar.saying();
  const at = live && past === null ? tick?.serverTime ?? null : board()?.now ?? null;
  const showing = at === null ? null : `${time(at)} ${zoneName(at)}`;
  const silent = board()?.feeds.filter(feed => feed.silentSince !== null).length ?? 0;
  let verdict = judge(silence, tick, showing, silent);
  if (accessEnded(silence)) {
    verdict = {layer: 'connection', level: 'lost', symbol: '✕', text: `Access has ended.${showing === null ? '' : ` Showing ${showing}`}`};
  }
  alarm.trust(verdict.level);
  document.body.classList.toggle('past', past !== null);
  if (past !== null && verdict.level !== 'lost') {
    verdict = {layer: 'past', level: 'past', symbol: '◷', text: past};
  }
  document.body.dataset.fresh = verdict.level;
  document.body.dataset.layer = verdict.layer;
  say('badge-symbol', verdict.symbol);
  const off = tick === null || silence > LATE_AFTER ? 0 : Math.abs(Date.now() - silence - tick.serverTime);
  say('badge-text', verdict.text + (off > CLOCK_OFF ? `; this screen's clock is ${Math.round(off / 1000)}s off` : ''));
  const lost = verdict.level === 'lost';
  byId('lost').hidden = !lost;
  say('lost', lost ? `✕ ${live || state === null ? '' : 'EXERCISE. '}${verdict.text}` : '');
  const asAt = (lost || past !== null) && showing !== null ? `as at ${hourMinute(at)}` : '';
  for (const label of document.querySelectorAll('.as-at')) {
    if (label.textContent !== asAt) {
      label.textContent = asAt;
    }
  }
  clock(verdict.layer === 'connection' && lost ? 0 : silence);
}

/** @param age milliseconds since it was received: another tab may have passed it on later */
function note(age) {
  received = Math.max(received ?? -Infinity, performance.now() - age);
  if (haveAccess()) {
    askRoles();
  }
}

askRoles();
follow({
  onState: (newest, age) => {
    if (build !== null && newest.build !== build) {
      setTimeout(() => location.reload(), Math.random() * RELOAD_WITHIN);
    }
    build = newest.build;
    state = newest;
    note(age);
    bar.state(newest);
    alarm.state(newest);
    show();
  },
  onTick: (newest, age) => {
    tick = newest;
    bar.tick(newest);
    showLiveOutages(newest.liveOutages);
    title();
    alarm.tick(newest);
    note(age);
    watchdog();
  },
  onBye: ({why}) => {
    if (why === 'access') {
      endAccess();
      watchdog();
    } else {
      say('badge-text', 'The server is stopping');
    }
  },
});
setInterval(watchdog, 500);
wide.addEventListener('change', () => state !== null && show());
watchdog();
document.documentElement.dataset.started = '';

// A wall must not go to sleep. Some browsers refuse, which is ignored.
navigator.wakeLock?.request('screen').catch(() => null);
