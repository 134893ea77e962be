// ---- sign-in at an identity provider: authorization code with PKCE (RFC 7636); the token is kept in memory only

const provider = document.documentElement.dataset;
let token = '';

/** Sends a request, with the token of the person. */
async function call(address, options = {}) {
  const answer = await fetch(address, token ? { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } } : options);
  if (answer.status === 401 && provider.clientId) {
    clear();
    $('notice').hidden = false;
    $('notice-what').textContent = t`Your sign-in has ended.`;
    $('notice-wait').replaceChildren(h('button', { type: 'button', click: authorize }, t`Sign in`));
  }
  return answer;
}

const base64 = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

async function authorize() {
  const [verifier, state] = [32, 16].map(length => base64(crypto.getRandomValues(new Uint8Array(length))));
  sessionStorage.setItem('sign-in', JSON.stringify({ verifier, state, hash: location.hash }));
  location.assign(provider.authorizeUrl + '?' + new URLSearchParams({ response_type: 'code', client_id: provider.clientId, scope: provider.scope, state,
    redirect_uri: location.origin + '/', code_challenge_method: 'S256',
    code_challenge: base64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))) }));
}

/** Whether the person is signed in; otherwise the browser leaves for the provider. */
async function signedIn() {
  if (!provider.clientId) return true;
  const answer = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem('sign-in') || '{}');
  sessionStorage.removeItem('sign-in');
  if (!kept.state || !answer.has('state')) { authorize(); return false; }
  history.replaceState(null, '', '/' + kept.hash);
  const reply = answer.get('state') === kept.state && answer.has('code') && await fetch(provider.tokenUrl, { method: 'POST', body: new URLSearchParams({
    grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: location.origin + '/', client_id: provider.clientId, code_verifier: kept.verifier }) });
  token = reply && reply.ok ? (await reply.json()).access_token : '';
  if (token) return true;
  refused(t`You are not signed in`, new Error(answer.get('error_description') || answer.get('error') || t`The identity provider has not confirmed the sign-in.`));
  $('view').append(h('button', { type: 'button', class: 'primary', click: authorize }, t`Sign in`));
  return false;
}

/** The events of the server; an EventSource cannot send a token. */
function eventStream() {
  if (!token) return new EventSource('/events');
  const stream = new EventTarget();
  const ended = new AbortController();
  stream.close = () => ended.abort();
  (async () => {
    const answer = await call('/events', { signal: ended.signal });
    let text = '';
    for await (const part of answer.ok ? answer.body.pipeThrough(new TextDecoderStream()) : []) {
      const blocks = (text + part).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const value = name => block.split('\n').filter(line => line.startsWith(name)).map(line => line.slice(name.length).trim()).join('\n');
        stream.dispatchEvent(new MessageEvent(value('event:') || 'message', { data: value('data:') }));
      }
    }
  })().catch(() => {}).then(() => {
    stream.readyState = EventSource.CLOSED;
    if (!ended.signal.aborted) stream.dispatchEvent(new Event('error'));
  });
  return stream;
}
