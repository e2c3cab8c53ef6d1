/**
 * `document.write` of released scripts. After a page has been parsed it would erase the page, so the text is captured
 * and inserted after the script. Only calls of these scripts are captured, only while they run, and only on this
 * document: no prototype is patched.
 */

/** Running scripts, and what each has written. */
const captured = new Map<Element, string>();
const restore: (() => void)[] = [];

const METHODS: Record<string, (script: Element, parts: unknown[]) => unknown> = {
  write: (script, parts) => void captured.set(script, captured.get(script) + parts.join('')),
  writeln: (script, parts) => void captured.set(script, `${captured.get(script)}${parts.join('')}\n`),
  open: () => document,
  close: () => {},
};

/** Call it before the script runs. Returns a function that stops capturing and returns the text. */
export function captureWrites(script: HTMLScriptElement): () => string {
  if (!captured.size) for (const [name, act] of Object.entries(METHODS)) patch(name, act);
  captured.set(script, '');
  return () => {
    const text = captured.get(script) ?? '';
    captured.delete(script);
    if (!captured.size) for (const back of restore.splice(0)) back();
    return text;
  };
}

function patch(name: string, act: (script: Element, parts: unknown[]) => unknown): void {
  const owner = document as unknown as Record<string, (...parts: unknown[]) => unknown>;
  const old = Object.getOwnPropertyDescriptor(owner, name);
  const method = owner[name];
  if (!method || (old && !old.configurable)) return;
  const ours = (...parts: unknown[]) => {
    const script = document.currentScript;
    return script && captured.has(script) ? act(script, parts) : method.apply(document, parts);
  };
  Object.defineProperty(owner, name, { value: ours, configurable: true, writable: true });
  restore.push(() => {
    // If other code has patched over ours, its patch stays, and finds the browser's own method underneath.
    if (owner[name] !== ours) return;
    if (old) Object.defineProperty(owner, name, old);
    else delete owner[name];
  });
}

/**
 * The text as nodes. If Trusted Types are enforced, the page needs a default policy: one of ours would make any text
 * trusted.
 */
export function parse(text: string, script: Element): DocumentFragment | undefined {
  try {
    const template = document.createElement('template');
    template.innerHTML = text;
    return template.content;
  } catch {
    console.warn('samtycke: what a script wrote is left out, because Trusted Types refuse it.', script);
    return undefined;
  }
}
