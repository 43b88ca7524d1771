package org.knockon.systemtests.feeds.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.systemtests.BackgroundCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.Program;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.systemtests.StreamedDay;

/** {@code ingest} killed and Kafka stopped, again and again, while senders repeat what was not acknowledged. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class FaultsIT {

    /** {@code ./verify --long} makes more faults. */
    private static final boolean LONG = Boolean.getBoolean("knockon.long");

    /** Number of kills of ingest, and as many stops of Kafka; another one with {@code -Dfaults.each=5}. */
    private static final int EACH = Integer.getInteger("faults.each", LONG ? 20 : 2);

    /** Seed of the messages and of the faults; another one with {@code -Dfaults.seed=42}. */
    private static final long SEED = Long.getLong("faults.seed", 5);

    private static final int HL7_SENDERS = 5;
    private static final int FHIR_SENDERS = 2;

    /** The bookings make 93 messages a second, and the observations the others. */
    private static final Duration BOOKING_EVERY = Duration.ofMillis(75);

    private static final Duration HEALTH_EVERY = Duration.ofMillis(LONG ? 1_000 : 100);

    private static final String SYSTEMS = """
            {"key":"pas","value":{"name":"Patient administration","organisation":"ZZ9","kind":"APPLICATION","dependsOn":[],"monitoring":{"confirmAfterSeconds":120,"recoverAfterSeconds":300,"silenceAfterSeconds":86400},"standard":null}}
            {"key":"pacs","value":{"name":"Images","organisation":"ZZ9","kind":"APPLICATION","dependsOn":[],"monitoring":{"confirmAfterSeconds":120,"recoverAfterSeconds":300,"silenceAfterSeconds":86400},"standard":null}}
            """;
    private static final String SERVICES = """
            {"key":"clinic","value":{"name":"Clinic","organisation":"ZZ9","site":"ZZ901","specialty":"320","category":"OUTPATIENT","requires":[{"systemId":"pas","capability":"SCHEDULING","toleranceMinutes":30}]}}
            {"key":"mri","value":{"name":"MRI","organisation":"ZZ9","site":"ZZ901","specialty":"810","category":"DIAGNOSTIC","requires":[{"systemId":"pacs","capability":"IMAGING","toleranceMinutes":30}]}}
            """;
    private static final String FEEDS = """
            http: {port: %d}
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS], fhir: ["https://fhir.nhs.uk/Id/nhs-number"]}]}
            feeds:
              - name: pas
                kind: hl7
                port: %d
                zone: Europe/London
                answerWithin: 2s
                services: [{match: {location: CLINIC1}, id: clinic}, {match: {location: MRI1}, id: mri}]
                reasons: {ITDOWN: IT_OUTAGE}
              - {name: ers, kind: fhir, services: [{match: {location: Location/CLINIC1}, id: clinic}, {match: {location: Location/MRI1}, id: mri}]}
              - {name: events, kind: cloudevents}
            """;

    @TempDir
    private Path folder;

    /** Recent, because an appointment that was last changed 400 days ago is forgotten. */
    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(30);

    private final Random random = new Random(SEED);
    private final int http = freePort();
    private final int mllp = freePort();

    @Test
    void nothingAcknowledgedIsLostAndTheImpactsAreThoseOfOneCleanRun() throws Exception {
        Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        try (SharedSandbox.Place place = new SharedSandbox.Place(sandbox)) {
            long begin = System.nanoTime();
            List<List<Message>> sent = withFaults(sandbox, place, "faults.");
            say(begin, "the faults are over");
            PublishedEvents faulty = new PublishedEvents(place, "faults.");
            requireEverything(faulty, sent);

            cleanly(place, "clean.", sent);
            say(begin, "the clean run is over");
            PublishedEvents clean = new PublishedEvents(place, "clean.");
            requireEverything(clean, sent);

            CompletableFuture<Void> one = CompletableFuture.runAsync(() -> stream(place, "faults."));
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> stream(place, "clean."));
            one.join();
            other.join();
            say(begin, "both are assessed");
            Map<String, Impact> impacts = faulty.impacts();
            Map<ImpactState, Long> states =
                    impacts.values().stream().collect(Collectors.groupingBy(Impact::state, Collectors.counting()));
            System.out.println(
                    "impacts: " + states + ", cells: " + clean.cells().size());
            assertThat(states).containsKeys(ImpactState.AWAITING_DATE, ImpactState.REBOOKED, ImpactState.UNCONFIRMED);
            assertThat(impacts).as("seed %d", SEED).isEqualTo(clean.impacts());
            assertThat(faulty.cells()).as("seed %d", SEED).isEqualTo(clean.cells());
        }
    }

    private List<List<Message>> withFaults(Sandbox sandbox, SharedSandbox.Place place, String prefix) throws Exception {
        Path feeds = prepare(place, prefix);
        List<RepeatingSender> senders = new ArrayList<>();
        try (FaultyPlace faulty = new FaultyPlace(sandbox, folder, ingest(place, prefix, feeds))) {
            faulty.startIngest();
            for (int i = 0; i < scripts().size(); i++) {
                boolean bookings = i < HL7_SENDERS + FHIR_SENDERS;
                senders.add(sender(
                        i,
                        bookings ? BOOKING_EVERY : HEALTH_EVERY,
                        bookings ? Integer.MAX_VALUE : HealthScript.EVENTS));
            }
            for (Fault fault : faults()) {
                Thread.sleep(2_000 + random.nextInt(2_000));
                int before = repeated(senders);
                long begin = System.nanoTime();
                fault.happen(faulty);
                awaitProgress(senders);
                System.out.printf(
                        "%s: %d messages were repeated; all senders went on after %.1f s%n",
                        fault, repeated(senders) - before, (System.nanoTime() - begin) / 1e9);
                assertThat(repeated(senders)).as("repeated after %s", fault).isGreaterThan(before);
            }
            List<List<Message>> sent = stop(senders);
            faulty.stopIngest();
            assertThat(faulty.log())
                    .as("log of ingest")
                    .doesNotContain("Quibblethorpe", "9000000009", "SCH|", "resourceType", "\tat ");
            return sent;
        } finally {
            senders.forEach(RepeatingSender::close);
        }
    }

    private static List<List<Message>> stop(List<RepeatingSender> senders) throws InterruptedException {
        senders.subList(0, HL7_SENDERS + FHIR_SENDERS).forEach(RepeatingSender::stop);
        List<List<Message>> sent = new ArrayList<>();
        for (RepeatingSender sender : senders) {
            sent.add(sender.awaitEnd(Duration.ofMinutes(LONG ? 20 : 2)));
        }
        System.out.printf(
                "%d messages, of which %d were repeated%n",
                sent.stream().mapToInt(List::size).sum(), repeated(senders));
        return sent;
    }

    /** Every sender has delivered something since, or is done. */
    private static void awaitProgress(List<RepeatingSender> senders) {
        List<Integer> before = senders.stream().map(RepeatingSender::delivered).toList();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    senders.forEach(RepeatingSender::requireNoFailure);
                    for (int i = 0; i < senders.size(); i++) {
                        if (senders.get(i).delivered() == before.get(i)
                                && !senders.get(i).hasEnded()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private static int repeated(List<RepeatingSender> senders) {
        return senders.stream().mapToInt(RepeatingSender::repeated).sum();
    }

    /** The same messages without faults, as fast as they are answered. */
    private void cleanly(SharedSandbox.Place place, String prefix, List<List<Message>> sent) throws Exception {
        Path feeds = prepare(place, prefix);
        List<RepeatingSender> senders = new ArrayList<>();
        try (BackgroundCommand ingest = BackgroundCommand.start(new String[0], ingest(place, prefix, feeds))) {
            ingest.awaitLine(line -> line.startsWith("{\"http\":"));
            for (int i = 0; i < sent.size(); i++) {
                senders.add(sender(i, Duration.ZERO, sent.get(i).size()));
            }
            for (int i = 0; i < sent.size(); i++) {
                assertThat(senders.get(i).awaitEnd(Duration.ofMinutes(LONG ? 20 : 3)))
                        .isEqualTo(sent.get(i));
            }
            assertThat(repeated(senders)).as("repeated without a fault").isZero();
        } finally {
            senders.forEach(RepeatingSender::close);
        }
    }

    private static void requireEverything(PublishedEvents published, List<List<Message>> sent) {
        Map<String, Message.Booking> last = new HashMap<>();
        List<Message.Booking> bookings = new ArrayList<>();
        List<Message.Health> health = new ArrayList<>();
        List<String> controlIds = new ArrayList<>();
        for (Message message : sent.stream().flatMap(List::stream).toList()) {
            if (message.content() instanceof Message.Booking booking) {
                last.put(booking.appointmentId(), booking);
                bookings.add(booking);
                if (message.path().isEmpty()) {
                    controlIds.add(message.id());
                }
            } else if (message.content() instanceof Message.Health seen) {
                health.add(seen);
            }
        }
        PublishedEvents.Bookings found = published.bookings();
        Set<Message.Health> foundHealth = published.health();
        System.out.printf("%d versions sent, %d on the topic%n", bookings.size(), found.records());
        assertThat(found.all()).as("versions, seed %d", SEED).containsAll(bookings);
        assertThat(found.messageIds()).as("control ids, seed %d", SEED).containsAll(controlIds);
        assertThat(found.newest()).as("last versions, seed %d", SEED).isEqualTo(last);
        assertThat(foundHealth).as("observations, seed %d", SEED).containsExactlyInAnyOrderElementsOf(health);
    }

    private void stream(SharedSandbox.Place place, String prefix) {
        CommandRun stream = StreamedDay.run(place, prefix, day, folder.resolve(prefix));
        assertThat(stream.exitCode()).as(stream.toString()).isZero();
    }

    private Path prepare(SharedSandbox.Place place, String prefix) throws IOException {
        CommandRun.of(place, "topics", "create", "--replay", "--prefix", prefix);
        CommandRun.withInput(place, SYSTEMS, "produce", "--topic", "systems", "--file", "-", "--prefix", prefix);
        CommandRun.withInput(place, SERVICES, "produce", "--topic", "care-services", "--file", "-", "--prefix", prefix);
        Path key = folder.resolve("pseudonym.key");
        if (Files.notExists(key)) {
            CommandRun.with(new String[0], "ingest", "--new-key", key.toString());
        }
        Files.createDirectories(folder.resolve(prefix));
        return Files.writeString(folder.resolve("feeds.yaml"), FEEDS.formatted(http, mllp));
    }

    private static String[] ingest(SharedSandbox.Place place, String prefix, Path feeds) {
        return Stream.concat(
                        Stream.of("ingest", "--feeds", feeds.toString(), "--output", "json", "--prefix", prefix),
                        Stream.of(place.arguments()))
                .toArray(String[]::new);
    }

    private RepeatingSender sender(int number, Duration every, int limit) {
        String url = "http://127.0.0.1:" + http + "/feeds/";
        Link link;
        if (number < HL7_SENDERS) {
            link = new Link.Mllp(mllp);
        } else if (number < HL7_SENDERS + FHIR_SENDERS) {
            link = new Link.Http(url + "ers", "PUT", "application/fhir+json");
        } else {
            link = new Link.Http(url + "events", "POST", "application/cloudevents+json");
        }
        return new RepeatingSender("sender-" + number, scripts().get(number), link, every, limit);
    }

    /** Those of all senders, from their beginnings. */
    private List<Supplier<Message>> scripts() {
        List<Supplier<Message>> scripts = new ArrayList<>();
        for (int i = 0; i < HL7_SENDERS + FHIR_SENDERS; i++) {
            scripts.add(new BookingScript(day, i >= HL7_SENDERS, i, SEED));
        }
        scripts.add(new HealthScript(day));
        return scripts;
    }

    private record Fault(String name, long millis) {

        void happen(FaultyPlace faulty) throws Exception {
            switch (name) {
                case "kill" -> {
                    faulty.killIngest();
                    faulty.startIngest();
                }
                case "restart" -> faulty.restartBroker();
                default -> faulty.holdBroker(millis);
            }
        }

        @Override
        public String toString() {
            return millis == 0 ? name : name + " of " + millis + " ms";
        }
    }

    /** Every other stop of Kafka is one of its process, and the rest are hangs of 3 to 20 s. */
    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            faults.add(new Fault("kill", 0));
        }
        for (int i = 0; i < EACH; i++) {
            faults.add(i % 2 == 0 ? new Fault("restart", 0) : new Fault("hang", 3_000 + random.nextInt(17_000)));
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    private static void say(long begin, String what) {
        System.out.printf("after %.0f s: %s%n", (System.nanoTime() - begin) / 1e9, what);
    }

    private static int freePort() {
        try {
            return Program.freePort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
