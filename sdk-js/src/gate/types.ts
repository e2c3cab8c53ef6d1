/**
 * What a held script really is. Other tools hold scripts back too: speed plugins, until somebody moves the mouse. What
 * they have made of a script before it came here is read from where they keep it.
 */

/** Types that plugins write in the place of the real one. */
const HELD_TYPE =
  /^(text\/(plain|rocketscript|phast)|rocketlazyloadscript|litespeed\/javascript|pmdelayedscript|javascript\/blocked|nitropack\/inlinescript)$/;

/** Cloudflare's Rocket Loader puts a number of its own before the type, as in `5f0…-text/javascript`. */
const NUMBERED_TYPE = /^[\da-f]{8,}-(?=$|module$|(text|application)\/)/;

/** Where the real type is: WP Rocket, Perfmatters, WP Meteor, Phast; klaro and vanilla-cookieconsent have `data-type`. */
const TYPES = [
  'data-rocket-type',
  'data-perfmatters-type',
  'data-wpmeteor-type',
  'data-phast-original-type',
  'data-type',
];

/** Where the real address is: the same, old Rocket Loader, and LiteSpeed, Flying Scripts and klaro with `data-src`. */
const SOURCES = [
  'data-samtycke-src',
  'data-rocket-src',
  'data-rocketsrc',
  'data-pmdelayedscript',
  'data-wpmeteor-src',
  'data-phast-original-src',
  'data-src',
];

/** What browsers run. */
const RUNNABLE =
  /^$|^(module|importmap|speculationrules)$|^(text|application)\/(x-)?(java|ecma|j|live)script(1\.\d)?$/i;

/** What is named like a program, or like one that is delayed, and is none that anybody here knows. */
const SCRIPT_LIKE = /script|delay|lazy|defer|blocked/i;

const warned = new WeakSet<Node>();

/** The type under which a browser runs it. */
export function realType(script: HTMLScriptElement): string {
  const type = script.type.trim().replace(NUMBERED_TYPE, '');
  if (!HELD_TYPE.test(type)) return type;
  const kept = firstAttribute(script, TYPES) ?? '';
  return kept === 'lazy' ? '' : kept;
}

/** Where it comes from; null for one that has its text inside. */
export function source(script: HTMLScriptElement): string | null {
  // Flying Scripts leaves the type as it is.
  const held = HELD_TYPE.test(script.type.trim()) || script.dataset.type === 'lazy';
  return script.getAttribute('src') ?? ((held && firstAttribute(script, SOURCES)) || null);
}

/**
 * Whether a browser would run it. Data is none of our business; of a program of an unknown kind we tell once. `gated`: the
 * script is the gate itself, and so can only be a program.
 */
export function isRunnable(script: HTMLScriptElement, gated = false): boolean {
  const type = realType(script);
  // A gate of its own, within another.
  if (!gated && script.type === 'text/plain') return false;
  if (RUNNABLE.test(type)) return true;
  if ((gated || SCRIPT_LIKE.test(type)) && !warned.has(script)) {
    warned.add(script);
    console.warn(`samtycke: a script stays off, as nobody here knows its type "${type}".`, script);
  }
  return false;
}

function firstAttribute(script: Element, names: readonly string[]): string | null {
  return names.map((name) => script.getAttribute(name)).find((value) => value !== null) ?? null;
}
