// ---- sign-in at an identity provider: authorization code with PKCE (RFC 7636); tokens are kept in memory only

const provider = document.documentElement.dataset;
const WINDOW = 'window.'; // begins the state of a sign-in in a second window
const CHANNEL = 'sign-in';
let token = '';
let refreshToken = '';
let renewal = null; // the one under way
let renewAt = 0;

/** Sends a request, with the token of the person; one that has ended is renewed first. */
async function call(address, options = {}) {
  const used = token;
  const send = () => fetch(address, token ? { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } } : options);
  let answer = await send();
  if (answer.status === 401 && provider.clientId) {
    if (token !== used || await renewed()) answer = await send();
    if (answer.status === 401) askToSignIn();
  }
  return answer;
}

/** Gets tokens for a grant, and renews them before they end. */
async function tokens(grant) {
  const reply = await fetch(provider.tokenUrl, { method: 'POST', body: new URLSearchParams({ client_id: provider.clientId, ...grant }) }).catch(() => null);
  const answer = reply && reply.ok ? await reply.json().catch(() => ({})) : {};
  if (!answer.access_token) return false;
  token = answer.access_token;
  refreshToken = answer.refresh_token || refreshToken;
  clearTimeout(renewAt);
  const left = Math.min(Number(answer.expires_in) || 0, 86400);
  if (left) renewAt = setTimeout(async () => { if (!await renewed()) askToSignIn(); }, 1000 * (left - Math.min(60, left / 5)));
  return true;
}

/** Whether the refresh token has given another token; requests that come meanwhile wait for the same answer. */
function renewed() {
  if (!refreshToken) return Promise.resolve(false);
  renewal = renewal || tokens({ grant_type: 'refresh_token', refresh_token: refreshToken }).finally(() => { renewal = null; });
  return renewal;
}

const base64 = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const codeGrant = (code, verifier) => ({ grant_type: 'authorization_code', code, redirect_uri: location.origin + '/', code_verifier: verifier });

async function authorization(prefix) {
  const [verifier, random] = [32, 16].map(length => base64(crypto.getRandomValues(new Uint8Array(length))));
  const state = prefix + random;
  return { verifier, state, address: provider.authorizeUrl + '?' + new URLSearchParams({ response_type: 'code', client_id: provider.clientId, scope: provider.scope, state,
    redirect_uri: location.origin + '/', code_challenge_method: 'S256',
    code_challenge: base64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))) }) };
}

async function authorize() {
  const { verifier, state, address } = await authorization('');
  sessionStorage.setItem('sign-in', JSON.stringify({ verifier, state, hash: location.hash }));
  location.assign(address);
}

function askToSignIn(why) {
  clear();
  $('notice').className = 'notice';
  $('notice').hidden = false;
  $('notice-what').textContent = why || t`Your sign-in has ended.`;
  $('notice-wait').replaceChildren(t`What you have typed stays here.`, ' ', h('button', { type: 'button', click: signInAgain }, t`Sign in`));
}

/** Signs in in a second window, so that this one keeps what is typed. */
async function signInAgain() {
  const box = open('about:blank', CHANNEL, 'width=520,height=680');
  if (!box) { askToSignIn(t`The browser has blocked the window for the sign-in. Allow it, and try again.`); return; }
  const { verifier, state, address } = await authorization(WINDOW);
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async ({ data }) => {
    if (data.state !== state) return;
    channel.close();
    if (!data.code || !await tokens(codeGrant(data.code, verifier))) { askToSignIn(t`The identity provider has not confirmed the sign-in.`); return; }
    clear();
    await connect();
    view.refresh();
    follow();
  };
  box.location.href = address;
}

/** Whether the person is signed in; otherwise the browser leaves for the provider. */
async function signedIn() {
  if (!provider.clientId) return true;
  const answer = new URLSearchParams(location.search);
  if ((answer.get('state') || '').startsWith(WINDOW)) {
    new BroadcastChannel(CHANNEL).postMessage({ state: answer.get('state'), code: answer.get('code') });
    setTimeout(close, 200);
    return false;
  }
  const kept = JSON.parse(sessionStorage.getItem('sign-in') || '{}');
  sessionStorage.removeItem('sign-in');
  if (!kept.state || !answer.has('state')) { authorize(); return false; }
  history.replaceState(null, '', '/' + kept.hash);
  if (answer.get('state') === kept.state && answer.has('code') && await tokens(codeGrant(answer.get('code'), kept.verifier))) return true;
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
