import type { UiOptions } from '../contract.js';
import { el } from './el.js';

/**
 * One style sheet for everything, which pages cannot override: every declaration is `!important` and in a layer, and
 * important declarations in a layer beat everything that a page declares outside of layers. A page sets custom
 * properties, which have their defaults where they are used. Sizes are in `em` of a size that follows the user's own
 * setting, so that large text makes everything larger. Forced colours get plain buttons and checkboxes. Nothing is
 * animated.
 */
const BASE = /* css */ `
samtycke-root { display: contents; }
.samtycke {
  --s-b: var(--samtycke-background, #fff);
  --s-t: var(--samtycke-text, #1c2228);
  --s-m: var(--samtycke-muted, #57606a);
  --s-l: var(--samtycke-line, #e4e7eb);
  --s-a: var(--samtycke-action, var(--s-t));
  --s-c: var(--samtycke-action-text, var(--s-b));
  --s-r: var(--samtycke-radius, 12px);
  --s-g: var(--samtycke-margin, 1em);
  --s-p: var(--samtycke-padding, 1.4em);
  all: initial;
  color-scheme: light;
  position: fixed;
  z-index: var(--samtycke-z, 2147483647);
  display: flex;
  flex-direction: column;
  box-sizing: border-box;
  overflow: auto;
  overflow-wrap: anywhere;
  hyphens: auto;
  max-width: calc(100% - 2*var(--s-g));
  max-height: calc(100vh - 2*var(--s-g));
  max-height: calc(100dvh - 2*var(--s-g));
  color: var(--s-t);
  background: var(--s-b);
  font: var(--samtycke-size, max(15px, .9375rem))/1.5 var(--samtycke-font, system-ui, sans-serif);
  border: var(--samtycke-border, 1px solid var(--s-l));
  border-radius: var(--s-r);
  box-shadow: var(--samtycke-shadow, 0 8px 40px #0003);
  inset-block-end: var(--s-g);
  inset-inline-start: var(--s-g);
}
.samtycke *, :is(.samtycke, .samtycke *)::before, :is(.samtycke, .samtycke *)::after { all: revert; box-sizing: border-box; margin: 0; padding: 0; }
.samtycke :is(h2, h3, h4) { flex: 1; font-size: 1em; line-height: 1.3; }
.samtycke h2 { font-size: 1.2em; }
.samtycke :is(h3, h4, dt, caption, th) { color: var(--s-t); }
.samtycke a { color: var(--samtycke-link, inherit); }

.samtycke-first, .samtycke-second { width: var(--samtycke-width, 38em); }
.samtycke-top, .samtycke-live { inset-block: var(--s-g) auto; }
.samtycke-centre { inset: 0; margin: auto; height: fit-content; }
.samtycke-bar { inset-inline: 0; margin: auto; width: auto; max-width: none; border-radius: 0; border-inline: 0; }
.samtycke-bar.samtycke-bottom { inset-block-end: 0; }
.samtycke-bar.samtycke-top { inset-block-start: 0; }
dialog.samtycke::backdrop { background: var(--samtycke-backdrop, #0008); }

.samtycke-head { display: flex; flex: none; align-items: center; padding-block: .6em .3em; padding-inline: var(--s-p) .5em; }
.samtycke-body { display: grid; flex: auto; gap: .7em; overflow: auto; min-height: 7.5em; font-size: .9333em; padding: 2px calc(var(--s-p)*1.0714); color: var(--s-m); }
.samtycke-foot { display: flex; flex: none; flex-wrap: wrap; gap: .6em; padding: .9em var(--s-p) 1.1em; }
.samtycke-foot div, .samtycke-second .samtycke-foot { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8em), 1fr)); grid-auto-rows: 1fr; gap: .6em; flex: 2 1 17em; }

.samtycke button { min-width: 44px; min-height: 44px; padding: .3em .6em; border: var(--samtycke-button-border, 1px solid #0000); border-radius: var(--samtycke-button-radius, var(--s-r)); font: inherit; font-weight: var(--samtycke-button-weight, 600); line-height: 1.3; cursor: pointer; }
.samtycke [data-samtycke-action=settings] { flex: 1 1 8em; }
.samtycke .samtycke-head button { padding: 0; font-size: 1.5em; font-weight: 400; }
.samtycke button:hover { box-shadow: var(--samtycke-hover, inset 0 0 0 3px var(--s-m)); }
.samtycke :focus-visible { outline: var(--samtycke-focus, 2px solid var(--s-t)); outline-offset: 2px; }
.samtycke .samtycke-body:focus-visible { outline-offset: -2px; }
.samtycke[data-samtycke-fresh] button { pointer-events: none; }

@media (forced-colors: none) {
.samtycke button { color: var(--s-c); background: var(--s-a); }
.samtycke :is([data-samtycke-action=settings], [data-samtycke-action=close]) { color: inherit; background: none; }
.samtycke-foot [data-samtycke-action=settings] { border: var(--samtycke-settings-border, 1px solid var(--s-m)); }
}

.samtycke-first ~ .samtycke-control, .samtycke[data-samtycke-behind] { display: none; }
.samtycke-live { inset-inline-end: var(--s-g); margin: auto; width: fit-content; padding: .8em 1.2em; }
.samtycke-live:empty { padding: 0; border: 0; box-shadow: none; }
`;

/**
 * Small windows: smaller gaps. Low ones scroll a layer as a whole if head and foot leave no room. Phones in landscape,
 * and bars, have two columns.
 */
const ROOM = /* css */ `
@media (max-width: 30em) {
  .samtycke { --s-g: var(--samtycke-margin, .5em); --s-p: var(--samtycke-padding, 1em); }
  .samtycke-first { max-height: max(60vh, 18em); }
}
@media (max-height: 26em) {
  .samtycke-first { display: block; }
  .samtycke-first .samtycke-body { overflow: visible; }
}
@media (min-width: 38em) and (max-height: 30em) {
  .samtycke-first { display: grid; grid-template: auto minmax(0, 1fr)/1fr 16em; width: 62em; max-height: calc(100vh - 1em); }
  .samtycke-first .samtycke-body { overflow: auto; min-height: 0; }
  .samtycke-first .samtycke-foot { grid-area: 1/2/3; align-content: center; }
}
@media (min-width: 56em) {
  .samtycke-bar { display: grid; grid-template: auto minmax(0, 1fr)/1fr 24em; width: auto; }
  .samtycke-bar .samtycke-foot { grid-area: 1/2/3; align-content: center; }
}
@media print { .samtycke { display: none; } }
`;

const DARK = /* css */ `
.samtycke {
  --s-b: var(--samtycke-background, #191d22);
  --s-t: var(--samtycke-text, #eceff2);
  --s-m: var(--samtycke-muted, #a6afb9);
  --s-l: var(--samtycke-line, #343b43);
  color-scheme: dark;
}
`;

export interface Styles {
  /** Adds rules. */
  add(rules: string): void;
  /** Adds the sheet again if the page has removed it. */
  keep(): void;
  remove(): void;
}

/**
 * Adds the style sheet to the page. A constructable sheet needs no permission in the page's content security policy;
 * without it, a `<style>` with the page's nonce does the same.
 */
export function createStyles({ theme, nonce }: UiOptions, root: HTMLElement): Styles {
  const where = { auto: '(prefers-color-scheme:dark)', dark: 'all', light: 'not all' }[theme];
  const others = () => document.adoptedStyleSheets.filter((each) => each !== sheet);
  let rules = '';
  let sheet: CSSStyleSheet | undefined;
  let style: HTMLStyleElement | undefined;
  try {
    sheet = new CSSStyleSheet();
    // If it can be made and not adopted, it is of no use.
    others();
  } catch {
    sheet = undefined;
    style = el('style', [], { nonce: nonce ?? '' });
    root.append(style);
  }
  const styles = {
    add(more: string) {
      rules += more;
      const css = `@layer samtycke{${rules.replace(/([^{};\s])\s*([;}])/g, '$1!important$2')}}`;
      if (style) style.textContent = css;
      sheet?.replaceSync(css);
    },
    keep() {
      // First, because of two layers the earlier one wins for important declarations.
      if (sheet && document.adoptedStyleSheets[0] !== sheet) document.adoptedStyleSheets = [sheet, ...others()];
    },
    remove() {
      if (sheet) document.adoptedStyleSheets = others();
    },
  };
  styles.add(`${BASE}${ROOM}@media ${where}{${DARK}}`);
  styles.keep();
  return styles;
}
