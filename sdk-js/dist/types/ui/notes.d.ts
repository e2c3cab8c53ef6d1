import type { UiContext } from '../contract.js';
import type { AskedPurpose } from './decision.js';
import type { Child } from './el.js';
import type { UiParts } from './settings.js';
/**
 * Notes for some users before they answer: that their browser's signal is honoured, what has changed since their last
 * answer, and what a refusal would withdraw.
 */
export declare function notes(context: UiContext, asked: readonly AskedPurpose[], { el, name, excluded }: UiParts): Child;
