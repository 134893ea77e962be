// ---- forms, made from the schemas of the contract

/** A schema without references; `null` as a value means that the field is empty. */
function resolved(schema) {
  const other = schema.$ref ? contract[schema.$ref.split('/').pop()]
    : schema.oneOf ? resolved(schema.oneOf.find(one => one.type !== 'null')) : {};
  return { ...other, ...schema, description: schema.description || other.description };
}

const isObject = value => value !== null && typeof value === 'object';
const isEmpty = value => value === null || value === undefined || value === '' || isObject(value) && Object.values(value).every(isEmpty);

/** The names that a description lists, such as "MONTHLY or ANNUAL". */
function choices(description) {
  const list = /\b[A-Z][A-Z_0-9]+(?:,\s+[A-Z][A-Z_0-9]+)*,?\s+or\s+[A-Z][A-Z_0-9]+/.exec(description || '');
  return list ? list[0].split(/,\s+|\s+or\s+/).filter(Boolean) : [];
}

/** A control for a value: its element, its value now, and a place for problems at its path. */
function field(schema, value, path, required) {
  const whole = resolved(schema);
  if (whole.type === 'object') return objectField(whole, value || {}, path);
  if (whole.type === 'array' && resolved(whole.items).type === 'object') return listField(whole, value || [], path);
  const control = input(whole, value);
  control.element.name = path;
  control.element.required = required === true && whole.type !== 'array';
  return leaf(path, whole, control);
}

function leaf(path, schema, control) {
  const marks = h('div', { class: 'marks' });
  const id = 'hint-' + newKey();
  control.element.setAttribute('aria-describedby', id);
  return { element: h('div', { class: 'field', 'data-path': path }, h('label', {}, h('span', {}, words(last(path))), control.element),
    h('div', { id }, h('p', { class: 'hint' }, hint(schema)), marks)), value: control.value, problems() {} };
}

const last = path => path.split('.').pop().replace(/\[\d+\]$/, '');

function input(schema, value) {
  const type = [schema.type].flat()[0];
  const text = isEmpty(value) ? '' : String(value);
  if (type === 'boolean') return select(['true', 'false'], text, chosen => chosen === '' ? null : chosen === 'true', { true: t`Yes`, false: t`No` });
  if (type === 'array') {
    const area = h('textarea', { rows: 3 });
    area.value = (value || []).join('\n');
    return { element: area, value: () => area.value.split('\n').map(line => line.trim()).filter(Boolean) };
  }
  if (type === 'integer') {
    const box = h('input', { type: 'number', step: 1, value: text });
    return { element: box, value: () => box.value === '' ? null : Number(box.value) };
  }
  if (schema.format === 'date-time') {
    const box = h('input', { type: 'datetime-local' });
    return { element: box, value: () => box.value === '' ? null : new Date(box.value).toISOString() };
  }
  const names = choices(schema.description);
  if (names.length) return select(text && !names.includes(text) ? [text, ...names] : names, text, chosen => chosen || null, {});
  const long = /[\d,]{5,} characters|500 characters|[Nn]otes|[Ee]xplanation|question/.test(schema.description || '');
  const box = long ? h('textarea', { rows: 4 }) : h('input', { type: 'text' });
  box.value = text;
  return { element: box, value: () => box.value.trim() || null };
}

/** The description without rule ids. */
const hint = schema => tr(schema.description || '').replace(/ \([A-Z]\d+(, [A-Z]\d+)*\)|`/g, '');

function select(names, chosen, value, labels) {
  const box = h('select', {}, h('option', { value: '' }, '–'), names.map(name => h('option', { value: name }, labels[name] || words(name))));
  box.value = chosen;
  return { element: box, value: () => value(box.value) };
}

function objectField(schema, value, path) {
  const fields = Object.entries(schema.properties).map(([name, one]) =>
    [name, field(one, value[name], path ? `${path}.${name}` : name, (schema.required || []).includes(name))]);
  const inner = fields.map(([, one]) => one.element);
  const element = path ? h('fieldset', { 'data-path': path }, h('legend', {}, words(last(path))), h('div', { class: 'marks' }), inner)
    : h('div', { class: 'fields' }, h('div', { class: 'marks' }), inner);
  const self = { element, problems: list => markProblems(element, list), value() {
    const now = Object.fromEntries(fields.map(([name, one]) => [name, one.value()])
      .filter(([name, one]) => one !== null || (schema.required || []).includes(name)));
    return path && isEmpty(now) ? null : now;
  } };
  return self;
}

function listField(schema, value, path) {
  let items = [];
  const list = h('ol', {});
  const add = content => {
    const item = objectField(resolved(schema.items), content || {}, `${path}[${items.length}]`);
    const row = h('li', {}, item.element, h('button', { type: 'button', click: () => { items = items.filter(one => one !== item); row.remove(); } }, t`Remove`));
    items.push(item);
    list.append(row);
  };
  value.forEach(add);
  return { element: h('fieldset', { class: 'list-field', 'data-path': path }, h('legend', {}, words(last(path))), h('p', { class: 'hint' }, hint(schema)),
    h('div', { class: 'marks' }), list, h('button', { type: 'button', click: () => add() }, t`Add`)),
  value: () => items.map(item => item.value()).filter(Boolean), problems() {} };
}

/** Shows each problem at its field, or at the field that contains it. */
function markProblems(form, list) {
  const all = [form, ...form.querySelectorAll('[data-path]')];
  all.forEach(one => { one.classList.remove('wrong'); one.querySelector('.marks').replaceChildren(); });
  for (const problem of list) {
    let path = problem.path;
    while (path && !all.some(one => one.dataset.path === path)) path = path.replace(/(^|\.|\[)[^.[]*$/, '');
    const at = all.find(one => one.dataset.path === path) || form;
    at.classList.toggle('wrong', at !== form);
    at.querySelector('.marks').append(...[problems([at === form ? problem : { ...problem, path: '', section: '' }])]);
  }
}

// ---- pages with forms

function createView() {
  heading(t`New offer`);
  const schema = contract.CreateOffer;
  const ids = { publisherId: { type: 'string', description: t`1 to 50 lower-case letters, digits, _ and -.` },
    offerId: { type: 'string', description: t`1 to 50 lower-case letters, digits, _ and -. It cannot be changed later.` } };
  const own = me.publishers.length === 1 && me.publishers[0] !== '*' ? me.publishers[0] : '';
  const form = objectField({ properties: { ...ids, ...schema.properties }, required: ['publisherId', 'offerId', ...schema.required] }, { publisherId: own }, '');
  const place = h('div', { role: 'status' });
  $('view').replaceChildren(h('p', { class: 'crumb' }, h('a', { href: back }, t`← All offers`)), h('h1', { tabindex: -1 }, t`New offer`), h('br'),
    h('form', { class: 'card', submit: submitting(async () => {
      const { publisherId, offerId, ...body } = form.value();
      const outcome = await deliver(place, command(`${publisherId}/${offerId}`, 'CreateOffer', body));
      if (outcome.ok) { location.hash = `#/offers/${publisherId}/${offerId}`; return; }
      form.problems(outcome.path ? [outcome] : []);
    }) }, form.element, place, h('button', { class: 'primary' }, t`Create`)));
  return { event() {}, refresh() {}, leave() {} };
}

const sectionType = section => section === 'PREVIEW' ? 'PreviewAudience' : section.toLowerCase().replace(/(^|_)(.)/g, (all, gap, letter) => letter.toUpperCase());

/** A section of the draft in a form. */
function sectionView(publisher, offer, section) {
  const type = sectionType(section);
  return editView(publisher, offer, words(section), type, draft => draft.sections[section] || {},
    shown => (shown.sections.find(one => one.section === section) || { problems: [] }).problems,
    value => ['SaveSection', { section, content: { [type]: value } }]);
}

/** A plan of the draft in a form; without an id, a new one. */
function planView(publisher, offer, plan) {
  const read = draft => plan ? draft.plans[plan] || {} : {};
  return editView(publisher, offer, plan ? t`Plan ${plan}` : t`New plan`, 'PlanContent', read,
    shown => (shown.plans.find(one => one.planId === plan) || { problems: [] }).problems,
    (value, before, extra) => plan ? ['UpdatePlan', { planId: plan,
      changes: Object.fromEntries(Object.entries(value).filter(([name, one]) => JSON.stringify(one) !== JSON.stringify(before[name]))),
      clear: Object.keys(before).filter(name => isEmpty(value[name]) && !isEmpty(before[name])) }]
      : ['CreatePlan', { planId: extra, plan: value }], !plan);
}

/** A form for a part of the draft. It is saved for the draft version that was read; when that has changed, both are shown. */
function editView(publisher, offer, title, type, read, problemsOf, save, named) {
  const id = publisher + '/' + offer;
  const name = named && h('input', { type: 'text', name: 'planId', required: true, autocomplete: 'off', autocapitalize: 'none' });
  const place = h('div', { role: 'status' });
  const slot = h('div', {});
  const button = h('button', { class: 'primary' }, t`Save`);
  const why = h('span', { class: 'why' });
  const left = h('p', { class: 'small', role: 'status' });
  let form;
  let base;
  let version;

  async function load() {
    const draft = await ask(`/offers/${id}/draft`, load).catch(error => { refused(title, error); return null; });
    if (!draft) return;
    base = read(draft);
    version = draft.draftVersion;
    fill(base);
    await marks();
    if (named) return;
    const answer = await decision(id, ...save(form.value(), base));
    button.setAttribute('aria-disabled', String(!answer.ok));
    why.textContent = answer.ok ? '' : answer.detail;
  }

  function fill(value) {
    form = objectField(resolved(contract[type]), value, '');
    slot.replaceChildren(form.element);
  }

  async function marks() {
    const shown = await ask(`/offers/${id}`, marks).catch(() => null);
    if (!shown) return;
    const list = problemsOf(shown);
    form.problems(list);
    left.textContent = list.length ? t`${plural(list.length, 'problem')} to fix before publishing.` : '';
  }

  async function submit() {
    const value = form.value();
    const saving = save(value, base, name && name.value.trim());
    const outcome = await deliver(place, command(id, ...saving, version));
    if (outcome.reason === 'VERSION_CONFLICT') { await conflict(value); return; }
    if (!outcome.ok) { form.problems(outcome.path ? [{ ...outcome, path: outcome.path.replace(/^(content\.\w+|changes|plan)\.?/, '') }] : []); return; }
    if (named) { location.hash = `#/offers/${id}/plans/${name.value.trim()}`; return; }
    base = value;
    version = outcome.draftVersion;
    await marks();
  }

  /** Both versions; if only other parts of the draft have changed, the form is saved again. */
  async function conflict(mine) {
    const draft = await ask(`/offers/${id}/draft`, () => conflict(mine)).catch(() => null);
    if (!draft) return;
    const theirs = read(draft);
    version = draft.draftVersion;
    const others = differences(base, theirs);
    if (!others.length) { await submit(); return; }
    place.append(h('div', { class: 'card diff' }, h('h2', {}, t`Saved by others meanwhile, and yours`),
      h('ul', {}, differences(theirs, mine).map(([path, was, is]) => h('li', {}, h('code', {}, path), h('span', { class: 'was' }, was), h('span', { class: 'is' }, is)))),
      h('p', { class: 'links' }, h('button', { type: 'button', click() { base = theirs; submit(); } }, t`Save mine`),
        h('button', { type: 'button', click() { base = theirs; fill(theirs); place.replaceChildren(); marks(); } }, t`Take theirs`))));
  }

  heading(`${title}, ${id}`);
  $('view').replaceChildren(h('p', { class: 'crumb' }, h('a', { href: '#/offers/' + id }, '← ' + id)), h('h1', { tabindex: -1 }, title), h('br'),
    h('form', { class: 'card', submit: submitting(async () => { if (pressable(button)) await submit(); }) },
      named && h('label', { class: 'field' }, h('span', {}, words('planId')), name), slot, left, place, h('p', { class: 'links' }, button, why)));
  queueMicrotask(load);
  return { event() {}, refresh() {}, leave() {} };
}

/** Where two contents differ: path, one value, the other. */
function differences(one, other) {
  const flat = (value, path, all) => {
    if (isObject(value)) Object.entries(value).forEach(([name, inner]) => flat(inner, path ? `${path}.${name}` : name, all));
    else if (!isEmpty(value)) all[path] = String(value);
    return all;
  };
  const [was, is] = [flat(one, '', {}), flat(other, '', {})];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(path => was[path] !== is[path])
    .map(path => [path, was[path] || '–', is[path] || '–']);
}
