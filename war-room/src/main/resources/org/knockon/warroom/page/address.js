/** The parameters of the page's address: at, speed, mode and sound. The address is kept up to date for sharing and bookmarks. */

const MODES = ['wall', 'wall-controls'];

const asked = new URLSearchParams(location.search);
const instant = asked.has('at') ? Date.parse(asked.get('at')) : NaN;

/** The parameters when the page was opened; null if absent. */
export const opened = {
  at: Number.isNaN(instant) ? null : instant,
  speed: asked.get('speed'),
  sound: asked.get('sound') === 'on',
  mode: MODES.includes(asked.get('mode')) ? asked.get('mode') : null,
};

/** False after a reload: then the replay keeps its speed, which others may have changed. */
export const navigated = performance.getEntriesByType('navigation')[0]?.type === 'navigate';

/** @param value null to remove the parameter */
export function remember(name, value) {
  const url = new URL(location.href);
  if (value === null) {
    url.searchParams.delete(name);
  } else {
    url.searchParams.set(name, value);
  }
  // Colons are allowed in a query, and people read the time.
  const query = url.searchParams.toString().replaceAll('%3A', ':');
  const address = url.pathname + (query === '' ? '' : `?${query}`) + url.hash;
  if (address !== location.pathname + location.search + location.hash) {
    history.replaceState(history.state, '', address);
  }
}

/** An instant in the form of the address, such as 2022-07-19T15:42:00Z. */
export const written = at => new Date(at).toISOString().replace(/\.000Z$/, 'Z');
