/** Addresses of the details behind a number. A wall has no links. */
import {opened, written} from './address.js';

export const desk = opened.mode === null;

let at = null;

/** Sets the time of all links to the time that is shown. */
export function showing(board) {
  at = board.fromHistory ? written(board.now) : null;
}

function address(path, query, place = '') {
  const asked = at === null ? query : [...query, `at=${at}`];
  return path + (asked.length === 0 ? '' : `?${asked.join('&')}`) + place;
}

export const outageAddress = id => address(`/outage/${encodeURIComponent(id)}`, []);
export const cellAddress = (dimension, key, place) =>
  address('/cell', key === '' ? [`dimension=${dimension}`] : [`dimension=${dimension}`, `key=${encodeURIComponent(key)}`], place);
export const reportAddress = place => address('/report', [], place);
