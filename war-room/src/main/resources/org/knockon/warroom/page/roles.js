/** The roles of the caller. The server authorizes each request; the page only hides what it would refuse. */

const ASK_AGAIN = 10000;
const LONGEST = 8000;

/** Undefined until the server has responded. */
let roles;

/** @returns undefined while the roles are unknown */
export const may = role => roles?.includes(role);

/** Called when the page opens and when access is restored. */
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
    // Retried below.
  }
  setTimeout(askRoles, ASK_AGAIN);
}
