import type { UiContext } from '../contract.js';
import { type Child } from './el.js';
/**
 * The question: a region early in the page's order, which takes no focus and holds nobody, unless the site wants it to
 * (`modal`). Text is set in several short paragraphs, so that none of them becomes the page's largest paint.
 */
export declare function firstLayer(context: UiContext, notes: Child): HTMLElement;
