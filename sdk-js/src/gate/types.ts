/**
 * The real type and address of a held script. Other tools hold scripts back too, such as speed plugins that wait for
 * the mouse. They keep the original values in attributes of their own.
 */

/** Types that plugins write in place of the real one. */
const HELD_TYPE =
  /^(text\/(plain|rocketscript|phast)|rocketlazyloadscript|litespeed\/javascript|pmdelayedscript|javascript\/blocked|nitropack\/inlinescript)$/;

/** Cloudflare's Rocket Loader writes a number before the type, as in `5f0…-text/javascript`. */
const NUMBERED_TYPE = /^[\da-f]{8,}-(?=$|module$|(text|application)\/)/;

/**
 * Attributes with the real type: WP Rocket, Perfmatters, WP Meteor, Phast; klaro and vanilla-cookieconsent use
 * `data-type`.
 */
const TYPES = [
  'data-rocket-type',
  'data-perfmatters-type',
  'data-wpmeteor-type',
  'data-phast-original-type',
  'data-type',
];

/**
 * Attributes with the real address: of the same tools, old Rocket Loader, and LiteSpeed, Flying Scripts and klaro
 * (`data-src`).
 */
const SOURCES = [
  'data-samtycke-src',
  'data-rocket-src',
  'data-rocketsrc',
  'data-pmdelayedscript',
  'data-wpmeteor-src',
  'data-phast-original-src',
  'data-src',
];

/** Types that browsers run. */
const RUNNABLE =
  /^$|^(module|importmap|speculationrules)$|^(text|application)\/(x-)?(java|ecma|j|live)script(1\.\d)?$/i;

/** Types that look like those of a program or a delayed program, and are not known here. */
const SCRIPT_LIKE = /script|delay|lazy|defer|blocked/i;

const warned = new WeakSet<Node>();

/** The type under which a browser runs the script. */
export function realType(script: HTMLScriptElement): string {
  const type = script.type.trim().replace(NUMBERED_TYPE, '');
  if (!HELD_TYPE.test(type)) return type;
  const kept = firstAttribute(script, TYPES) ?? '';
  return kept === 'lazy' ? '' : kept;
}

/** The script's address; null for an inline script. */
export function source(script: HTMLScriptElement): string | null {
  // Flying Scripts leaves the type as it is.
  const held = HELD_TYPE.test(script.type.trim()) || script.dataset.type === 'lazy';
  return script.getAttribute('src') ?? ((held && firstAttribute(script, SOURCES)) || null);
}

/**
 * Whether a browser would run the script. Data is ignored; an unknown type of program is reported once. `gated`: the
 * script itself is gated, so it can only be a program.
 */
export function isRunnable(script: HTMLScriptElement, gated = false): boolean {
  const type = realType(script);
  // A gated script inside another gated element.
  if (!gated && script.type === 'text/plain') return false;
  if (RUNNABLE.test(type)) return true;
  if ((gated || SCRIPT_LIKE.test(type)) && !warned.has(script)) {
    warned.add(script);
    console.warn(`samtycke: a script stays off, because its type "${type}" is not known.`, script);
  }
  return false;
}

function firstAttribute(script: Element, names: readonly string[]): string | null {
  return names.map((name) => script.getAttribute(name)).find((value) => value !== null) ?? null;
}
