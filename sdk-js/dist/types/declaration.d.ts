/**
 * `@samtycke/banner/declaration`, and as a script tag `<script type="module" src=".../sdk/declaration.js"
 * data-key="pk_...">`: writes what the site stores in a browser, and why, into every `[data-samtycke-declaration]` of
 * the page.
 *
 * If the server cannot be reached, the element keeps its content: put a link to `/declaration/<key>` there.
 */
import type { BannerDocument } from './contract.js';
export interface DeclarationOptions {
    /** A publishable key of the site. */
    key: string;
    /** The server's URL. Default: where this module came from. */
    server?: string;
    /** A language, or several to try. Default: the page's language, then the browser's. */
    language?: string;
}
/** Fetches what the site has published, and writes it into the page. Rejects if it cannot be fetched. */
export declare function declare(options: DeclarationOptions): Promise<void>;
/** What the site stores, by purpose. Texts become text nodes, never markup. */
export declare function declaration({ text, words, purposes, language, direction }: BannerDocument): HTMLElement;
