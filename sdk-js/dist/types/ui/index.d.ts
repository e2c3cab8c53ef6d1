import type { Ui, UiContext } from '../contract.js';
/**
 * The user interface: draws, and reports what the person says. It decides nothing and stores nothing. Layers leave the
 * screen before the decision is reported, so a slow page never keeps the question up. The question is here; the settings,
 * the control, what measures a yes, and what few have to be told come in a part of their own when somebody comes near.
 */
export declare function mount(context: UiContext): Ui;
