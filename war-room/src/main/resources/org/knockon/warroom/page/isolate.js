/**
 * Isolates names from outside within our own text. A name may contain characters that change the writing direction of the text around
 * it. It is therefore enclosed in a first strong isolate (U+2068) and its end (U+2069), which become a bdi element. Characters of the
 * name that could end the isolation or reorder letters are replaced with U+FFFD.
 */
const UNSAFE = /[\u202a-\u202e\u2066-\u2069\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const MARKED = /\u2068([^\u2069]*)\u2069/;

/** A name where no element is possible, as in a title. */
export const cleaned = given => given.replace(UNSAFE, '\ufffd');

/** A name, marked for use within our own text. */
export const name = given => `\u2068${cleaned(given)}\u2069`;

/** The text without marks. */
export const plain = ours => ours.replace(/[\u2068\u2069]/g, '');

/** The text as nodes, with each name isolated. */
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
