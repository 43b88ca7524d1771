/** What packaging the release needs beyond Maven's plugins. */
package org.knockon.distribution;
