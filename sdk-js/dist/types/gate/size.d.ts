/**
 * Gives a placeholder the size and place of its embed.
 *
 * Style values are copied where they mean the same for a box as for a frame, so that the box follows the window: an
 * element that is not displayed still has `50%` and `auto`, while a displayed one has pixels. Then both are measured,
 * and if they differ the box gets the frame's pixels until something changes.
 */
/**
 * Keeps the box where the frame would be. `element` contains the frame, or is the frame. Returns a function that stops.
 */
export declare function keepSize(box: HTMLElement, frame: HTMLElement, element: HTMLElement): () => void;
