// Receives webhooks and verifies each with the library of Standard Webhooks. Arguments: port, secret.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const { Webhook } = createRequire(new URL('../target/package.json', import.meta.url))('standardwebhooks');
const [port, secret] = process.argv.slice(2);
createServer((request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    try {
      new Webhook(secret).verify(body, request.headers);
      console.log('verified', request.headers['webhook-id'], JSON.parse(body).type);
      response.writeHead(204).end();
    } catch (failure) {
      console.log('refused', String(failure));
      response.writeHead(400).end();
    }
  });
}).listen(Number(port), '127.0.0.1');
