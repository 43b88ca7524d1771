package org.knockon.feeds.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;

class MermaidGraphTest {

    private final CatalogueRecords records =
            CatalogueFileReader.read(CatalogueFolder.YAML).records();

    @Test
    void drawsEveryEntryAndEveryNeed() {
        assertThat(MermaidGraph.of(records)).isEqualTo("""
                        flowchart LR
                          v0(["Cardiology clinic<br/>cardiology"])
                          v1(["MRI scanner<br/>mri"])
                          v2(["Theatre 1<br/>theatre-1"])
                          s0["Data centre<br/>data-centre"]
                          s1["Laboratory system<br/>lims"]
                          s2["Hospital network<br/>network"]
                          s3["Picture archive, radiology<br/>pacs"]
                          s4["Patient administration system<br/>pas"]
                          v0 -->|"RESULTS, 120 min"| s1
                          v0 -->|"SCHEDULING, 30 min"| s4
                          v1 -->|"IMAGING, 0 min"| s3
                          v1 -->|"SCHEDULING, 60 min"| s4
                          v2 -->|"IMAGING, 15 min"| s3
                          s1 --> s2
                          s2 --> s0
                          s3 --> s0
                          s3 --> s2
                          s4 --> s0
                          s4 --> s2
                        """);
    }

    @Test
    void drawsWhatOneEntryNeedsAndWhatNeedsIt() {
        assertThat(MermaidGraph.of(records, "lims")).isEqualTo("""
                        flowchart LR
                          v0(["Cardiology clinic<br/>cardiology"])
                          s0["Data centre<br/>data-centre"]
                          s1["Laboratory system<br/>lims"]
                          s2["Hospital network<br/>network"]
                          v0 -->|"RESULTS, 120 min"| s1
                          s1 --> s2
                          s2 --> s0
                        """);
        assertThat(MermaidGraph.of(records, "theatre-1").lines())
                .as("nothing needs it")
                .filteredOn(line -> line.contains("[\""))
                .hasSize(4);
        assertThat(MermaidGraph.of(records, "data-centre").lines())
                .as("everything needs it")
                .hasSameSizeAs(MermaidGraph.of(records).lines().toList());
        assertThatThrownBy(() -> MermaidGraph.of(records, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesCannotBreakTheText() {
        MonitoredSystem odd = new MonitoredSystem(
                "a\"]-->b", "<b>#1;\n`x`\\", "", "", Set.of("a\"]-->b"), new MonitoringPolicy(0, 0, 1_000), null);
        CatalogueRecords catalogue = new CatalogueRecords(new TreeMap<>(Map.of(odd.systemId(), odd)), new TreeMap<>());

        assertThat(MermaidGraph.of(catalogue))
                .isEqualTo("flowchart LR\n"
                        + "  s0[\"#lt;b#gt;#35;1; #96;x#96;#92;<br/>a#quot;]--#gt;b\"]\n"
                        + "  s0 --> s0\n");
    }
}
