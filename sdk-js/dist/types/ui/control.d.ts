import type { UiContext } from '../contract.js';
/** The small button that is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)). */
export declare function persistentControl(context: UiContext): HTMLElement | undefined;
