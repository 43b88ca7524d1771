/** Tells a screen whose access was taken away from one whose server is gone: both hear nothing, and only one of them can be waited out. */

const QUIET = 3000;
const ASK_EVERY = 5000;

let ended = false;
let asked = -Infinity;

/** @param silence milliseconds since the last tick */
export function accessEnded(silence) {
  if (silence < QUIET) {
    ended = false;
  } else if (!ended && performance.now() - asked > ASK_EVERY) {
    ask();
  }
  return ended;
}

async function ask() {
  asked = performance.now();
  try {
    const answer = await fetch('/wall', {method: 'HEAD', cache: 'no-store'});
    ended = answer.status === 401;
  } catch {
    // The server does not answer, and so does not say that it may not.
  }
}
