/** What the war room shows, folded from the public topics. Plain Java: no Kafka, no HTTP. */
package org.knockon.warroom.board;
