/** Which root causes are new since the last time, and which are over. Planned ones are neither. */

/** By the system and not by the beginning, which an observation that comes late may move. */
const system = band => band.outageId.slice(0, band.outageId.lastIndexOf('@'));

/**
 * @returns given bands, of which every open one is there, tells those that began and ended (system and name of each), and open: the names
 *     of all, by system. One that is missing altogether was taken back, or ended among too many to tell.
 */
export function causes() {
  let open = null;

  return bands => {
    const now = new Map(bands.filter(band => band.to === null && !band.planned).map(band => [system(band), band.name]));
    const closed = new Set(bands.filter(band => band.to !== null).map(system));
    const before = open ?? now;
    const began = [...now].filter(([id]) => !before.has(id));
    const ended = [...before].filter(([id]) => !now.has(id) && closed.has(id));
    open = now;
    return {began, ended, open};
  };
}
