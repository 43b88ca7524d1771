/** The two charts: uPlot draws axes and curves, this code draws bars, bands and the current time into its canvas. */
import uPlot from './uplot.js';
import {byId, table} from './dom.js';
import {name} from './isolate.js';
import {heading} from './vocabulary.js';
import {count, dayTime, hourMinute, hourOnly, shortDay} from './words.js';

const HOUR = 3600;
const LANES = 2;
const HOUR_COUNTS = ['postponed', 'unconfirmed', 'deliveredInDowntime', 'atRisk'];
const root = document.documentElement;

const colour = name => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
const unit = () => parseFloat(getComputedStyle(byId('hours')).fontSize);
const seconds = at => at / 1000;

function hatch(context, fill) {
  const tile = new OffscreenCanvas(8, 8);
  const draw = tile.getContext('2d');
  draw.strokeStyle = fill;
  draw.lineWidth = 3;
  draw.beginPath();
  draw.moveTo(-2, 10);
  draw.lineTo(10, -2);
  draw.stroke();
  return context.createPattern(tile, 'repeat');
}

/** Room for the longest number of an axis, so that no digit is cut off. */
const widest = (chart, numbers) => unit() * Math.max(3, 1 + 0.58 * Math.max(...(numbers ?? []).map(number => number.length)));

function axes(values) {
  const font = `${Math.round(unit())}px Arial, sans-serif`;
  const shared = {font, stroke: colour('muted'), grid: {stroke: colour('line'), width: 1}, ticks: {show: false}};
  return [
    {...shared, grid: {show: false}, values, size: unit() * 1.6, space: unit() * 4},
    {...shared, size: widest, space: unit() * 1.8, values: (chart, splits) => splits.map(value => Number.isInteger(value) ? count(value) : '')},
  ];
}

function bars(chart, hours) {
  const {ctx: context} = chart;
  const place = at => chart.valToPos(seconds(at), 'x', true);
  const zero = chart.valToPos(0, 'y', true);
  const kinds = [
    ['postponed', 0, colour('warn'), false], ['unconfirmed', 1, colour('warn'), true],
    ['deliveredInDowntime', 2, colour('data'), true], ['atRisk', 2, colour('data'), false],
  ];
  hours.forEach((hour, index) => {
    // Not always a full hour: a clock may change by half an hour.
    const width = (place(hours[index + 1]?.from ?? hour.from + HOUR * 1000) - place(hour.from)) / 3.6;
    for (const [kind, nth, fill, hatched] of kinds) {
      if (hour[kind] > 0 && !(kind === 'deliveredInDowntime' && hour.atRisk > 0)) {
        const left = place(hour.from) + width * (nth + 0.3);
        const top = chart.valToPos(hour[kind], 'y', true);
        context.fillStyle = hatched ? hatch(context, fill) : fill;
        context.fillRect(left, top, width, zero - top);
        context.strokeStyle = fill;
        context.strokeRect(left, top, width, zero - top);
      }
    }
  });
}

function bands(chart, outages, now) {
  const {ctx: context, bbox} = chart;
  const ratio = uPlot.pxRatio;
  const height = unit() * 1.25 * ratio;
  context.font = `${Math.round(unit() * ratio)}px Arial, sans-serif`;
  context.textBaseline = 'middle';
  outages.slice(0, LANES).forEach((band, lane) => {
    const left = Math.max(bbox.left, chart.valToPos(seconds(band.from), 'x', true));
    const right = Math.min(bbox.left + bbox.width, chart.valToPos(seconds(band.to ?? now), 'x', true));
    if (right <= bbox.left) {
      return;
    }
    const top = bbox.top + lane * height * 1.1;
    context.fillStyle = band.planned ? colour('muted') : colour('bad-fill');
    context.fillRect(left, top, Math.max(right - left, 3), height);
    const text = band.to === null ? `${name(band.name)}, not over` : name(band.name);
    const wide = context.measureText(text).width;
    const inside = wide < right - left - unit() * ratio;
    const fits = right + unit() * ratio * 0.4 + wide < bbox.left + bbox.width;
    context.fillStyle = inside ? (band.planned ? colour('page') : '#ffffff') : colour('text');
    context.textAlign = inside || fits ? 'left' : 'right';
    // If there is no room on either side, the text is drawn over the band.
    context.fillText(text, inside ? left + unit() * ratio * 0.4 : fits ? right + unit() * ratio * 0.4
      : Math.max(left - unit() * ratio * 0.4, bbox.left + wide), top + height / 2);
  });
}

function nowLine(chart, now) {
  const at = chart.valToPos(seconds(now), 'x', true);
  chart.ctx.strokeStyle = colour('text');
  chart.ctx.lineWidth = 2;
  chart.ctx.beginPath();
  chart.ctx.moveTo(at, chart.bbox.top);
  chart.ctx.lineTo(at, chart.bbox.top + chart.bbox.height);
  chart.ctx.stroke();
}

const long = chart => chart.scales.x.max - chart.scales.x.min > 48 * HOUR;

/** Four or five whole hours or, for a curve of days, midnights in UTC, which is accurate enough. */
function wholeHours(chart) {
  const {min, max} = chart.scales.x;
  const unit = long(chart) ? 24 * HOUR : HOUR;
  const step = unit * Math.max(1, Math.ceil((max - min) / unit / 4));
  const splits = [];
  for (let at = Math.ceil(min / step) * step; at <= max; at += step) {
    splits.push(at);
  }
  return splits;
}

/** A chart in an element, drawn from the newest board. Keeps no other state. */
function place(id, options) {
  const element = byId(id);
  let chart = null;
  let board = null;

  function draw() {
    if (board === null || document.hidden || element.clientWidth === 0) {
      return;
    }
    const data = options.data(board);
    if (chart === null) {
      chart = new uPlot({
        width: element.clientWidth, height: element.clientHeight, legend: {show: false}, cursor: {show: false},
        // Room for half of the last label, which extends beyond the axis.
        padding: [null, unit() * 1.5, null, null],
        ...options.of(), hooks: {draw: [drawn => options.draw?.(drawn, board)]},
      }, data, element);
    } else {
      chart.setData(data);
    }
  }

  function rebuild() {
    chart?.destroy();
    chart = null;
    draw();
  }

  new ResizeObserver(rebuild).observe(element);
  document.addEventListener('visibilitychange', draw);
  matchMedia('print').addEventListener('change', rebuild);
  return newest => {
    board = newest;
    draw();
  };
}

/** The curve up to now; no values without a history. */
function waitingCurve({backlog, now, waiting}) {
  return backlog === null ? [{at: now, waiting: null}] : [...backlog.curve, {at: now, waiting: waiting.awaitingDate}];
}

const hoursChart = place('hours', {
  data: ({hours, now}) => hours.length === 0 ? [[seconds(now) - 12 * HOUR, seconds(now) + 11 * HOUR], [null, null]] : [hours.map(hour => seconds(hour.from)),
    hours.map(hour => Math.max(hour.postponed, hour.unconfirmed, hour.deliveredInDowntime, hour.atRisk))],
  of: () => ({
    scales: {
      x: {time: false, range: (chart, from, to) => [from, to + HOUR]},
      y: {range: (chart, from, to) => [0, Math.max(5, to) * 1.75]},
    },
    axes: axes((chart, splits) => splits.map(at => hourOnly(at * 1000))).map((axis, index) => index === 0
      ? {...axis, splits: chart => chart.data[0].filter((at, place) => place % 2 === 0)} : axis),
    series: [{}, {paths: () => null, points: {show: false}}],
  }),
  draw: (chart, board) => {
    chart.ctx.save();
    bars(chart, board.hours);
    bands(chart, board.bands, board.now);
    nowLine(chart, board.now);
    chart.ctx.restore();
  },
});

const backlogChart = place('backlog', {
  data: board => {
    const points = waitingCurve(board);
    if (points.length === 1) {
      // A second point, because uPlot would scale a single one over decades.
      points.unshift({at: board.now - HOUR * 1000, waiting: null});
    }
    return [points.map(point => seconds(point.at)), points.map(point => point.waiting)];
  },
  of: () => ({
    // Not uPlot's own range, which is decades for a single point.
    scales: {
      x: {time: false, range: ({data: [times]}) => [Math.min(times[0], times.at(-1) - HOUR), times.at(-1)]},
      y: {range: (chart, from, to) => [0, Math.max(5, to) * 1.1]},
    },
    axes: axes((chart, splits) => splits.map(at =>
      long(chart) ? shortDay(at * 1000).replace(/(\w{3})\w+$/, '$1') : hourMinute(at * 1000))).map((axis, index) =>
      index === 0 ? {...axis, splits: chart => wholeHours(chart)} : axis),
    series: [{}, {stroke: colour('recovery'), width: 3, points: {show: false}}],
  }),
});

export function charts(board) {
  hoursChart(board);
  backlogChart(board);
  byId('hours-table').replaceChildren(table('Appointments by the hour of their slot',
    ['Hour', ...HOUR_COUNTS.map(heading)],
    board.hours.map(hour => [dayTime(hour.from), ...HOUR_COUNTS.map(field => count(hour[field]))])));
  const points = waitingCurve(board);
  const every = Math.max(1, Math.floor((points.length - 1) / 24));
  byId('backlog-table').replaceChildren(table('Appointments with no new date, over time', ['Time', heading('awaitingDate')],
    points.filter((point, index) => index % every === 0 || index === points.length - 1)
      .map(point => [dayTime(point.at), point.waiting === null ? '–' : count(point.waiting)])));
}
