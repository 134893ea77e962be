// ---- commands: only on the page of a gateway, which takes them

const commands = document.documentElement.dataset.commands === 'true';
let me = { name: '', roles: [], publishers: [] };
let contract = {};

/** Asks who the caller is, and for the JSON schemas of the commands. */
async function connect() {
  if (!commands) return;
  const [caller, description] = await Promise.all(['/me', '/openapi.json'].map(address => call(address).then(answer => answer.json())));
  me = caller;
  contract = description.components.schemas;
  ['quarantine', 'mails', 'reports'].forEach(name => { $(name).hidden = !me[name]; });
}

const may = (role, publisher) => me.roles.includes(role)
  && (role !== 'publisher' || me.publishers.includes('*') || me.publishers.includes(publisher));
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

/**
 * A command that a person has asked for. However often it is sent, it has one key, so it takes effect once.
 * `send` returns the outcome, or a problem with the reason NO_ANSWER, after which it can be called again.
 */
function request(method, address, body, type, version) {
  const headers = { 'Content-Type': type, 'Idempotency-Key': newKey(), Prefer: 'wait=10' };
  if (version !== undefined) headers['If-Match'] = `"${version}"`;
  return { async send(attempts) {
    for (let attempt = 1; ; attempt++) {
      const answer = await call(address, { method, headers, body }).catch(() => null);
      const outcome = answer ? await answer.json().catch(() => ({})) : {};
      if (answer && ![202, 429, 500, 502, 503, 504].includes(answer.status)) return { ...outcome, ok: answer.ok };
      if (attempt === attempts) {
        return { ok: false, reason: 'NO_ANSWER', detail: outcome.detail || t`The gateway does not answer. Sending it again has no second effect.` };
      }
      await pause(1000 * Math.min(8, Number(answer && answer.headers.get('Retry-After')) || 2 ** attempt));
    }
  } };
}

const command = (offer, name, body, version) =>
  request('POST', `/offers/${offer}/commands/${name}`, JSON.stringify(body), 'application/json', version);

/** What the rules decide, without effect. */
const decision = (offer, name, body) =>
  request('POST', `/offers/${offer}/commands/${name}?dryRun=true`, JSON.stringify(body), 'application/json').send(2);

const decided = new Map();

/** What the rules decide at a version of an offer: dry runs are kept in the journal, so each is asked for once per version. */
function decisionAt(version, offer, name, body) {
  const key = JSON.stringify([offer, name, body]);
  const kept = decided.get(key);
  if (kept && kept.version === version) return kept.answer;
  if (decided.size > 1000) decided.clear();
  const now = { version, answer: decision(offer, name, body) };
  decided.set(key, now);
  now.answer.then(answer => { if (answer.reason === 'NO_ANSWER' && decided.get(key) === now) decided.delete(key); });
  return now.answer;
}

/** Sends a command and shows its outcome in place. */
async function deliver(place, sending) {
  document.querySelectorAll('.action [role=status]').forEach(other => other.replaceChildren()); // only the newest
  place.replaceChildren(h('p', { class: 'soft small' }, t`Sending …`));
  const outcome = await sending.send(5);
  place.replaceChildren(outcomeText(outcome));
  if (outcome.ok) view.refresh();
  if (outcome.reason === 'NO_ANSWER') place.append(h('button', { type: 'button', click: () => deliver(place, sending) }, t`Send it again`));
  return outcome;
}

function outcomeText(outcome) {
  if (outcome.ok) {
    return h('p', { class: 'notice good' }, h('strong', {}, t`Accepted.`), outcome.draftVersion > 0 && t`Draft version ${outcome.draftVersion}.`);
  }
  return h('div', { class: 'notice bad' }, h('strong', {}, words(outcome.reason || outcome.title || 'REFUSED'), outcome.rule && ` (${outcome.rule})`),
    outcome.detail, problems(outcome.problems || []), (outcome.lines || []).length > 1 && h('ul', { class: 'problems' },
      outcome.lines.map(one => h('li', {}, t`Line ${one.line}: ${one.problem}`))));
}

/** An action that is not started again while it runs: a double press is one command. */
const once = action => {
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    try { await action(); } finally { running = false; }
  };
};
const submitting = action => {
  const single = once(action);
  return event => { event.preventDefault(); single(); };
};

/** Asks for what a command needs; stays open while the command is refused. */
function dialog(title, text, form, word, sending, done) {
  const typed = word && h('input', { type: 'text', name: 'confirmation', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true });
  const place = h('div', { role: 'status' });
  const box = h('dialog', { 'aria-label': title, close: () => box.remove() }, h('form', { submit: submitting(async () => {
    if (word && typed.value.trim() !== word) {
      place.replaceChildren(h('p', { class: 'notice bad' }, t`This is not ${word}.`));
      return;
    }
    const outcome = await deliver(place, sending(form.value()));
    if (outcome.ok) { box.close(); done(outcome); } else form.problems(outcome.path ? [outcome] : []);
  }) }, h('h2', {}, title), h('p', { class: 'soft small' }, text), form.element,
  word && h('label', { class: 'field' }, h('span', {}, t`To confirm, type ${word}`), typed), place,
  h('p', { class: 'links' }, h('button', { class: 'primary' }, title), h('button', { type: 'button', click: () => box.close() }, t`Back`))));
  document.body.append(box);
  box.showModal();
}

const NO_FIELDS = { element: '', value: () => ({}), problems() {} };
/** Values with which the rules are asked before a person has given any, and the reasons that say no more than that. */
const EXAMPLES = { id: '00000000-0000-4000-8000-000000000000', type: 'TENANT' };
const ABOUT_EXAMPLES = ['INVALID_AUDIENCE_ID', 'DUPLICATE_ID', 'NOT_FOUND'];
const pressable = button => button.getAttribute('aria-disabled') !== 'true';

/**
 * A button that asks the rules before it can be pressed: it is ready, or grey with the reason.
 *
 * @param given the fields that the page knows; the person is asked for the others
 */
function action(offer, name, given) {
  const schema = contract[name];
  const asked = Object.keys(schema.properties).filter(field => field !== 'confirmed' && !(field in given));
  const needed = (schema.required || []).filter(field => !(field in given));
  const probe = { ...Object.fromEntries(needed.map(field => [field, EXAMPLES[field] || '…'])), ...given };
  const why = h('span', { class: 'why', id: 'why-' + newKey() });
  const place = h('div', { role: 'status' });
  const press = h('button', { type: 'button', 'aria-disabled': 'true', 'aria-describedby': why.id, click: once(async () => {
    if (!pressable(press)) return;
    const unconfirmed = schema.properties.confirmed && await decision(offer, name, { ...probe, confirmed: false });
    const confirm = unconfirmed && unconfirmed.reason === 'CONFIRMATION_REQUIRED';
    if (!asked.length && !confirm) { await deliver(place, command(offer, name, given)); return; }
    dialog(press.textContent, hint(schema), asked.length ? objectField({ ...schema, properties: Object.fromEntries(asked.map(field => [field, schema.properties[field]])) }, {}, '')
      : NO_FIELDS, confirm && offer.split('/')[1],
    fields => command(offer, name, { ...given, ...fields, ...confirm && { confirmed: true } }), outcome => place.replaceChildren(outcomeText(outcome)));
  }) });
  return { element: h('div', { class: 'action', 'data-command': name }, press, why, place), label: text => { press.textContent = text; }, async check(version) {
    await permit(press, why, decisionAt(version, offer, name, { ...probe, ...schema.properties.confirmed && { confirmed: true } }));
  } };
}

/** Makes a button ready, or grey with the reason; of several answers under way, the one that was asked for last counts. */
async function permit(press, why, asking) {
  press.asking = asking;
  const answer = await asking;
  if (press.asking !== asking) return;
  const yes = answer.ok || ABOUT_EXAMPLES.includes(answer.reason);
  press.setAttribute('aria-disabled', String(!yes));
  why.textContent = yes ? '' : answer.detail || words(answer.reason);
}

/** The actions for an offer or one of its plans; they are kept while the page is updated, with their outcomes. */
function actions(offer) {
  const known = new Map();
  return { show(list, version) {
    const now = list.map(([name, label, given]) => {
      const key = JSON.stringify([name, given]);
      if (!known.has(key)) known.set(key, action(offer, name, given));
      known.get(key).label(label);
      return known.get(key);
    });
    const all = [...now, ...[...known.values()].filter(one => one.element.querySelector('.notice') && !now.includes(one))]; // its outcome stays
    all.forEach(one => one.check(version));
    return all.map(one => one.element);
  } };
}

function offerActions(offer) {
  const removal = offer.removal && ['SUBMITTED', 'IN_PROGRESS', 'WAITING_FOR_PUBLISHER'].includes(offer.removal.state)
    && { request: offer.removal.request };
  return [
    ...may('publisher', offer.publisherId) ? [
      ['SubmitOffer', offer.status === 'NOT_SOLD' ? t`Publish again` : offer.live ? t`Publish the update` : t`Publish`, {}],
      ['GoLive', t`Go live`, { submission: offer.run ? offer.run.submission : null }],
      ['CancelPublish', t`Cancel publishing`, {}],
      ['StopSellingOffer', t`Stop selling`, {}],
      ['ResumeSelling', t`Resume selling`, { planId: null }],
      ['SyncPrivateAudience', t`Sync private audiences`, { planIds: [] }],
      ['DeleteDraft', t`Delete the draft`, {}],
      ['RequestRemoval', t`Request removal`, { problemType: offer.offerType, category: 'REMOVE_A_PUBLISHED_OFFER' }],
      ...removal ? [['AnswerRemoval', t`Answer support`, removal], ['WithdrawRemoval', t`Withdraw the request`, removal]] : []] : [],
    ...removal && may('support') ? [['TakeRemovalRequest', t`Take the request`, removal], ['AskPublisher', t`Ask the publisher`, removal],
      ['CompleteRemoval', t`Remove from customers`, removal], ['RejectRemoval', t`Reject the request`, removal]] : []];
}

const planActions = plan => [
  ['StopSellingPlan', t`Stop selling the plan`, { planId: plan.planId }],
  ['ResumeSelling', t`Resume selling the plan`, { planId: plan.planId }],
  ['AddAudienceId', t`Add a customer`, { planId: plan.planId }],
  ['RemoveAudienceId', t`Remove a customer`, { planId: plan.planId }],
  ['SyncPrivateAudience', t`Sync the audience`, { planIds: [plan.planId] }],
  ['DeleteDraftPlan', t`Delete the plan`, { planId: plan.planId }]];

/** Replaces the private audience of a plan by a file. */
function importAction(offer, planId) {
  const place = h('div', { role: 'status' });
  const why = h('span', { class: 'why', id: 'why-' + newKey() });
  const label = t`Import a CSV file`;
  const press = h('button', { type: 'button', 'aria-disabled': 'true', 'aria-describedby': why.id, click() {
    if (!pressable(press)) return;
    const file = h('input', { type: 'file', name: 'file', accept: '.csv,text/csv', required: true });
    dialog(label, t`The file replaces the private audience. Its columns are ID, Description and Type.`,
      { ...NO_FIELDS, element: h('label', { class: 'field' }, h('span', {}, t`File`), file), value: () => file.files[0] }, planId,
      content => request('PUT', `/offers/${offer}/plans/${planId}/audience?confirmed=true`, content, 'text/csv'),
      outcome => place.replaceChildren(outcomeText(outcome)));
  } }, label);
  return { element: h('div', { class: 'action', 'data-command': 'ImportAudience' }, press, why, place), check: version => permit(press, why,
    decisionAt(version, offer, 'ImportAudience', { planId, importId: EXAMPLES.id, index: 0, chunks: 1, total: 1, rows: [EXAMPLES], confirmed: true })) };
}

async function exportAudience(offer, planId) {
  const answer = await call(`/offers/${offer}/plans/${planId}/audience`);
  if (answer.ok) saveFile(`${planId}.csv`, await answer.text());
  else wait(t`The audience cannot be read now`, '', 5, () => view.refresh());
}

function saveFile(name, text) {
  const link = h('a', { download: name, href: URL.createObjectURL(new Blob([text], { type: 'text/csv' })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The actions for the plans of an offer; the rules are asked when a person opens them. */
function planTools(offer) {
  const known = new Map();
  return (plan, version) => {
    if (!known.has(plan.planId)) {
      const kept = actions(offer);
      const upload = importAction(offer, plan.planId);
      const place = h('div', { class: 'actions' });
      const file = h('p', { class: 'links' }, h('button', { type: 'button', click: () => exportAudience(offer, plan.planId) }, t`Export the audience as CSV`));
      const tool = { draw() {
        place.replaceChildren(...kept.show(planActions(tool.plan), tool.version), upload.element);
        if (tool.plan.savedAudience) place.append(file);
        upload.check(tool.version);
      } };
      tool.element = h('details', { class: 'tools', 'data-plan': plan.planId, toggle() { if (tool.element.open) tool.draw(); } }, h('summary', {}, t`Actions for ${plan.planId}`), place);
      known.set(plan.planId, tool);
    }
    const tool = known.get(plan.planId);
    tool.plan = plan;
    tool.version = version;
    if (tool.element.open) tool.draw();
    return tool.element;
  };
}
