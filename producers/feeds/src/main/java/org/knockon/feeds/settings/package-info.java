/** The feeds file: which systems send what, and what their words mean. */
package org.knockon.feeds.settings;
