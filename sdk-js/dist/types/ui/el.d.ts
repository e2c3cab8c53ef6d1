import type { UiContext } from '../contract.js';
/** What an element is filled with. What is false, missing or empty is left out. */
export type Child = Node | string | false | 0 | undefined | Child[];
/**
 * Makes an element. Strings become text nodes, never markup: nothing here is a sink of Trusted Types, and a notice
 * cannot carry code into a page.
 */
export declare function el<K extends keyof HTMLElementTagNameMap>(tag: K, children: Child, attributes?: Record<string, string>): HTMLElementTagNameMap[K];
/** One of our few parts in the page: says its own language and direction, whatever the page around it has. */
export declare function rootElement<K extends keyof HTMLElementTagNameMap>({ document }: UiContext, tag: K, kind: string, children: Child, attributes: Record<string, string>): HTMLElementTagNameMap[K];
/** A button; `action` is the word by which automatic rejecters, tests and this module's own listener know it. */
export declare function button(action: string, label: string, attributes?: Record<string, string>): HTMLButtonElement;
/** A name in whatever script it is written: it turns neither the text around it nor its own end. */
export declare const name: (text: string, attributes?: Record<string, string>) => HTMLElement;
/** Head, body and foot, the same in both layers. The heading labels the layer. */
export declare function layer<K extends 'div' | 'dialog'>(context: UiContext, tag: K, kind: string, title: string, body: Child, foot: Child, attributes: Record<string, string>): HTMLElementTagNameMap[K];
