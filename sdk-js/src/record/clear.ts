/** Clears what purposes left on the terminal. Loaded when something is taken back. */
import type { BannerPurpose } from '../contract.js';
import { clearTerminal } from '../gate/clear.js';

/** Clears what was declared for the purposes that are gone, but for what others still need. */
export async function clear(
  purposes: readonly BannerPurpose[],
  gone: readonly string[],
  kept: readonly string[],
): Promise<void> {
  const uses = (ids: readonly string[]) => purposes.filter(({ id }) => ids.includes(id)).flatMap((p) => p.terminal);
  const needed = uses(kept).map((use) => use.name);
  await clearTerminal(uses(gone).filter((use) => !needed.includes(use.name)));
}
