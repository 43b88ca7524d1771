/** Tells a screen whose access was taken away from one whose server is gone: both hear nothing, and only one of them can be waited out. */

const QUIET = 3000;
const ASK_EVERY = 5000;
/** Below the pause: a server that hangs is to have one question of a page before it, not hundreds. */
const LONGEST = 4000;

let ended = false;
let asking = false;
let asked = -Infinity;

/** The server has said so. */
export function endAccess() {
  ended = true;
}

/** Who hears something may see it. @returns whether access had ended before */
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
    // The server does not answer, and so does not say that it may not.
  } finally {
    asking = false;
  }
}
