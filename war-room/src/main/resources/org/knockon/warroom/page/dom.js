/** Helpers for elements of the page. Texts are set as text, never as markup. */
import {nodes, plain} from './isolate.js';

export const byId = id => document.getElementById(id);

/** Sets the text of an element only if it differs, so that screen readers announce changes only. */
export function say(id, text) {
  const element = byId(id);
  if (element.textContent !== plain(text)) {
    element.replaceChildren(...nodes(text));
  }
}

export function make(tag, {text, ...attributes} = {}, ...children) {
  const element = document.createElement(tag);
  if (text !== undefined) {
    element.append(...nodes(String(text)));
  }
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Replaces the content of an element if it differs and is not being pressed. A focused link keeps the focus. */
export function replace(id, ...children) {
  const element = byId(id);
  const replacement = element.cloneNode(false);
  replacement.append(...children);
  if (element.matches(':active') || replacement.innerHTML === element.innerHTML) {
    return;
  }
  const focused = element.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  element.replaceChildren(...replacement.childNodes);
  if (focused !== null) {
    element.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({preventScroll: true});
  }
}

export function table(caption, heads, rows) {
  return make('table', {},
    make('caption', {class: 'hidden', text: caption}),
    make('thead', {}, make('tr', {}, ...heads.map(head => make('th', {scope: 'col', text: head})))),
    make('tbody', {}, ...rows.map(row => make('tr', {}, ...row.map((cell, index) =>
      index === 0 ? make('th', {scope: 'row', text: cell}) : make('td', {text: cell}))))));
}
