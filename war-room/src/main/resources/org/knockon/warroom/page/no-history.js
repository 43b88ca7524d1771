/** Before the start of the history there are no numbers: zeros would look like real counts. */
import {make, replace, say} from './dom.js';
import {dayTime, zoneName} from './words.js';

const NUMBERS = ['postponed', 'unconfirmed', 'risk-soon', 'waiting'];
const DETAILS = ['postponed-change', 'risk-until', 'risk-forecast', 'waiting-rebooked'];

export function noHistory({historyFrom}) {
  const why = historyFrom === null ? 'no history yet' : `no history before ${dayTime(historyFrom)} ${zoneName(historyFrom)}`;
  NUMBERS.forEach(id => say(id, '–'));
  DETAILS.forEach(id => say(id, ''));
  document.querySelectorAll('.least').forEach(least => least.replaceChildren());
  ['postponed-split', 'risk-all', 'waiting-urgent', 'outlook'].forEach(id => say(id, why));
  replace('heat', make('p', {class: 'more', text: why}));
}
