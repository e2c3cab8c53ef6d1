import type { UiContext } from '../contract.js';
import { type Child } from './el.js';
/**
 * The prompt: a region early in the page's order, which takes no focus and does not block the page, unless the site
 * wants that (`modal`). The text has several short paragraphs, so that none of them becomes the page's largest
 * contentful paint.
 */
export declare function firstLayer(context: UiContext, notes: Child): HTMLElement;
