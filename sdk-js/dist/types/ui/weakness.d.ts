/** Whether "no" can be seen and pressed as well as "yes". */
/** Whether "no" of this layer is weaker than the "yes" that was pressed; then the page's author is told why. */
export declare function isRefusalWeak(layer: HTMLElement, yes: HTMLElement): boolean;
/** Tells whoever writes tests why a click gave nothing. */
export declare function warnProgram(): void;
