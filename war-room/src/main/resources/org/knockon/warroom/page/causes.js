/** Which root causes are new since the last time, and which are over. Planned ones are neither. */

/** The server sends no more bands than this: when there are as many, one that is missing may still be open. */
const MOST_BANDS = 12;

/** By the system and not by the beginning, which an observation that comes late may move. */
const system = band => band.outageId.slice(0, band.outageId.lastIndexOf('@'));

/** @returns given bands, tells those that began and ended (system and name of each), and open: the names of all, by system */
export function causes() {
  let open = null;

  return bands => {
    const now = new Map(bands.filter(band => band.to === null && !band.planned).map(band => [system(band), band.name]));
    const closed = new Set(bands.filter(band => band.to !== null).map(system));
    const before = open ?? now;
    const began = [...now].filter(([id]) => !before.has(id));
    const missing = [...before].filter(([id]) => !now.has(id));
    const ended = missing.filter(([id]) => closed.has(id));
    const unseen = missing.filter(([id]) => !closed.has(id) && bands.length >= MOST_BANDS);
    open = new Map([...unseen, ...now]);
    return {began, ended, open};
  };
}
