/** The contents of the war room, folded from the public topics. Plain Java: no Kafka, no HTTP. */
package org.knockon.warroom.board;
