// Sends commands to a gateway with Node's fetch. Argument: the address of the gateway.
import assert from 'node:assert/strict';

const address = process.argv[2];

/** The status and the JSON of the response. */
async function request(path, body, headers = {}) {
  const response = await fetch(address + path, { method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Prefer: 'wait=10', ...headers } });
  return [response.status, await response.json()];
}

const offer = '/offers/contoso/from-node';
const create = { offerType: 'SAAS', alias: 'From Node' };
const key = { 'Idempotency-Key': 'node-1' };
const [created, first] = await request(offer + '/commands/CreateOffer', create, key);
assert.deepEqual([created, first.result, first.repeated], [201, 'ACCEPTED', false]);
const [read, shown] = await request(offer);
assert.deepEqual([read, shown.alias, shown.draftVersion], [200, 'From Node', first.draftVersion]);
const [repeated, again] = await request(offer + '/commands/CreateOffer', create, key);
assert.deepEqual([repeated, again.repeated], [201, true]);
for (const name of ['result', 'reason', 'commandId', 'draftVersion']) assert.equal(again[name], first[name], name);
const [reused, other] = await request(offer + '/commands/CreateOffer', { ...create, alias: 'Other' }, key);
assert.deepEqual([reused, other.reason], [422, 'COMMAND_ID_REUSED']);
const [refused, why] = await request(offer + '/commands/SubmitOffer', {});
assert.deepEqual([refused, why.reason, Boolean(why.rule)], [422, 'SECTIONS_INCOMPLETE', true]);
assert.ok(why.problems.every(problem => problem.section));
const [malformed, wrong] = await request(offer + '/commands/SaveSection', { section: 'PROPERTIES', contents: {} });
assert.deepEqual([malformed, wrong.suggestion, Boolean(wrong.path)], [422, 'content', true]);
console.log('ok: Node');
