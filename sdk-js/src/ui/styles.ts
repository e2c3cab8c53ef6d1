import type { UiOptions } from '../contract.js';
import { el } from './el.js';

/**
 * One style sheet for everything. The custom properties on `:where(:root)` weigh nothing: a page that sets one of them
 * on `:root` wins; `--samtycke-size` (of the text) and `--samtycke-z` are a page's to set too. Sizes are in `em` of
 * one size that follows the reader's own setting, so that large text makes everything larger. `all` shields against the page's
 * own rules for plain elements. Forced colours get plain buttons and checkboxes. Nothing moves.
 */
const BASE = /* css */ `
:where(:root) {
  --samtycke-background: #fff;
  --samtycke-text: #1c2228;
  --samtycke-muted: #57606a;
  --samtycke-line: #e4e7eb;
  --samtycke-action: var(--samtycke-text);
  --samtycke-action-text: var(--samtycke-background);
  --samtycke-radius: 12px;
  --samtycke-font: system-ui, sans-serif;
}
.samtycke {
  all: initial;
  position: fixed;
  z-index: var(--samtycke-z, 2147483000);
  box-sizing: border-box;
  overflow: auto;
  overflow-wrap: anywhere;
  hyphens: auto;
  max-width: calc(100% - 2em);
  max-height: calc(100vh - 2em);
  color: var(--samtycke-text);
  background: var(--samtycke-background);
  font: var(--samtycke-size, max(15px, .9375rem))/1.5 var(--samtycke-font);
  border: 1px solid var(--samtycke-line);
  border-radius: var(--samtycke-radius);
  box-shadow: 0 8px 40px #0003;
  inset-block-end: 1em;
  inset-inline-start: 1em;
}
.samtycke * { all: revert; box-sizing: border-box; margin: 0; padding: 0; }
.samtycke :is(h2, h3) { flex: 1; font-size: 1em; line-height: 1.3; }
.samtycke h2 { font-size: 1.2em; }
.samtycke :is(h3, strong, dt, caption, th) { color: var(--samtycke-text); }
.samtycke a { color: inherit; }

.samtycke-first, .samtycke-second { width: 38em; }
.samtycke-top, .samtycke-live { inset-block: 1em auto; }
.samtycke-centre, .samtycke-second { inset: 0; margin: auto; height: fit-content; }
.samtycke-second { scroll-padding-block: 5em 13em; }
.samtycke-second::backdrop { background: #0008; }

.samtycke-head, .samtycke-foot { inset-block: 0; background: var(--samtycke-background); }
.samtycke-head { display: flex; align-items: center; padding-block: .7em .5em; padding-inline: 1.4em .6em; }
.samtycke-body { display: grid; gap: .8em; font-size: .9333em; padding: 0 1.5em; color: var(--samtycke-muted); }
.samtycke-foot { display: flex; flex-wrap: wrap; gap: .6em; padding: 1.2em 1.4em; }
.samtycke-foot div, .samtycke-second .samtycke-foot { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8em), 1fr)); grid-auto-rows: 1fr; gap: .6em; flex: 2 1 17em; }
.samtycke-second .samtycke-foot { grid-template-columns: repeat(auto-fit, minmax(min(100%, 11em), 1fr)); border-block-start: 1px solid var(--samtycke-line); }

.samtycke button { min-width: 44px; min-height: 44px; padding: .5em .6em; border: 1px solid #0000; border-radius: var(--samtycke-radius); font: inherit; font-weight: 600; line-height: 1.3; cursor: pointer; }
.samtycke [data-samtycke-action=settings] { flex: 1 1 8em; }
.samtycke .samtycke-head button { padding: 0; font-size: 1.5em; font-weight: 400; }
.samtycke button:hover { opacity: .8; }
.samtycke :focus-visible { outline: 2px solid var(--samtycke-text); outline-offset: 2px; }

.samtycke-row { border-block-start: 1px solid var(--samtycke-line); }
.samtycke-row > div { display: flex; align-items: center; gap: 1em; padding-block: .8em .3em; }
.samtycke small { display: block; color: var(--samtycke-muted); font-size: .87em; font-weight: 400; }
.samtycke label { display: block; }
.samtycke summary { padding-block: .85em; }
.samtycke :is(dt, caption, th) { font-weight: 600; text-align: start; }
.samtycke td { vertical-align: top; }
.samtycke dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16em), 1fr)); gap: .6em; }
.samtycke table { table-layout: fixed; border-collapse: collapse; width: 100%; margin-block: .6em 1em; }
.samtycke th { padding-inline-end: .3em; overflow-wrap: break-word; hyphens: auto; }

.samtycke input { flex: none; position: relative; width: 46px; height: 44px; border-radius: 1em; }
@media (forced-colors: none) {
.samtycke button { color: var(--samtycke-action-text); background: var(--samtycke-action); }
.samtycke :is([data-samtycke-action=settings], [data-samtycke-action=close]) { color: inherit; background: none; }
.samtycke input { appearance: none; }
.samtycke input::before, .samtycke input::after { content: ""; position: absolute; inset: 9px 0; border: 1px solid var(--samtycke-muted); border-radius: 1em; }
.samtycke input::after { inset-block: 13px; inset-inline: 4px auto; width: 18px; background: var(--samtycke-muted); }
.samtycke input:checked::before { background: var(--samtycke-action); }
.samtycke input:checked::after { inset-inline: auto 4px; background: var(--samtycke-action-text); }
}

.samtycke-control button { font-size: .87em; }
/* Inside: outside it would be cut off, and lie on the page's own colour. */
.samtycke-control button:focus-visible { outline-offset: -2px; }
.samtycke-first ~ .samtycke-control { display: none; }
.samtycke-live { inset-inline-end: 1em; margin: auto; width: fit-content; padding: .8em 1.2em; }
.samtycke-live:empty { padding: 0; border: 0; }

@media (min-height: 34em) {
  .samtycke-head, .samtycke-foot { position: sticky; z-index: 1; }
}
@media print { .samtycke { display: none; } }
`;

const DARK = /* css */ `
:where(:root) {
  --samtycke-background: #191d22;
  --samtycke-text: #eceff2;
  --samtycke-muted: #a6afb9;
  --samtycke-line: #343b43;
}
.samtycke { color-scheme: dark; }
`;

/**
 * Puts the style sheet into the page, and returns how to take it out. A constructable sheet needs no permission of the
 * page's content security policy; where it is missing, a `<style>` with the page's nonce does the same.
 */
export function addStyles({ theme, nonce }: UiOptions): () => void {
  const where = { auto: '(prefers-color-scheme:dark)', dark: 'all', light: 'not all' }[theme];
  const css = `${BASE}@media ${where}{${DARK}}`;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  } catch {
    const style = el('style', css, { nonce: nonce ?? '' });
    document.head.append(style);
    return () => style.remove();
  }
}
