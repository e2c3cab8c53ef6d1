/** Which 32 bytes are a public key that may be trusted: what samtycke-tlog asks, and WebCrypto of most engines does not. */
/** Whether it is a point of small order, under which one signature holds for many messages. */
export declare function hasSmallOrder(bytes: Uint8Array): boolean;
/** Whether 32 bytes are a point of the curve in its one spelling, and not of small order. */
export declare function isPoint(bytes: Uint8Array): boolean;
