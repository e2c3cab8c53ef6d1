/** Builds a script anew where the old element cannot run. Its own chunk: pages whose markup the parser made never need it. */
/**
 * A new script of the same attributes and text, or of this address, or nothing, with one warning, where the page's Content-Security-Policy
 * enforces Trusted Types and does not name the policy `samtycke`.
 */
export declare function rebuild(old: HTMLScriptElement, address: string | null): HTMLScriptElement | undefined;
