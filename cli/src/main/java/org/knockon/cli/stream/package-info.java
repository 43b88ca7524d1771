/** {@code knockon stream}: runs the streams app. */
package org.knockon.cli.stream;
