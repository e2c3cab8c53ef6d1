/** Brings a part to the top of the page: above every index, and out of every transform. Where a browser cannot, its z-index must do. */
export declare function moveToTopLayer(part: HTMLElement): void;
export interface Root {
    element: HTMLElement;
    /** Looks at the page now, and from now on at what has to be looked at. */
    look(): void;
    stop(): void;
}
/**
 * The one element that holds all of ours. A child of `<html>`, which no framework's root counts and no swapped body takes
 * along, before `<body>`, so that it comes first for keyboards and screen readers. Put back whenever it is removed. While
 * there is something to answer and a modal of the page is open it stands inside that, since all else is then inert.
 *
 * `isAsking`: a layer is up. `isHeld`: it must not be moved. `placed`: it has been put somewhere, and nothing is on top.
 */
export declare function createRoot(isAsking: () => boolean, isHeld: () => boolean, placed: () => void): Root;
