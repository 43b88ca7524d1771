/** A live outage breaks through an exercise: nobody is to take what is real for what is played, nor to miss it. */
import {say} from './panels.js';
import {count, dayTime, zoneName} from './words.js';

/** @param outages open ones and those that ended last; null while they are not known: then what is shown stays */
export function breakThrough(outages) {
  if (outages === null) {
    return;
  }
  const open = outages.filter(({to, planned}) => to === null && !planned);
  const first = open.find(({backAt}) => backAt === null) ?? open[0];
  const more = open.length - 1;
  document.body.classList.toggle('live-outage', open.length > 0);
  say('live-outage', first === undefined ? ''
    : `▲ LIVE, no exercise: ${first.backAt === null ? 'outage of' : 'still out is what follows from the outage of'} ${first.name} since ${dayTime(first.from)} ${zoneName(first.from)}${more > 0 ? `, and ${count(more)} more` : ''}`);
}
