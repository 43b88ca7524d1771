/** Distinguishes revoked access from an unreachable server: neither sends anything, but only the second may recover by itself. */

const QUIET = 3000;
const ASK_EVERY = 5000;
/** Shorter than the interval: a server that hangs must have one open request per page, not hundreds. */
const LONGEST = 4000;

let ended = false;
let asking = false;
let asked = -Infinity;

/** The server reported that access has ended. */
export function endAccess() {
  ended = true;
}

/** A received event proves access. @returns whether access had ended before */
export function haveAccess() {
  const had = ended;
  ended = false;
  return had;
}

/** @param silence milliseconds since the last tick */
export function accessEnded(silence) {
  if (silence >= QUIET && !ended && !asking && performance.now() - asked > ASK_EVERY) {
    ask();
  }
  return ended;
}

async function ask() {
  asking = true;
  asked = performance.now();
  try {
    const answer = await fetch('/wall', {method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(LONGEST)});
    ended = answer.status === 401;
  } catch {
    // No response does not mean that access has ended.
  } finally {
    asking = false;
  }
}
