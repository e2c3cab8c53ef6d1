/** Checks the recipes of docs/pseudonyms.md against the vectors, so that every client finds the same subject. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'pseudonyms.md'), 'utf8');
const { lookup_key: key, cases } = JSON.parse(readFileSync(join(root, 'tests', 'vectors', 'pseudonym.json'), 'utf8'));
// The recipe does not check whether an account id resembles a person's number.
const covered = cases.filter(({ error }) => error !== 'Personal');

const block = (language) => page.split(`\`\`\`${language}\n`)[1].split('```')[0];

test('the recipe in JavaScript gives the vectors', async () => {
  const source = Buffer.from(block('js')).toString('base64');
  const { identifierHmac } = await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`);
  for (const { domain, identifier, hmac, error } of covered) {
    if (error) expect(() => identifierHmac(key, domain, identifier), identifier).toThrow();
    else expect(identifierHmac(key, domain, identifier), identifier).toBe(hmac);
  }
  expect(covered.length).toBeGreaterThan(30);
});

test('the recipe in Python gives the vectors', () => {
  const ask = `
import json, sys
def result(case):
    try: return identifier_hmac(${JSON.stringify(key)}, case["domain"], case["identifier"])
    except ValueError: return None
print(json.dumps([result(case) for case in json.load(sys.stdin)]))`;
  const input = JSON.stringify(covered);
  const said = execFileSync('python3', ['-c', block('python') + ask], { input, encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual(covered.map(({ hmac }) => hmac ?? null));
});
