/** CloudEvents 1.0 over HTTP, mapped to the input topics: for every sender that no other kind of feed fits. Pure. */
package org.knockon.feeds.cloudevents;
