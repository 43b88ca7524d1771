/** The contents of the panels: numbers, heat table, outages and feeds. */
import {byId, make, replace, say} from './dom.js';
import {cleaned, name} from './isolate.js';
import {cellAddress, desk, outageAddress} from './links.js';
import {WORDS} from './vocabulary.js';
import {age, category, count, dayTime, fullDay, hourMinute, isoDay, shortDay, signed, span, times} from './words.js';

const WALL_OUTAGES = 4;
const MOST_FEEDS = 5;
const HALF_A_DAY = 12 * 60 * 60 * 1000;

const urgent = number => number === 0 ? 'none urgent' : `${count(number)} urgent`;

/** A link on a desk; a wall has no links. */
function linked(text, address) {
  return desk ? make('a', {href: address, text}) : make('span', {text});
}

export function cards(board) {
  const {postponed, atRisk, waiting} = board;
  for (const least of document.querySelectorAll('.least')) {
    least.textContent = board.atLeast ? 'at least ' : '';
  }
  say('postponed', count(postponed.postponed));
  say('unconfirmed', count(postponed.unconfirmed));
  say('postponed-split', `${count(postponed.outpatient.postponed)} outpatient, ${count(postponed.procedures.postponed)} procedures,`
    + ` ${count(postponed.other.postponed)} other`);
  const changes = [];
  if (postponed.revision !== null) {
    changes.push(`revised ${signed(postponed.revision.by)} at ${hourMinute(postponed.revision.at)}`);
  } else if (postponed.lastHour !== null) {
    changes.push(postponed.lastHour === 0 ? 'no change in the last hour' : `${signed(postponed.lastHour)} in the last hour`);
  }
  changes.push(`${count(postponed.deliveredInDowntime)} ${WORDS.deliveredInDowntime}`);
  say('postponed-change', changes.join('; '));

  say('risk-until', `until ${hourMinute(atRisk.soonUntil)}`);
  say('risk-soon', count(atRisk.soon));
  say('risk-all', `next 24 hours: ${count(atRisk.all)}, ${urgent(atRisk.urgent)}`);
  const furthest = atRisk.forecast.at(-1);
  say('risk-forecast', atRisk.all === 0 ? `no appointments ${WORDS.atRisk}`
    : furthest.more === 0 ? `none before ${hourMinute(furthest.until)}`
      : `if not back by ${hourMinute(furthest.until)}: ${count(furthest.more)} more`);

  say('waiting', count(waiting.awaitingDate));
  say('waiting-urgent', urgent(waiting.urgent)
    + (waiting.oldestDay === null ? '' : `, oldest from ${isoDay(waiting.oldestDay)}`));
  say('waiting-rebooked', `${count(waiting.rebooked)} with a ${WORDS.rebooked}`);
}

export function systems({systems}) {
  say('systems', count(systems.unavailable));
  byId('systems').classList.toggle('long', systems.unavailable >= 1000);
  say('systems-total', `of ${count(systems.total)}`);
  say('systems-roots', times(systems.rootCauses, 'root cause'));
}

function step(cell) {
  const most = Math.max(cell.postponed, cell.atRisk);
  return most >= 100 ? 4 : most >= 50 ? 3 : most >= 20 ? 2 : most > 0 ? 1 : 0;
}

/** A long name is cut off if there is no room for it; the title has the full name. */
function siteHead(site, siteName) {
  return make('th', {scope: 'row', title: siteName === null ? cleaned(site) : `${cleaned(siteName)} (${cleaned(site)})`},
    make('span', {text: name(siteName ?? site)}));
}

export function heat({categories, rows, moreSites}) {
  const head = make('tr', {}, make('th', {scope: 'col', text: 'Site'}),
    ...categories.map(each => make('th', {scope: 'col', text: category(each)})));
  const body = rows.map(({site, siteName, cells}) => make('tr', {}, siteHead(site, siteName), ...cells.map((cell, place) => {
    if (cell === null) {
      return make('td', {class: 'none'}, make('span', {'aria-hidden': 'true', text: '–'}),
        make('span', {class: 'hidden', text: 'no such service'}));
    }
    const number = make('td', {class: `heat-${step(cell)}`},
      linked((step(cell) === 4 ? '▲' : '') + count(cell.postponed), cellAddress('SITE_CATEGORY', `${site}/${categories[place]}`)));
    if (cell.atRisk > 0) {
      number.append(' ', make('span', {class: 'quiet', text: `(${count(cell.atRisk)})`}));
    }
    return number;
  })));
  replace('heat', make('table', {}, make('caption', {class: 'hidden', text: `Appointments ${WORDS.postponed}, ${WORDS.atRisk} in brackets`}),
    make('thead', {}, head), make('tbody', {}, ...body)),
    make('p', {class: 'more', text: moreSites === 0 ? '' : `and ${times(moreSites, 'more site')}`}));
}

function tag(outage) {
  if (outage.endedAt !== null) {
    return make('span', {class: 'tag back', text: '✓ Back'});
  }
  return outage.planned ? make('span', {class: 'tag planned', text: '◆ Planned'}) : make('span', {class: 'tag root', text: '▲ Root'});
}

function outageRow(outage, now) {
  const sub = [];
  if (outage.unconfirmed > 0) {
    sub.push(`${count(outage.unconfirmed)} ${WORDS.unconfirmed}`);
  }
  if (outage.atRisk > 0) {
    sub.push(`${count(outage.atRisk)} ${WORDS.atRisk}`);
  }
  if (outage.otherTimes > 0) {
    sub.push(`number includes ${times(outage.otherTimes, 'other time')}, first ${fullDay(outage.firstOther)}`);
  }
  const outlasted = outage.endedAt === null && outage.backAt !== null;
  if (outlasted) {
    sub.push(`itself back ${dayTime(outage.backAt)}`);
  }
  if (outage.followCount > 0) {
    const more = outage.followCount - outage.follows.length;
    const verb = outage.endedAt !== null ? 'followed' : outlasted ? 'still out' : outage.followCount === 1 ? 'follows' : 'follow';
    sub.push(`${count(outage.followCount)} ${verb}:`
      + ` ${outage.follows.map(name).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`);
  }
  if (outage.evidence === 'SILENCE') {
    sub.push('inferred from missing heartbeats');
  }
  if (outage.planned && outage.endedAt !== null) {
    sub.push('planned');
  }
  sub.push(`since ${dayTime(outage.startedAt)}`);
  return make('li', {}, tag(outage),
    make('span', {class: 'name'}, linked(name(outage.name), outageAddress(outage.outageId))),
    make('span', {class: 'lasted', text: span((outage.endedAt ?? now) - outage.startedAt)}),
    make('span', {class: 'hit', text: outage.postponed === null ? '–' : count(outage.postponed)}, make('span', {class: 'hidden', text: ` ${WORDS.postponed}`})),
    make('span', {class: 'follows', text: sub.join('; ')}));
}

export function outages(board, wall) {
  const most = wall ? WALL_OUTAGES : board.outages.length;
  const shown = board.outages.slice(0, most);
  replace('outages', ...(shown.length === 0
    ? [make('li', {class: 'nothing', text: 'No outage so far'})] : shown.map(each => outageRow(each, board.now))));
  const more = board.outages.length - shown.length + board.moreOutages;
  say('outages-more', more === 0 ? '' : `and ${count(more)} more`);
}

/** A range, or the reason why there is none: never a single date. */
export function outlook({outlook, earliest, latest}) {
  say('outlook', {
    NOTHING_WAITING: 'No backlog',
    TOO_EARLY: 'No forecast: too little history',
    NOT_FALLING: 'No forecast: not falling',
    RANGE: latest === null ? `Not caught up before ${earliest === null ? '' : shortDay(earliest)}`
      : `Caught up ${earliest === null ? '' : shortDay(earliest)} to ${shortDay(latest)}`,
  }[outlook]);
}

/** Silent feeds come first, the most recently silent at the top. There is not always room for all. */
export function feeds(board, unreadable) {
  const items = board.feeds.slice(0, MOST_FEEDS).map(({monitor, lastSeen, silentSince}) => silentSince === null
    ? make('li', {text: `${name(monitor)} ✓ ${age(board.now - lastSeen)}`})
    : make('li', {class: 'silent', text: `${name(monitor)} ✕ silent since ${(board.now - silentSince > HALF_A_DAY ? dayTime : hourMinute)(silentSince)}`}));
  const silent = board.feeds.filter(({silentSince}) => silentSince !== null).length;
  if (silent > MOST_FEEDS) {
    items.unshift(make('li', {class: 'silent', text: `${count(silent)} silent:`}));
  }
  if (unreadable > 0) {
    items.unshift(make('li', {class: 'silent', text: times(unreadable, 'unreadable record')}));
  }
  const more = Math.max(0, board.feeds.length - MOST_FEEDS) + board.moreFeeds;
  if (more > 0) {
    items.push(make('li', {text: `and ${count(more)} more`}));
  }
  byId('feeds').replaceChildren(...items);
}
