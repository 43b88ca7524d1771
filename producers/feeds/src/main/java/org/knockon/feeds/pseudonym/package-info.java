/** Keyed pseudonyms: the only form in which a patient or an unknown name leaves this module. */
package org.knockon.feeds.pseudonym;
