import type { UiOptions } from '../contract.js';
export interface Styles {
    /** Adds rules to those that are there. */
    add(rules: string): void;
    /** Puts the sheet back where a page has taken it out. */
    keep(): void;
    remove(): void;
}
/**
 * Puts the style sheet into the page. A constructable sheet needs no permission of the page's content security policy;
 * where it is missing, a `<style>` with the page's nonce does the same.
 */
export declare function createStyles({ theme, nonce }: UiOptions, root: HTMLElement): Styles;
