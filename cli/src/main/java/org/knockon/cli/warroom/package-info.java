/** The commands about the wall display: {@code war-room}, {@code report} and {@code access}. */
package org.knockon.cli.warroom;
