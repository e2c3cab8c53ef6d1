import type { UiContext } from '../contract.js';
import type { Asked } from './decision.js';
/**
 * The question: a region early in the page's order, which takes no focus and holds nobody. Text is set in several short
 * paragraphs, so that none of them becomes the page's largest paint.
 */
export declare function firstLayer(context: UiContext, asked: readonly Asked[]): HTMLElement;
