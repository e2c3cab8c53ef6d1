/** Says in the console why there is no banner. Loaded if the document cannot be fetched. */
import { ANSWER_MS_MAX, type Page } from '../setup.js';

/**
 * If the server can be reached, it has nothing for this page, and the browser's own message does not help. Offline,
 * this says nothing.
 */
export async function explain({ server, options }: Page): Promise<void> {
  const address = `${server}sdk/integrity.json`;
  const answer = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout?.(ANSWER_MS_MAX) }).catch(
    () => undefined,
  );
  if (answer?.ok)
    console.error(
      `samtycke: ${server} has nothing for this page. Is the key ${options.key} right, is a notice published, and is ` +
        `${location.origin} an origin of the key's site (see samtycke site set)?`,
    );
}
