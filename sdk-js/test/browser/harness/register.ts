/** A tenant whose website asks about cookies: one of the example registers, with what its policy leaves out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is asked, by category. */
export const purposes = {
  preferences: 'loomer.cookies-nodvandiga.val',
  statistics: 'loomer.cookies-analys',
  marketing: 'loomer.cookies-tredjepart',
} as const;

const CATEGORIES = `
[categories]
${Object.entries(purposes)
  .map(([category, id]) => `"${id}" = "${category}"`)
  .join('\n')}
`;

const COOKIES = `
[[cookie]]
name = "lang"
purpose = "${purposes.preferences}"
lifetime = "P12M"
first_or_third_party = "first"

[[cookie]]
name = "_stats*"
purpose = "${purposes.statistics}"
lifetime = "P30D"
first_or_third_party = "first"

[[cookie]]
name = "stats-queue"
purpose = "${purposes.statistics}"
lifetime = "session"
first_or_third_party = "first"
terminal = "storage"

[[cookie]]
name = "stranger"
purpose = "${purposes.marketing}"
lifetime = "P13M"
first_or_third_party = "third"
`;

/** One question per category: a second one about statistics would stand in every list of the tests. */
const RETIRED = /(id = "loomer\.cookies-relevans"[\s\S]*?\[purpose\.analysis\]\n)/;

/** The register's text; `parts` without `categories` is for servers that do not know them. */
export function registerToml(parts: { categories?: boolean } = {}): string {
  const path = join(import.meta.dirname, '../../../../registers/loomer.toml');
  const text = readFileSync(path, 'utf8').replace(RETIRED, '$1retired = true\n');
  return text + (parts.categories === false ? '' : CATEGORIES) + COOKIES;
}
