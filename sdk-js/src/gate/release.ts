/** Releases scripts and templates. A chunk of its own: before the first grant there is nothing to release. */
import type { GatePort } from './index.js';
import type { GatedElement } from './keeper.js';
import { type Job, run } from './scripts.js';
import { isRunnable } from './types.js';

/** Scripts that have run, or whose copy has run. They never run twice, whatever the page does with them. */
const hasRun = new WeakSet<Node>();

/** Releases these elements in order, and stores how to revoke each. `ran` collects the purposes whose scripts ran. */
export function release(due: readonly GatedElement[], ran: Set<string>, port: Pick<GatePort, 'nonce'>): void {
  const jobs: Job[] = [];
  for (const entry of due) {
    // Withdrawn while this file was loading, or released by an earlier call.
    if (!entry.on || entry.undo) continue;
    const { element, words } = entry;
    const own: Job[] = [];
    const toJobs: ToJobs = (scripts) =>
      scripts.filter((script) => mayRun(script.element, port.nonce)).map((script) => job(script, words, ran, toJobs));
    let undo = () => {};
    try {
      if (isScript(element)) own.push(...toJobs(isRunnable(element, true) ? [standaloneScript(element, entry)] : []));
      else undo = insertContent(element as HTMLTemplateElement, (scripts) => own.push(...toJobs(scripts)));
    } catch (error) {
      // An element that cannot be released does not hold up the others.
      console.warn('samtycke:', element, error);
    }
    jobs.push(...own);
    entry.undo = () => {
      entry.undo = undefined;
      undo();
    };
  }
  if (jobs.length) void run(jobs);
}

/** A script that is about to run. */
interface Script {
  element: HTMLScriptElement;
  isStillAllowed: Job['isStillAllowed'];
  place: Job['place'];
  /** Inserts what it writes into the page right after it. */
  write(nodes: Node[], behind: HTMLScriptElement): void;
}

type ToJobs = (scripts: readonly Script[]) => Job[];

function isScript(element: Element): element is HTMLScriptElement {
  return element.localName === 'script';
}

/**
 * Under `strict-dynamic` everything that trusted code inserts may run. A gated script without the page's nonce may have
 * been injected, and inserting it would bypass the policy.
 */
function mayRun(script: HTMLScriptElement, nonce: string | undefined): boolean {
  const may = !nonce || script.nonce === nonce;
  if (!may) console.warn('samtycke: a script stays blocked, because it does not have the nonce of the page.', script);
  return may;
}

function job(
  { element: script, isStillAllowed, place, write }: Script,
  words: readonly string[],
  ran: Set<string>,
  toJobs: ToJobs,
): Job {
  return {
    script,
    isStillAllowed,
    place(ready) {
      place(ready);
      if (!ready.isConnected) return;
      hasRun.add(script).add(ready);
      for (const word of words) ran.add(word);
    },
    written(fragment, behind) {
      const nested: Script[] = [];
      const nodes = extractScripts(fragment, (scripts) => nested.push(...scripts));
      if (behind.isConnected) write(nodes, behind);
      return toJobs(nested);
    },
  };
}

/** A gated script outside a template. */
function standaloneScript(element: HTMLScriptElement, entry: GatedElement): Script {
  return {
    element,
    isStillAllowed: () => entry.on && !hasRun.has(element),
    place: (ready) => element.after(ready),
    write: (nodes, behind) => behind.after(...nodes),
  };
}

/**
 * Takes the scripts out of a fragment until their turn, because a browser would run inline scripts before external
 * ones. Returns the fragment's nodes; the list follows later insertions.
 */
function extractScripts(fragment: DocumentFragment, collect: (scripts: Script[]) => void): ChildNode[] {
  const marks = new Map<ChildNode, HTMLScriptElement>();
  for (const script of fragment.querySelectorAll('script')) {
    if (hasRun.has(script) || !isRunnable(script)) continue;
    const mark = document.createComment('');
    script.replaceWith(mark);
    marks.set(mark, script);
  }
  const nodes = [...fragment.childNodes];
  collect(
    [...marks].map(([mark, element]) => ({
      element,
      isStillAllowed: () => true,
      place(ready) {
        const at = nodes.indexOf(mark);
        if (at >= 0) nodes[at] = ready;
        mark.replaceWith(ready);
      },
      write(written, behind) {
        const at = nodes.indexOf(behind);
        if (at >= 0) nodes.splice(at + 1, 0, ...(written as ChildNode[]));
        behind.after(...written);
      },
    })),
  );
  return nodes;
}

/**
 * Moves a template's content after the template. It moves the nodes themselves: Trusted Types would refuse copies of
 * scripts as created by code. Back in the template they are inert again, even a script that is still loading.
 */
function insertContent(template: HTMLTemplateElement, collect: (scripts: Script[]) => void): () => void {
  const { content } = template;
  const nodes = extractScripts(content, collect);
  template.after(content);
  // What the page itself has removed stays removed.
  return () => content.append(...nodes.filter((node) => node.parentNode));
}
