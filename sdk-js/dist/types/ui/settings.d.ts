import type { UiContext } from '../contract.js';
import type { AskedPurpose, excluded, isInitiallyOn } from './decision.js';
import type { button, el, layer, name, rootElement } from './el.js';
import { notes } from './notes.js';
export { createControl } from './control.js';
export { hash, measure } from './measure.js';
export { isUnfair, warnProgram } from './weakness.js';
export { notes };
/** What ui/index.ts hands over. Imported, it would be a third file, or be loaded twice. */
export interface UiParts {
    el: typeof el;
    button: typeof button;
    name: typeof name;
    layer: typeof layer;
    rootElement: typeof rootElement;
    isInitiallyOn: typeof isInitiallyOn;
    excluded: typeof excluded;
}
/** The rules that the settings need besides those of every layer. */
export declare const RULES = "\n.samtycke-second { inset: 0; margin: auto; height: fit-content; }\n.samtycke-second .samtycke-foot { flex: none; border-block-start: 1px solid var(--s-l); padding-block: .9em; }\n.samtycke-control { flex-flow: wrap; color: var(--samtycke-control-text, var(--s-t)); background: var(--samtycke-control-background, var(--s-b)); border: var(--samtycke-control-border, 1px solid var(--s-l)); }\n.samtycke-control :is(button, span) { font-size: .87em; }\n.samtycke-control span { flex: 1 1 100%; padding: .4em .8em 0; }\n.samtycke-control button { flex: auto; }\n.samtycke:is([data-corner=\"1\"], [data-corner=\"2\"]) { inset-inline: auto var(--s-g); }\n.samtycke:is([data-corner=\"2\"], [data-corner=\"3\"]) { inset-block: var(--s-g) auto; }\n/** Inside: outside it would be cut off, and be on the page's own colour. */\n.samtycke-control button:focus-visible { outline-offset: -2px; outline-color: currentColor; }\n.samtycke ul { padding-inline-start: 1.2em; }\n.samtycke-row { border-block-start: 1px solid var(--s-l); }\n.samtycke-row div { display: flex; align-items: center; gap: 1em; padding-block: .8em .3em; }\n.samtycke details div { padding: 0; }\n.samtycke details label { flex: 1; }\n.samtycke small { display: block; color: var(--s-m); font-size: .87em; font-weight: 400; }\n.samtycke label { display: block; }\n.samtycke summary { padding-block: .85em; }\n.samtycke :is(dt, caption, th) { font-weight: 600; text-align: start; }\n.samtycke td { vertical-align: top; padding-inline-end: .5em; }\n.samtycke dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16em), 1fr)); gap: .6em; }\n.samtycke dl div { display: block; }\n.samtycke table { table-layout: fixed; border-collapse: collapse; width: 100%; margin-block: .6em 1em; }\n.samtycke th { padding-inline-end: .3em; overflow-wrap: break-word; hyphens: auto; }\n.samtycke input { flex: none; position: relative; width: 46px; height: 44px; border-radius: 1em; }\n@media (forced-colors: none) {\n.samtycke-control button { color: inherit; background: none; }\n.samtycke input { appearance: none; }\n.samtycke input::before, .samtycke input::after { content: \"\"; position: absolute; inset: 9px 0; border: 1px solid var(--s-m); border-radius: 1em; }\n.samtycke input::after { inset-block: 13px; inset-inline: 4px auto; width: 18px; background: var(--s-m); }\n.samtycke input:checked::before { background: var(--samtycke-switch, var(--s-a)); }\n.samtycke input:checked::after { inset-inline: auto 4px; background: var(--samtycke-switch-knob, var(--s-c)); }\n}\n@media (max-height: 26em) {\n  .samtycke-second { display: block; }\n  .samtycke-second .samtycke-body { overflow: visible; }\n}\n";
/** Reads the switch of a purpose, or of one of its services. */
export declare function isOn(dialog: HTMLElement, purpose: number, vendor?: string): boolean;
/**
 * Everything that is asked, one by one, and uses of the terminal that need no answer. Nothing changes before a button
 * is clicked.
 */
export declare function secondLayer(context: UiContext, asked: readonly AskedPurpose[], kit: UiParts): HTMLDialogElement;
