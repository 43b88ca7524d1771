package org.knockon.feeds.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.SystemStatus;

class MonitorStateJsonTest {

    private static final SystemReports REPORTS = new SystemReports(
            Map.of(
                    "f1@5",
                    new Report("f1", 5, SystemStatus.DOWN, 6, 7, true, 8, SystemStatus.DOWN, "PasDown"),
                    "pas-db",
                    new Report(
                            "pas-db",
                            0,
                            SystemStatus.MAINTENANCE,
                            1,
                            Long.MAX_VALUE,
                            false,
                            2,
                            SystemStatus.DEGRADED,
                            null)),
            true,
            3,
            4,
            "PasDown");

    @Test
    void whatIsWrittenIsReadAgain() throws JsonProcessingException {
        String text = MonitorStateJson.toJson(REPORTS).toString();
        assertThat(MonitorStateJson.fromJson(new ObjectMapper().readTree(text))).isEqualTo(REPORTS);
        assertThat(MonitorStateJson.fromJson(MonitorStateJson.toJson(SystemReports.NONE)))
                .isEqualTo(SystemReports.NONE);
    }

    /** What older versions wrote has to be read again: a change of these names loses firing alerts. */
    @Test
    void theFormIsFixed() {
        assertThat(MonitorStateJson.toJson(REPORTS))
                .hasToString("{\"byLabel\":true,\"observedAt\":3,\"receivedAt\":4,\"detail\":\"PasDown\",\"reports\":{"
                        + "\"f1@5\":{\"object\":\"f1\",\"began\":5,\"status\":\"DOWN\",\"from\":6,\"until\":7,"
                        + "\"ended\":true,\"last\":8,\"settled\":\"DOWN\",\"detail\":\"PasDown\"},"
                        + "\"pas-db\":{\"object\":\"pas-db\",\"began\":0,\"status\":\"MAINTENANCE\",\"from\":1,"
                        + "\"until\":9223372036854775807,\"ended\":false,\"last\":2,\"settled\":\"DEGRADED\","
                        + "\"detail\":null}}}");
    }
}
