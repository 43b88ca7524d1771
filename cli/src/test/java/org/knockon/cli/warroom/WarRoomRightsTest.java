package org.knockon.cli.warroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

class WarRoomRightsTest {

    /** It reads single impacts on demand. Of appointments, which hold pseudonyms, it shows nothing. */
    @Test
    void theWarRoomMayReadWhatItShowsAndNoAppointments() {
        List<String> shown = Stream.concat(WarRoomCommand.INPUTS.stream(), Stream.of(Topics.CARE_IMPACTS))
                .map((Topic<?> topic) -> topic.name("trust."))
                .toList();

        assertThat(RightsTable.of(Role.WAR_ROOM, "trust.", "app"))
                .allSatisfy(right -> assertThat(right.resource().resourceType()).isEqualTo(ResourceType.TOPIC))
                .allSatisfy(right -> assertThat(right.operations()).containsExactly(AclOperation.READ))
                .extracting(Right::resource)
                .extracting(resource -> resource.name())
                .containsExactlyInAnyOrderElementsOf(shown);
    }
}
