/**
 * The browser's verifier as a program, for tests that compare it with samtycke-core: each line of standard input is a
 * question in JSON, each line of standard output its answer. Run from the built package, as others get it.
 */
import { createInterface } from 'node:readline';
import { verifyCookie, verifyReceipt } from '../dist/npm/receipt.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}

async function answer({ bundle, cookie, vkey, site, now_ms }) {
  if (bundle === undefined) {
    const { ok, reason, allowed, allowedUnderGpc } = await verifyCookie(cookie, vkey, { site, now_ms });
    return { outcome: ok ? 'valid' : reason, said: [...allowed.sort(), '|', ...allowedUnderGpc.sort()] };
  }
  const { outcome, reason, said } = await verifyReceipt(text(bundle), vkey);
  const facts = said.map(({ outcome, reason, state, ...fact }) => fact);
  return { outcome: reason ? `${outcome} ${reason}` : outcome, said: facts };
}

/** A file's bytes as a page reads them; what is no UTF-8 is no bundle. */
function text(base64) {
  try {
    return decoder.decode(Buffer.from(base64, 'base64'));
  } catch {
    return '';
  }
}
