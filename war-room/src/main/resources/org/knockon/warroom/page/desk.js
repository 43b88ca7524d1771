/** On a desk, headings link to the details, and a chart can be shown as a table. */
import {byId, make} from './dom.js';
import {cellAddress, desk, reportAddress, showing} from './links.js';

const HEADINGS = {
  'postponed-title': () => cellAddress('ALL', ''),
  'risk-title': () => cellAddress('ALL', '', '#numbers'),
  'waiting-title': () => cellAddress('ALL', '', '#curve'),
  'systems-title': () => reportAddress('#timeline'),
  'hours-title': () => reportAddress('#postponed'),
  'backlog-title': () => reportAddress('#recovery'),
  'heat-title': () => reportAddress('#facts'),
  'outages-title': () => reportAddress('#causes'),
};

const links = new Map();

/** The text of the heading becomes the link; its time stays next to it. */
function lead(id) {
  const heading = byId(id);
  const link = make('a', {href: '/report'});
  link.append(...[...heading.childNodes].filter(node => !node.classList?.contains('as-at')));
  heading.prepend(link);
  links.set(link, HEADINGS[id]);
}

function tableSwitch(panel) {
  const button = make('button', {type: 'button', class: 'as-table-switch', 'aria-pressed': 'false', 'aria-label': 'Show as table', text: 'As table'});
  button.addEventListener('click', () => {
    const tabled = byId(panel).classList.toggle('tabled');
    button.setAttribute('aria-pressed', String(tabled));
  });
  byId(panel).querySelector('h2').after(button);
}

if (desk) {
  document.body.classList.add('desk');
  Object.keys(HEADINGS).forEach(lead);
  ['hours-panel', 'backlog-panel'].forEach(tableSwitch);
  const report = make('a', {id: 'to-report', href: '/report', text: 'Incident report'});
  byId('outages-title').after(report);
  links.set(report, () => reportAddress(''));
}

/** Sets every link to the time that is shown. */
export function atDesk(board) {
  showing(board);
  for (const [link, address] of links) {
    if (link.getAttribute('href') !== address()) {
      link.setAttribute('href', address());
    }
  }
}
