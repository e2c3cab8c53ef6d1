import type { Ui, UiContext } from '../contract.js';
/**
 * The user interface: draws, and reports what the user decides. It decides nothing and stores nothing. Layers close
 * before the decision is reported, so that a slow page does not keep the prompt open. This file has the prompt. The
 * settings, the control, the measuring and the rarer texts are in settings.ts, which loads when the pointer or the
 * focus comes near.
 */
export declare function mount(context: UiContext): Ui;
