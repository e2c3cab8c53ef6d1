/**
 * Builds a new script if the old element cannot run. A chunk of its own: pages whose markup the parser made never need
 * it.
 */
/**
 * A new script with the same attributes, and the same text or this address. Undefined, with a warning, if the page's
 * Content-Security-Policy enforces Trusted Types and does not name the policy `samtycke`.
 */
export declare function rebuild(old: HTMLScriptElement, address: string | null): HTMLScriptElement | undefined;
