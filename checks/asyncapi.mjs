// Validates docs/asyncapi.yaml with AsyncAPI's own parser, Avro payloads included. Run by checks/asyncapi.sh.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('target/package.json', import.meta.url));
const { Parser } = require('@asyncapi/parser');
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');

const file = process.argv[2];
const parser = new Parser();
parser.registerSchemaParser(AvroSchemaParser());
const { document, diagnostics } = await parser.parse(readFileSync(file, 'utf8'));

const names = ['error', 'warning', 'information', 'hint'];
diagnostics.forEach(({ range, severity, message }) =>
  console.log(`${file}:${range.start.line + 1}: ${names[severity]}: ${message}`));
if (!document || diagnostics.some(found => found.severity < 2)) {
  console.error(`${file} is not valid.`);
  process.exit(1);
}
const messages = document.allMessages().all();
const unread = messages.filter(message => !message.payload()?.properties());
if (messages.length === 0 || unread.length > 0) {
  const without = unread.map(message => message.name()).join(', ') || 'any message';
  console.error(`${file}: no payload was parsed of ${without}.`);
  process.exit(1);
}
console.log(`${file} is valid: AsyncAPI ${document.version()}, ${document.allChannels().length} channels,`
  + ` ${document.allOperations().length} operations, ${messages.length} messages with Avro payloads.`);
