import type { UiContext } from '../contract.js';
import type { AskedPurpose } from './decision.js';
import type { UiParts } from './settings.js';
export interface Control {
    element: HTMLElement;
    /** Draws it as it has to be now, `anew` in any case; false where there is nothing to draw. */
    draw(anew?: boolean): boolean;
}
/**
 * The small thing that is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)): one press
 * gave, so one press takes everything back. Beside it, that a browser's signal is honoured. Without buttons where the page
 * has a way of its own, or has declined ours.
 */
export declare function createControl(context: UiContext, asked: readonly AskedPurpose[], { el, button, rootElement }: UiParts, signal: AbortSignal, pressed: (event: MouseEvent) => void): Control;
