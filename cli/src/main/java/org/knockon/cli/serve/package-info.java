/** Commands that start something and serve until Ctrl-C. */
package org.knockon.cli.serve;
