/**
 * Runs what was held back, in order.
 *
 * The element that the parser made is put in again rather than built anew: a browser then still knows its text and
 * address as the parser's, and Trusted Types need no policy. What `innerHTML` made never runs however often it is put
 * in, and is built anew by rebuild.ts.
 */

/** One script that may run now. */
export interface Job {
  script: HTMLScriptElement;
  /** Asked again right before it runs: a withdrawal may have come in between. */
  still(): boolean;
  /** Puts the script, or the one built in its stead, into the page. */
  place(script: HTMLScriptElement): void;
}

/** Runs them. External scripts are fetched side by side; an inline one waits for those before it, as in a parsed page. */
export async function run(jobs: readonly Job[]): Promise<void> {
  const unstarted = await Promise.all(jobs.map((job) => isUnstarted(job.script)));
  let before: Promise<unknown>[] = [];
  for (const [index, job] of jobs.entries()) {
    const script =
      unstarted[index] && source(job.script) === job.script.getAttribute('src')
        ? job.script
        : await import('./rebuild.js').then(({ rebuild }) => rebuild(job.script), nothing);
    if (!script) continue;
    const type = script.type === 'text/plain' ? (script.dataset.type ?? '') : script.type;
    if (!script.hasAttribute('src') && type !== 'module') {
      await Promise.all(before);
      before = [];
    } else if (!script.hasAttribute('async')) {
      before.push(new Promise((done) => ['load', 'error'].map((event) => script.addEventListener(event, done))));
    }
    if (!job.still()) continue;
    // A script that was put in by code is async unless it says otherwise.
    if (!script.hasAttribute('async')) script.async = false;
    if (type) script.type = type;
    else script.removeAttribute('type');
    job.place(script);
  }
}

/** Where a script comes from: klaro's markup has the address of a held script in `data-src`. */
export function source(script: HTMLScriptElement): string | null {
  return script.getAttribute('src') ?? ((script.type === 'text/plain' && script.dataset.src) || null);
}

function nothing(): undefined {}

/**
 * Whether the browser would run this element. A copy without content keeps the browser's mark for "already started";
 * with an empty address it fires `error` if the mark is not set, and asks nothing of the network. In a closed shadow
 * tree, so that nobody who listens for errors in the page hears it.
 */
function isUnstarted(script: HTMLScriptElement): Promise<boolean> {
  return new Promise((answer) => {
    const host = document.createElement('samtycke-probe');
    const probe = script.cloneNode() as HTMLScriptElement;
    const end = (unstarted: boolean) => {
      host.remove();
      answer(unstarted);
    };
    probe.removeAttribute('type');
    probe.removeAttribute('src');
    probe.toggleAttribute('src');
    probe.onerror = () => end(true);
    setTimeout(end, 100, false);
    host.attachShadow({ mode: 'closed' }).append(probe);
    document.head.append(host);
  });
}
