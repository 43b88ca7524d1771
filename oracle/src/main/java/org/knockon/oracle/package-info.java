/**
 * The oracle: judges a complete set of events in one batch, exactly as docs/semantics.md defines, without regard to
 * performance. It shares the vocabulary of impact but none of its logic, so that the two agree only if both are right.
 * Numbers in brackets in the comments refer to the paragraphs of that page.
 */
package org.knockon.oracle;
