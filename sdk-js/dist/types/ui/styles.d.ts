import type { UiOptions } from '../contract.js';
/**
 * Puts the style sheet into the page, and returns how to take it out. A constructable sheet needs no permission of the
 * page's content security policy; where it is missing, a `<style>` with the page's nonce does the same.
 */
export declare function addStyles({ theme, nonce }: UiOptions): () => void;
