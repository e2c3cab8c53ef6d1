/**
 * The placeholders' styles. As in the banner's own sheet, every declaration is important and in a layer, which beats
 * everything that a page declares outside of layers. Sizes are set on the element itself, also important, and beat the
 * layer.
 */
/** Adds the sheet, or counts one more placeholder. */
export declare function addSheet(nonce: string | undefined): void;
/** Counts one placeholder less. After the last, removes the sheet. */
export declare function removeSheet(): void;
