/** Which root causes are new since the last time, and which are over. Planned ones are neither, until what follows outlives them. */

/** By the system and not by the beginning, which an observation that comes late may move. */
const system = band => band.outageId.slice(0, band.outageId.lastIndexOf('@'));

const names = bands => new Map(bands.map(band => [system(band), band.name]));

/**
 * A system that fails again begins anew, also while something still is out because of the time before. What comes late of a time at
 * which it is back itself begins nothing.
 *
 * @returns given bands, of which every one that is not over is there, tells those that began, those whose maintenance was outlived, and
 *     those that ended (system and name of each), and open: the names of all that are not over, by system. One that is missing altogether
 *     was taken back, ended among too many to tell, or has another beginning that is yet to come: it stays for one time more.
 */
export function causes() {
  let down = null;
  let open = null;
  let planned = new Map();
  let missing = new Set();

  return bands => {
    const present = new Set(bands.map(system));
    const lasting = bands.filter(band => band.to === null);
    const unplanned = lasting.filter(band => !band.planned);
    const nowDown = names(unplanned.filter(band => band.backAt === null));
    const nowOpen = names(unplanned);
    const nowPlanned = names(lasting.filter(band => band.planned));
    const closed = new Set(bands.filter(band => band.to !== null).map(system));
    const wasDown = down ?? nowDown;
    const wasOpen = open ?? nowOpen;
    const began = [...nowDown].filter(([id]) => !wasDown.has(id));
    const outlived = [...nowOpen].filter(([id]) =>
      planned.has(id) && !nowPlanned.has(id) && !wasOpen.has(id) && !nowDown.has(id));
    const ended = [...wasOpen].filter(([id]) => !nowOpen.has(id) && closed.has(id));
    const kept = was => [...was].filter(([id]) => !present.has(id) && !missing.has(id));
    down = new Map([...nowDown, ...kept(wasDown)]);
    open = new Map([...nowOpen, ...kept(wasOpen)]);
    planned = nowPlanned;
    missing = new Set([...open.keys()].filter(id => !present.has(id)));
    return {began, outlived, ended, open};
  };
}
