/**
 * `@samtycke/banner/declaration`, and as a script tag `<script type="module" src=".../sdk/declaration.js" data-key="pk_...">`:
 * writes what the site keeps in a browser, and why, into every `[data-samtycke-declaration]` of the page.
 *
 * What stands there stays if the server cannot be reached: put a link to `/declaration/<key>` there.
 */
import type { BannerDocument } from './contract.js';
export interface DeclarationOptions {
    /** A publishable key of the site. */
    key: string;
    /** Where samtycke is; default: where this module came from. */
    server?: string;
    /** The language, or several to try; else the page's, and without one the browser's. */
    language?: string;
}
/** Fetches what the site has published and writes it into the page. Rejects where that cannot be had. */
export declare function declare(options: DeclarationOptions): Promise<void>;
/** What the page keeps, purpose by purpose. Texts are texts: nothing in them becomes markup. */
export declare function declaration({ text, words, purposes, language, direction }: BannerDocument): HTMLElement;
