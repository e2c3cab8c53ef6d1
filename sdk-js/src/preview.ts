/**
 * The demo's `/preview`: every state of the banner in every language, theme, width and layout, on a plain page and on a
 * hostile one, with what its guards measure. Two documents load it: the page with the selectors, and the stage in its
 * frames, which draws one state.
 */
import { openPage } from './preview/page.js';
import { openStage } from './preview/stage.js';

if (document.documentElement.dataset.preview === 'stage') openStage();
else openPage();
