// ---- for the support desk: inputs that could not be read, mails that are kept as files, reports of what-ifs

function quarantineView() {
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  const rows = new Map();
  let shown = null;
  async function load() {
    const answer = await ask('/quarantine', load).catch(error => { refused(t`Quarantine`, error); return null; });
    const ids = answer && answer.inputs.map(one => one.id).join();
    if (!answer || shown === ids) return;
    shown = ids;
    answer.inputs.filter(one => !rows.has(one.id)).forEach(one => rows.set(one.id, quarantined(one)));
    main.replaceChildren(answer.inputs.length ? h('ul', { class: 'rows card' }, answer.inputs.map(one => rows.get(one.id)))
      : h('p', { class: 'card' }, t`Nothing is in quarantine. A record that the service cannot read is kept here for 30 days, with the reason and what to do.`));
  }
  const again = calmly(1500, () => { if (view === self) load(); });
  heading(t`Quarantine`);
  $('view').replaceChildren(h('h1', { tabindex: -1 }, t`Quarantine`), h('p', { class: 'soft intro' }, t`Records that the service could not read, newest first. The offers are unchanged.`), main);
  queueMicrotask(load);
  const self = { event: again, refresh: again, leave() {} };
  return self;
}

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');

/** An input with its advice; the rest of it is read when a person opens it. */
function quarantined(input) {
  const more = h('div', {});
  const retry = may('support') && retryAction(input);
  let read = false;
  const box = h('details', { 'data-input': input.id, async toggle() {
    if (!box.open || read) return;
    read = true;
    const answer = await ask(`/quarantine/${input.id}`, () => {}).catch(error => ({ error }));
    if (!answer || answer.error) { read = false; more.replaceChildren(h('p', { class: 'soft' }, answer ? answer.error.message : t`It cannot be read now.`)); return; }
    more.replaceChildren(tree({ record: input.source, commandId: input.commandId, appended: FULL.format(new Date(input.appendedAt)),
      headers: Object.fromEntries(answer.headers.map(header => [header.name, header.value])), size: answer.size, value: answer.value }));
    if (retry) retry.known(answer);
  } }, h('summary', {}, h('span', { class: 'pill bad' }, words(input.reason)), ' ', h('code', {}, input.key || t`no key`), ' ',
    h('span', { class: 'small soft' }, input.source, ', ', when(input.quarantinedAt, 'age'))),
  h('p', {}, sentence(input.detail)), h('p', {}, h('strong', {}, t`What to do: `), input.advice), retry && retry.element, more);
  return h('li', {}, box);
}

/** The button that puts an input back; it takes effect once. */
function retryAction(input) {
  const place = h('div', { role: 'status' });
  const why = h('span', { class: 'why', id: 'why-' + newKey() });
  const sending = request('POST', `/quarantine/${input.id}/retry`, '', 'application/json');
  const press = h('button', { type: 'button', 'aria-describedby': why.id, click: once(async () => {
    if (!pressable(press)) return;
    const outcome = await deliver(place, sending);
    if (outcome.location) block(t`It was put back.`);
  }) }, t`Put it back`);
  const block = text => { press.setAttribute('aria-disabled', String(Boolean(text))); why.textContent = text || t`Sends it again as it is, once the cause is gone.`; };
  block(input.obstacle && sentence(input.obstacle));
  return { element: h('div', { class: 'action', 'data-command': 'Retry' }, press, why, place),
    known(details) { if (details.retry) block(t`It was put back before.`); } };
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
  $('view').replaceChildren(h('h1', { tabindex: -1 }, t`Mails`), h('p', { class: 'soft intro' }, t`What the notifier would send. It has no mail server, and keeps mails as files.`), main);
  queueMicrotask(load);
  const self = { event: again, refresh: again, leave() {} };
  return self;
}

// ---- reports of what-ifs

const WHAT_IF = 'offerflow replay what-if --with stop.sell.delay=PT24H -o json > next.json';

function reportsView() {
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  async function load() {
    const answer = await ask('/reports', load).catch(error => { refused(t`What-if`, error); return null; });
    if (!answer) return;
    main.replaceChildren(answer.reports.length ? h('ul', { class: 'rows card' }, answer.reports.map(report => h('li', { class: 'line' },
      h('a', { href: '#/reports/' + encodeURIComponent(report.name) }, report.name),
      h('span', { class: 'small soft' }, t`${NUMBER.format(report.total)} of ${NUMBER.format(report.judged)} decisions differ`, ', ', when(report.writtenAt, 'full')))))
      : h('div', { class: 'card' }, h('p', {}, t`There are no reports yet. This command writes one; move it to the folder of reports:`), h('pre', { class: 'mail' }, h('code', {}, WHAT_IF))));
  }
  heading(t`What-if`);
  $('view').replaceChildren(h('h1', { tabindex: -1 }, t`What-if`), h('p', { class: 'soft intro' }, t`What other rules or settings would have decided.`), main);
  queueMicrotask(load);
  return { event() {}, refresh: load, leave() {} };
}

const dataTable = (caption, names, list) => h('section', { class: 'card wide-table' }, h('table', { class: 'plain' }, h('caption', {}, caption),
  h('thead', {}, h('tr', {}, names.map(name => h('th', { scope: 'col' }, name)))), h('tbody', {}, list.map(cells => h('tr', {}, cells.map((cell, i) => h('td', { 'data-label': names[i] }, h('div', {}, cell))))))));

function ruling(one) {
  return [h('strong', {}, one.result ? (RESULT[one.result] || [words(one.result)])[0] : '–'), one.reason && ' ' + words(one.reason), one.rules.length > 0 && ` (${one.rules.join(', ')})`,
    one.detail && h('span', { class: 'small soft block' }, one.detail), one.effects.map(effect => h('span', { class: 'small block' }, '→ ', effect))];
}

const offerLink = id => h('a', { href: '#/offers/' + id }, h('code', {}, id));

function reportView(name) {
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  async function load() {
    const answer = await ask('/reports/' + encodeURIComponent(name), load).catch(error => { refused(name, error); return null; });
    if (!answer) return;
    const kinds = Object.entries(answer.totals).filter(([, count]) => count > 0);
    main.replaceChildren(h('p', {}, t`${NUMBER.format(answer.judged)} inputs were decided again; ${NUMBER.format(answer.total)} decisions differ, in ${plural(answer.offers, 'offer')}.`,
      ' ', answer.mode === 'follow' ? t`Each was decided on the state that the new decisions lead to.` : t`Each was decided on the state that was recorded before it.`),
    ...[answer.settings.length > 0 && dataTable(t`Settings`, [t`Name`, t`Recorded`, t`New`], answer.settings.map(one => [h('code', {}, one.name), one.then.join(', '), one.now])),
      kinds.length > 0 && dataTable(t`Differences by kind`, [t`Kind`, t`Number`], kinds.map(([kind, count]) => [words(kind), NUMBER.format(count)])),
      answer.differences.length > 0 && dataTable(answer.differences.length < answer.total ? t`The first ${NUMBER.format(answer.differences.length)} differences` : t`Differences`,
        [t`Time`, t`Offer`, t`Command`, t`Recorded`, t`New`], answer.differences.map(one => [when(one.at, 'full'), offerLink(one.offer),
          [one.command ? words(one.command) : t`Time passed`, one.actor && h('span', { class: 'small soft block' }, one.actor)], ruling(one.then), ruling(one.now)])),
      answer.divergences.length > 0 && dataTable(t`Not comparable from here on`, [t`Time`, t`Offer`, t`Missing`],
        answer.divergences.map(one => [when(one.at, 'full'), offerLink(one.offer), one.missing]))].filter(Boolean));
  }
  heading(name);
  $('view').replaceChildren(h('p', { class: 'crumb' }, h('a', { href: '#/reports' }, '← ' + t`What-if`)), h('h1', { tabindex: -1 }, name), h('br'), main);
  queueMicrotask(load);
  return { event() {}, refresh() {}, leave() {} };
}
