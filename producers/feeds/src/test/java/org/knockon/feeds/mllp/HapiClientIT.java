package org.knockon.feeds.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HAPI's own client, which many engines and test tools are built on. */
@Timeout(60)
class HapiClientIT {
    private static final String MESSAGE = "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||SIU^S12^SIU_S12|C1|P|2.4\r"
            + "SCH|1|A1001|||||||30|MIN|^^^202603100930\r";
    private static final String ANSWER =
            "MSH|^~\\&|KNOCKON|RJ1|PAS|RJ1|20260302090001||ACK^S12^ACK|K1|P|2.4\r" + "MSA|AA|C1\r";

    private final AtomicBoolean kafkaIsAway = new AtomicBoolean();
    private final MllpListener listener = MllpListener.start(
            PlainSettings.of(0, 100, Duration.ofMinutes(1), Duration.ofMillis(500), 1 << 20),
            message -> completedFuture(kafkaIsAway.get() ? Optional.empty() : Optional.of(ANSWER.getBytes(ISO_8859_1))),
            InstantSource.system());
    private final HapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation());

    @AfterEach
    void stop() throws Exception {
        context.close();
        listener.close();
    }

    @Test
    void getsItsAnswers() throws Exception {
        Connection connection = context.newClient("127.0.0.1", listener.port(), false);
        for (int i = 0; i < 20; i++) {
            Message answer = connection
                    .getInitiator()
                    .sendAndReceive(context.getPipeParser().parse(MESSAGE));

            assertThat(new Terser(answer).get("/MSA-1")).isEqualTo("AA");
            assertThat(new Terser(answer).get("/MSA-2")).isEqualTo("C1");
        }
    }

    @Test
    void afterAResetItSendsAgainOnANewConnection() throws Exception {
        kafkaIsAway.set(true);
        Connection first = context.newClient("127.0.0.1", listener.port(), false);
        first.getInitiator().setTimeout(2, TimeUnit.SECONDS);
        assertThatThrownBy(() -> first.getInitiator()
                        .sendAndReceive(context.getPipeParser().parse(MESSAGE)))
                .isInstanceOf(HL7Exception.class);
        first.close();
        kafkaIsAway.set(false);

        Connection second = context.newClient("127.0.0.1", listener.port(), false);
        Message answer =
                second.getInitiator().sendAndReceive(context.getPipeParser().parse(MESSAGE));

        assertThat(new Terser(answer).get("/MSA-1")).isEqualTo("AA");
    }
}
