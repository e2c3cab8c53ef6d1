/**
 * Runs what was held back, in order.
 *
 * The element that the parser made is put in again rather than built anew: a browser then still knows its text and
 * address as the parser's, and Trusted Types need no policy. What `innerHTML` made never runs however often it is put
 * in, and is built anew by rebuild.ts.
 */

import { realType, source } from './types.js';
import { captureWrites, parse } from './write.js';

/** One script that may run now. */
export interface Job {
  script: HTMLScriptElement;
  /** Asked again right before it runs: a withdrawal may have come in between. */
  isStillAllowed(): boolean;
  /** Puts the script, or the one built in its stead, into the page. */
  place(script: HTMLScriptElement): void;
  /** Puts what that script has written behind it, and answers the scripts in it, which run next. */
  written(fragment: DocumentFragment, behind: HTMLScriptElement): Job[];
}

/**
 * Runs them, and resolves when all have run that run in order. External scripts are fetched side by side; an inline one
 * waits for those before it, as in a parsed page.
 */
export async function run(jobs: readonly Job[]): Promise<void> {
  const unstarted = await Promise.all(jobs.map((job) => isUnstarted(job.script)));
  let before: Promise<unknown>[] = [];
  for (const [index, job] of jobs.entries()) {
    const address = source(job.script);
    const script =
      unstarted[index] && address === job.script.getAttribute('src')
        ? job.script
        : await import('./rebuild.js').then(({ rebuild }) => rebuild(job.script, address), nothing);
    if (!script) continue;
    const type = realType(job.script);
    const inline = !script.hasAttribute('src');
    if (inline && type !== 'module') {
      await Promise.all(before);
      before = [];
    }
    if (!job.isStillAllowed()) continue;
    // A script that was put in by code is async unless it says otherwise.
    const ordered = !script.hasAttribute('async');
    if (ordered) script.async = false;
    if (type) script.type = type;
    else script.removeAttribute('type');
    // What a module, or one that waits for nobody, writes is left out by the browser itself.
    const takeWritten = ordered && type !== 'module' ? captureWrites(script) : () => '';
    job.place(script);
    const ended = inline || !script.isConnected ? undefined : whenLoaded(script);
    const finish = async () => {
      await ended;
      const text = takeWritten();
      const fragment = text && parse(text, script);
      if (fragment) await run(job.written(fragment, script));
    };
    if (inline) await finish();
    else if (ordered) before.push(finish());
  }
  await Promise.all(before);
}

function whenLoaded(script: HTMLScriptElement): Promise<unknown> {
  return new Promise((done) => {
    for (const event of ['load', 'error']) script.addEventListener(event, done);
  });
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
