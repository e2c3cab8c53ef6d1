import type { UiContext } from '../contract.js';
/** Content of an element. False, missing and empty content is left out. */
export type Child = Node | string | false | 0 | undefined | Child[];
/**
 * Creates an element. Strings become text nodes, never markup: no sink of Trusted Types is used, and a notice cannot
 * bring code into a page.
 */
export declare function el<K extends keyof HTMLElementTagNameMap>(tag: K, children: Child, attributes?: Record<string, string>): HTMLElementTagNameMap[K];
/** Creates one of the banner's top elements. It sets its own language and direction, whatever the page has. */
export declare function rootElement<K extends keyof HTMLElementTagNameMap>({ document }: UiContext, tag: K, kind: string, children: Child, attributes: Record<string, string>): HTMLElementTagNameMap[K];
/** Creates a button. Automatic rejecters, tests and the click handler recognise it by `action`. */
export declare function button(action: string, label: string, attributes?: Record<string, string>): HTMLButtonElement;
/** Isolates a name, so that its script does not reorder the text around it. */
export declare const name: (text: string, attributes?: Record<string, string>) => HTMLElement;
/** Head, body and foot, the same in both layers. The heading labels the layer. */
export declare function layer<K extends 'div' | 'dialog'>(context: UiContext, tag: K, kind: string, title: string, body: Child, foot: Child, attributes: Record<string, string>): HTMLElementTagNameMap[K];
