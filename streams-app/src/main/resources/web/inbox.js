// ---- the inbox: what waits for whom

const offerName = offer => h('a', { href: `#/offers/${offer.publisherId}/${offer.offerId}` }, offer.alias || offer.offerId, ' ', h('code', { class: 'soft' }, `${offer.publisherId}/${offer.offerId}`));

function inboxView() {
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  const list = (title, text, offers, line) => h('section', { class: 'card' }, h('h2', {}, `${title} (${NUMBER.format(offers.length)})`),
    h('p', { class: 'small soft' }, text), h('ul', { class: 'rows' }, offers.map(offer => h('li', { class: 'line' },
      offerName(offer),
      h('span', { class: 'small soft' }, line(offer))))));
  async function load() {
    const answer = await ask('/offers?size=200', load).catch(error => { refused(t`Inbox`, error); return null; });
    const unread = answer && me.quarantine ? await ask('/quarantine', load).catch(error => { refused(t`Inbox`, error); return null; }) : { inputs: [] };
    if (!answer || !unread) return;
    const active = answer.offers.filter(offer => offer.runState === 'ACTIVE');
    main.replaceChildren(
      list(t`Sign-off`, t`These wait for their publisher to look at the preview and go live.`, active.filter(offer => offer.stepState === 'WAITING_FOR_PUBLISHER'),
        offer => when(offer.stepStartedAt, 'age')),
      list(t`Failed`, t`The publisher corrects the draft and publishes it again.`, answer.offers.filter(offer => offer.status === 'ATTENTION_NEEDED'),
        offer => [words(offer.step), ', ', when(offer.stepStartedAt || offer.changedAt, 'age')]),
      list(t`Overdue`, t`A step of validation or certification takes longer than usual.`, active.filter(offer => offer.overdue),
        offer => [words(offer.step), ', ', when(offer.stepStartedAt, 'age')]),
      list(t`Stops`, t`Selling ends at this time, unless the publisher resumes it.`, answer.offers.filter(offer => offer.stop && offer.stop.state === 'PENDING'),
        offer => when(offer.stop.effectiveAt, 'full')),
      ...me.quarantine ? [h('section', { class: 'card' }, h('h2', {}, `${t`Quarantine`} (${unread.inputs.length < 100 ? NUMBER.format(unread.inputs.length) : '100+'})`),
        h('p', { class: 'small soft' }, t`Records that the service could not read, newest first. The offers are unchanged.`), h('ul', { class: 'rows' },
          unread.inputs.slice(0, 5).map(input => h('li', { class: 'line' }, h('a', { href: '#/quarantine' }, words(input.reason), ' ', h('code', { class: 'soft' }, input.key || input.source)),
            h('span', { class: 'small soft' }, when(input.quarantinedAt, 'age'))))))] : []);
  }
  const again = calmly(1500, () => { if (view === self) load(); });
  heading(t`Inbox`);
  $('view').replaceChildren(h('h1', { tabindex: -1 }, t`Inbox`), h('br'), main);
  queueMicrotask(load);
  const self = { event: again, refresh: again, leave() {} };
  return self;
}

// ---- what happens at a fixed time, of all offers

const SCHEDULED = { SELLING_STOPS: () => t`Selling stops`, PLAN_SELLING_STOPS: one => [t`Selling of plan `, h('code', {}, one.planId), t` stops`],
  AUDIENCE_SYNCS: one => [t`The audience of plan `, h('code', {}, one.planId), t` syncs`] };

function scheduledView() {
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  async function load() {
    const answer = await ask('/offers?scheduled=true&sort=scheduled&size=200', load).catch(error => { refused(t`Scheduled`, error); return null; });
    if (!answer) return;
    const all = answer.offers.flatMap(offer => offer.scheduled.map(one => ({ ...one, offer }))).sort((a, b) => new Date(a.at) - new Date(b.at));
    main.replaceChildren(all.length ? h('ul', { class: 'rows card' }, all.map(one => h('li', { class: 'line' },
      h('span', {}, offerName(one.offer), h('span', { class: 'block' }, (SCHEDULED[one.what] || (() => words(one.what)))(one))),
      h('span', { class: 'small soft' }, when(one.at, 'full'), ' · ', when(one.at, 'age')))))
      : h('p', { class: 'card' }, t`Nothing is scheduled. A stop of selling and a sync of an audience are listed here until they take effect.`));
    if (answer.pages > 1) main.append(h('p', { class: 'soft' }, t`These are the next ones, of ${plural(answer.total, 'offer')}.`));
  }
  const again = calmly(1500, () => { if (view === self) load(); });
  heading(t`Scheduled`);
  $('view').replaceChildren(h('h1', { tabindex: -1 }, t`Scheduled`), h('p', { class: 'soft intro' }, t`What happens at a fixed time, the next one first.`), main);
  queueMicrotask(load);
  const self = { event: again, refresh: again, leave() {} };
  return self;
}

// ---- the history of all offers

const CSV = ['at', 'publisherId', 'offerId', 'actor', 'command', 'result', 'reason', 'detail', 'commandId'];
const RESULTS = ['ACCEPTED', 'REJECTED', 'DUPLICATE', 'IGNORED', 'QUARANTINED'];

function historyView(query) {
  const asked = new URLSearchParams(query);
  const entries = [];
  let next = null;
  const box = (name, label) => h('label', {}, label, h('input', { type: 'text', name, value: asked.get(name) || '', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' }));
  const result = h('select', { name: 'result' }, h('option', { value: '' }, t`All`), RESULTS.map(one => h('option', { value: one, selected: asked.get('result') === one }, RESULT[one][0])));
  const list = h('ol', { class: 'time' });
  const older = h('button', { type: 'button', hidden: true, click: load }, t`Older entries`);
  const form = h('form', { role: 'search', class: 'filters', submit(event) {
    event.preventDefault();
    moved = true;
    location.hash = '#/history?' + new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  } }, box('publisher', t`Publisher id`), box('actor', t`Actor`), h('label', {}, t`Result`, result), h('button', {}, t`Filter`));

  async function load() {
    const now = new URLSearchParams([...asked, ['dryRuns', 'false'], ...next === null ? [] : [['before', next]]]);
    const answer = await ask('/history?' + now, load).catch(error => { refused(t`History`, error); return null; });
    if (!answer) return;
    next = answer.next;
    entries.push(...answer.entries);
    list.append(...answer.entries.map(one => told(one.entry, false, h('a', { href: `#/offers/${one.publisherId}/${one.offerId}` }, `${one.publisherId}/${one.offerId}`))));
    older.hidden = next === null;
  }

  /** A cell that a spreadsheet would run as a formula starts with an apostrophe. */
  const cell = value => `"${String(value === null || value === undefined ? '' : value).replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, '""')}"`;
  function save() {
    const lines = [CSV.join(','), ...entries.map(one => CSV.map(name => cell(name in one ? one[name] : one.entry[name])).join(','))];
    saveFile('history.csv', lines.join('\r\n') + '\r\n');
  }

  heading(t`History`);
  $('view').replaceChildren(h('div', { class: 'line' }, h('h1', { tabindex: -1 }, t`History`), h('button', { type: 'button', click: save }, t`Save as CSV`)),
    h('br'), form, h('div', { class: 'card' }, list, older));
  queueMicrotask(load);
  return { event() {}, refresh() {}, leave() {} };
}
