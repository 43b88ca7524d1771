/** A live outage breaks through an exercise: nobody is to take what is real for what is played, nor to miss it. */
import {name} from './isolate.js';
import {say} from './panels.js';
import {count, dayTime, zoneName} from './words.js';

function outage({name: system, from, backAt}) {
  return backAt === null ? `outage of ${name(system)} since ${dayTime(from)} ${zoneName(from)}` : `what follows from the outage of ${name(system)} is still out`;
}

/** @param outages open ones and those that ended last; null while they are not known: then what is shown stays */
export function breakThrough(outages) {
  if (outages === null) {
    return;
  }
  const lasting = outages.filter(({to, planned}) => to === null && !planned);
  const open = [...lasting.filter(({backAt}) => backAt === null), ...lasting.filter(({backAt}) => backAt !== null)];
  const first = open[0];
  const more = open.length - 1;
  document.body.classList.toggle('live-outage', open.length > 0);
  say('live-outage', first === undefined ? ''
    : `▲ LIVE, no exercise: ${outage(first)}${more > 0 ? `, and ${count(more)} more` : ''}`);
}
