import type { UiContext } from '../contract.js';
import { type Asked } from './decision.js';
/** The second layer: the dialog, and which toggles the person has on. */
export interface SecondLayer {
    dialog: HTMLDialogElement;
    on(id: string): boolean;
}
/** Everything that is asked, one by one, and everything that is told. Nothing changes before a button is pressed. */
export declare function secondLayer(context: UiContext, asked: readonly Asked[]): SecondLayer;
