package org.knockon.cli.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.schemas.Topics;

class RightsTableTest {

    private static final String PREFIX = Topics.DEFAULT_PREFIX;
    private static final String APPLICATION_ID = "knockon.streams";

    /** A line of the topology that names topics: {@code Source: systems (topics: [knockon.systems])}. */
    private static final Pattern NODE = Pattern.compile("^ *(Source|Sink): \\S+ \\(topics?: \\[?([^\\])]*)\\]?\\)$");

    @Test
    void streamsMayReadAndWriteWhatTheTopologyDoesAndNoMore() throws IOException {
        Map<String, Set<AclOperation>> needed = topology();
        Map<String, Set<AclOperation>> granted = topics(Role.STREAMS);

        assertThat(granted).containsAllEntriesOf(needed);
        assertThat(granted.keySet())
                .as(
                        "every topic of the pipeline has a line of the role streams in docker/acls.txt, and no other topic has")
                .containsExactlyInAnyOrderElementsOf(Topics.ofThePipeline().stream()
                        .map(topic -> topic.name(PREFIX))
                        .toList());
    }

    @Test
    void producersMayWriteWhatThePipelineOnlyReadsAndCompareTheCatalogue() throws IOException {
        Set<String> catalogue = Set.of(Topics.SYSTEMS.name(PREFIX), Topics.CARE_SERVICES.name(PREFIX));
        Map<String, Set<AclOperation>> inputs = topology();
        inputs.values().removeIf(operations -> operations.contains(AclOperation.WRITE));
        inputs.replaceAll((topic, read) ->
                catalogue.contains(topic) ? Set.of(AclOperation.READ, AclOperation.WRITE) : Set.of(AclOperation.WRITE));

        assertThat(inputs).isNotEmpty();
        assertThat(topics(Role.PRODUCER)).isEqualTo(inputs);
    }

    @Test
    void theRecorderMayReadWhatThePipelineOnlyReads() throws IOException {
        Map<String, Set<AclOperation>> inputs = topology();
        inputs.values().removeIf(operations -> operations.contains(AclOperation.WRITE));

        assertThat(topics(Role.RECORDER)).isEqualTo(inputs);
        assertThat(RightsTable.of(Role.RECORDER, PREFIX, APPLICATION_ID)).hasSameSizeAs(inputs.keySet());
    }

    @Test
    void internalTopicsAreCoveredByNoPrefixOfARunningRole() {
        for (Role role : List.of(Role.PRODUCER, Role.INGEST, Role.STREAMS, Role.WAR_ROOM, Role.RECORDER)) {
            assertThat(prefixes(role))
                    .as("prefixes of %s", role)
                    .noneMatch(prefix -> Topics.all().stream()
                            .anyMatch(topic -> topic.name(PREFIX).startsWith(prefix)));
        }
    }

    @Test
    void noLineHasAnOperationThatAnotherIncludes() {
        assertThat(RightsTable.lines(PREFIX, APPLICATION_ID))
                .filteredOn(line -> line.right().operations().stream()
                        .anyMatch(Set.of(AclOperation.READ, AclOperation.WRITE)::contains))
                .isNotEmpty()
                .noneMatch(line -> line.right().operations().contains(AclOperation.DESCRIBE));
    }

    @Test
    void everyRoleHasRights() {
        assertThat(Role.values())
                .allSatisfy(role ->
                        assertThat(RightsTable.of(role, PREFIX, APPLICATION_ID)).isNotEmpty());
    }

    @Test
    void putsInThePrefixAndTheApplicationId() {
        String table = "# comment\n\nstreams  topic  literal  {prefix}systems  Read\n"
                + "streams  transactional-id  prefixed  {application.id}-  Write,DescribeConfigs\n";

        assertThat(RightsTable.parse(table, "trust.", "app"))
                .containsExactly(
                        new RightsTable.Line(
                                Role.STREAMS,
                                new Right(
                                        new ResourcePattern(ResourceType.TOPIC, "trust.systems", PatternType.LITERAL),
                                        List.of(AclOperation.READ))),
                        new RightsTable.Line(
                                Role.STREAMS,
                                new Right(
                                        new ResourcePattern(
                                                ResourceType.TRANSACTIONAL_ID, "app-", PatternType.PREFIXED),
                                        List.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS))));
    }

    @ParameterizedTest
    @CsvSource({
        "streams topic literal systems, has 4 columns instead of 5",
        "stream topic literal systems Read, unknown role stream",
        "streams topics literal systems Read, unknown word topics",
        "streams topic regex systems Read, unknown word regex",
        "streams topic literal {topic}systems Read, unknown placeholder in {topic}systems",
        "streams topic literal systems Reed, unknown operation Reed",
        "war-room topic literal outages Write, the role has a line for this resource already"
    })
    void namesALineThatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> RightsTable.parse("war-room topic literal outages Read\n" + line, "", "app"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("acls.txt line 2: " + problem);
    }

    private static Map<String, Set<AclOperation>> topics(Role role) {
        return RightsTable.of(role, PREFIX, APPLICATION_ID).stream()
                .filter(right -> right.resource().resourceType() == ResourceType.TOPIC)
                .filter(right -> right.resource().patternType() == PatternType.LITERAL)
                .collect(Collectors.toMap(right -> right.resource().name(), right -> Set.copyOf(right.operations())));
    }

    private static List<String> prefixes(Role role) {
        return RightsTable.of(role, PREFIX, APPLICATION_ID).stream()
                .map(Right::resource)
                .filter(resource -> resource.resourceType() == ResourceType.TOPIC)
                .filter(resource -> resource.patternType() == PatternType.PREFIXED)
                .map(ResourcePattern::name)
                .toList();
    }

    /** What the pipeline does with each topic, from its committed description. */
    private static Map<String, Set<AclOperation>> topology() throws IOException {
        Map<String, Set<AclOperation>> used = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("..", "streams-app", "topology.txt"))) {
            Matcher node = NODE.matcher(line);
            if (node.matches()) {
                AclOperation operation = node.group(1).equals("Source") ? AclOperation.READ : AclOperation.WRITE;
                Stream.of(node.group(2).split(", "))
                        .forEach(topic -> used.computeIfAbsent(topic, unused -> new TreeSet<>())
                                .add(operation));
            }
        }
        return used;
    }
}
