/** {@code knockon scenario}: lists, shows and exports what {@code knockon replay} replays. */
package org.knockon.cli.scenario;
