/** A live outage breaks through an exercise: nobody is to take what is real for what is played, nor to miss it. */
import {say} from './panels.js';
import {count, dayTime, zoneName} from './words.js';

export function breakThrough(outages) {
  const first = outages[0];
  const more = outages.length - 1;
  document.body.classList.toggle('live-outage', outages.length > 0);
  say('live-outage', first === undefined ? ''
    : `▲ LIVE, no exercise: ${first.name} is out since ${dayTime(first.from)} ${zoneName(first.from)}${more > 0 ? `, and ${count(more)} more` : ''}`);
}
