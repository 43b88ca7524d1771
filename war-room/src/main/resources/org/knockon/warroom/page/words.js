/** Numbers, times and durations in words. Every time is in the organisation's zone. */

const number = new Intl.NumberFormat('en-GB');
const HOUR = 3600000;
const DAY = 24 * HOUR;
let zone = 'Europe/London';
const formats = new Map();

export function useZone(name) {
  if (name !== zone) {
    zone = name;
    formats.clear();
  }
}

function format(options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat('en-GB', {timeZone: zone, ...options}));
  }
  return formats.get(key);
}

export const count = value => number.format(value);
/** Such as "1 outage" or "2 outages". */
export const times = (value, noun) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
export const signed = value => (value < 0 ? '−' : '+') + number.format(Math.abs(value));
const wallClock = at => format({hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(at);
/** Whether the clock shows this time of day twice, because it is put back. */
const shownTwice = at => [0.5, 1, 2].some(hours => [-hours, hours].some(by => wallClock(at + by * HOUR) === wallClock(at)));
const named = (text, at) => shownTwice(at) ? `${text} ${zoneName(at)}` : text;
export const hourMinute = at => named(wallClock(at), at);
export const time = at => format({hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'}).format(at);
export const hourOnly = at => named(format({hour: '2-digit', hourCycle: 'h23'}).format(at), at);
export const day = at => format({weekday: 'long', day: 'numeric', month: 'long', year: 'numeric'}).format(at);
export const shortDay = at => format({day: 'numeric', month: 'long'}).format(at);
export const fullDay = at => format({day: 'numeric', month: 'long', year: 'numeric'}).format(at);
export const dayTime = at => `${shortDay(at)} ${hourMinute(at)}`;

/** Number of the local day; days can be subtracted. */
export function localDay(at) {
  const parts = Object.fromEntries(format({year: 'numeric', month: 'numeric', day: 'numeric'}).formatToParts(at).map(part => [part.type, part.value]));
  return Date.UTC(parts.year, parts.month - 1, parts.day) / DAY;
}

/** Start of a local day: midnight or, if the clock skips midnight, the first instant of the day. */
export function midnight(number) {
  let at = number * DAY;
  // Twice, because the clock may change between the first estimate and midnight.
  for (let i = 0; i < 2; i++) {
    const [hours, minutes] = wallClock(at).split(':').map(Number);
    at += ((number - localDay(at)) * 24 - hours) * HOUR - minutes * 60000;
  }
  return localDay(at) < number ? at + HOUR : at;
}

/** "BST" or "GMT". */
export function zoneName(at) {
  const part = format({hour: '2-digit', timeZoneName: 'short'}).formatToParts(at).find(each => each.type === 'timeZoneName');
  return part ? part.value : zone;
}

/** A local day, such as 2022-07-19. */
export function isoDay(value) {
  return new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', day: 'numeric', month: 'long'}).format(new Date(`${value}T12:00:00Z`));
}

/** Such as "2 h 49 min". */
export function span(millis) {
  const minutes = Math.max(0, Math.floor(millis / 60000));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes % 1440 / 60);
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** Seconds, from two minutes on as a duration. */
export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  return seconds < 120 ? `${seconds}s` : span(millis);
}

const CATEGORIES = {
  OUTPATIENT: 'Outpatient', DIAGNOSTIC: 'Diagnostic', THEATRE: 'Theatre', DAY_CASE: 'Day case',
  PATHOLOGY: 'Pathology', COMMUNITY: 'Community', OTHER: 'Other', UNKNOWN: 'Unknown',
};

export const category = name => CATEGORIES[name] ?? name;
