/** What the page's address says: at, speed, mode and sound. It is kept up to date, so that it can be sent on or kept as a bookmark. */

const MODES = ['wall', 'wall-controls'];

const asked = new URLSearchParams(location.search);
const instant = asked.has('at') ? Date.parse(asked.get('at')) : NaN;

/** What it said when the page was opened; null for what it did not say. */
export const opened = {
  at: Number.isNaN(instant) ? null : instant,
  speed: asked.get('speed'),
  sound: asked.get('sound') === 'on',
  mode: MODES.includes(asked.get('mode')) ? asked.get('mode') : null,
};

/** Where a page is only loaded again, the replay keeps the speed that others may have given it meanwhile. */
export const openedAnew = performance.getEntriesByType('navigation')[0]?.type === 'navigate';

/** @param value null to leave the name out */
export function remember(name, value) {
  const url = new URL(location.href);
  if (value === null) {
    url.searchParams.delete(name);
  } else {
    url.searchParams.set(name, value);
  }
  // Colons are as good in a query as anywhere, and a time is read by people.
  const query = url.searchParams.toString().replaceAll('%3A', ':');
  const address = url.pathname + (query === '' ? '' : `?${query}`) + url.hash;
  if (address !== location.pathname + location.search + location.hash) {
    history.replaceState(history.state, '', address);
  }
}

/** An instant as the address has it, such as 2022-07-19T15:42:00Z. */
export const written = at => new Date(at).toISOString().replace(/\.000Z$/, 'Z');
