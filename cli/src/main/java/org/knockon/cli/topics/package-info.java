/** {@code knockon topics}: the topics and schemas on broker and registry, against the table. */
package org.knockon.cli.topics;
