import type { UiContext } from '../contract.js';
import type { AskedPurpose } from './decision.js';
import type { Child } from './el.js';
import type { UiParts } from './settings.js';
/**
 * What this person has to know before they answer, and others need not: that their browser's signal is heard, what has
 * changed since they answered, and what a "no" would take back.
 */
export declare function notes(context: UiContext, asked: readonly AskedPurpose[], { el, name, excludedByGpc }: UiParts): Child;
