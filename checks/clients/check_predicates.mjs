// Checks the documented predicates in JavaScript against predicates.json.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';

const { version } = await import(`file://${process.argv[2]}/entitlement.mjs`);
const { mayBuy } = await import(`file://${process.argv[2]}/audience.mjs`);
const { entitlement: entitlements, audience } = JSON.parse(readFileSync(process.argv[3], 'utf8'));
for (const { says, entitlement, plan, expected } of entitlements) {
  assert.strictEqual(version(entitlement, plan, 7), expected, says);
}
for (const { says, plan, member, expected } of audience) assert.strictEqual(mayBuy(plan, member), expected, says);
