/**
 * How placeholders look. As with the banner's own sheet, every declaration is made important and stands in a layer, which is
 * stronger than whatever a page writes outside of layers. The sizes that a frame would have are set on the element itself,
 * important too, and stronger still.
 */
/** One more placeholder stands. */
export declare function addSheet(nonce: string | undefined): void;
/** One fewer. After the last, the page is as it was. */
export declare function removeSheet(): void;
