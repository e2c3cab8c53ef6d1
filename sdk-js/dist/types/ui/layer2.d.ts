import type { UiContext } from '../contract.js';
import { type Asked } from './decision.js';
/** Everything that is asked, one by one, and everything that is told. Nothing changes before a button is pressed. */
export declare function secondLayer(context: UiContext, asked: readonly Asked[]): HTMLDialogElement;
