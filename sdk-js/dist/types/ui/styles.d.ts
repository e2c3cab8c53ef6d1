import type { UiOptions } from '../contract.js';
export interface Styles {
    /** Adds rules. */
    add(rules: string): void;
    /** Adds the sheet again if the page has removed it. */
    keep(): void;
    remove(): void;
}
/**
 * Adds the style sheet to the page. A constructable sheet needs no permission in the page's content security policy;
 * without it, a `<style>` with the page's nonce does the same.
 */
export declare function createStyles({ theme, nonce }: UiOptions, root: HTMLElement): Styles;
