/**
 * `@samtycke/banner/receipt`: checks, offline and without trusting the server, what a person was given as proof. In a
 * browser or in Node: it needs WebCrypto with Ed25519, and nothing else.
 */
export { type Receipt, type ReceiptReason, type Said, verifyReceipt } from './receipt/bundle.js';
export { type CookieExpectation, type CookiePayload, type CookieReason, cookieName, type VerifiedCookie, verifyCookie, } from './receipt/cookie.js';
