/**
 * Runs scripts that were held back, in order.
 *
 * The element that the parser made is inserted again instead of rebuilt: the browser still treats its text and address
 * as the parser's, and Trusted Types need no policy. A script that `innerHTML` made never runs, however often it is
 * inserted, so rebuild.ts makes a new one.
 */

import { realType, source } from './types.js';
import { captureWrites, parse } from './write.js';

/** One script that may run now. */
export interface Job {
  script: HTMLScriptElement;
  /** Checked again right before it runs, because a withdrawal may have come in between. */
  isStillAllowed(): boolean;
  /** Inserts the script, or the one that was rebuilt from it. */
  place(script: HTMLScriptElement): void;
  /** Inserts what the script has written after it, and returns the scripts in it, which run next. */
  written(fragment: DocumentFragment, behind: HTMLScriptElement): Job[];
}

/**
 * Runs scripts, and resolves when all ordered scripts have run. External scripts are fetched in parallel; an inline
 * script waits for those before it, as in a parsed page.
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
    // A script that code inserts is async unless it says otherwise.
    const ordered = !script.hasAttribute('async');
    if (ordered) script.async = false;
    if (type) script.type = type;
    else script.removeAttribute('type');
    // The browser itself ignores what a module or an async script writes.
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
 * Whether the browser would run this element. A copy without content keeps the browser's "already started" flag. With
 * an empty address it fires `error` if the flag is not set, and requests nothing. The copy is in a closed shadow tree,
 * so that no error listener of the page hears it.
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
