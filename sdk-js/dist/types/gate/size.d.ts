/**
 * The place that a held embed would have, for what stands there instead.
 *
 * A style sheet's words are taken over where they mean the same for a box as for a frame, so that the box follows the
 * window as the frame would: an element that is not displayed still says `50%` and `auto`, where one that is says pixels.
 * Then both are measured, and where they differ the box gets the frame's pixels, until something changes.
 */
/** Keeps the box where the frame would be, as long as it stands. `element` holds the frame, or is it. Answers how to end it. */
export declare function keepSize(box: HTMLElement, frame: HTMLElement, element: HTMLElement): () => void;
