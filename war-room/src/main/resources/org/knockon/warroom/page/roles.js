/** What the caller may do, as the server says. The server decides: the page only leaves out what it would refuse. */

const ASK_AGAIN = 10000;
const LONGEST = 8000;

/** Undefined until the server has answered. */
let roles;

/** @returns undefined while it is not known */
export const may = role => roles?.includes(role);

/** When the page opens, and when access has come back. */
export async function askRoles() {
  try {
    const answer = await fetch('/api/v1/me', {cache: 'no-store', signal: AbortSignal.timeout(LONGEST)});
    if (answer.ok) {
      roles = (await answer.json()).roles;
      return;
    }
    if (answer.status === 401) {
      return;
    }
  } catch {
    // It is asked again.
  }
  setTimeout(askRoles, ASK_AGAIN);
}
