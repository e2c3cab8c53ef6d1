import type { UiContext } from '../contract.js';
import type { AskedPurpose } from './decision.js';
import type { UiParts } from './settings.js';
export interface Control {
    element: HTMLElement;
    /** Draws the current state, or everything again if `anew`. False if there is nothing to draw. */
    draw(anew?: boolean): boolean;
}
/**
 * The control is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)): one click gave,
 * so one click withdraws everything. It also says that a browser's signal is honoured. It has no buttons if the page
 * has its own control, or has turned ours off.
 */
export declare function createControl(context: UiContext, asked: readonly AskedPurpose[], { el, button, rootElement }: UiParts, signal: AbortSignal, pressed: (event: MouseEvent) => void): Control;
