/**
 * Whether this screen can be trusted. Three layers: the connection of this page, the pipeline behind it, and each feed. Driven by a
 * clock in the page, not by errors: missing data raises no event.
 */
import {count} from './words.js';

export const LATE_AFTER = 12000;
export const LOST_AFTER = 25000;
const PIPELINE_LATE = 10;
const PIPELINE_LOST = 60;

/**
 * @param silence milliseconds since the last tick or, before the first, since the page opened
 * @param tick the last tick, or null
 * @param showing the time of the numbers in words, or null
 * @returns layer, level (live, late or lost), symbol and text of the worst layer
 */
export function judge(silence, tick, showing, silentFeeds) {
  const seconds = Math.round(silence / 1000);
  const still = showing === null ? '' : ` Showing ${showing}`;
  if (silence > LOST_AFTER) {
    return {layer: 'connection', level: 'lost', symbol: '✕', text: `Connection lost.${still}`};
  }
  if (tick === null) {
    return {layer: 'connection', level: silence > LATE_AFTER ? 'late' : 'waiting', symbol: '○', text: 'Connecting'};
  }
  const {state, behindSeconds: behind} = tick.pipeline;
  if (tick.trouble) {
    return {layer: 'pipeline', level: 'lost', symbol: '✕',
      text: `${tick.trouble === 'BROKER_AWAY' ? 'No response from the broker.' : 'A part of the server has failed.'}${still}`};
  }
  if (state === 'STOPPED') {
    return {layer: 'pipeline', level: 'lost', symbol: '✕', text: `Counting has stopped.${still}`};
  }
  if (behind > PIPELINE_LOST) {
    return {layer: 'pipeline', level: 'lost', symbol: '✕', text: `Counting is ${count(behind)}s behind.${still}`};
  }
  if (silence > LATE_AFTER) {
    return {layer: 'connection', level: 'late', symbol: '◆', text: `Late, ${seconds}s`};
  }
  if (!tick.ready) {
    return {layer: 'pipeline', level: 'late', symbol: '○', text: 'Reading the topics'};
  }
  if (state === 'SLOW') {
    return {layer: 'pipeline', level: 'late', symbol: '◆', text: 'The broker responds slowly'};
  }
  if (state === 'UNKNOWN') {
    return {layer: 'pipeline', level: 'late', symbol: '◆', text: 'No response from the broker'};
  }
  if (state === 'REBALANCING' || behind >= PIPELINE_LATE) {
    return {layer: 'pipeline', level: 'late', symbol: '◆', text: `Catching up, ${count(behind)}s behind`};
  }
  if (silentFeeds > 0) {
    const feeds = silentFeeds === 1 ? '1 feed' : `${silentFeeds} feeds`;
    return {layer: 'feed', level: 'feeds', symbol: '◆', text: `Live, but ${feeds} silent`};
  }
  return {layer: 'connection', level: 'live', symbol: '●', text: `Live, ${seconds}s ago`};
}
