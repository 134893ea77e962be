// Holds the documented predicate in JavaScript against standing.json.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';

const { version } = await import(`file://${process.argv[2]}/standing.mjs`);
for (const { says, entitlement, plan, expected } of JSON.parse(readFileSync(process.argv[3], 'utf8'))) {
  assert.strictEqual(version(entitlement, plan, 7), expected, says);
}
