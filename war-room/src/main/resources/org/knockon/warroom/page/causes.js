/** Which root causes are new since the last time, and which are over. Planned ones are neither, but may be outlived by what follows from them. */

/** By the system and not by the beginning, which an observation that comes late may move. */
const system = band => band.outageId.slice(0, band.outageId.lastIndexOf('@'));

const names = bands => new Map(bands.map(band => [system(band), band.name]));

/**
 * A system that fails again begins anew, also while something still is out because of the time before. What comes late of a time at
 * which it is back itself begins nothing.
 *
 * @returns given bands, of which every one that is not over is there, tells those that began, that were maintenance and are so no longer
 *     (outlived), and that ended (system and name of each), and open: the names of all that are not over, by system. One that is missing
 *     altogether was taken back, or ended among too many to tell; or its beginning moves, and its new name comes with the next bands.
 */
export function causes() {
  let down = null;
  let open = null;
  let maintained = new Map();
  let missing = new Set();

  return bands => {
    const unplanned = bands.filter(band => band.to === null && !band.planned);
    const nowDown = names(unplanned.filter(band => band.backAt === null));
    const nowOpen = names(unplanned);
    const closed = new Set(bands.filter(band => band.to !== null).map(system));
    const wasDown = down ?? nowDown;
    const began = [...nowDown].filter(([id]) => !wasDown.has(id));
    const outlived = [...nowOpen].filter(([id]) => maintained.has(id) && !nowDown.has(id));
    const ended = [...open ?? nowOpen].filter(([id]) => !nowOpen.has(id) && closed.has(id));
    const there = new Set(bands.map(system));
    const moving = [...wasDown].filter(([id]) => !there.has(id) && !missing.has(id));
    missing = new Set(moving.map(([id]) => id));
    down = new Map([...nowDown, ...moving]);
    open = nowOpen;
    maintained = names(bands.filter(band => band.to === null && band.planned));
    return {began, outlived, ended, open};
  };
}
