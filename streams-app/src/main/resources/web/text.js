'use strict';
// All data of offers is inserted as text nodes; the Content-Security-Policy of the server forbids anything else.
const $ = id => document.getElementById(id);

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

// ---- words

const language = localStorage.getItem('language') || (navigator.language.startsWith('fr') ? 'fr' : 'en');
const tr = text => language === 'fr' && FRENCH[text] || text;

/** A text in the language of the reader: t`Line ${n}` is translated as "Line {}". */
function t(parts, ...values) {
  let next = 0;
  return tr(parts.join('{}')).replace(/\{(\d?)\}/g, (gap, number) => values[number === '' ? next++ : Number(number)]);
}

const STATUS = { DRAFT: [t`Draft`, ''], PUBLISH_IN_PROGRESS: [t`Publishing`, 'run'], ATTENTION_NEEDED: [t`Attention needed`, 'bad'],
  LIVE: [t`Live`, 'good'], NOT_SOLD: [t`Not sold`, 'off'] };
const ORDER = ['ATTENTION_NEEDED', 'PUBLISH_IN_PROGRESS', 'DRAFT', 'LIVE', 'NOT_SOLD'];
const NEXT = {
  DRAFT: t`The publisher can submit it when every section that applies is complete, or delete it.`,
  PUBLISH_IN_PROGRESS: t`It goes live when the last step is done; a step that fails needs attention; a cancelled run takes it back.`,
  ATTENTION_NEEDED: t`A step failed. The publisher fixes the draft and submits it again.`,
  LIVE: t`The publisher can submit an update, or stop selling it.`,
  NOT_SOLD: t`No longer sold to new customers. The publisher can submit it again, or delete it.` };
const SECTION = { NOT_STARTED: [t`Not started`, ''], INCOMPLETE: [t`Incomplete`, 'bad'], COMPLETE: [t`Complete`, 'good'],
  UNPUBLISHED_CHANGES: [t`Unpublished changes`, 'warn'], PUBLISHED: [t`Published`, 'good'] };
const PLAN = { DRAFT: [t`Draft`, ''], LIVE: [t`Live`, 'good'], STOP_SELL_PENDING: [t`Selling stops soon`, 'warn'],
  NOT_SOLD: [t`Not sold`, 'off'] };
const RUN = { ACTIVE: [t`Under way`, 'run'], WENT_LIVE: [t`Went live`, 'good'], FAILED: [t`Failed`, 'bad'],
  CANCELLED: [t`Cancelled`, 'off'], WITHDRAWN: [t`Withdrawn`, 'off'] };
const STEP = { NOT_STARTED: t`not started`, IN_PROGRESS: t`under way`, WAITING_FOR_PUBLISHER: t`waits for the publisher`,
  SUCCEEDED: t`done`, FAILED: t`failed`, CANCELLED: t`cancelled` };
const RESULT = { ACCEPTED: [t`Accepted`, 'good'], REJECTED: [t`Refused`, 'bad'], DUPLICATE: [t`Repeat`, ''],
  IGNORED: [t`Ignored`, ''], QUARANTINED: [t`Could not be read`, 'bad'] };
const TYPE = { SAAS: t`SaaS`, AZURE_APPLICATION: t`Azure application`, MANAGED_SERVICE: t`Managed service`,
  VIRTUAL_MACHINE: t`Virtual machine` };
const CODE = { STARTING: t`The service is starting`, REBALANCING: t`The cluster is rebalancing`,
  OWNER_DOWN: t`The instance that keeps this offer is away`, BUSY: t`The service is busy` };
const LOCALE = localStorage.getItem('language') ? language : undefined;
const NUMBER = new Intl.NumberFormat(LOCALE);

/** Splits PUBLISHER_SIGN_OFF, StopSellingOffer or callToAction into words. */
function words(name) {
  const text = String(name).replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/_/g, ' ').toLowerCase()
    .replace(/\b(url|id|csp|sku|vm)\b/g, word => word.toUpperCase());
  return tr(text.charAt(0).toUpperCase() + text.slice(1));
}

function pill(map, name) {
  const [text, kind] = map[name] || [words(name), ''];
  return h('span', { class: 'pill ' + kind }, text);
}

const plural = (count, one) => `${NUMBER.format(count)} ${tr(count === 1 ? one : one + 's')}`;

function span(milliseconds) {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return plural(Math.round(seconds / 86400), 'day');
}

const FULL = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' });
const SHORT = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

function aged(at) {
  const age = Date.now() - at;
  if (Math.abs(age) < 5000) return t`just now`;
  return age > 0 ? t`${span(age)} ago` : t`in ${span(age)}`;
}

/** A time: as its age or as a local time, with UTC in its title. */
function when(iso, how) {
  const at = new Date(iso);
  const day = at.toDateString() === new Date().toDateString() ? SHORT : DAY;
  const text = how === 'age' ? aged(at) : how === 'full' ? FULL.format(at) : day.format(at);
  return h('time', { datetime: iso, title: `${iso} (UTC)`, 'data-age': how === 'age' }, text);
}
setInterval(() => document.querySelectorAll('time[data-age]').forEach(time => {
  time.textContent = aged(new Date(time.dateTime));
}), 10000);

function say(text) { $('said').textContent = text; }

