/**
 * Names that others gave, in texts of ours. A name may hold characters that turn the direction of what stands beside it, so it is marked in
 * a text by a first strong isolate (U+2068) and its end (U+2069), of which a page makes a bdi. Characters in it that could end that, or turn
 * letters about, are shown as U+FFFD.
 */
const TURNING = /[\u202a-\u202e\u2066-\u2069\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const MARKED = /\u2068([^\u2069]*)\u2069/;

/** A name that stands where there can be no element, as in a title. */
export const cleaned = given => given.replace(TURNING, '\ufffd');

/** A name as it stands in a text of ours. */
export const name = given => `\u2068${cleaned(given)}\u2069`;

/** The text as a reader has it. */
export const plain = ours => ours.replace(/[\u2068\u2069]/g, '');

/** The text, each name in it by itself. */
export function nodes(ours) {
  return ours.split(MARKED).flatMap((part, place) => {
    if (place % 2 === 0) {
      return part === '' ? [] : [part];
    }
    const isolated = document.createElement('bdi');
    isolated.textContent = part;
    return [isolated];
  });
}
