/**
 * The referee: judges a finished set of events in one batch, by the letter of docs/semantics.md, with no thought for
 * speed of change. It shares the vocabulary of impact and none of its logic, so that the two can only agree by both
 * being right. The numbers in brackets in its comments are the paragraphs of that page.
 */
package org.knockon.oracle;
