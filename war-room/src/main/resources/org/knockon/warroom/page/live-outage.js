/** Shows a real outage during an exercise, clearly distinct from the exercise, so that it is not missed. */
import {say} from './dom.js';
import {name} from './isolate.js';
import {count, dayTime, zoneName} from './words.js';

function outage({name: system, from, backAt}) {
  return backAt === null ? `${name(system)} out since ${dayTime(from)} ${zoneName(from)}` : `dependents of ${name(system)} are still out`;
}

/** @param outages open ones and those that ended last; null while unknown, which changes nothing */
export function showLiveOutages(outages) {
  if (outages === null) {
    return;
  }
  const lasting = outages.filter(({to, planned}) => to === null && !planned);
  const open = [...lasting.filter(({backAt}) => backAt === null), ...lasting.filter(({backAt}) => backAt !== null)];
  const first = open[0];
  const more = open.length - 1;
  document.body.classList.toggle('live-outage', open.length > 0);
  say('live-outage', first === undefined ? ''
    : `▲ REAL OUTAGE: ${outage(first)}${more > 0 ? `, and ${count(more)} more` : ''}`);
}
