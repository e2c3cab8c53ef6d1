/** How placeholders look. */
/** One more placeholder stands. */
export declare function addSheet(nonce: string | undefined): void;
/** One fewer. After the last, the page is as it was. */
export declare function removeSheet(): void;
