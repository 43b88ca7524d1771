/** The words for the numbers of appointments, by their fields in topics and API. A test compares them with Vocabulary.java. */
export const WORDS = {
  postponed: 'postponed',
  unconfirmed: 'not recorded yet',
  deliveredInDowntime: 'seen on paper',
  atRisk: 'at risk',
  awaitingDate: 'no new date',
  rebooked: 'new date',
  recovered: 'seen since',
  abandoned: 'given up',
  outstanding: 'care still owed',
};

/** The words as a heading. */
export const heading = field => WORDS[field][0].toUpperCase() + WORDS[field].slice(1);
