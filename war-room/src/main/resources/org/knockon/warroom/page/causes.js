/** Finds root causes that are new since the last call, and those that are over. Planned ones are neither, until their dependents outlast them. */

/** Identified by the system, not by the start, which a late observation may move. */
const system = band => band.outageId.slice(0, band.outageId.lastIndexOf('@'));

const names = bands => new Map(bands.map(band => [system(band), band.name]));

/**
 * A system that fails again counts as new, even while dependents are still out from its previous outage. A late band of an outage after
 * which the system is back does not count as new.
 *
 * @returns a function of the bands, which must contain every one that is not over. It returns those that began, those whose maintenance
 *     overran, and those that ended (system and name of each), and open: the names of all that are not over, by system. A band that is
 *     missing was retracted, ended among too many to list, or is about to appear with another start: it is kept for one more call.
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
    const overran = [...nowOpen].filter(([id]) =>
      planned.has(id) && !nowPlanned.has(id) && !wasOpen.has(id) && !nowDown.has(id));
    const ended = [...wasOpen].filter(([id]) => !nowOpen.has(id) && closed.has(id));
    const kept = was => [...was].filter(([id]) => !present.has(id) && !missing.has(id));
    down = new Map([...nowDown, ...kept(wasDown)]);
    open = new Map([...nowOpen, ...kept(wasOpen)]);
    planned = nowPlanned;
    missing = new Set([...open.keys()].filter(id => !present.has(id)));
    return {began, overran, ended, open};
  };
}
