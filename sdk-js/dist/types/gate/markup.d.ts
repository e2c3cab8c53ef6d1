/** Which markup waits. */
/** Everything that may have to wait. Joined here, or the text would stand in the bundle at each place that uses it. */
export declare const GATED: string;
/** A page that draws at every frame must not be searched at every frame. */
export declare function touchesGated({ target, addedNodes }: MutationRecord): boolean;
/**
 * Frameworks give a template children of its own, which are live. Makes them its content, which is not. Inner ones first,
 * which must not become live again with what they are in. Answers the templates.
 */
export declare function moveChildrenToContent(): HTMLTemplateElement[];
