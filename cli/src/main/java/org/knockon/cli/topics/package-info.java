/** {@code knockon topics}: creates, lists and describes the topics, and registers their schemas. */
package org.knockon.cli.topics;
