// ---- the inbox: what waits for whom

function inboxView() {
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  const list = (title, text, offers, line) => h('section', { class: 'card' }, h('h2', {}, `${title} (${NUMBER.format(offers.length)})`),
    h('p', { class: 'small soft' }, text), h('ul', { class: 'rows' }, offers.map(offer => h('li', { class: 'line' },
      h('a', { href: `#/offers/${offer.publisherId}/${offer.offerId}` }, offer.alias || offer.offerId, ' ', h('code', { class: 'soft' }, `${offer.publisherId}/${offer.offerId}`)),
      h('span', { class: 'small soft' }, line(offer))))));
  async function load() {
    const answer = await ask('/offers?size=200', load).catch(error => { refused(t`Inbox`, error); return null; });
    if (!answer) return;
    const active = answer.offers.filter(offer => offer.runState === 'ACTIVE');
    main.replaceChildren(
      list(t`Sign-off`, t`These wait for their publisher to look at the preview and go live.`, active.filter(offer => offer.stepState === 'WAITING_FOR_PUBLISHER'),
        offer => when(offer.stepStartedAt, 'age')),
      list(t`Failed`, t`The publisher corrects the draft and publishes it again.`, answer.offers.filter(offer => offer.status === 'ATTENTION_NEEDED'),
        offer => [words(offer.step), ', ', when(offer.stepStartedAt || offer.changedAt, 'age')]),
      list(t`Overdue`, t`A step of validation or certification takes longer than usual.`, active.filter(offer => offer.overdue),
        offer => [words(offer.step), ', ', when(offer.stepStartedAt, 'age')]),
      list(t`Stops`, t`Selling ends at this time, unless the publisher resumes it.`, answer.offers.filter(offer => offer.stop && offer.stop.state === 'PENDING'),
        offer => when(offer.stop.effectiveAt, 'full')));
  }
  const again = calmly(1500, () => { if (view === self) load(); });
  heading(t`Inbox`);
  $('view').replaceChildren(h('h1', { tabindex: -1 }, t`Inbox`), h('br'), main);
  queueMicrotask(load);
  const self = { event: again, refresh: again, leave() {} };
  return self;
}

// ---- mails that are kept as files

function mailsView() {
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  let shown = '';
  async function load() {
    const answer = await ask('/mails', load).catch(error => { refused(t`Mails`, error); return null; });
    if (!answer || JSON.stringify(answer) === shown) return;
    shown = JSON.stringify(answer);
    const open = new Set([...main.querySelectorAll('details[open]')].map(one => one.dataset.file));
    main.replaceChildren(answer.mails.length ? h('ul', { class: 'rows card' }, answer.mails.map(mail => h('li', {},
      h('details', { 'data-file': mail.file, open: open.has(mail.file) }, h('summary', {}, mail.subject, ' ', h('span', { class: 'small soft' }, mail.to, ', ', when(mail.sentAt, 'full'))),
        h('pre', { class: 'mail' }, mail.text)))))
      : h('p', { class: 'card' }, t`There are no mails yet. One is written when a preview is ready, an offer is live, or a step fails.`));
  }
  const again = calmly(1500, () => { if (view === self) load(); });
  heading(t`Mails`);
  $('view').replaceChildren(h('h1', { tabindex: -1 }, t`Mails`), h('p', { class: 'soft' }, t`What the notifier would send. It has no mail server, and keeps mails as files.`), main);
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
