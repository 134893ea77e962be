// ---- start

setInterval(() => { if (!document.hidden) view.refresh(); }, 60000); // there is no event for an overdue step
addEventListener('hashchange', () => { if (location.hash !== here) { moved = true; go(); } });
$('skip').addEventListener('click', event => { event.preventDefault(); $('main').focus(); });
document.querySelector('.brand').addEventListener('click', () => { if (location.hash === '#/') { moved = true; go(); } });
$('language').textContent = language === 'fr' ? 'English' : 'Français';
$('language').lang = language === 'fr' ? 'en' : 'fr';
$('language').addEventListener('click', () => { localStorage.setItem('language', $('language').lang); location.reload(); });
document.documentElement.lang = language;
[document, $('map').content].forEach(part => part.querySelectorAll('.skip, #link, nav a, footer a, footer span, text').forEach(element => {
  if (element.textContent) element.textContent = tr(element.textContent);
}));
document.querySelectorAll('.gateway').forEach(element => { element.hidden = !commands; });
document.querySelectorAll('.service').forEach(element => { element.hidden = commands; });
(async () => {
  if (!await signedIn()) return;
  await connect();
  go();
  follow();
})().catch(() => wait(t`The gateway cannot be reached`, '', 5, () => location.reload()));
