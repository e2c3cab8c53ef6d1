/**
 * Moves a part to the top layer, above every z-index and outside every transform. In browsers without a top layer its
 * z-index must do.
 */
export declare function moveToTopLayer(part: HTMLElement): void;
export interface Root {
    element: HTMLElement;
    /** Updates the place now, and observes what may change it. */
    look(): void;
    stop(): void;
}
/**
 * The one element that contains all of the banner. It is a child of `<html>`, outside every framework's root and of a
 * replaced body, and before `<body>`, so that it comes first for keyboards and screen readers. It is inserted again
 * whenever it is removed. While there is something to answer and a modal of the page is open, it is inside that modal,
 * because everything else is inert.
 *
 * `isAsking`: a layer is open. `isHeld`: it must not be moved. `placed`: it has been inserted, and nothing is in the
 * top layer.
 */
export declare function createRoot(isAsking: () => boolean, isHeld: () => boolean, placed: () => void): Root;
