/** The slider over event time, with the outages, the start of each day, and the progress of the replay. */
import {byId} from './dom.js';
import {name} from './isolate.js';
import {dayTime, fullDay, hourMinute, localDay, midnight, shortDay} from './words.js';

const STEP = 300000;
const WIDTH = 1000;
const HEIGHT = 20;
const LEAST_WIDE = 3;

function shape(kind, attributes, title) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', kind);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (title !== undefined) {
    const text = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    text.textContent = title;
    element.append(text);
  }
  return element;
}

/** "day 1 of 10". A range that ends at midnight does not include the next day. */
export function dayOf(at, {from, to}) {
  return `day ${localDay(at) - localDay(from) + 1} of ${localDay(to - 1) - localDay(from) + 1}`;
}

/** @param seek called with the instant to which the slider was moved */
export function axis(seek) {
  const slider = byId('replay-at');
  const bands = byId('replay-bands');
  let drawn = '';
  let range = null;

  slider.addEventListener('input', () => seek(slider.valueAsNumber));
  slider.addEventListener('pointermove', event => {
    const box = slider.getBoundingClientRect();
    const thumb = parseFloat(getComputedStyle(bands).marginLeft);
    const share = Math.min(1, Math.max(0, (event.clientX - box.left - thumb) / (box.width - 2 * thumb)));
    slider.title = range === null ? '' : dayTime(range.from + share * (range.to - range.from));
  });

  function place(at, {from, to}) {
    return Math.min(WIDTH, Math.max(0, (at - from) / Math.max(1, to - from) * WIDTH));
  }

  function draw(outages, head) {
    const shapes = [shape('rect', {class: 'not-yet', x: place(head, range), y: 0, width: WIDTH - place(head, range), height: HEIGHT})];
    for (const band of outages.filter(each => each.from <= head && (each.to ?? head) >= range.from)) {
      const left = place(band.from, range);
      const wide = Math.max(LEAST_WIDE, place(Math.min(band.to ?? head, head), range) - left);
      shapes.push(shape('rect', {class: band.planned ? 'planned-band' : 'band', x: Math.min(left, WIDTH - wide), y: 2, width: wide, height: 12},
        `${name(band.name)}, ${dayTime(band.from)} to ${band.to === null ? 'now' : dayTime(band.to)}`));
    }
    for (let day = localDay(range.from) + 1; day <= localDay(range.to - 1); day++) {
      shapes.push(shape('rect', {class: 'day-mark', x: place(midnight(day), range), y: 14, width: 1, height: 6}));
    }
    bands.replaceChildren(...shapes);
  }

  return {
    /**
     * @param at the instant that is shown
     * @param head progress of the replay
     */
    show(newest, outages, at, head) {
      range = newest;
      slider.min = range.from;
      slider.max = range.to;
      slider.step = STEP;
      slider.value = at;
      slider.setAttribute('aria-valuetext', `${fullDay(at)} ${hourMinute(at)}, ${dayOf(at, range)}`);
      byId('replay-from').textContent = shortDay(range.from);
      byId('replay-to').textContent = localDay(range.to - 1) === localDay(range.from) ? '' : shortDay(range.to - 1);
      const picture = JSON.stringify([range, outages, Math.round(place(head, range))]);
      if (picture !== drawn) {
        drawn = picture;
        draw(outages, head);
      }
    },
  };
}
