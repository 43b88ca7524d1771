/**
 * Reloads the page if it did not start, for example because a file was refused or the network failed: a wall has no one to reload it. A
 * script of its own, so that it works when the others fail.
 */
(() => {
  const PATIENCE = 60000;
  const LONGEST = 10000;

  const started = () => document.documentElement.dataset.started !== undefined
    && [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet?.cssRules.length > 0);

  /** Only if the server responds: otherwise the browser would show its own error page and stay there. */
  async function look() {
    if (started()) {
      return;
    }
    try {
      const answer = await fetch('/wall', {method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(LONGEST)});
      if (answer.ok) {
        location.reload();
        return;
      }
    } catch {
      // Retried below.
    }
    setTimeout(look, PATIENCE);
  }

  setTimeout(look, PATIENCE);
})();
