/** Selects the markup that the gate holds back. */
/** All gated markup. Joined once here, so that the bundle contains the text once. */
export declare const GATED: string;
/** Whether a change involves gated markup: a page that changes at every frame must not be searched at every frame. */
export declare function touchesGated({ target, addedNodes }: MutationRecord): boolean;
/**
 * Frameworks give a template children, which are live. Moves them into its content, which is inert. Inner templates go
 * first, so that they do not become live again. Returns the templates.
 */
export declare function moveChildrenToContent(): HTMLTemplateElement[];
