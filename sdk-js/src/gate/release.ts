/** Lets through what has its permission. Its own chunk: before the first yes there is nothing to let through. */
import type { Entry, GatePort } from './index.js';
import { type Job, run } from './scripts.js';

/** Scripts that have run, or whose copy has: never twice, whatever the page does with them. */
const done = new WeakSet<Node>();

/** Lets them through in the order given, and tells each how to go back. `ran` collects whose scripts ran. */
export function release(due: readonly Entry[], ran: Set<string>, port: Pick<GatePort, 'nonce'>): void {
  const jobs: Job[] = [];
  for (const entry of due) {
    // Withdrawn while this file was loading, or let through by a call that came first.
    if (!entry.on || entry.undo) continue;
    const { element } = entry;
    const add = (script: HTMLScriptElement, still: Job['still'], insert: Job['place']) => {
      if (mayRun(script, port.nonce)) jobs.push({ script, still, place: placing(script, insert, entry, ran) });
    };
    let undo = () => {};
    if (isScript(element))
      add(
        element,
        () => entry.on && !done.has(element),
        (ready) => element.after(ready),
      );
    else if (isTemplate(element)) undo = adopt(element, add);
    else undo = setAddresses(element);
    entry.undo = () => {
      entry.undo = undefined;
      undo();
    };
  }
  if (jobs.length) void run(jobs);
}

function isScript(element: Element): element is HTMLScriptElement {
  return element.localName === 'script';
}

function isTemplate(element: Element): element is HTMLTemplateElement {
  return element.localName === 'template';
}

/**
 * Under `strict-dynamic`, whatever trusted code inserts may run. A gated script without the page's nonce may have been
 * injected, and inserting it would lift the policy.
 */
function mayRun(script: HTMLScriptElement, nonce: string | undefined): boolean {
  const may = !nonce || script.nonce === nonce;
  if (!may) console.warn('samtycke: a script stays blocked, as it does not have the nonce of the page.', script);
  return may;
}

function placing(script: HTMLScriptElement, insert: Job['place'], { words }: Entry, ran: Set<string>): Job['place'] {
  return (ready) => {
    insert(ready);
    if (!ready.isConnected) return;
    done.add(script).add(ready);
    for (const word of words) ran.add(word);
  };
}

/**
 * Moves a template's content, itself and not a copy, behind the template: a copy of a script counts as code that somebody
 * made up, and Trusted Types would refuse it. Back again it is as inert as before, even a script still under way.
 */
function adopt(
  template: HTMLTemplateElement,
  add: (script: HTMLScriptElement, still: Job['still'], insert: Job['place']) => void,
): () => void {
  const { content } = template;
  const marks = new Map<ChildNode, HTMLScriptElement>();
  for (const script of content.querySelectorAll('script')) {
    if (done.has(script) || !/^$|^module$|script$|importmap/.test(script.type)) continue;
    // Held out until its turn: a browser would run inline ones at once, before external ones.
    const mark = document.createComment('');
    script.replaceWith(mark);
    marks.set(mark, script);
  }
  const nodes = [...content.childNodes];
  for (const [mark, script] of marks) {
    add(
      script,
      () => true,
      (ready) => {
        const at = nodes.indexOf(mark);
        if (at >= 0) nodes[at] = ready;
        mark.replaceWith(ready);
      },
    );
  }
  template.after(content);
  // What the page itself has taken out stays out.
  return () => content.append(...nodes.filter((node) => node.parentNode));
}

/** Sets the real addresses. Answers how to put back what was there. */
function setAddresses(element: HTMLElement): () => void {
  const before: [name: string, value: string | null][] = [];
  for (const name of ['srcset', 'src', 'href', 'poster']) {
    const value = element.dataset[name];
    if (value === undefined || !isWeb(value)) continue;
    before.push([name, element.getAttribute(name)]);
    element.setAttribute(name, value);
  }
  // A <source> that is there already is not looked at again by itself.
  const load = () => element.closest<HTMLMediaElement>('video,audio')?.load();
  load();
  return () => {
    for (const [name, value] of before) {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
    // An iframe keeps its page, and a link its sheet, until it is put in again; a video until it loads anew.
    if (element.parentNode) element.after(element);
    load();
  };
}

/** Sanitisers let `data-` attributes through: no address that runs code may come out of one. */
function isWeb(address: string): boolean {
  return URL.canParse(address, document.baseURI) && /^https?:$/.test(new URL(address, document.baseURI).protocol);
}
