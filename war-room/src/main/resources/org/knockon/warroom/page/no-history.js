/** A time before history begins has no numbers: zeros would look like an answer. */
import {make, replace, say} from './panels.js';
import {dayTime, zoneName} from './words.js';

const NUMBERS = ['postponed', 'unconfirmed', 'risk-soon', 'waiting'];
const BESIDE = ['postponed-change', 'risk-until', 'risk-forecast', 'waiting-rebooked'];

export function noHistory({historyFrom}) {
  const why = historyFrom === null ? 'no history yet' : `no history before ${dayTime(historyFrom)} ${zoneName(historyFrom)}`;
  NUMBERS.forEach(id => say(id, '–'));
  BESIDE.forEach(id => say(id, ''));
  document.querySelectorAll('.least').forEach(least => least.replaceChildren());
  ['postponed-split', 'risk-all', 'waiting-urgent', 'outlook'].forEach(id => say(id, why));
  replace('heat', make('p', {class: 'more', text: why}));
}
