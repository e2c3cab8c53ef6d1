import type { UiOptions } from '../contract.js';

/**
 * One style sheet for everything. The custom properties on `:where(:root)` weigh nothing: a page that sets one of them
 * on `:root` wins. Sizes are in `em` of one size that follows the reader's own setting, so that large text makes
 * everything larger. `all` shields against the page's own rules for plain elements. Nothing moves.
 */
const BASE = /* css */ `
:where(:root) {
  --samtycke-background: #fff;
  --samtycke-text: #1c2228;
  --samtycke-muted: #57606a;
  --samtycke-line: #e4e7eb;
  --samtycke-edge: #76808a;
  --samtycke-action: #222a32;
  --samtycke-action-text: #fff;
  --samtycke-radius: 14px;
  --samtycke-font: system-ui, sans-serif;
  --samtycke-size: max(15px, .9375rem);
  --samtycke-z: 2147483000;
}
.samtycke {
  all: initial;
  position: fixed;
  z-index: var(--samtycke-z);
  box-sizing: border-box;
  overflow: auto;
  overflow-wrap: anywhere;
  max-inline-size: calc(100% - 2rem);
  max-block-size: calc(100vh - 2rem);
  color: var(--samtycke-text);
  background: var(--samtycke-background);
  font: 1em/1.5 var(--samtycke-font);
  font-size: var(--samtycke-size);
  border: 1px solid var(--samtycke-line);
  border-radius: var(--samtycke-radius);
  box-shadow: 0 8px 40px #0003;
  inset-block-end: max(1rem, env(safe-area-inset-bottom));
  inset-inline-start: 1rem;
}
.samtycke * { all: revert; box-sizing: border-box; margin: 0; padding: 0; }
.samtycke h2 { flex: 1; font-size: 1.2em; line-height: 1.3; outline: 0; }
.samtycke h3 { flex: 1; font-size: 1em; color: var(--samtycke-text); }
.samtycke p { white-space: pre-line; }
.samtycke a { color: inherit; }

.samtycke-first { inline-size: 36em; }
.samtycke-top { inset-block: 1rem auto; }
.samtycke-centre, .samtycke-second { inset: 0; margin: auto; block-size: fit-content; }
.samtycke-second { inline-size: 42em; scroll-padding-block: 5em 13em; }
.samtycke-second::backdrop { background: #0008; }

.samtycke-head, .samtycke-foot { inset-block: 0; background: var(--samtycke-background); }
.samtycke-head { display: flex; align-items: center; padding-block: .6em .2em; padding-inline: 1.4em .6em; }
.samtycke-body { display: grid; gap: .8em; padding: 0 1.4em; color: var(--samtycke-muted); }
.samtycke-foot { display: flex; flex-wrap: wrap; gap: .6em; padding: 1.2em 1.4em 1.4em; }
.samtycke-foot div, .samtycke-second .samtycke-foot { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8em), 1fr)); grid-auto-rows: 1fr; gap: .6em; flex: 2 1 17em; }
.samtycke-second .samtycke-foot { grid-template-columns: repeat(auto-fit, minmax(min(100%, max(30%, (30em - 100%) * 999)), 1fr)); border-block-start: 1px solid var(--samtycke-line); }

.samtycke button { min-inline-size: 44px; min-block-size: 44px; padding: .5em .9em; color: var(--samtycke-action-text); background: var(--samtycke-action); border: 1px solid #0000; border-radius: calc(var(--samtycke-radius) * .6); font: inherit; font-weight: 600; line-height: 1.3; cursor: pointer; }
.samtycke .samtycke-quiet, .samtycke .samtycke-close, .samtycke-control button { flex: 1 1 8em; color: inherit; background: none; }
.samtycke .samtycke-close { flex: none; padding: 0; font-size: 1.5em; font-weight: 400; }
.samtycke button:hover { text-decoration: underline; }
.samtycke :focus-visible:not(h2) { outline: 2px solid var(--samtycke-text); outline-offset: 2px; }

.samtycke ul { display: flex; flex-wrap: wrap; gap: .2em 1em; list-style: none; color: var(--samtycke-text); font-weight: 600; }
.samtycke-note { padding-inline-start: .8em; border-inline-start: 3px solid var(--samtycke-edge); }
.samtycke-row { border-block-start: 1px solid var(--samtycke-line); }
.samtycke-row div { display: flex; align-items: center; gap: 1em; padding-block: .8em .3em; }
.samtycke small { display: block; color: var(--samtycke-muted); font-size: .8em; font-weight: 400; }
.samtycke label { display: block; cursor: pointer; }
.samtycke summary { padding-block: .7em; cursor: pointer; }
.samtycke :is(dt, caption, th) { color: var(--samtycke-text); font-size: .9em; font-weight: 600; text-align: start; }
.samtycke dd { margin-block-end: .6em; }
.samtycke table { inline-size: 100%; margin-block-end: 1em; }
.samtycke td { vertical-align: top; }

.samtycke input { appearance: none; flex: none; position: relative; inline-size: 46px; block-size: 44px; border-radius: 22px; cursor: pointer; }
.samtycke input::before, .samtycke input::after { content: ""; position: absolute; inset: 9px 0; border: 1px solid var(--samtycke-edge); border-radius: 22px; }
.samtycke input::after { inset-block: 13px; inset-inline: 4px auto; inline-size: 18px; background: var(--samtycke-edge); }
.samtycke input:checked::before { background: var(--samtycke-action); }
.samtycke input:checked::after { inset-inline: auto 4px; background: var(--samtycke-action-text); }

.samtycke-control { font-size: calc(var(--samtycke-size) * .87); }
.samtycke-first ~ .samtycke-control { display: none; }
.samtycke-live { inset-inline-end: 1rem; margin: auto; inline-size: fit-content; padding: .8em 1.2em; }
.samtycke-live:empty { inset: auto; padding: 0; border: 0; }

@media (min-height: 34em) {
  .samtycke-head, .samtycke-foot { position: sticky; z-index: 1; }
}
@media (forced-colors: active) {
  .samtycke { --samtycke-edge: CanvasText; --samtycke-action: Highlight; --samtycke-action-text: HighlightText; }
  .samtycke input { forced-color-adjust: none; }
}
@media print { .samtycke { display: none; } }
`;

const DARK = /* css */ `
:where(:root) {
  --samtycke-background: #191d22;
  --samtycke-text: #eceff2;
  --samtycke-muted: #a6afb9;
  --samtycke-line: #343b43;
  --samtycke-edge: #7d8894;
  --samtycke-action: #e6eaee;
  --samtycke-action-text: #191d22;
}
.samtycke { color-scheme: dark; }
`;

/**
 * Puts the style sheet into the page, and returns how to take it out. A constructable sheet needs no permission of the
 * page's content security policy; where it is missing, a `<style>` with the page's nonce does the same.
 */
export function addStyles({ theme, nonce }: UiOptions): () => void {
  const css = BASE + (theme === 'dark' ? DARK : theme === 'auto' ? `@media(prefers-color-scheme:dark){${DARK}}` : '');
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  } catch {
    const style = document.createElement('style');
    style.nonce = nonce ?? '';
    style.textContent = css;
    document.head.append(style);
    return () => style.remove();
  }
}
