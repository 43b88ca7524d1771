/**
 * Loads the page again when it has not started: where a file was refused or the network went away, the screen would stay blank, and on a
 * wall there is nobody to press anything. It stands apart from what it looks after.
 */
(() => {
  const PATIENCE = 60000;
  const LONGEST = 10000;

  const started = () => document.documentElement.dataset.started !== undefined
    && [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet?.cssRules.length > 0);

  /** Only from a server that answers: a browser's own page about one that does not would stay. */
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
      // It is asked again.
    }
    setTimeout(look, PATIENCE);
  }

  setTimeout(look, PATIENCE);
})();
