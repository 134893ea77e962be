// ---- requests

let view = { path: '', leave() {}, event() {}, refresh() {} };
let retry = 0;

class Answered extends Error {
  constructor(status, body) { super(body.detail || t`The service answered ${status}.`); this.status = status; this.code = body.reason; }
}

/** The JSON of a response. If the request can be retried, the notice says so, and `again` is called later. */
async function ask(address, again) {
  const asker = view;
  let answer;
  try {
    answer = await call(address, { headers: { Accept: 'application/json' } });
    const body = await answer.json().catch(() => ({}));
    if (asker !== view) return null;
    if (answer.ok) { clear(); return body; }
    if (answer.status === 401 && provider.clientId) return null; // the notice asks to sign in, and the view stays
    if (answer.status === 503) {
      wait(CODE[body.reason] || t`The service cannot answer now`, body.detail, Number(answer.headers.get('Retry-After')) || 2, again);
      return null;
    }
    clear();
    throw new Answered(answer.status, body);
  } catch (error) {
    if (error instanceof Answered) throw error;
    if (asker === view) wait(t`The service cannot be reached`, t`What is shown may be out of date.`, 5, again);
    return null;
  }
}

function wait(what, detail, seconds, again) {
  clearInterval(retry);
  const asker = view;
  let left = seconds;
  const show = () => {
    $('notice-wait').textContent = t`Trying again in ${left} s.` + ' ' + (detail || '').replace(/ Ask again in \d+ s\.$/, '');
  };
  $('notice').className = 'notice';
  $('notice').hidden = false;
  if ($('notice-what').textContent !== what + '.') $('notice-what').textContent = what + '.';
  show();
  retry = setInterval(() => {
    left -= 1;
    if (left > 0) { show(); return; }
    clearInterval(retry);
    if (asker === view) again();
  }, 1000);
}

function clear() {
  clearInterval(retry);
  $('notice').hidden = true;
  $('notice-what').textContent = '';
  $('notice-wait').textContent = '';
}

function refused(title, error) {
  heading(title);
  $('view').replaceChildren(h('p', { class: 'crumb' }, h('a', { href: back }, t`← All offers`)),
    h('h1', { tabindex: -1 }, title), h('p', { class: 'notice bad', id: 'refused' }, error.message));
  focusHeading();
}

/** Limits calls to one per so many milliseconds; the last call is never dropped. */
function calmly(milliseconds, action) {
  let timer = 0;
  let last = 0;
  return () => {
    if (timer) return;
    timer = setTimeout(() => { timer = 0; last = Date.now(); action(); }, Math.max(60, last + milliseconds - Date.now()));
  };
}

// ---- live updates

let events = null;
let reconnect = 0;

function follow() {
  clearTimeout(reconnect);
  if (events) events.close();
  events = eventStream();
  events.addEventListener('hello', () => {
    mark('on', t`Live updates`);
    view.refresh(); // the stream has no changes from before its start
  });
  events.addEventListener('offer', event => view.event(JSON.parse(event.data), false));
  events.addEventListener('gone', event => view.event(JSON.parse(event.data), true));
  events.addEventListener('reload', () => view.refresh());
  events.addEventListener('error', () => {
    mark('lost', t`Connection lost, trying again`);
    if (events.readyState === EventSource.CLOSED) { // browsers do not reconnect after an error response
      clearTimeout(reconnect);
      reconnect = setTimeout(follow, 3000);
    }
  });
}

function mark(kind, text) {
  $('link').className = 'link ' + kind;
  if ($('link').textContent !== text) $('link').textContent = text;
}

// A hidden page holds no connection; browsers allow only six per server.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) { clearTimeout(reconnect); if (events) events.close(); mark('', t`Paused`); } else follow();
});

// ---- the list

let back = '#/';

function listView(query) {
  const asked = new URLSearchParams(query);
  const chosen = new Set((asked.get('status') || '').split(',').filter(Boolean));
  const rows = new Map();
  back = query ? '#/?' + query : '#/';

  const boxes = new Map(ORDER.map(status => [status, {
    box: h('input', { type: 'checkbox', name: 'status', value: status, change: filter }), number: h('b', {}, '–') }]));
  const text = h('input', { type: 'search', id: 'q', placeholder: t`Name or id`, autocomplete: 'off', spellcheck: 'false', input: soon });
  const publisher = h('input', { type: 'text', id: 'publisher', placeholder: t`All`, autocomplete: 'off', autocapitalize: 'none',
    spellcheck: 'false', input: soon });
  const sort = h('select', { id: 'sort', change: filter }, h('option', { value: 'attention' }, t`Needs attention first`),
    h('option', { value: 'changed' }, t`Newest change first`), h('option', { value: 'key' }, t`By publisher and id`));
  const summary = h('p', { class: 'soft small', id: 'summary' }, t`Loading …`);
  const newer = h('button', { type: 'button', hidden: true, click: () => draw(newest) }, t`Show the newest order`);
  const body = h('tbody', {});
  const table = h('table', { hidden: true }, h('caption', { class: 'unseen' }, t`Offers, those that need attention first`),
    h('thead', {}, h('tr', {}, [t`Offer`, t`Status`, t`Progress`, t`On sale`, t`Changed`].map(name => h('th', { scope: 'col' }, name)))), body);
  const empty = h('p', { class: 'empty', hidden: true });
  const pager = h('nav', { class: 'pager', 'aria-label': t`Pages` });
  let newest = null;
  let typing = 0;

  function parameters(page) {
    const now = new URLSearchParams();
    const statuses = ORDER.filter(status => boxes.get(status).box.checked);
    if (statuses.length) now.set('status', statuses.join(','));
    if (publisher.value.trim()) now.set('publisher', publisher.value.trim());
    if (text.value.trim()) now.set('q', text.value.trim());
    if (sort.value !== 'attention') now.set('sort', sort.value);
    if (page > 1) now.set('page', page);
    return now;
  }
  const address = page => { const now = parameters(page).toString(); return now ? '#/?' + now : '#/'; };

  let page = Math.max(1, Number.parseInt(asked.get('page'), 10) || 1);
  function filter() {
    clearTimeout(typing);
    page = 1;
    back = address(1);
    history.replaceState(null, '', back);
    here = location.hash;
    load(true);
  }
  function soon() { clearTimeout(typing); typing = setTimeout(filter, 250); }

  let turn = 0;
  async function load(redraw) {
    const mine = ++turn;
    const now = parameters(page);
    try {
      const answer = await ask('/offers?' + now, () => load(redraw));
      if (!answer || mine !== turn) return;
      newest = answer;
      counts(answer);
      if (redraw || !rows.size || !held() || sameOrder(answer)) draw(answer);
      else { newer.hidden = false; answer.offers.forEach(offer => update(offer)); }
    } catch (error) {
      if (mine === turn) { newest = null; nothing(error.message); }
    }
  }
  const again = calmly(1500, () => { if (view === self) load(false); });

  /** While a row has the pointer or the focus, rows must not move. */
  const held = () => table.matches(':hover') || body.contains(document.activeElement);
  const sameOrder = answer => answer.offers.map(key).join() === [...rows.keys()].join();
  const key = offer => offer.publisherId + '/' + offer.offerId;

  function counts(answer) {
    boxes.forEach(({ number }, status) => { number.textContent = NUMBER.format(answer.byStatus[status] || 0); });
    boxes.get('ATTENTION_NEEDED').box.parentNode.classList.toggle('alarm', answer.byStatus.ATTENTION_NEEDED > 0);
    $('as-of').replaceChildren(t`List as of `, when(answer.asOf, 'full'));
  }

  function nothing(message) {
    rows.clear();
    body.replaceChildren();
    pager.replaceChildren();
    summary.textContent = '';
    table.hidden = true;
    empty.hidden = false;
    empty.textContent = message;
  }

  function draw(answer) {
    newer.hidden = true;
    const first = (answer.page - 1) * answer.size + 1;
    if (!answer.offers.length) {
      nothing(answer.beyondEnd ? t`There are only ${plural(answer.pages, 'page')}.`
        : parameters(1).toString() ? t`No offer matches these filters.` : t`There are no offers yet.`);
      if (commands && !answer.beyondEnd && !parameters(1).toString()) empty.append(' ', t`Create the first one with “New offer”, or start with “offerflow up --samples” to see some.`);
      if (answer.beyondEnd) pager.append(h('a', { class: 'button', href: address(1) }, t`To the first page`));
      return;
    }
    const focused = document.activeElement;
    const before = new Map(rows);
    rows.clear();
    for (const offer of answer.offers) {
      const name = key(offer);
      const row = before.get(name) || { element: h('tr', { 'data-key': name }), sequence: -1 };
      rows.set(name, row);
      update(offer);
    }
    const elements = [...rows.values()].map(row => row.element);
    if (elements.length !== body.children.length || elements.some((element, i) => body.children[i] !== element)) {
      body.replaceChildren(...elements);
    }
    if (focused && focused !== document.activeElement && body.contains(focused)) focused.focus({ preventScroll: true });
    table.hidden = false;
    empty.hidden = true;
    summary.textContent = answer.pages === 1 ? plural(answer.total, 'offer')
      : t`${NUMBER.format(first)}–${NUMBER.format(first + answer.offers.length - 1)} of ${plural(answer.total, 'offer')}`;
    pager.replaceChildren(...(answer.pages === 1 ? [] : [
      h('span', { class: 'soft small' }, t`Page ${NUMBER.format(answer.page)} of ${NUMBER.format(answer.pages)}`),
      h('span', {}, answer.page > 1 && h('a', { class: 'button', rel: 'prev', href: address(answer.page - 1) }, t`← Previous`),
        answer.page < answer.pages && h('a', { class: 'button', rel: 'next', href: address(answer.page + 1) }, t`Next →`))]));
  }

  function update(offer) {
    const row = rows.get(key(offer));
    const shown = JSON.stringify(offer);
    if (!row || offer.sequence < row.sequence || row.shown === shown) return false;
    const fresh = row.sequence >= 0 && offer.sequence > row.sequence;
    row.sequence = offer.sequence;
    row.shown = shown;
    const cells = rowCells(offer);
    const link = row.element.querySelector('a');
    row.element.className = urgency(offer);
    if (link) { // the link is kept, because it may have the focus
      link.firstChild.data = offer.alias || offer.offerId;
      while (row.element.children.length > 1) row.element.lastChild.remove();
      row.element.append(...cells.slice(1));
    } else {
      row.element.append(...cells);
    }
    if (fresh) { void row.element.offsetWidth; row.element.classList.add('fresh'); }
    return true;
  }

  const self = {
    event(offer, gone) {
      const row = rows.get(key(offer));
      if (row && gone) row.element.className = 'gone';
      if (row && !gone && update(offer)) say(`${offer.alias || offer.offerId}: ${(STATUS[offer.status] || [offer.status])[0]}`);
      again();
    },
    refresh() { load(false); },
    leave() { clearTimeout(typing); }
  };

  boxes.forEach(({ box }, status) => { box.checked = chosen.has(status); });
  text.value = asked.get('q') || '';
  publisher.value = asked.get('publisher') || '';
  sort.value = asked.get('sort') || 'attention';
  if (sort.selectedIndex < 0) sort.value = 'attention';
  heading(t`Offers`);
  $('view').replaceChildren(h('div', { class: 'line' }, h('h1', { tabindex: -1 }, t`Offers`),
    commands && me.roles.includes('publisher') && h('a', { class: 'button primary', href: '#/new' }, t`New offer`)),
    h('form', { role: 'search', 'aria-label': t`Filter the offers`, submit: event => { event.preventDefault(); filter(); } },
      h('fieldset', { class: 'counts' }, h('legend', { class: 'unseen' }, t`Status`),
        ORDER.map(status => h('label', { class: 'count' }, boxes.get(status).box, boxes.get(status).number,
          h('span', {}, STATUS[status][0])))),
      h('div', { class: 'filters' }, h('label', { class: 'wide' }, t`Text`, text), h('label', {}, t`Publisher id`, publisher),
        h('label', {}, t`Order`, sort), h('button', { type: 'button', click: () => { location.hash = '#/?'; } }, t`Clear filters`))),
    h('div', { class: 'bar' }, summary, newer), h('div', { class: 'card list' }, table, empty), pager);
  queueMicrotask(() => load(true));
  return self;
}

const urgency = offer => offer.status === 'ATTENTION_NEEDED' ? 'bad'
  : offer.overdue || offer.stepState === 'WAITING_FOR_PUBLISHER' && offer.runState === 'ACTIVE' ? 'warn' : '';

function rowCells(offer) {
  const id = offer.publisherId + '/' + offer.offerId;
  return [
    h('td', { class: 'alias' }, h('a', { href: '#/offers/' + id }, document.createTextNode(offer.alias || offer.offerId)),
      h('span', { class: 'mono' }, id)),
    h('td', { class: 'state' }, pill(STATUS, offer.status)),
    h('td', { class: 'progress small' }, ...progress(offer)),
    h('td', { class: 'small' }, offer.onSale ? t`On sale, version ${offer.liveVersion}` : h('span', { class: 'soft' }, t`Not on sale`),
      offer.stop && offer.stop.state === 'PENDING' && h('span', { class: 'soft' }, t`, stops `, when(offer.stop.effectiveAt))),
    h('td', { class: 'when small soft' }, when(offer.changedAt, 'age'))];
}

function progress(offer) {
  if (offer.runState === 'FAILED' || offer.runState === 'ACTIVE') {
    const failed = offer.runState === 'FAILED';
    const waits = offer.stepState === 'WAITING_FOR_PUBLISHER';
    const step = words(offer.step);
    return [h('span', {}, failed ? t`${step} failed` : waits ? t`Waits for the publisher to sign off` : step),
      !failed && !waits && offer.overdue && h('span', {}, ' ', h('span', { class: 'pill warn' }, t`longer than usual`)),
      offer.stepStartedAt && h('span', { class: 'soft' }, failed ? '' : t`, since `, failed ? '' : when(offer.stepStartedAt, 'age')),
      h('span', { class: 'soft' }, ` · ` + t`${offer.stepsDone} of ${plural(offer.stepsTotal, 'step')}`), meter(offer.stepsDone, offer.stepsTotal, failed)];
  }
  if (offer.incompleteSections > 0 && offer.status !== 'LIVE') {
    return [h('span', { class: 'soft' }, t`${plural(offer.incompleteSections, 'section')} to complete`)];
  }
  return offer.status === 'DRAFT' ? [h('span', { class: 'soft' }, t`Ready to submit`)] : [];
}

function meter(done, total, bad) {
  const fill = h('i', {});
  fill.style.width = (total ? 100 * done / total : 0) + '%';
  return h('span', { class: 'meter ' + (bad ? 'bad' : done === total ? 'good' : ''), 'aria-hidden': 'true' }, fill);
}

// ---- one offer

function offerView(publisher, offer) {
  const id = publisher + '/' + offer;
  const route = '#/offers/' + id;
  const api = '/offers/' + id;
  const slots = {};
  const slot = (name, kind) => { slots[name] = h('section', { class: kind || 'card', 'data-part': name }); return slots[name]; };
  const shown = {};
  let built = false;
  let sequence = 0;
  const timeline = h('ol', { class: 'time' });
  const older = h('button', { type: 'button', hidden: true, click: () => more() }, t`Older entries`);
  const newestOffsets = new Set();
  const pressed = actions(id);
  const tools = planTools(id);
  const offerButtons = slot('actions');
  let next = null;

  /** Renders a part again only if its data has changed. */
  function part(name, facts, draw) {
    const text = JSON.stringify(facts);
    if (shown[name] === text) return;
    const fresh = shown[name] !== undefined;
    shown[name] = text;
    const focused = document.activeElement;
    slots[name].replaceChildren(...draw().flat(9).filter(Boolean));
    if (focused !== document.activeElement && slots[name].contains(focused)) focused.focus({ preventScroll: true });
    slots[name].classList.remove('fresh');
    if (fresh && name !== 'head') { void slots[name].offsetWidth; slots[name].classList.add('fresh'); }
  }

  function build() {
    built = true;
    slot('head', 'head');
    slots.history = h('section', { class: 'card', 'data-part': 'history' }, h('h2', {}, t`Timeline`), timeline, older);
    $('view').replaceChildren(h('p', { class: 'crumb' }, h('a', { href: back }, t`← All offers`)), slots.head,
      h('div', { class: 'grid' },
        h('div', { class: 'column' }, slot('now'), commands && offerButtons, slot('run'), slot('sections'), slot('plans')),
        h('div', { class: 'column' }, slot('map'), slot('content'), slots.history)));
  }

  async function load() {
    try {
      const answer = await ask(api, load);
      if (!answer) return;
      const first = !built;
      if (first) build();
      draw(answer);
      if (first) focusHeading();
      history();
    } catch (error) {
      refused(error.code === 'OFFER_NOT_FOUND' ? t`No such offer` : t`This offer cannot be shown`, error);
    }
  }

  function draw(offer) {
    const name = offer.alias || offer.offerId;
    heading(name);
    if (sequence && offer.sequence > sequence) say(`${name}: ${(STATUS[offer.status] || [offer.status])[0]}`);
    sequence = offer.sequence;
    part('head', [offer.alias, offer.status, offer.onSale, offer.live, offer.draftVersion, offer.stop, offer.removal, offer.changedAt],
      () => header(offer, id));
    part('map', offer.status, () => [h('h2', {}, t`Lifecycle`), diagram(offer.status), h('p', { class: 'small soft' }, NEXT[offer.status])]);
    part('now', [offer.pending, offer.status, offer.run && offer.run.state], () => now(offer));
    const signOff = offer.run && offer.run.steps.find(one => one.step === 'PUBLISHER_SIGN_OFF');
    const state = [offer.status, offer.run && [offer.run.submission, offer.run.state, signOff && signOff.state], offer.pending.map(one => one.what + one.planId)];
    const own = commands && may('publisher', publisher);
    const version = JSON.stringify([state, offer.draftVersion, offer.removal, offer.plans]);
    if (commands) {
      part('actions', version, () => [h('h2', {}, t`Actions`),
        h('div', { class: 'actions' }, pressed.show(offerActions(offer), version))]);
    }
    part('run', offer.run, () => run(offer.run));
    part('sections', offer.sections, () => [h('h2', {}, t`Sections`), h('ul', { class: 'rows' }, offer.sections.map(one =>
      section(one, own && one.section !== 'PLAN_OVERVIEW' && h('a', { href: `${route}/sections/${one.section}`, 'aria-label': t`Edit ${words(one.section)}` }, t`Edit`))))]);
    part('plans', version, () => [h('h2', {}, t`Plans`), offer.plans.length ? h('ul', { class: 'rows' }, offer.plans.map(one =>
      plan(one, own && h('a', { href: `${route}/plans/${one.planId}`, 'aria-label': t`Edit ${one.planId}` }, t`Edit`), own && tools(one, version)))) : h('p', { class: 'soft' }, t`No plans.`),
      own && h('p', { class: 'links' }, h('a', { class: 'button', href: route + '/plans' }, t`New plan`))]);
    part('content', offer.views, () => [h('h2', {}, t`Content`), contentLinks(route, offer.views)]);
  }

  async function history() {
    const answer = await ask(api + '/history?dryRuns=false&limit=30', load).catch(error => {
      timeline.replaceChildren(h('li', { class: 'soft' }, error.message));
      return null;
    });
    if (!answer) return;
    const fresh = answer.entries.filter(entry => !newestOffsets.has(entry.offset));
    const first = !newestOffsets.size;
    if (!first && fresh.length === answer.entries.length && answer.next !== null) { // more than a page is new
      timeline.replaceChildren();
      newestOffsets.clear();
      next = answer.next;
    } else if (first) {
      timeline.replaceChildren();
      next = answer.next;
    }
    fresh.forEach(entry => newestOffsets.add(entry.offset));
    timeline.prepend(...fresh.map(entry => told(entry, !first)));
    older.hidden = next === null;
  }

  async function more() {
    older.disabled = true;
    const answer = await ask(`${api}/history?dryRuns=false&limit=50&before=${next}`, more).catch(() => null);
    older.disabled = false;
    if (!answer) return;
    answer.entries.forEach(entry => newestOffsets.add(entry.offset));
    timeline.append(...answer.entries.map(entry => told(entry, false)));
    next = answer.next;
    older.hidden = next === null;
  }

  const again = calmly(700, () => { if (view === self) load(); });
  heading(offer);
  $('view').replaceChildren(h('p', { class: 'crumb' }, h('a', { href: back }, t`← All offers`)),
    h('h1', { tabindex: -1 }, offer), h('p', { class: 'soft' }, t`Loading …`));
  queueMicrotask(load);
  const self = {
    event(row) { if (row.publisherId === publisher && row.offerId === offer) again(); },
    refresh: again,
    leave() {}
  };
  return self;
}

function header(offer, id) {
  const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));
  return [
    h('div', { class: 'title' }, h('h1', { tabindex: -1 }, offer.alias || offer.offerId), pill(STATUS, offer.status),
      h('span', { class: 'pill ' + (offer.onSale ? 'good' : '') }, offer.onSale ? t`On sale` : t`Not on sale`)),
    h('dl', { class: 'facts' }, fact(t`Offer`, h('code', {}, id)), fact(t`Type`, TYPE[offer.offerType] || words(offer.offerType)),
      fact(t`Draft`, t`version ${offer.draftVersion}`),
      offer.live ? fact(t`Live`, t`version ${offer.live.version}, since `, when(offer.live.since)) : fact(t`Live`, t`never yet`),
      offer.stop && fact(offer.stop.state === 'PENDING' ? t`Selling stops` : t`Selling stopped`, when(offer.stop.effectiveAt)),
      offer.removal && fact(t`Removal from customers`, t`request ${offer.removal.request}: ${words(offer.removal.state).toLowerCase()}`),
      fact(t`Changed`, when(offer.changedAt, 'age')))];
}

function diagram(status) {
  const map = $('map').content.firstElementChild.cloneNode(true);
  const at = map.querySelector('g.' + (STATUS[status] ? status : 'none'));
  if (at) at.classList.add('lit');
  map.setAttribute('aria-label', `Lifecycle: draft, publishing, live, not sold, attention needed. Now: ${
    (STATUS[status] || [status])[0]}.`);
  return map;
}

function now(offer) {
  const kind = offer.status === 'ATTENTION_NEEDED' ? 'bad' : offer.pending.some(one => one.overdue
    || one.what === 'PUBLISHER_SIGNS_OFF') ? 'warn' : offer.pending.length ? '' : offer.status === 'LIVE' ? 'good' : 'idle';
  const card = document.querySelector('[data-part=now]');
  card.className = 'card now ' + kind;
  const lines = offer.pending.map(pending);
  if (offer.status === 'ATTENTION_NEEDED') lines.unshift([h('strong', {}, t`The last run failed.`), ' ', t`Its report is below.`]);
  return [h('h2', {}, t`Now`), h('ul', {}, lines.length ? lines.map(line => h('li', {}, line))
    : h('li', { class: 'soft' }, t`Nothing is pending: the next move is the publisher’s.`))];
}

function pending(one) {
  const moment = one.at && [' ', when(one.at), ' (', when(one.at, 'age'), ')'];
  const since = one.since && [t`, since `, when(one.since)];
  if (one.what === 'SELLING_STOPS') return [t`Selling stops`, moment, '. ', h('span', { class: 'soft' }, t`This time is fixed.`)];
  if (one.what === 'PLAN_SELLING_STOPS') {
    return [t`Selling of plan `, h('code', {}, one.planId), t` stops`, moment, '. ', h('span', { class: 'soft' }, t`This time is fixed.`)];
  }
  if (one.what === 'AUDIENCE_SYNCS') return [t`The audience of plan `, h('code', {}, one.planId), t` syncs`, moment, '.'];
  if (one.what === 'PRICES_CHANGE') return [t`The prices of plan `, h('code', {}, one.planId), t` change`, moment, '.'];
  if (one.what === 'PUBLISHER_SIGNS_OFF') return [h('strong', {}, t`Waits for the publisher to sign off`), since, '.'];
  if (one.what === 'STEP_ENDS') {
    return [h('strong', {}, words(one.step)), t` is under way`, since, '. ', one.overdue
      ? [h('span', { class: 'pill warn' }, t`longer than usual`), t` It was expected to end`, moment, '.']
      : one.at ? [t`Expected to end about`, moment, '. ', h('span', { class: 'soft' }, t`This is an estimate.`)] : null];
  }
  return [words(one.what), moment];
}

function run(run) {
  if (!run) return [h('h2', {}, t`Publishing`), h('p', { class: 'soft' }, t`Never submitted.`)];
  const done = run.steps.filter(step => step.state === 'SUCCEEDED').length;
  return [
    h('div', { class: 'line' }, h('h2', {}, t`Publishing, submission ${run.submission}`), pill(RUN, run.state)),
    h('p', { class: 'small soft' }, t`Draft version ${run.draftVersion}, submitted `, when(run.submittedAt),
      '. ', t`${done} of ${plural(run.steps.length, 'step')} done.`),
    h('ol', { class: 'steps' }, run.steps.map(step)),
    run.messages.length > 0 && [h('h3', {}, t`Report`), h('ul', { class: 'report' + (run.state === 'FAILED' ? '' : ' calm') },
      run.messages.map(message => h('li', {}, h('b', {}, words(message.code)), message.text)))]];
}

function step(step) {
  const usual = step.estimatedMinutes ? t`usually ${span(step.estimatedMinutes * 60000)}` : t`the publisher decides`;
  const took = step.startedAt && step.endedAt && t`took ${span(new Date(step.endedAt) - new Date(step.startedAt))}`;
  const running = step.state === 'IN_PROGRESS' || step.state === 'WAITING_FOR_PUBLISHER';
  return h('li', { class: step.state },
    h('div', {}, h('b', {}, words(step.step)), h('span', { class: 'unseen' }, ': '), h('span', { class: 'info' }, words(STEP[step.state] || step.state),
      step.startedAt && [running ? t` since ` : ' · ', when(step.startedAt)], step.endedAt && [t` to `, when(step.endedAt)])),
    h('span', { class: 'side' }, took ? [took, h('br'), usual] : usual));
}

function section(section, edit) {
  return h('li', {}, h('div', { class: 'line' }, h('h3', {}, words(section.section)),
    h('span', {}, section.applies ? pill(SECTION, section.state) : h('span', { class: 'soft small' }, t`Does not apply`), edit && ' ', edit)),
  section.savedAtVersion > 0 && h('p', { class: 'small soft' }, t`Saved at version ${section.savedAtVersion}`), problems(section.problems));
}

function plan(plan, edit, tools) {
  return h('li', {}, h('div', { class: 'line' }, h('h3', {}, plan.name || plan.planId, ' ', h('code', { class: 'soft' }, plan.planId)),
    h('span', {}, pill(PLAN, plan.state), edit && ' ', edit)),
  h('p', { class: 'small soft' }, [plan.onSale ? plan.privateOnSale ? t`On sale to its private audience` : t`On sale` : t`Not on sale`,
    audience(plan), plan.unpublishedChanges && t`unpublished changes`, t`saved at version ${plan.savedAtVersion}`].filter(Boolean).join(' · ')),
  problems(plan.problems), tools);
}

function audience(plan) {
  const members = one => plural(one.tenants + one.subscriptions, 'customer');
  if (!plan.savedAudience) return null;
  if (plan.audienceState === 'SYNCING') return t`${members(plan.savedAudience)} in its audience, being synced`;
  if (plan.audienceState === 'FAILED') return t`${members(plan.savedAudience)} in its audience, the last sync failed`;
  return plan.audienceState === 'IN_SYNC' || !plan.liveAudience ? t`${members(plan.savedAudience)} in its audience`
    : t`${members(plan.liveAudience)} may buy it, ${members(plan.savedAudience)} once its audience is synced`;
}

function problems(list) {
  return list.length > 0 && h('ul', { class: 'problems' }, list.map(one => h('li', {}, one.path ? h('code', {}, one.path) : one.section && h('strong', {}, words(one.section)),
    (one.path || one.section) && ' – ', t`expected: ${one.expected}; met: ${one.met}`)));
}

function contentLinks(route, views) {
  const link = (address, text) => h('a', { class: 'button', href: route + '/' + address }, text);
  return h('p', { class: 'links' }, views.draft && link('draft', t`Draft`), views.preview && link('preview', t`Preview`),
    views.live && link('live', t`Live`), views.live && views.draft && link('compare/live/draft', t`Draft against live`),
    views.preview && views.live && link('compare/live/preview', t`Preview against live`),
    views.preview && views.draft && link('compare/preview/draft', t`Draft against preview`));
}

function told(entry, fresh, offer) {
  const who = entry.kind === 'TIME' ? t`Time passed` : entry.actor || t`Unknown sender`;
  const step = entry.payload && typeof entry.payload.step === 'string' && words(entry.payload.step).toLowerCase();
  const what = step && entry.command === 'ReportStepSucceeded' ? [t` reported that `, h('strong', {}, t`${step} succeeded`)]
    : step && entry.command === 'ReportStepFailed' ? [t` reported that `, h('strong', {}, t`${step} failed`)]
    : entry.command ? [t` asked to `, h('strong', {}, words(entry.command).toLowerCase()), entry.validateOnly && t` (only to check it)`]
    : entry.kind === 'TIME' ? t` and something fell due` : t` sent something that could not be read`;
  const section = entry.payload && typeof entry.payload.section === 'string' ? [': ', words(entry.payload.section).toLowerCase()] : null;
  const details = entry.payload && Object.keys(entry.payload).some(name => entry.payload[name] !== null);
  return h('li', { class: entry.result + (fresh ? ' fresh' : ''), 'data-offset': entry.offset },
    h('div', { class: 'line' }, h('span', { class: 'small soft' }, when(entry.at, 'full'), offer && [' ', offer]), RESULT[entry.result] && pill(RESULT, entry.result)),
    h('p', {}, h('span', { class: 'mono' }, who), what, section),
    (entry.reason || entry.detail) && h('p', { class: 'small' }, entry.reason && h('strong', { title: entry.rule }, words(entry.reason) + '. '), entry.detail), problems(entry.problems),
    entry.events.length > 0 && h('p', { class: 'small' }, '→ ', entry.events.map((event, i) =>
      [i > 0 && ', ', words(event.type), event.data && typeof event.data.step === 'string' && ` (${words(event.data.step).toLowerCase()})`, event.due && [t` (due `, when(event.at), ')']])),
    (details || entry.omitted.length > 0) && h('details', {}, h('summary', {}, t`Command`), details && tree(entry.payload),
      entry.omitted.length > 0 && h('p', { class: 'soft' }, t`Too long to show here: ${entry.omitted.map(words).join(', ')}.`)));
}

/** Content as nested lists of names and values; missing values are omitted. */
function tree(value) {
  const leaf = one => one === null || typeof one !== 'object';
  const text = one => one === true ? t`Yes` : one === false ? t`No` : String(one);
  const entries = Object.entries(value).filter(([, one]) => one !== null && !(typeof one === 'object' && !Object.keys(one).length));
  if (!entries.length) return h('p', { class: 'soft' }, t`Nothing.`);
  return h('dl', { class: 'tree' }, entries.map(([name, one]) => {
    const label = Array.isArray(value) ? `${Number(name) + 1}.` : words(name);
    const simple = leaf(one) || Array.isArray(one) && one.every(leaf);
    return h('div', { class: simple ? '' : 'wide' }, h('dt', {}, label),
      h('dd', {}, leaf(one) ? text(one) : simple ? one.map(text).join('\n') : tree(one)));
  }));
}

// ---- content of an offer, and what differs

function detailView(publisher, offer, title, address, draw) {
  const id = publisher + '/' + offer;
  const route = '#/offers/' + id;
  const main = h('div', { class: 'stack' }, h('p', { class: 'soft' }, t`Loading …`));
  let shown = '';
  async function load() {
    try {
      const answer = await ask(`/offers/${id}/${address}`, load);
      if (!answer || JSON.stringify(answer) === shown) return;
      shown = JSON.stringify(answer);
      main.replaceChildren(...draw(answer).flat(9).filter(Boolean));
    } catch (error) {
      refused(title, error);
    }
  }
  const again = calmly(1000, () => { if (view === self) load(); });
  heading(`${title}, ${id}`);
  $('view').replaceChildren(h('p', { class: 'crumb' }, h('a', { href: route }, '← ' + id)),
    h('h1', { tabindex: -1 }, title), h('br'), main);
  queueMicrotask(load);
  const self = { event(row) { if (row.publisherId === publisher && row.offerId === offer) again(); }, refresh: again, leave() {} };
  return self;
}

function contentView(publisher, offer, name) {
  return detailView(publisher, offer, t`${words(name)} content`, name, content => [
    h('p', { class: 'soft' }, [t`Draft version ${content.draftVersion}`, content.submission && t`submission ${content.submission}`,
      content.liveVersion && t`live version ${content.liveVersion}`].filter(Boolean).join(' · ')),
    Object.entries(content.sections).map(([section, value]) => h('section', { class: 'card' }, h('h2', {}, words(section)), tree(value))),
    Object.entries(content.plans).map(([plan, value]) => h('section', { class: 'card' }, h('h2', {}, t`Plan `, h('code', {}, plan)), tree(value))),
    !Object.keys(content.sections).length && !Object.keys(content.plans).length && h('p', { class: 'soft' }, t`Nothing was given yet.`)]);
}

function compareView(publisher, offer, from, to) {
  const value = one => one === null ? t`nothing` : typeof one === 'object' ? t`nothing in it` : one === '' ? t`empty text` : String(one);
  const list = (title, items, draw) => items.length > 0 && h('section', { class: 'card diff' }, h('h2', {}, `${title} (${items.length})`),
    h('ul', {}, items.map(item => h('li', {}, h('code', {}, item.path), draw(item)))));
  const was = one => h('span', { class: 'was' }, value(one));
  const is = one => h('span', { class: 'is' }, value(one));
  return detailView(publisher, offer, t`${words(to)} against ${tr(from)}`, `compare?from=${from}&to=${to}`, answer => [
    !answer.fromExists && h('p', { class: 'notice' }, t`There is no ${from} content now.`),
    !answer.toExists && h('p', { class: 'notice' }, t`There is no ${to} content now.`),
    answer.equal && h('p', { class: 'card' }, t`There is no difference.`),
    list(t`Edited`, answer.edited, item => [was(item.from), is(item.to)]),
    list(t`Added`, answer.added, item => is(item.value)), list(t`Removed`, answer.removed, item => was(item.value))]);
}

// ---- routes

let here = location.hash;
let moved = false;

function heading(text) { document.title = text + ' · Offerflow'; }
function focusHeading() { if (moved) { const title = document.querySelector('#view h1'); if (title) title.focus({ preventScroll: true }); } }

function go() {
  here = location.hash;
  view.leave();
  clear();
  $('as-of').textContent = '';
  const [path, query] = here.replace(/^#\/?/, '').split('?');
  const at = path.split('/').filter(Boolean);
  document.querySelectorAll('nav.gateway a').forEach(link => {
    if (link.hash === '#/' + (at[0] === 'offers' ? '' : at[0] || '')) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  });
  const views = ['draft', 'preview', 'live'];
  const known = at[0] === 'offers' && at.slice(1, 3).every(id => /^[a-z0-9_-]{1,50}$/.test(id));
  if (!at.length || at.length === 1 && at[0] === 'offers') view = listView(query || '');
  else if (commands && at.length === 1 && at[0] === 'new') view = createView();
  else if (commands && at.length === 1 && at[0] === 'inbox') view = inboxView();
  else if (commands && at.length === 1 && at[0] === 'history') view = historyView(query || '');
  else if (commands && at.length === 1 && at[0] === 'mails') view = mailsView();
  else if (commands && at.length === 1 && at[0] === 'scheduled') view = scheduledView();
  else if (commands && at.length === 1 && at[0] === 'quarantine') view = quarantineView();
  else if (commands && at.length === 1 && at[0] === 'reports') view = reportsView();
  else if (commands && at.length === 2 && at[0] === 'reports') view = reportView(decodeURIComponent(at[1]));
  else if (commands && known && at.length === 5 && at[3] === 'sections') view = sectionView(at[1], at[2], at[4]);
  else if (commands && known && at.length <= 5 && at[3] === 'plans') view = planView(at[1], at[2], at[4]);
  else if (known && at.length === 3) view = offerView(at[1], at[2]);
  else if (known && at.length === 4 && views.includes(at[3])) view = contentView(at[1], at[2], at[3]);
  else if (known && at.length === 6 && at[3] === 'compare' && views.includes(at[4]) && views.includes(at[5])) {
    view = compareView(at[1], at[2], at[4], at[5]);
  } else {
    view = { event() {}, refresh() {}, leave() {} };
    refused(t`No such page`, new Error(t`The address names neither the list of offers nor an offer.`));
  }
  focusHeading();
  if (moved) scrollTo(0, 0);
}
