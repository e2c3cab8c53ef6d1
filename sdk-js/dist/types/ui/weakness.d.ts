/** Whether "no" can be seen and pressed as well as "yes". */
/**
 * Why "no" of this layer is weaker than the "yes" that was pressed, as the page draws them now; undefined where it is not.
 * Our own rules make them alike: what is found here was done by the page.
 */
export declare function weakness(layer: HTMLElement, yes: HTMLElement): string | undefined;
